/// A 128-bit digest of a record's canonical JSON, by which equal content is recognised.
///
/// FNV-1a with 128 bits (Fowler, Noll, Vo; IETF draft-eastlake-fnv): quick and well spread, not a
/// protection against an adversary, who could only make his own update go unnoticed.
package struct ContentDigest: Hashable, Sendable {
    package let bits: UInt128

    /// The digest of a text.
    package init(of text: [UInt8]) {
        var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        for byte in text {
            hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013B
        }
        bits = hash
    }

    /// The digest that 16 bytes hold, the most significant first.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        bits = bytes.reduce(0) { $0 << 8 | UInt128($1) }
    }

    /// The 16 bytes, the most significant first.
    package var bytes: [UInt8] {
        (0..<16).map { UInt8(truncatingIfNeeded: bits >> UInt128(120 - 8 * $0)) }
    }
}
