/// A calendar in which a source writes dates.
package enum CalendarSystem: UInt8, CaseIterable, Hashable, Sendable {
    case gregorian
    /// The Iranian calendar, also called Jalali or Persian.
    case solarHijri

    /// The years that are read as this calendar's; the two ranges do not meet, so that a year says
    /// by itself whose it is.
    package var years: ClosedRange<Int> {
        switch self {
        case .gregorian: 1501...9999
        case .solarHijri: 1200...1500
        }
    }

    /// Whether a year has a day more than others.
    package func isLeap(_ year: Int) -> Bool {
        switch self {
        case .gregorian: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        case .solarHijri: SolarHijri.isLeap(year)
        }
    }

    /// The number of days of a month from 1 to 12.
    package func daysOfMonth(_ month: Int, in year: Int) -> Int {
        precondition((1...12).contains(month))
        switch self {
        case .gregorian:
            return switch month {
            case 2: isLeap(year) ? 29 : 28
            case 4, 6, 9, 11: 30
            default: 31
            }
        case .solarHijri:
            return month <= 6 ? 31 : month <= 11 ? 30 : isLeap(year) ? 30 : 29
        }
    }

    /// Days from 1970-01-01 (Gregorian) to the first day of a month of a valid year.
    func dayNumber(year: Int, month: Int) -> Int32 {
        switch self {
        case .gregorian: Gregorian.dayNumber(year: year, month: month)
        case .solarHijri: SolarHijri.dayNumber(year: year, month: month)
        }
    }
}

/// Day numbers of the proleptic Gregorian calendar.
///
/// Years are counted from 1 March, so that the leap day is the last of its year and the months'
/// lengths follow one straight line, (153 m + 2) / 5.
enum Gregorian {
    private static let daysOfFourCenturies = 146_097
    /// Days from 1 March of year 0 to 1 January 1970.
    private static let epoch = 719_468

    static func dayNumber(year: Int, month: Int) -> Int32 {
        let marchYear = month > 2 ? year : year - 1
        let marchMonth = (month + 9) % 12
        let century = marchYear / 100
        let days = 365 * marchYear + marchYear / 4 - century + century / 4
        return Int32(days + (153 * marchMonth + 2) / 5 - epoch)
    }

    static func components(ofDayNumber dayNumber: Int32) -> (year: Int, month: Int, day: Int) {
        let days = Int(dayNumber) + epoch
        let cycle = days / daysOfFourCenturies
        let dayOfCycle = days % daysOfFourCenturies
        let leapDays = dayOfCycle / 1_460 - dayOfCycle / 36_524 + dayOfCycle / 146_096
        let yearOfCycle = (dayOfCycle - leapDays) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (400 * cycle + yearOfCycle + (month <= 2 ? 1 : 0), month, day)
    }
}

/// Day numbers of the Solar Hijri calendar, for the years 1181 to 1634.
///
/// The calendar is astronomical: a year begins on the day of the spring equinox. Within these years
/// the equinox follows a cycle of 33 years with 8 leap years, four years apart but for one gap of
/// five (K. M. Borkowski, "The Persian calendar for 3000 years", Earth, Moon and Planets 74, 1996).
/// A rule of `year % 4` is wrong: 1370 and 1375 are leap years, as are 1403 and 1408.
enum SolarHijri {
    private static let daysOfCycle = 33 * 365 + 8
    private static let daysOfFourYears = 4 * 365 + 1
    /// The year before a leap year 0 of the cycle; 1177 + 6 * 33 is 1375, a leap year.
    private static let cycleStart = 1_177
    /// Days from 1970-01-01 to 1 Farvardin 1177: 1375-01-01 is 1996-03-20, day 9575.
    private static let epoch = 9_575 - 6 * daysOfCycle

    static func isLeap(_ year: Int) -> Bool {
        let yearOfCycle = (year - cycleStart) % 33
        return yearOfCycle % 4 == 0 && yearOfCycle != 32
    }

    static func dayNumber(year: Int, month: Int) -> Int32 {
        let (cycle, yearOfCycle) = (year - cycleStart).quotientAndRemainder(dividingBy: 33)
        let leapDaysBefore = min((yearOfCycle + 3) / 4, 8)
        let dayOfYear = month <= 7 ? 31 * (month - 1) : 30 * (month - 1) + 6
        return Int32(epoch + daysOfCycle * cycle + 365 * yearOfCycle + leapDaysBefore + dayOfYear)
    }

    static func components(ofDayNumber dayNumber: Int32) -> (year: Int, month: Int, day: Int) {
        let (cycle, dayOfCycle) = (Int(dayNumber) - epoch)
            .quotientAndRemainder(dividingBy: daysOfCycle)
        // Eight groups of four years, each beginning with its leap year, then one plain year.
        let (group, dayOfGroup) = dayOfCycle.quotientAndRemainder(dividingBy: daysOfFourYears)
        let yearOfGroup = dayOfGroup < 366 ? 0 : (dayOfGroup - 1) / 365
        let dayOfYear = dayOfGroup - 365 * yearOfGroup - (yearOfGroup > 0 ? 1 : 0)
        let year = cycleStart + 33 * cycle + 4 * group + yearOfGroup
        if dayOfYear < 186 { return (year, dayOfYear / 31 + 1, dayOfYear % 31 + 1) }
        return (year, (dayOfYear - 6) / 30 + 1, (dayOfYear - 6) % 30 + 1)
    }
}
