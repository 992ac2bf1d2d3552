/// An ISO date as it was written: a day, a month or a year of the Gregorian or Solar Hijri calendar.
///
/// Four bytes, so that an identifier or a name has two of them without weighing more. Years from 1200
/// to 1500 are Solar Hijri, as in every other date.
package struct WrittenDate: Hashable, Sendable {
    /// Year, four bits of the month and five of the day; a part that is not known is 0.
    let bits: UInt32

    /// The date of text `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, of which the day exists.
    package init(_ text: String) throws(DateError) {
        guard !text.isEmpty else { throw .empty }
        let date = try PartialDate(text)
        // What is no ISO date would not be written again as it was said.
        guard date.text == text else { throw .unreadable }
        self.init(date)
    }

    private init(_ date: PartialDate) {
        let day = date.writtenDate
        let month = date.precision == .year ? 0 : day.month
        bits =
            UInt32(day.year) << 9 | UInt32(month) << 5
            | UInt32(date.precision == .day ? day.day : 0)
    }

    /// The date with these bits; nil where they are none of a date.
    init?(bits: UInt32) {
        guard let date = WrittenDate.date(bits) else { return nil }
        self.init(date)
    }

    /// The days that may be meant.
    package var days: ClosedRange<Int32> {
        guard let date = WrittenDate.date(bits) else { return 0...0 }
        return date.firstDay...date.lastDay
    }

    /// The text as it was written.
    package var text: String { WrittenDate.date(bits)?.text ?? "" }

    private static func date(_ bits: UInt32) -> PartialDate? {
        let (year, month, day) = (Int(bits >> 9), Int(bits >> 5 & 15), Int(bits & 31))
        let calendar: CalendarSystem =
            CalendarSystem.solarHijri.years.contains(year) ? .solarHijri : .gregorian
        return try? PartialDate(
            calendar: calendar, year: year, month: month == 0 ? nil : month,
            day: day == 0 ? nil : day)
    }
}

extension WrittenDate: CustomStringConvertible {
    /// Nothing of the date, which is personal data.
    package var description: String { "a date" }
}
