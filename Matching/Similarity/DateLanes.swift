/// Sixteen pairs of dates at a time.
///
/// The rule is that of ``DateDigits/difference(from:)``, whose every test becomes the mask of lanes in
/// which it holds. Only one part of a date is ever looked at digit by digit: the one that differs.
package enum DateLanes {
    package typealias Lanes = SIMD16<UInt16>

    /// All bits of the lanes in which a difference is found; at most one of them in each lane.
    package struct Differences {
        package var none: Lanes
        package var exchange: Lanes
        package var digit: Lanes
        package var part: Lanes

        @inlinable
        @inline(__always)
        init(none: Lanes, exchange: Lanes, digit: Lanes, part: Lanes) {
            (self.none, self.exchange) = (none, exchange)
            (self.digit, self.part) = (digit, part)
        }
    }

    /// The differences of sixteen dates from sixteen others, by the words of ``DateDigits``.
    @inlinable
    @inline(__always)
    package static func differences(
        years: Lanes, monthDays: Lanes, otherYears: Lanes, otherMonthDays: Lanes
    ) -> Differences {
        let sameYear = equal(years, otherYears)
        // The bytes of month and day that are equal.
        let sameParts = unsafeBitCast(
            unsafeBitCast(monthDays, to: SIMD32<UInt8>.self)
                .== unsafeBitCast(otherMonthDays, to: SIMD32<UInt8>.self), to: Lanes.self)
        let sameMonthDay = equal(monthDays, otherMonthDays)
        let isOnePart = ~sameYear & sameMonthDay | sameYear & ~sameMonthDay & ~isZero(sameParts)
        let turned = monthDays &<< 8 | monthDays &>> 8
        let isExchange = sameYear & equal(turned, otherMonthDays) & ~sameMonthDay
        // The digits of the part that differs, in lanes that have but one.
        let left = differing(years, sameYear, monthDays, sameParts)
        let right = differing(otherYears, sameYear, otherMonthDays, sameParts)
        let isOff = isDigitOff(left, right) | isTurnOfCentury(years, otherYears)
        return Differences(
            none: sameYear & sameMonthDay, exchange: isExchange, digit: isOnePart & isOff,
            part: isOnePart & ~isOff)
    }

    @inlinable
    @inline(__always)
    static func differing(
        _ years: Lanes, _ sameYear: Lanes, _ monthDays: Lanes, _ sameParts: Lanes
    ) -> Lanes {
        let parts = monthDays & ~sameParts
        return (years & ~sameYear | parts | parts &>> 8) & 0xFF
    }

    /// Lanes of ``DateDigits/isDigitOff(_:_:)``.
    @inlinable
    @inline(__always)
    static func isDigitOff(_ left: Lanes, _ right: Lanes) -> Lanes {
        let differing = left ^ right
        let distance = left &- right
        let isExchanged = equal((left &<< 4 | left &>> 4) & 0xFF, right)
        return isZero(differing & 0x0F) | isZero(differing & 0xF0) | isExchanged
            | equal(distance &* distance, Lanes(repeating: 49))
    }

    /// Lanes of years ..99 and ..00 that follow one another.
    @inlinable
    @inline(__always)
    static func isTurnOfCentury(_ left: Lanes, _ right: Lanes) -> Lanes {
        let turn = Lanes(repeating: DateDigits.turnOfCentury)
        return equal(right &- left, turn) & isZero(right & 0xFF)
            | equal(left &- right, turn) & isZero(left & 0xFF)
    }

    @inlinable
    @inline(__always)
    static func equal(_ left: Lanes, _ right: Lanes) -> Lanes {
        unsafeBitCast(left .== right, to: Lanes.self)
    }

    @inlinable
    @inline(__always)
    static func isZero(_ lanes: Lanes) -> Lanes { equal(lanes, .zero) }
}
