internal import Glibc
package import Synchronization

/// One day, as a calendar names it.
package struct CalendarDate: Hashable, Sendable {
    package let calendar: CalendarSystem
    package let year: Int
    package let month: Int
    package let day: Int

    /// Creates a date that exists in its calendar.
    package init(
        calendar: CalendarSystem = .gregorian, year: Int, month: Int, day: Int
    ) throws(DateError) {
        guard calendar.years.contains(year) else { throw .yearOutOfRange }
        guard (1...12).contains(month), day >= 1, day <= calendar.daysOfMonth(month, in: year)
        else { throw .impossibleDate }
        self.calendar = calendar
        self.year = year
        self.month = month
        self.day = day
    }

    /// Creates the date of a day number, which must lie in a year that the calendar covers.
    package init(dayNumber: Int32, calendar: CalendarSystem = .gregorian) {
        self.calendar = calendar
        (year, month, day) =
            switch calendar {
            case .gregorian: Gregorian.components(ofDayNumber: dayNumber)
            case .solarHijri: SolarHijri.components(ofDayNumber: dayNumber)
            }
    }

    /// The day now, UTC, in days since 1970-01-01.
    package static var todayNumber: Int32 {
        Int32(clamping: time(nil) / 86_400) + daysAhead.load(ordering: .relaxed)
    }

    /// The days by which this process is ahead of the machine's clock: other than 0 only where a test
    /// lets days go by, in a process of its own.
    package static let daysAhead = Atomic<Int32>(0)

    /// Days since 1970-01-01 of the Gregorian calendar.
    package var dayNumber: Int32 {
        calendar.dayNumber(year: year, month: month) + Int32(day - 1)
    }
}

/// Why a text is not a date.
package enum DateError: Error, Hashable, Sendable {
    case empty
    /// The text does not have the shape of any accepted form.
    case unreadable
    /// A year of two digits does not say its century.
    case twoDigitYear
    case yearOutOfRange
    /// A day or month that the calendar does not have.
    case impossibleDate
}

extension DateError: CustomStringConvertible {
    /// What is wrong, without the text itself, which is personal data.
    package var description: String {
        switch self {
        case .empty: "empty date"
        case .unreadable:
            "not a date: write YYYY-MM-DD, YYYYMMDD, day/month/year, YYYY-MM or YYYY"
        case .twoDigitYear: "year of two digits: write all four"
        case .yearOutOfRange: "year out of range: 1501 to 9999, or 1200 to 1500 of Solar Hijri"
        case .impossibleDate: "no such day in the calendar"
        }
    }
}
