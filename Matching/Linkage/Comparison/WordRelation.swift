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
    private static let memorySize = 1 << 15

    /// Jaro-Winkler similarity from which words are close, and similar.
    static let closeSimilarity: Float = 0.93
    static let similarSimilarity: Float = 0.85
    /// Words of one phonetic code still need this similarity.
    static let soundsAlikeSimilarity: Float = 0.75

    let tokens: TokenTable
    private var keys = [UInt64](repeating: 0, count: memorySize)
    private var relations = [UInt8](repeating: 0, count: memorySize)

    init(tokens: TokenTable) { self.tokens = tokens }

    /// The relation of two present words.
    @inline(__always)
    mutating func relation(_ left: UInt32, _ right: UInt32) -> WordRelation {
        if left == right { return .equal }
        let key = UInt64(min(left, right)) &<< 32 | UInt64(max(left, right))
        let place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 49)
        if keys[place] == key {
            return WordRelation(rawValue: relations[place]) ?? .different
        }
        let relation = Self.compare(left, right, tokens)
        keys[place] = key
        relations[place] = relation.rawValue
        return relation
    }

    /// The relation of two different words, from their text.
    static func compare(_ left: UInt32, _ right: UInt32, _ tokens: TokenTable) -> WordRelation {
        let first = tokens.entries[Int(left)]
        let second = tokens.entries[Int(right)]
        if first.characters == 1 || second.characters == 1 {
            return first.initial == second.initial ? .initial : .different
        }
        if first.nickname != 0, first.nickname == second.nickname { return .soundsAlike }
        let similarity = JaroWinkler.similarity(
            left, in: tokens.column, right, in: tokens.column)
        if similarity < soundsAlikeSimilarity { return .different }
        if first.phonetic == second.phonetic { return .soundsAlike }
        if similarity >= closeSimilarity { return .close }
        if min(first.characters, second.characters) >= 4,
            isOneEdit(tokens.column.units(of: left), tokens.column.units(of: right))
        {
            return .close
        }
        return similarity >= similarSimilarity ? .similar : .different
    }

    /// Whether one substitution, insertion, deletion or exchange of neighbours makes the texts
    /// equal.
    static func isOneEdit(_ left: [UInt16], _ right: [UInt16]) -> Bool {
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        guard long.count - short.count <= 1 else { return false }
        var start = 0
        while start < short.count, short[start] == long[start] { start += 1 }
        var end = 0
        while end < short.count - start, short[short.count - 1 - end] == long[long.count - 1 - end]
        {
            end += 1
        }
        let (shortRest, longRest) = (short.count - start - end, long.count - start - end)
        if longRest <= 1 { return true }
        return shortRest == 2 && longRest == 2 && short[start] == long[start + 1]
            && short[start + 1] == long[start]
    }
}
