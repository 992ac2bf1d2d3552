/// The order in which pairs are taken: by weight, then by the content of their records.
enum PairOrder {
    /// How many pairs ahead records are fetched from memory.
    private static let lookAhead = 16

    /// Sorts pairs, heaviest first, and takes out those met twice.
    static func sorted(
        _ pairs: [ScoredPair], _ population: Population, threads: Int
    ) -> [ScoredPair] {
        precondition(pairs.count < UInt32.max, "pairs are numbered with 32 bits")
        var entries: [UInt64] = []
        entries.reserveCapacity(pairs.count)
        for (number, pair) in pairs.enumerated() {
            // Descending weight as an ascending integer.
            let bits = pair.weight.bitPattern
            let ascending = bits &>> 31 == 1 ? ~bits : bits | 1 &<< 31
            entries.append(UInt64(~ascending) &<< 32 | UInt64(number))
        }
        RadixSort.sortByUpperHalf(&entries)
        sortTies(&entries, pairs, population, threads)
        var result: [ScoredPair] = []
        result.reserveCapacity(entries.count)
        for entry in entries {
            let pair = pairs[Int(UInt32(truncatingIfNeeded: entry))]
            if let last = result.last, last.left == pair.left, last.right == pair.right { continue }
            result.append(pair)
        }
        return result
    }

    private struct Tied {
        var content: UInt64
        var left: UInt32
        var right: UInt32
        var entry: UInt64
    }

    /// Puts pairs of one weight in the order of content.
    private static func sortTies(
        _ entries: inout [UInt64], _ pairs: [ScoredPair], _ population: Population, _ threads: Int
    ) {
        // Pieces end where a weight does.
        let pieces = max(1, threads * 4)
        var ends = (0...pieces).map { entries.count * $0 / pieces }
        for piece in 1..<pieces {
            var end = max(ends[piece], ends[piece - 1])
            while end > 0, end < entries.count, entries[end] &>> 32 == entries[end - 1] &>> 32 {
                end += 1
            }
            ends[piece] = end
        }
        let pieceEnds = ends
        Parallel.update(&entries, pieces: pieces, threads: threads) { piece in
            pieceEnds[piece]..<pieceEnds[piece + 1]
        } _: { _, entries in
            sortTies(entries, pairs, population)
        }
    }

    private static func sortTies(
        _ entries: UnsafeMutableBufferPointer<UInt64>, _ pairs: [ScoredPair],
        _ population: Population
    ) {
        func pair(_ entry: UInt64) -> ScoredPair { pairs[Int(UInt32(truncatingIfNeeded: entry))] }
        var tied: [Tied] = []
        var start = 0
        var fetched = 0
        while start < entries.count {
            var end = start + 1
            while end < entries.count, entries[end] &>> 32 == entries[start] &>> 32 { end += 1 }
            defer { start = end }
            while fetched < min(entries.count, end + lookAhead) {
                population.prefetch(pair(entries[fetched]).left)
                population.prefetch(pair(entries[fetched]).right)
                fetched += 1
            }
            if end - start == 1 { continue }
            tied.removeAll(keepingCapacity: true)
            for entry in entries[start..<end] {
                let pair = pair(entry)
                let left = population.persons[Int(pair.left)].contentHash
                let right = population.persons[Int(pair.right)].contentHash
                tied.append(
                    Tied(
                        content: TextHash.mix(left &+ right), left: pair.left, right: pair.right,
                        entry: entry))
            }
            tied.sort { ($0.content, $0.left, $0.right) < ($1.content, $1.left, $1.right) }
            for (index, pair) in tied.enumerated() { entries[start + index] = pair.entry }
        }
    }
}
