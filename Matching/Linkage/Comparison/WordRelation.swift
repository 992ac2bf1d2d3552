import Similarity

/// How two name words relate; more agreement is a larger raw value, up to initials apart.
enum WordRelation: UInt8 {
    case different, similar, close, soundsAlike, initial, equal
}

/// Decides the relation of two words and remembers what it decided.
///
/// One for each thread. The memory is direct-mapped: names repeat, so most pairs of words are met
/// many times, and a lost place only costs the comparison again.
struct WordComparator {
    /// Places remembered by a thread of a run, by one that asks an index many times, and by one query
    /// of an index, as powers of two.
    static let runMemoryBits = 15
    static let batchMemoryBits = 12
    static let queryMemoryBits = 7

    /// Jaro-Winkler similarity from which words are close, and similar.
    static let closeSimilarity: Float = 0.93
    static let similarSimilarity: Float = 0.85
    /// Words of one phonetic code still need this similarity.
    static let soundsAlikeSimilarity: Float = 0.75

    let tokens: TokenTable
    /// Words of a query that the index does not have; see ``TokenTable/queryBit``.
    private let queryTokens: TokenTable
    private let shift: UInt64
    private var keys: [UInt64]
    private var relations: [UInt8]

    init(
        tokens: TokenTable, queryTokens: TokenTable = TokenTable.empty,
        memoryBits: Int = runMemoryBits
    ) {
        self.tokens = tokens
        self.queryTokens = queryTokens
        shift = UInt64(64 - memoryBits)
        keys = Array(repeating: 0, count: 1 << memoryBits)
        relations = Array(repeating: 0, count: 1 << memoryBits)
    }

    /// What is known of a word, of the population or of the query.
    @inline(__always)
    func entry(_ word: UInt32) -> TokenTable.Entry {
        word & TokenTable.queryBit == 0
            ? tokens.entries[Int(word)]
            : queryTokens.entries[Int(word & ~TokenTable.queryBit)]
    }

    /// The phonetic code of a word.
    @inline(__always)
    func sound(_ word: UInt32) -> UInt32 { entry(word).phonetic }

    /// The relation of two present words.
    @inline(__always)
    mutating func relation(_ left: UInt32, _ right: UInt32) -> WordRelation {
        if left == right { return .equal }
        let key = UInt64(min(left, right)) &<< 32 | UInt64(max(left, right))
        let place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
        if keys[place] == key {
            return WordRelation(rawValue: relations[place]) ?? .different
        }
        let relation = compare(left, right)
        keys[place] = key
        relations[place] = relation.rawValue
        return relation
    }

    /// The relation of two different words, from their text.
    private func compare(_ left: UInt32, _ right: UInt32) -> WordRelation {
        let first = entry(left)
        let second = entry(right)
        if first.characters == 1 || second.characters == 1 {
            return first.initial == second.initial ? .initial : .different
        }
        if first.nickname != 0, first.nickname == second.nickname { return .soundsAlike }
        // Between two scripts only sounds can be compared.
        if first.isLatin != second.isLatin {
            return first.phonetic == second.phonetic ? .soundsAlike : .different
        }
        if first.phonetic != second.phonetic, LetterSet.areUnlike(first, second) {
            return .different
        }
        let similarity = similarity(left, right, isOrdered: first.hash < second.hash)
        if similarity < Self.soundsAlikeSimilarity { return .different }
        if first.phonetic == second.phonetic { return .soundsAlike }
        if similarity >= Self.closeSimilarity { return .close }
        let (short, long) = (
            min(first.characters, second.characters), max(first.characters, second.characters)
        )
        if short >= 4, long - short <= 1, isOneEdit(left, right) { return .close }
        return similarity >= Self.similarSimilarity ? .similar : .different
    }

    /// The similarity of two words, taken in a fixed order so that rounding cannot depend on it.
    @inline(__always)
    private func similarity(_ left: UInt32, _ right: UInt32, isOrdered: Bool) -> Float {
        let (one, other) = isOrdered ? (left, right) : (right, left)
        if (one | other) & TokenTable.queryBit == 0 {
            return JaroWinkler.similarity(one, in: tokens.column, other, in: tokens.column)
        }
        return JaroWinkler.similarity(
            row(one), in: column(one), row(other), in: column(other))
    }

    private func column(_ word: UInt32) -> TextColumn {
        word & TokenTable.queryBit == 0 ? tokens.column : queryTokens.column
    }

    private func row(_ word: UInt32) -> UInt32 { word & ~TokenTable.queryBit }

    /// Whether one substitution, insertion, deletion or exchange of neighbours makes the words equal.
    @inline(__always)
    private func isOneEdit(_ left: UInt32, _ right: UInt32) -> Bool {
        OptimalStringAlignment.distance(
            row(left), in: column(left), row(right), in: column(right), bound: 1) <= 1
    }
}
