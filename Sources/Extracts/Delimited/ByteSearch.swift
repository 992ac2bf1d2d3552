/// Search for a byte, eight at a time in one register.
enum ByteSearch {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    /// The first place from `start` on that holds one of two bytes, the end where there is none.
    ///
    /// Where a byte before it is beyond ASCII, the top bit of `bits` is set.
    @inline(__always)
    static func first(
        _ byte: UInt8, or other: UInt8, in bytes: Span<UInt8>, from start: Int, _ bits: inout UInt8
    ) -> Int {
        let (pattern, otherPattern) = (UInt64(byte) &* ones, UInt64(other) &* ones)
        var index = start
        while index &+ 8 <= bytes.count {
            let word = UInt64(
                littleEndian: bytes.bytes.unsafeLoadUnaligned(
                    fromByteOffset: index, as: UInt64.self))
            let hits = zeros(word ^ pattern) | zeros(word ^ otherPattern)
            // Bits below the lowest hit are of bytes before it; without a hit that is all bits.
            if word & tops & (hits ^ (hits &- 1)) != 0 { bits |= 0x80 }
            if hits != 0 { return index &+ hits.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < bytes.count, bytes[index] != byte, bytes[index] != other {
            bits |= bytes[index]
            index &+= 1
        }
        return index
    }

    /// The top bit of each byte that is zero; only the lowest one is sure.
    ///
    /// The subtraction borrows upwards alone (Mycroft 1987).
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & tops }
}
