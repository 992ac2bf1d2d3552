import Synchronization

/// A second look at records that the blocking rules left without a likely partner.
///
/// Two errors in one record, or an error beside missing fields, may leave it no key in common with
/// the other records of its person. Such records meet all others with which they share one of the
/// loose ``RescueKeys`` that few records have, and where many links are missed so do all records:
/// then also those that have one partner lack others. In a file of a few thousand records all meet all.
/// What the pairs are worth is for the comparison to say.
///
/// How many records may share a key follows from how many pairs a look may cost, so that a small file,
/// in which a pair costs nothing, is searched the most thoroughly. What is found depends on the records'
/// contents alone: a group is taken whole or not at all.
struct RescuePass: Sendable {
    /// Records of a group up to which it is looked at, where all such groups together are few pairs.
    static let groupMax = 256
    /// Records of a group up to which it is looked at in any case.
    static let groupMin = 16
    /// Pairs of one round for each record, and those that any file may have and that none may exceed.
    private static let pairsPerRecord = 128
    private static let pairsMin = 16_000_000
    private static let pairsMax = 96_000_000
    /// The share of missed links below which a run needs no second look.
    private static let missedShareMin = 0.003
    /// The share of missed links from which all records of a large file get a second look, and from which
    /// those of a file of many millions get one at all: it costs them as much as all else.
    private static let widelyMissedShareMin = 0.01
    /// Records up to which all of them get it wherever there is one.
    private static let smallMax = 250_000
    /// Records up to which all of them may get it: their keys stand in memory.
    private static let lookedAtMax = 2_000_000
    /// Pieces of the keys, by their upper bits.
    private static let partBits: UInt32 = 6

    private let members: [UInt32]
    /// Whether a record gets a second look.
    let isLookedAt: [Bool]
    /// The records that get it.
    private let lookedAt: [UInt32]
    /// Whether all that may be chosen are.
    private let looksAtAll: Bool
    /// Records without a likely partner.
    let unreached: Int

    /// Chooses among the members of a population that are of its first `subjects` records; `links` are the pairs
    /// found likely so far, `missedShare` of them are thought missing, nil where nothing is known.
    init(
        members: [UInt32], subjects: Int = .max, records: Int,
        links: some Sequence<ScoredPair>, missedShare: Double?
    ) {
        self.members = members
        let subjects = subjects < records ? members.filter { Int($0) < subjects } : members
        var isUnreached = [Bool](repeating: false, count: records)
        for slot in subjects { isUnreached[Int(slot)] = true }
        for pair in links {
            isUnreached[Int(pair.left)] = false
            isUnreached[Int(pair.right)] = false
        }
        let left = subjects.filter { isUnreached[Int($0)] }
        unreached = left.count
        let isWide =
            members.count <= Self.smallMax
            || members.count <= Self.lookedAtMax
                && missedShare ?? 1 >= Self.widelyMissedShareMin
        if isWide {
            for slot in subjects { isUnreached[Int(slot)] = true }
        }
        lookedAt = isWide ? subjects : left
        looksAtAll = lookedAt.count == subjects.count
        isLookedAt = isUnreached
    }

    /// Whether a run over so many records is worth a second look, `missedShare` nil where nothing is known
    /// of what is missed.
    static func isWorthIt(records: Int, missedShare: Double?) -> Bool {
        missedShare ?? 1 >= (records <= lookedAtMax ? missedShareMin : widelyMissedShareMin)
    }

    /// The rounds that there may be; the second has the most keys, and those of many millions would not
    /// fit in memory.
    var rounds: [RescueKeys.Round] {
        members.count <= Self.lookedAtMax ? RescueKeys.Round.allCases : [.first]
    }

    /// Whether the file is so small that all records meet.
    var isExhaustive: Bool {
        members.count * (members.count - 1) / 2 <= Self.pairsMin
            && looksAtAll
    }

    /// The small groups of one key with a record to look at in them, in pieces of about equal size; one
    /// group of all where the file is small.
    func groups(
        of round: RescueKeys.Round, _ population: Population, threads: Int
    ) -> [BlockIndex.RuleBlocks] {
        guard !lookedAt.isEmpty, members.count > 1 else { return [] }
        if isExhaustive {
            var whole = BlockIndex.RuleBlocks()
            whole.limit = members.count
            whole.append(members)
            return [whole]
        }
        let wanted =
            lookedAt.count == members.count
            ? nil : KeySet(keys(of: round, population, threads))
        let pieces = Mutex(entries(of: round, among: wanted, population, threads))
        let sorted = Parallel.map(1 << Int(Self.partBits), threads: threads) { part in
            // What is sorted is given up, so that it does not stand in memory twice.
            let unsorted = pieces.withLock { pieces in
                var unsorted: [[UInt64]] = []
                for piece in pieces.indices {
                    unsorted.append(pieces[piece][part])
                    pieces[piece][part] = []
                }
                return unsorted
            }
            return SortedKeys(Array(unsorted.joined()), isLookedAt, groupMax: Self.groupMax)
        }
        let limit = groupLimit(sorted)
        return Parallel.map(sorted.count, threads: threads) {
            sorted[$0].groups(upTo: limit, isLookedAt)
        }
    }

