/// A hash of text that composes: the hash of two joined texts follows from those of the parts.
///
/// It is a polynomial in a fixed odd multiplier modulo 2^64. Nothing secret hangs on it; it decides
/// ties and equality of interned values, so it must be the same on every run and machine.
enum TextHash {
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// The hash of bytes, 0 for none.
    @inline(__always)
    static func of(_ bytes: Span<UInt8>) -> UInt64 {
        var hash: UInt64 = 0
        for index in bytes.indices {
            hash = hash &* multiplier &+ UInt64(bytes[index]) &+ 1
        }
        return hash
    }

    /// The hash of a string, 0 for an empty one.
    static func of(_ text: String) -> UInt64 {
        var hash: UInt64 = 0
        for byte in text.utf8 { hash = hash &* multiplier &+ UInt64(byte) &+ 1 }
        return hash
    }

    /// The factor by which appending `count` bytes multiplies a hash.
    static func power(_ count: Int) -> UInt64 {
        var result: UInt64 = 1
        for _ in 0..<count { result = result &* multiplier }
        return result
    }

    /// Spreads all bits of a hash over all bits of the result (the finaliser of MurmurHash3).
    @inline(__always)
    static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed ^= mixed &>> 33
        mixed = mixed &* 0xFF51_AFD7_ED55_8CCD
        mixed ^= mixed &>> 33
        mixed = mixed &* 0xC4CE_B9FE_1A85_EC53
        mixed ^= mixed &>> 33
        return mixed
    }

    /// A mixed combination of two hashes in their order.
    @inline(__always)
    static func combine(_ first: UInt64, _ second: UInt64) -> UInt64 {
        mix(first &* 0xD6E8_FEB8_6659_FD93 &+ mix(second) &+ 0x2545_F491_4F6C_DD1D)
    }

    /// A hash of 32 bits that is never 0, since 0 stands for a missing value.
    @inline(__always)
    static func short(_ hash: UInt64) -> UInt32 {
        let folded = UInt32(truncatingIfNeeded: mix(hash) &>> 16)
        return folded == 0 ? 1 : folded
    }
}
