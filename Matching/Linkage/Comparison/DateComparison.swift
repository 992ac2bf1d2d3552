import Identity

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
        let (sameYear, sameMonth, sameDay) = (
            left.year == right.year, left.month == right.month, left.day == right.day
        )
        switch (sameYear, sameMonth, sameDay) {
        case (true, false, false):
            return left.month == right.day && left.day == right.month ? .dayMonthSwapped : nil
        case (true, true, false): return isDigitOff(left.day, right.day) ? .oneDigit : .twoParts
        case (true, false, true): return isDigitOff(left.month, right.month) ? .oneDigit : .twoParts
        case (false, true, true):
            let distance = abs(left.year - right.year)
            if distance == 1 || distance == 10 { return .oneDigit }
            return isDigitOff(UInt32(left.year % 100), UInt32(right.year % 100))
                || distance % 100 == 0 ? .oneDigit : .twoParts
        default: return nil
        }
    }

    /// Whether two numbers of two digits differ in one digit, in their order, or by 1.
    @inline(__always)
    private static func isDigitOff(_ left: UInt32, _ right: UInt32) -> Bool {
        let (tens, ones) = (left / 10, left % 10)
        let (otherTens, otherOnes) = (right / 10, right % 10)
        return tens == otherTens || ones == otherOnes || (tens == otherOnes && ones == otherTens)
            || left + 1 == right || right + 1 == left
    }
}
