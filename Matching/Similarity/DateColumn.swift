/// Many dates, packed so that one is compared with all of them, sixteen at a time.
package struct DateColumn: Sendable {
    private typealias Lanes = DateLanes.Lanes

    private var years: [UInt16] = []
    private var monthDays: [UInt16] = []

    package init() {}

    /// The number of dates.
    package var count: Int { years.count }

    /// Appends a date.
    package mutating func append(_ date: DateDigits) {
        years.append(date.year)
        monthDays.append(date.monthDay)
    }

    /// The differences of a date from all of the column: from date `i` into `differences[i]`.
    ///
    /// - Precondition: each date has a place for its difference.
    package func differences(
        of date: DateDigits, into differences: inout MutableSpan<DateDigits.Difference>
    ) {
        precondition(differences.count == count, "each date has a place for its difference")
        let whole = count & ~15
        let (year, monthDay) = (
            Lanes(repeating: date.year), Lanes(repeating: date.monthDay)
        )
        differences.withUnsafeMutableBytes { output in
            years.withUnsafeBytes { years in
                monthDays.withUnsafeBytes { monthDays in
                    for place in stride(from: 0, to: whole, by: 16) {
                        let found = DateLanes.differences(
                            years: year, monthDays: monthDay,
                            otherYears: years.loadUnaligned(
                                fromByteOffset: 2 &* place, as: Lanes.self),
                            otherMonthDays: monthDays.loadUnaligned(
                                fromByteOffset: 2 &* place, as: Lanes.self))
                        output.storeBytes(
                            of: Self.numbers(found), toByteOffset: place, as: SIMD16<UInt8>.self)
                    }
                }
            }
        }
        for place in whole..<count {
            differences[place] = date.difference(
                from: DateDigits(year: years[place], monthDay: monthDays[place]))
        }
    }

    /// The raw value of each lane's difference.
    @inline(__always)
    private static func numbers(_ found: DateLanes.Differences) -> SIMD16<UInt8> {
        let isTold = found.none | found.exchange | found.digit | found.part
        let numbers =
            found.exchange & number(.exchange) | found.digit & number(.digit)
            | found.part & number(.part) | ~isTold & number(.several)
        let v = unsafeBitCast(numbers, to: SIMD32<UInt8>.self)
        return SIMD16(
            v[0], v[2], v[4], v[6], v[8], v[10], v[12], v[14], v[16], v[18], v[20], v[22], v[24],
            v[26], v[28], v[30])
    }

    @inline(__always)
    private static func number(_ difference: DateDigits.Difference) -> Lanes {
        Lanes(repeating: UInt16(difference.rawValue))
    }
}
