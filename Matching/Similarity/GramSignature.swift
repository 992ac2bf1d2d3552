/// The neighbouring pairs of units of a value, as a set of 256 bits.
///
/// The ends count as a unit of their own, so that beginnings weigh more. A pair sets the bit that
/// Fibonacci hashing gives it; two pairs may share a bit, which is part of the definition.
package struct GramSignature: Sendable, Hashable {
    package let bits: SIMD4<UInt64>

    package init(bits: SIMD4<UInt64>) { self.bits = bits }

    /// The pairs of a row; an empty value has none.
    package init(of row: UInt32, in column: TextColumn) {
        var bits = SIMD4<UInt64>.zero
        let units = column.units(of: row)
        var before: UInt32 = 0
        for unit in units + (units.isEmpty ? [] : [0]) {
            let mixed = (before << 16 | UInt32(unit)) &* 0x9E37_79B9
            bits[Int(mixed >> 30)] |= 1 << UInt64(mixed >> 24 & 63)
            before = UInt32(unit)
        }
        self.bits = bits
    }

    /// The number of bits set.
    package var count: Int { Self.count(bits) }

    /// The bits that both have.
    package func shared(with other: GramSignature) -> Int { Self.count(bits & other.bits) }

    @inline(__always)
    static func count(_ bits: SIMD4<UInt64>) -> Int {
        bits[0].nonzeroBitCount &+ bits[1].nonzeroBitCount &+ bits[2].nonzeroBitCount
            &+ bits[3].nonzeroBitCount
    }

    /// How the overlap of two sets is weighed.
    package enum Measure: Sendable {
        /// Twice the shared over both counts.
        case dice
        /// The shared over all that either has.
        case jaccard
        /// The shared over the smaller count.
        case containment
    }

    /// The similarity of sets of `left` and `right` bits that share some; 1 for two empty sets, and 0
    /// where one is empty.
    package static func similarity(
        shared: Int, left: Int, right: Int, measure: Measure
    ) -> Float {
        if left == 0 || right == 0 { return left == right ? 1 : 0 }
        switch measure {
        case .dice: return Float(2 * shared) / Float(left + right)
        case .jaccard: return Float(shared) / Float(left + right - shared)
        case .containment: return Float(shared) / Float(min(left, right))
        }
    }
}
