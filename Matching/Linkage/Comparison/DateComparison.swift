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
            if abs(left.year - right.year) <= 1 { return .compatible }
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

    /// The level of whole dates that share parts, nil where too little is shared.
    @inline(__always)
    private static func parts(_ left: PackedDate, _ right: PackedDate) -> DateLevel? {
        switch left.digits.difference(from: right.digits) {
        case .exchange: .dayMonthSwapped
        case .digit: .oneDigit
        case .part: .twoParts
        case .none, .several: nil
        }
    }
}

extension PackedDate {
    /// The digits of a whole date as it is written.
    @inline(__always)
    var digits: DateDigits {
        DateDigits(year: written &>> 9, month: month, day: day)
    }
}
