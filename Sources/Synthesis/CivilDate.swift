import Identity

/// Days as numbers since 1970-01-01, on Identity's calendars.
enum CivilDate {
    /// The day on which the generated population is looked at: 2026-06-30.
    static let today = dayNumber(year: 2026, month: 6, day: 30)

    /// The number of a day that exists.
    static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        guard let date = try? CalendarDate(year: year, month: month, day: day) else {
            preconditionFailure("a fixed day exists")
        }
        return Int(date.dayNumber)
    }

    /// Year, month and day of a number.
    static func components(
        of dayNumber: Int, in calendar: CalendarSystem = .gregorian
    ) -> CalendarDay {
        let date = CalendarDate(dayNumber: Int32(dayNumber), calendar: calendar)
        return CalendarDay(year: date.year, month: date.month, day: date.day)
    }
}

/// Year, month and day of whichever calendar a source writes, on their way through its errors.
struct CalendarDay: Equatable {
    var year: Int
    var month: Int
    var day: Int
}
