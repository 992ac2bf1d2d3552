import Identity
import Similarity

/// Graded agreement of two birth dates.
enum DateComparison {
    /// Days below which two births are neither of siblings nor of generations.
    static let siblingGapDays: Int32 = 270
    static let generationGapDays: Int32 = 5478
    static let farGapDays: Int32 = 18_263

    /// The level of two dates, given whether either is a default date.
    @inline(__always)
    static func level(
        _ left: PackedDate, _ leftTraits: PersonTraits, _ right: PackedDate,
        _ rightTraits: PersonTraits
    ) -> DateLevel {
        guard left.isPresent, right.isPresent else { return .missing }
        let isDefault = leftTraits.hasDefaultDate || rightTraits.hasDefaultDate
        if left.written == right.written
            || (left.firstDay == right.firstDay && left.isWhole && right.isWhole)
        {
            if isDefault { return .equalDefault }
            return left.isWhole ? .equal : .compatible
        }
        if !left.isWhole || !right.isWhole {
            if left.firstDay <= right.lastDay, right.firstDay <= left.lastDay { return .compatible }
        } else if isDefault {
            if isYearCompatible(left, right) { return .compatible }
            if isNoYear(left, leftTraits) || isNoYear(right, rightTraits) { return .missing }
        } else if let level = parts(left, right) {
            return level
        }
        return gap(abs(left.firstDay - right.firstDay))
    }

    /// Whether a default date does not even tell the year: the turn of a century, the start of a
    /// system's clock, or either shown in another calendar.
    @inline(__always)
    private static func isNoYear(_ date: PackedDate, _ traits: PersonTraits) -> Bool {
        traits.hasDefaultDate
            && (date.year % 100 == 0 || date.year % 100 == 1
                || PartialDate.isUnknown(date.firstDay))
    }

    @inline(__always)
    private static func gap(_ days: Int32) -> DateLevel {
        if days < siblingGapDays { return .near }
        if days < generationGapDays { return .siblingGap }
        return days < farGapDays ? .generationGap : .far
    }

    /// Whether dates of which one tells only its year may mean the same.
    @inline(__always)
    private static func isYearCompatible(_ left: PackedDate, _ right: PackedDate) -> Bool {
        left.isSolar == right.isSolar
            ? abs(left.year - right.year) <= 1
            : abs(left.firstDay - right.firstDay) <= yearAndHalfDays
    }

    private static let yearAndHalfDays: Int32 = 548

    /// The level of whole dates that share parts, nil where too little is shared.
    @inline(__always)
    private static func parts(_ left: PackedDate, _ right: PackedDate) -> DateLevel? {
        let level = level(left.digits.difference(from: right.digits))
        guard left.isSolar || right.isSolar, isErrorOfConversion(left.firstDay - right.firstDay)
        else { return level }
        return partsOfConverted(left, right, level)
    }

    private static func level(_ difference: DateDigits.Difference) -> DateLevel? {
        switch difference {
        case .exchange: .dayMonthSwapped
        case .digit: .oneDigit
        case .part: .twoParts
        case .none, .several: nil
        }
    }

    /// Whether dates this many days apart may be one with an error that was made in another calendar than
    /// they are written in: in day or month, or in the year by one or ten.
    ///
    /// ``PairBound`` relies on these limits.
    @inline(__always)
    private static func isErrorOfConversion(_ days: Int32) -> Bool {
        abs(days) <= 400 || (3_620...3_690).contains(abs(days))
    }

    /// The level of two dates in either calendar, of which the better counts: what a clerk mistypes in the
    /// one is another day and month once a system shows it in the other.
    private static func partsOfConverted(
        _ left: PackedDate, _ right: PackedDate, _ written: DateLevel?
    ) -> DateLevel? {
        var best = written
        for calendar in CalendarSystem.allCases {
            let difference = left.digits(in: calendar).difference(
                from: right.digits(in: calendar))
            guard let level = level(difference) else { continue }
            best = best.map { $0.rawValue <= level.rawValue ? $0 : level } ?? level
        }
        return best
    }
}

extension PackedDate {
    /// The digits of a whole date as it is written.
    @inline(__always)
    var digits: DateDigits {
        DateDigits(year: written &>> 9, month: month, day: day)
    }

    /// Whether the date is written in the Solar Hijri calendar.
    @inline(__always)
    var isSolar: Bool { year <= Self.solarYearMax }

    private static let solarYearMax = Int32(CalendarSystem.solarHijri.years.upperBound)

    /// The digits of a whole date in a calendar.
    func digits(in calendar: CalendarSystem) -> DateDigits {
        if isSolar == (calendar == .solarHijri) { return digits }
        let date = CalendarDate(dayNumber: firstDay, calendar: calendar)
        return DateDigits(
            year: UInt32(date.year), month: UInt32(date.month), day: UInt32(date.day))
    }
}
