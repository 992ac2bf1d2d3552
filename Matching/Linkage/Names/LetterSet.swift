/// The characters of a word as a set of 32 bits that bounds what two words share.
///
/// The `k`-th occurrence (from 0) of the character with unit `u` sets bit `(7 u + 11 k) mod 32`. By the
/// proof of ``TextColumn/signature(of:)`` two words of `a` and `b` characters with sets `A` and `B` have
/// at most `a - popcount(A & ~B)` and at most `b - popcount(B & ~A)` characters in common, counted with
/// repetition.
enum LetterSet {
    /// The set of a word's units.
    static func of(_ units: [UInt16]) -> UInt32 {
        var letters: UInt32 = 0
        for (index, unit) in units.enumerated() {
            var occurrence = 0
            for earlier in units[..<index] where earlier == unit { occurrence += 1 }
            letters |= 1 &<< UInt32((Int(unit) * 7 + occurrence * 11) % 32)
        }
        return letters
    }

    /// Whether two words of different phonetic codes and no common short form have too few characters
    /// in common to be related; see ``WordFilter`` for the proof.
    @inline(__always)
    static func areUnlike(_ left: TokenTable.Entry, _ right: TokenTable.Entry) -> Bool {
        let (length, otherLength) = (Int(left.characters), Int(right.characters))
        // Beyond the basic plane two characters may share a unit, and long words are cut.
        guard max(left.initial, right.initial) < 0xF000_0000, max(length, otherLength) <= 64 else {
            return false
        }
        let missing = (left.letters & ~right.letters).nonzeroBitCount * otherLength
        let added = (right.letters & ~left.letters).nonzeroBitCount * length
        let quarters = left.initial == right.initial ? 3 : 2
        return 4 * (missing + added) > quarters * length * otherLength
    }
}
