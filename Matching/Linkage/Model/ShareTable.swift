/// log2 of the shares of values that are known by hashes of 32 bits, for loops over pairs.
///
/// Open addressing with half of the places free. A dictionary gives the same in ten times the time.
struct ShareTable: Sendable {
    /// The value and its share; 0, the missing value, where a place is free.
    private var places: [(value: UInt32, share: Float)]
    private let floor: Float
    private let shift: UInt32

    /// Takes the values of a table of frequencies.
    init(_ frequencies: FrequencyTable) {
        let count = max(8, frequencies.shares.count * 2).nextPowerOfTwo
        floor = BinaryLogarithm.of(frequencies.floor)
        shift = UInt32(32 - count.trailingZeroBitCount)
        places = Array(repeating: (0, floor), count: count)
        for (hash, share) in frequencies.shares {
            let value = UInt32(truncatingIfNeeded: hash)
            let place = place(of: value)
            places[place] = (value, value == 0 ? floor : BinaryLogarithm.of(share))
        }
    }

    /// The logarithm of a value's share, that of the rarest for a value not known.
    @inline(__always)
    subscript(value: UInt32) -> Float { places[place(of: value)].share }

    /// Where a value is, or else a free place, which has the share of the rarest.
    @inline(__always)
    private func place(of value: UInt32) -> Int {
        var place = Int((value &* 0x9E37_79B1) &>> shift)
        while places[place].value != value, places[place].value != 0 {
            place = (place + 1) & (places.count - 1)
        }
        return place
    }
}
