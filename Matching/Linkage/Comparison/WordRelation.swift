import Similarity

/// How two name words relate; more agreement is a larger raw value, up to initials apart.
enum WordRelation: UInt8 {
    case different, similar, close, soundsAlike, initial, equal
}

/// The relations of pairs of words that were decided before.
///
/// It is direct-mapped: names repeat, so most pairs of words are met many times, and a lost place only
/// costs the comparison again. It holds for one table of words, whatever is added to that.
struct WordMemory: Sendable {
    private var keys: [UInt64]
    private var relations: [UInt8]
    private let shift: UInt64

    /// Makes a memory of 2 to the power of `bits` places.
    init(bits: Int) {
        shift = UInt64(64 - bits)
        keys = Array(repeating: 0, count: 1 << bits)
        relations = Array(repeating: 0, count: 1 << bits)
    }

    /// A memory without places, for who has lent his own.
    static let none = WordMemory()

    private init() {
        keys = []
        relations = []
        shift = 0
    }

    /// The relation of the words of a key, nil where it is not remembered.
    @inline(__always)
    func recall(_ key: UInt64) -> WordRelation? {
        let place = place(key)
        guard keys[place] == key else { return nil }
        return WordRelation(rawValue: relations[place]) ?? .different
    }

    /// Takes note of the relation of the words of a key.
    mutating func remember(_ key: UInt64, _ relation: WordRelation) {
        let place = place(key)
        keys[place] = key
        relations[place] = relation.rawValue
    }

    @inline(__always)
    private func place(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
    }
}

/// Decides the relation of two words and remembers what it decided; one for each thread.
struct WordComparator {
    /// Places remembered by a thread of a run, or of an index from query to query, and places for words that
    /// one query of an index alone has, as powers of two.
    static let runMemoryBits = 15
    static let queryMemoryBits = 7

    /// Jaro-Winkler similarity from which words are close, and similar.
    static let closeSimilarity: Float = 0.93
    static let similarSimilarity: Float = 0.85
    /// Words of one phonetic code still need this similarity.
    static let soundsAlikeSimilarity: Float = 0.75

    let tokens: TokenTable
    /// Words of a query that the index does not have; see ``TokenTable/queryBit``.
    private let queryTokens: TokenTable
    private(set) var memory: WordMemory
    /// The same for pairs with a word that the query alone has.
    private var queryMemory: WordMemory

    init(tokens: TokenTable, memoryBits: Int = runMemoryBits) {
        self.init(tokens: tokens, memory: WordMemory(bits: memoryBits))
    }

    /// Compares words of a table with a memory of that table.
    init(tokens: TokenTable, memory: WordMemory) {
        self.tokens = tokens
        queryTokens = TokenTable.empty
        self.memory = memory
        queryMemory = .none
    }

    /// The same for a query, some words of which the table lacks.
    init(tokens: TokenTable, memory: WordMemory, queryTokens: TokenTable) {
        self.tokens = tokens
        self.queryTokens = queryTokens
        self.memory = memory
        queryMemory = WordMemory(bits: Self.queryMemoryBits)
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
        let isOfQuery = (left | right) & TokenTable.queryBit != 0
        if let known = isOfQuery ? queryMemory.recall(key) : memory.recall(key) { return known }
        let relation = compare(left, right)
        if isOfQuery {
            queryMemory.remember(key, relation)
        } else {
            memory.remember(key, relation)
        }
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
