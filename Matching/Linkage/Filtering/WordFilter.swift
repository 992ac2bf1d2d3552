import Similarity

/// What proves of two words that their relation is ``WordRelation/different``.
///
/// **The proof.** By ``WordComparator`` two words of more than one character relate only if they are
/// short forms of one name, or share a phonetic code, or have a Jaro-Winkler similarity of at least
/// 0.85, or are one edit apart and at least four characters long. With `c` characters in common,
/// counted with repetition, of `a` and `b`, the Jaro similarity is at most `(c/a + c/b + 1) / 3`, and
/// a common prefix lifts it by at most four tenths of what is missing, if the first characters agree.
/// So 0.85 needs `c/a + c/b ≥ 1.55`, or `1.25` where the first characters agree; one edit needs 1.5,
/// attained by an exchanged letter of four. As ``TextColumn/signature(of:)`` shows,
/// `c ≤ a - popcount(A & ~B)` and `c ≤ b - popcount(B & ~A)` for signatures `A` and `B` in which each
/// occurrence of each letter sets a fixed bit. Hence related words have
///
///     popcount(A & ~B)/a + popcount(B & ~A)/b ≤ 0.5, or 0.75 where the first characters agree.
///
/// In the same way a similarity of 0.93, from which words are close, leaves at most 0.21, or 0.35. One
/// edit changes at most one bit on either side. Words that are neither, and of different sounds, are
/// ``WordRelation/similar`` at best.
///
/// The quotients are taken in units of 1/252 and rounded down. A word of one character relates to
/// those with its initial.
struct WordFilter {
    /// The signature's bits 0 to 15 and 16 to 31.
    var signature: (Int16, Int16) = (0, 0)
    /// 252 divided by the length (lower byte) and a hash of the first character.
    var form: Int16 = 0
    /// Hashes of the phonetic code (upper byte) and of the group of short forms.
    var sound: Int16 = 0

    static let unit = 252
    static let differentInitialMax: Int16 = 126
    static let sameInitialMax: Int16 = 189
    static let closeDifferentInitialMax: Int16 = 52
    static let closeSameInitialMax: Int16 = 88

    /// The filters of all words of a table, by number.
    static func all(of tokens: TokenTable, threads: Int) -> [WordFilter] {
        let pieces = max(1, threads * 4)
        let parts = Parallel.map(pieces, threads: threads) { piece in
            let range = tokens.count * piece / pieces..<tokens.count * (piece + 1) / pieces
            return range.map { WordFilter(UInt32($0), tokens) }
        }
        return Array(parts.joined())
    }

    init(_ word: UInt32, _ tokens: TokenTable) {
        guard word != 0 else { return }
        let entry = tokens.entries[Int(word)]
        let units = tokens.column.units(of: word)
        signature = (
            Int16(truncatingIfNeeded: entry.letters),
            Int16(truncatingIfNeeded: entry.letters &>> 16)
        )
        let initial = FilterHash.of(UInt64(units.first ?? 0) + 1)
        let quotient = Int16(Self.unit / max(1, units.count))
        form = initial & FilterHash.upper | quotient
        sound = FilterHash.bytes(
            FilterHash.of(UInt64(entry.phonetic) + 1), FilterHash.of(UInt64(entry.nickname)))
    }
}

/// Short hashes of values, 0 for a missing one alone.
enum FilterHash {
    /// The upper byte of a column.
    static let upper: Int16 = ~255

    /// A hash of 16 bits: 0 for 0, of anything else two bytes that are not 0.
    static func of(_ value: UInt64) -> Int16 {
        guard value != 0 else { return 0 }
        let folded = Int16(truncatingIfNeeded: (value &* 0x9E37_79B9_7F4A_7C15) &>> 48)
        return folded | (folded & upper == 0 ? 1 &<< 8 : 0) | (folded & ~upper == 0 ? 1 : 0)
    }

    /// Two hashes cut to a byte each, 0 only for a missing value.
    static func bytes(_ upper: Int16, _ lower: Int16) -> Int16 {
        (upper & ~self.upper) &<< 8 | lower & ~self.upper
    }
}
