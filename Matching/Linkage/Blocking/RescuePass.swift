/// A second look at records that the blocking rules left without a likely partner.
///
/// Two errors in one record, or an error beside missing fields, may leave it no key in common with
/// the other records of its person. Such records meet all others with which they share one of the
/// loose ``RescueKeys`` that few records have, and where many links are missed so do all records:
/// then also those that have one partner lack others. What the pairs are worth is for the comparison
/// to say.
///
/// What is found depends on the records' contents alone: a group is taken whole or not at all.
struct RescuePass: Sendable {
    /// Records of a group up to which it is looked at.
    static let groupMax = 16
    /// The share of missed links below which a run needs no second look.
    private static let missedShareMin = 0.003
    /// The share of missed links from which all records get a second look, and from which those of a
    /// file of many millions get one at all: it costs them as much as all else.
    private static let widelyMissedShareMin = 0.01
    /// Records up to which all of them may get it: their keys stand in memory.
    private static let lookedAtMax = 2_000_000
    /// Pieces of the keys, by their upper bits.
    private static let partBits: UInt32 = 6

    /// Whether a record gets a second look.
    let isLookedAt: [Bool]
    /// Records without a likely partner.
    let unreached: Int
    /// Small groups of one key with a record to look at in them, in pieces of about equal size.
    private(set) var groups: [BlockIndex.RuleBlocks] = []

    /// Groups the members of a population; `links` are the pairs found likely so far, `missedShare`
    /// of them are thought missing, nil where nothing is known.
    init(
        _ population: Population, members: [UInt32], links: some Sequence<ScoredPair>,
        missedShare: Double?, threads: Int
    ) {
        var isUnreached = [Bool](repeating: false, count: population.count)
        for slot in members { isUnreached[Int(slot)] = true }
        for pair in links {
            isUnreached[Int(pair.left)] = false
            isUnreached[Int(pair.right)] = false
        }
        var left = members.filter { isUnreached[Int($0)] }
        unreached = left.count
        if missedShare ?? 1 >= Self.widelyMissedShareMin, members.count <= Self.lookedAtMax {
            left = members
            for slot in members { isUnreached[Int(slot)] = true }
        }
        let lookedAt = isUnreached
        isLookedAt = lookedAt
        guard !left.isEmpty else { return }
        let wanted = KeySet(Self.keys(of: left, population, threads))
        let entries = Self.entries(of: members, among: wanted, population, threads)
        groups = Parallel.map(1 << Int(Self.partBits), threads: threads) { part in
            Self.groups(entries.flatMap { $0[part] }, lookedAt)
        }
    }

    /// Whether a run over so many records is worth a second look, `missedShare` nil where nothing is known
    /// of what is missed.
    static func isWorthIt(records: Int, missedShare: Double?) -> Bool {
        missedShare ?? 1 >= (records <= lookedAtMax ? missedShareMin : widelyMissedShareMin)
    }

    /// Pairs within the groups, also those that the rules hold.
    var pairs: Int { groups.reduce(0) { $0 + $1.pairs } }

    /// The keys of records.
    private static func keys(
        of slots: [UInt32], _ population: Population, _ threads: Int
    ) -> [[UInt32]] {
        Parallel.map(threads * 4, threads: threads) { piece in
            var keys: [UInt32] = []
            for slot in pieceOf(slots, piece, threads * 4) {
                RescueKeys.forEach(
                    of: population.persons[Int(slot)], tokens: population.tokens
                ) { keys.append($0) }
            }
            return keys
        }
    }

    /// Keys beside slots of the records that have wanted ones, by piece of the records, then part.
    private static func entries(
        of members: [UInt32], among wanted: KeySet, _ population: Population, _ threads: Int
    ) -> [[[UInt64]]] {
        Parallel.map(threads * 4, threads: threads) { piece in
            var parts = [[UInt64]](repeating: [], count: 1 << Int(partBits))
            for slot in pieceOf(members, piece, threads * 4) {
                RescueKeys.forEach(
                    of: population.persons[Int(slot)], tokens: population.tokens
                ) { key in
                    guard wanted.mayHold(key) else { return }
                    parts[Int(key &>> (32 - partBits))].append(
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

    /// The small groups of entries of one key that hold a record to look at.
    private static func groups(
        _ entries: [UInt64], _ isLookedAt: [Bool]
    ) -> BlockIndex.RuleBlocks {
        var sorted = entries
        RadixSort.sortByUpperHalf(&sorted)
        var blocks = BlockIndex.RuleBlocks()
        var group: [UInt32] = []
        var start = 0
        while start < sorted.count {
            var end = start
            group.removeAll(keepingCapacity: true)
            while end < sorted.count, sorted[end] &>> 32 == sorted[start] &>> 32 {
                let slot = UInt32(truncatingIfNeeded: sorted[end])
                // A record may have a key twice, by two of its names.
                if group.last != slot { group.append(slot) }
                end += 1
            }
            start = end
            guard group.count > 1, group.count <= groupMax else { continue }
            if group.contains(where: { isLookedAt[Int($0)] }) { blocks.append(group) }
        }
        return blocks
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
