/// A date known to the day, the month or the year, as the interval of days it may mean.
///
/// The interval lets dates of two calendars be compared: a Solar Hijri year lies in two Gregorian
/// ones, which no partial Gregorian date can say.
package struct PartialDate: Hashable, Sendable {
    /// How much of the date is known.
    package enum Precision: UInt8, CaseIterable, Hashable, Sendable {
        case day, month, year
    }

    /// The first day meant, in days since 1970-01-01 (Gregorian).
    package let firstDay: Int32
    /// The last day meant; equal to `firstDay` where the day is known.
    package let lastDay: Int32
    package let precision: Precision
    /// The calendar in which the source wrote the date.
    package let calendar: CalendarSystem

    /// Creates the date of one day.
    package init(_ date: CalendarDate) {
        firstDay = date.dayNumber
        lastDay = firstDay
        precision = .day
        calendar = date.calendar
    }

    /// Creates a date of a year, and as far as known its month and day.
    package init(
        calendar: CalendarSystem = .gregorian, year: Int, month: Int? = nil, day: Int? = nil
    ) throws(DateError) {
        let start = try CalendarDate(
            calendar: calendar, year: year, month: month ?? 1, day: day ?? 1)
        self.calendar = calendar
        firstDay = start.dayNumber
        if month == nil {
            precision = .year
            lastDay = firstDay + (calendar.isLeap(year) ? 365 : 364)
        } else if day == nil {
            precision = .month
            lastDay = firstDay + Int32(calendar.daysOfMonth(start.month, in: year) - 1)
        } else {
            precision = .day
            lastDay = firstDay
        }
    }

    /// The first day meant, in the Gregorian calendar.
    package var firstDate: CalendarDate { CalendarDate(dayNumber: firstDay) }

    /// The first day meant, in the calendar of the source.
    package var writtenDate: CalendarDate { CalendarDate(dayNumber: firstDay, calendar: calendar) }

    /// Gregorian year of the first day meant.
    package var year: Int { firstDate.year }
    /// Gregorian month of the first day meant.
    package var month: Int { firstDate.month }
    /// Gregorian day of the month of the first day meant.
    package var day: Int { firstDate.day }

    /// Whether the day is one that clerks and systems write when they do not know it.
    ///
    /// These are the first and the last day of a year: 1 January (with it 1900-01-01), 31 December
    /// and 1 Farvardin. Such a day tells little more than its year. Where not even the year is known,
    /// see ``isUnknown``.
    package var isDefault: Bool {
        guard precision == .day else { return false }
        if isUnknown { return true }
        let date = writtenDate
        if date.month == 1 && date.day == 1 { return true }
        return calendar == .gregorian && date.month == 12 && date.day == 31
    }

    /// Whether the day is one that stands for no date at all, in whichever calendar it is shown.
    package var isUnknown: Bool { precision == .day && PartialDate.isUnknown(firstDay) }

    /// Whether a day stands for no date at all: 1900-01-01, 1901-01-01, and 1970-01-01, where the
    /// clocks of systems start.
    package static func isUnknown(_ dayNumber: Int32) -> Bool {
        dayNumber == -25_567 || dayNumber == -25_202 || dayNumber == 0
    }

    /// Whether some day may be meant by both.
    package func overlaps(_ other: PartialDate) -> Bool {
        firstDay <= other.lastDay && other.firstDay <= lastDay
    }

    /// The canonical text, which parses back to an equal date.
    ///
    /// It is `YYYY-MM-DD`, `YYYY-MM` or `YYYY` in the calendar of the source.
    package var text: String {
        var bytes: [UInt8] = []
        appendText(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the canonical text.
    package func appendText(to output: inout [UInt8]) {
        let date = writtenDate
        func append(_ value: Int, divisor: Int) {
            output.append(0x30 + UInt8(value / divisor % 10))
        }
        for divisor in [1000, 100, 10, 1] { append(date.year, divisor: divisor) }
        guard precision != .year else { return }
        output.append(0x2D)
        append(date.month, divisor: 10)
        append(date.month, divisor: 1)
        guard precision == .day else { return }
        output.append(0x2D)
        append(date.day, divisor: 10)
        append(date.day, divisor: 1)
    }

    /// The same days in another calendar, where it can name them without a loss.
    package func converted(to calendar: CalendarSystem) -> PartialDate? {
        if calendar == self.calendar { return self }
        guard precision == .day else { return nil }
        let date = CalendarDate(dayNumber: firstDay, calendar: calendar)
        return calendar.years.contains(date.year) ? PartialDate(date) : nil
    }
}
