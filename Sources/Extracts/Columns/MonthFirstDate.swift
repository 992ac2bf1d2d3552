/// A date that is written month, day, year, as in the United States.
enum MonthFirstDate {
    /// The two numbers in front of the year; nil where a text is not two numbers and a year.
    static func parts(of text: String) -> (first: Int, second: Int, year: Int)? {
        let parts = text.split(omittingEmptySubsequences: false) { "/-.".contains($0) }
        guard parts.count == 3, parts[2].utf8.count == 4, parts[0].utf8.count <= 2,
            parts[1].utf8.count <= 2, let first = Int(parts[0]), let second = Int(parts[1]),
            let year = Int(parts[2])
        else { return nil }
        return (first, second, year)
    }

    /// The same date with the year first (ISO 8601); nil where it is no such date.
    ///
    /// One whose first number is no month is taken as it is written: somebody wrote the day first.
    static func yearFirst(_ text: String) -> String? {
        guard let (month, day, year) = parts(of: text), (1...12).contains(month) else {
            return nil
        }
        return "\(year)-\(padded(month))-\(padded(day))"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