    /// Records of a group up to which all groups together have no more pairs than a round may.
    private func groupLimit(_ parts: [SortedKeys]) -> Int {
        let budget = max(
            Self.pairsMin, min(members.count * Self.pairsPerRecord, Self.pairsMax))
        var pairs = 0
        var limit = 1
        while limit < Self.groupMax {
            let size = limit + 1
            pairs += parts.reduce(0) { $0 + $1.groupCounts[size] } * size * (size - 1) / 2
            if pairs > budget, size > Self.groupMin { break }
            limit = size
        }
        return limit
    }

    /// The keys of the records to look at.
    private func keys(
        of round: RescueKeys.Round, _ population: Population, _ threads: Int
    ) -> [[UInt32]] {
        Parallel.map(threads * 4, threads: threads) { piece in
            var keys: [UInt32] = []
            for slot in Self.pieceOf(lookedAt, piece, threads * 4) {
                RescueKeys.forEach(
                    of: population.persons[Int(slot)], tokens: population.tokens, round: round
                ) { keys.append($0) }
            }
            return keys
        }
    }

    /// Keys beside slots of the records that have wanted ones, by piece of the records, then part.
    private func entries(
        of round: RescueKeys.Round, among wanted: KeySet?, _ population: Population, _ threads: Int
    ) -> [[[UInt64]]] {
        Parallel.map(threads * 4, threads: threads) { piece in
            var parts = [[UInt64]](repeating: [], count: 1 << Int(Self.partBits))
            for slot in Self.pieceOf(members, piece, threads * 4) {
                RescueKeys.forEach(
                    of: population.persons[Int(slot)], tokens: population.tokens, round: round
                ) { key in
                    guard wanted?.mayHold(key) ?? true else { return }
                    parts[Int(key &>> (32 - Self.partBits))].append(
                        UInt64(key) &<< 32 | UInt64(slot))
                }
            }
            return parts
        }
    }

    private static func pieceOf(
        _ slots: [UInt32], _ piece: Int, _ pieces: Int
    ) -> ArraySlice<UInt32> {
        slots[slots.count * piece / pieces..<slots.count * (piece + 1) / pieces]
    }
}

/// Keys beside slots in the order of keys, each slot once under a key.
private struct SortedKeys: Sendable {
    private var entries: [UInt64]
    /// How many groups of each size hold a record to look at.
    private(set) var groupCounts: [Int]

    init(_ unsorted: [UInt64], _ isLookedAt: [Bool], groupMax: Int) {
        var sorted = unsorted
        RadixSort.sortByUpperHalf(&sorted)
        // A record may have a key twice, by two of its names.
        RadixSort.removeRepetitions(&sorted)
        entries = sorted
        var counts = [Int](repeating: 0, count: groupMax + 1)
        BlockIndex.forEachBlock(sorted[...]) { group in
            if group.count <= groupMax, Self.holds(group, isLookedAt) { counts[group.count] += 1 }
        }
        groupCounts = counts
    }

    /// The groups up to a size that hold a record to look at.
    func groups(upTo limit: Int, _ isLookedAt: [Bool]) -> BlockIndex.RuleBlocks {
        var blocks = BlockIndex.RuleBlocks()
        blocks.limit = limit
        BlockIndex.forEachBlock(entries[...]) { group in
            if group.count <= limit, Self.holds(group, isLookedAt) { blocks.append(group) }
        }
        return blocks
    }

    private static func holds(_ group: ArraySlice<UInt64>, _ isLookedAt: [Bool]) -> Bool {
        group.contains { isLookedAt[Int(UInt32(truncatingIfNeeded: $0))] }
    }
}

/// A set of keys that may hold some more: one bit a hash.
private struct KeySet: Sendable {
    private var bits: [UInt64]
    private let shift: UInt32

    init(_ keys: [[UInt32]]) {
        let count = keys.reduce(0) { $0 + $1.count }
        let size = min(1 << 32, max(64, count * 8).nextPowerOfTwo)
        shift = UInt32(32 - size.trailingZeroBitCount)
        bits = Array(repeating: 0, count: size / 64)
        for key in keys.joined() {
            let bit = key &>> shift
            bits[Int(bit / 64)] |= 1 &<< UInt64(bit % 64)
        }
    }

    @inline(__always)
    func mayHold(_ key: UInt32) -> Bool {
        let bit = key &>> shift
        return bits[Int(bit / 64)] & 1 &<< UInt64(bit % 64) != 0
    }
}
