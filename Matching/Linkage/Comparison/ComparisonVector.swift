/// The agreement levels of one pair, four bits for each field.
package struct ComparisonVector: Hashable, Sendable {
    package var bits: UInt64 = 0

    package init() {}

    init(_ bits: UInt64) { self.bits = bits }

    /// The level of a field.
    @inline(__always)
    package func level(_ field: ComparisonField) -> Int {
        Int(truncatingIfNeeded: bits &>> UInt64(field.rawValue &* 4) & 15)
    }

    @inline(__always)
    mutating func set(_ field: ComparisonField, _ level: UInt64) {
        bits |= level &<< UInt64(field.rawValue &* 4)
    }
}
