/// A date whose year, month and day stand in columns of their own.
struct DateInParts {
    private var parts: [String?] = [nil, nil, nil]

    subscript(part: BirthDatePart) -> String? {
        get { parts[part.rawValue] }
        set { parts[part.rawValue] = newValue }
    }

    /// The date with the year first, as far as it is known: a day without a month says nothing.
    var text: String? {
        guard let year = self[.year] else { return nil }
        guard let month = self[.month] else { return year }
        guard let day = self[.day] else { return "\(year)-\(month)" }
        return "\(year)-\(month)-\(day)"
    }
}
