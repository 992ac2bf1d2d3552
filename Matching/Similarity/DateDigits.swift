/// A whole date as it is written: the digits of year, month and day, in two 16-bit words.
///
/// Digits of a part lie in a byte, tens above ones, so that two dates are told apart part by part and
/// digit by digit without a division. Of calendars nothing is known: two dates of one are compared.
package struct DateDigits: Sendable, Hashable {
    /// The century as a number (upper byte), and the digits of the year within it.
    package let year: UInt16
    /// The digits of the month (upper byte) and of the day.
    package let monthDay: UInt16

    /// What it takes to make one date of another.
    package enum Difference: UInt8, Sendable, BitwiseCopyable {
        case none
        /// Day and month change places.
        case exchange
        /// One part is another, by one digit, its two digits exchanged, or by 1; of years also by
        /// whole centuries.
        case digit
        /// One part is another.
        case part
        /// More than one of these.
        case several
    }

    /// A date by its parts: years to 25,599, months and days to 99.
    @inlinable
    @inline(__always)
    package init(year: UInt32, month: UInt32, day: UInt32) {
        let (century, rest) = (year / 100, year % 100)
        self.year = UInt16(truncatingIfNeeded: century &<< 8 | Self.digits(rest))
        monthDay = UInt16(truncatingIfNeeded: Self.digits(month) &<< 8 | Self.digits(day))
    }

    /// A date by its words.
    @inline(__always)
    init(year: UInt16, monthDay: UInt16) {
        (self.year, self.monthDay) = (year, monthDay)
    }

    /// A number of two digits with a nibble for each.
    @inlinable
    @inline(__always)
    static func digits(_ number: UInt32) -> UInt32 { (number / 10) &<< 4 | number % 10 }

    /// What makes one date of the other.
    @inlinable
    @inline(__always)
    package func difference(from other: DateDigits) -> Difference {
        let parts = monthDay ^ other.monthDay
        if year != other.year {
            guard parts == 0 else { return .several }
            return isYearOff(other) ? .digit : .part
        }
        if parts == 0 { return .none }
        if parts & 0xFF != 0, parts & 0xFF00 != 0 {
            return monthDay.byteSwapped == other.monthDay ? .exchange : .several
        }
        let shift: UInt16 = parts & 0xFF == 0 ? 8 : 0
        return Self.isDigitOff(monthDay &>> shift & 0xFF, other.monthDay &>> shift & 0xFF)
            ? .digit : .part
    }

    /// Whether two years are a digit, a year or whole centuries apart.
    @inlinable
    @inline(__always)
    func isYearOff(_ other: DateDigits) -> Bool {
        let (early, late) = (min(year, other.year), max(year, other.year))
        let isTurnOfCentury = late &- early == Self.turnOfCentury && late & 0xFF == 0
        return isTurnOfCentury || Self.isDigitOff(early & 0xFF, late & 0xFF)
    }

    /// From the digits of a year ..99 to those of the next one.
    @inlinable
    static var turnOfCentury: UInt16 { 0x100 - 0x99 }

    /// Whether two numbers of two digits differ in one digit at most, in their order, or by 1.
    ///
    /// Numbers one apart have the same tens, or 9 and 0 as ones: their digits are then 7 apart, as those
    /// of no other two numbers that differ in both digits are.
    @inlinable
    @inline(__always)
    static func isDigitOff(_ left: UInt16, _ right: UInt16) -> Bool {
        let differing = left ^ right
        return differing & 0x0F == 0 || differing & 0xF0 == 0
            || (left &<< 4 | left &>> 4) & 0xFF == right
            || left &- right == 7 || right &- left == 7
    }
}
