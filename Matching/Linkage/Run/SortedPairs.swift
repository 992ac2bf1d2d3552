/// Pairs of records as numbers, the smaller slot above the larger, gathered in any order and often twice.
struct SortedPairs: Sendable {
    /// Pairs from which repetitions are taken out.
    private static let gatheredMin = 1 << 20

    private var pairs: [UInt64] = []
    /// How many pairs there are when repetitions are next taken out.
    private var nextSort = SortedPairs.gatheredMin

    /// Adds a pair.
    @inline(__always)
    mutating func add(_ left: UInt32, _ right: UInt32) {
        pairs.append(UInt64(min(left, right)) &<< 32 | UInt64(max(left, right)))
        guard pairs.count >= nextSort else { return }
        Self.sort(&pairs)
        nextSort = max(Self.gatheredMin, pairs.count * 2)
    }

    /// The slots of a pair.
    @inline(__always)
    static func slots(_ pair: UInt64) -> FilterTile.Pair {
        (UInt32(truncatingIfNeeded: pair &>> 32), UInt32(truncatingIfNeeded: pair))
    }

    /// The pairs of several threads, each once, in order.
    static func joined(_ gathered: [SortedPairs]) -> [UInt64] {
        var pairs: [UInt64] = []
        pairs.reserveCapacity(gathered.reduce(0) { $0 + $1.pairs.count })
        for part in gathered { pairs += part.pairs }
        sort(&pairs)
        return pairs
    }

    /// The pairs of a sorted list that are not in another.
    static func difference(_ pairs: [UInt64], _ others: [UInt64]) -> [UInt64] {
        guard !others.isEmpty else { return pairs }
        var place = 0
        return pairs.filter { pair in
            while place < others.count, others[place] < pair { place += 1 }
            return place == others.count || others[place] != pair
        }
    }

    private static func sort(_ pairs: inout [UInt64]) {
        RadixSort.sortByUpperHalf(&pairs)
        RadixSort.sortRuns(&pairs, by: <)
        RadixSort.removeRepetitions(&pairs)
    }
}
