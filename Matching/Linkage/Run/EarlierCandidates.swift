/// For each of many records that come at once, those before it that may be of one person with it: those that
/// an index holds already, and those that came before it.
///
/// What an ``OnlineIndex`` that holds the records answers one by one (`matchHeld`), found as a run finds
/// its pairs: in blocks of all records, filtered sixteen at a time, each pair once. So a million records
/// take a third of the time. A pair weighs the same to the last bit. Which pairs are met is as in a
/// run, which meets some that an index does not: a record says no less for coming with others.
///
/// The records that come are the first ones of a population, in their order, and those of the index stand behind
/// them: a record that says what one of the index says then stands for both, and pairs of two records of the
/// index can be passed over.
package struct EarlierCandidates: Sendable {
    /// A record that may be of one person with another one.
    private struct Partner: Sendable {
        var slot: UInt32
        var weight: Float
        var isVetoed: Bool
    }

    /// The number of records that come.
    package let count: Int
    /// Where the partners of each of them begin, and behind the last one where they end.
    private var starts: [UInt32] = []
    /// The partners of one record behind those of another, in the order of their weights, then of
    /// content, then of slots; of records that say the same, the first alone has and is one.
    private var partners: [Partner] = []
    /// Records that say the same, as they came: those of the index first.
    private var groups: [[UInt32]] = []
    /// The record of each group that stands for the others.
    private var firsts: [UInt32] = []
    /// The group of each record that is in one.
    private var groupOfRecord: [UInt32: Int] = [:]

    /// Compares the first `count` records of a population with those before them under a model; pairs below a
    /// weight in bits are not kept.
    ///
    /// Records of two realms never meet.
    package init(
        _ population: Population, count: Int, model: LinkageModel, minimumWeight: Float,
        threads: Int
    ) {
        self.count = count
        var options = LinkageOptions()
        options.threads = threads
        options.model = model
        let found = LinkageRun.pairs(of: population, subjects: count, options: options)
        setGroups(found, ofSlots: population.count)
        let alike = Self.pairsOfCopies(firsts.filter { Int($0) < count }, population, model)
        fill(found.pairs + alike, population, minimumWeight, threads)
    }

    /// Takes the groups of equal records of which one came or one that came met one.
    private mutating func setGroups(
        _ found: (pairs: [ScoredPair], copies: [(first: UInt32, copies: [UInt32])]),
        ofSlots slots: Int
    ) {
        var isMet = [Bool](repeating: false, count: slots)
        for pair in found.pairs { isMet[Int(pair.right)] = true }
        for (first, copies) in found.copies where Int(first) < count || isMet[Int(first)] {
            let slots = [first] + copies
            // They stand in the order of their slots, which those of the index end.
            let held = slots.firstIndex { Int($0) >= count } ?? slots.endIndex
            for slot in slots { groupOfRecord[slot] = groups.count }
            groups.append(Array(slots[held...] + slots[..<held]))
            firsts.append(first)
        }
    }

    /// Whether one record was there before another.
    private func isBefore(_ slot: UInt32, _ other: UInt32) -> Bool {
        slot < other || Int(slot) >= count
    }

    /// What the first of each group of equal records weighs against its own copies.
    private static func pairsOfCopies(
        _ firsts: [UInt32], _ population: Population, _ model: LinkageModel
    ) -> [ScoredPair] {
        guard !firsts.isEmpty else { return [] }
        var scorer = PairScorer(
            tokens: population.tokens, weights: PairWeights(model, tokens: population.tokens),
            memoryBits: 12)
        return population.persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return [] }
            return firsts.map { first in
                let person = base + Int(first)
                let (vector, weight) = scorer.score(person, person)
                return ScoredPair(
                    left: first, right: first, weight: weight, decision: .review,
                    isVetoed: MergeVeto.holds(vector, person, person))
            }
        }
    }

    /// Puts each pair with both of its records where they came, and a record's partners in order.
    private mutating func fill(
        _ pairs: [ScoredPair], _ population: Population, _ minimumWeight: Float, _ threads: Int
    ) {
        starts = Array(repeating: 0, count: count + 1)
        for pair in pairs where pair.weight >= minimumWeight {
            if Int(pair.left) < count { starts[Int(pair.left) + 1] += 1 }
            if pair.left != pair.right, Int(pair.right) < count {
                starts[Int(pair.right) + 1] += 1
            }
        }
        for slot in 0..<count { starts[slot + 1] += starts[slot] }
        var next = starts
        partners = Array(
            repeating: Partner(slot: 0, weight: 0, isVetoed: false), count: Int(starts[count]))
        func put(_ other: UInt32, with slot: UInt32, _ pair: ScoredPair) {
            guard Int(slot) < count else { return }
            partners[Int(next[Int(slot)])] = Partner(
                slot: other, weight: pair.weight, isVetoed: pair.isVetoed)
            next[Int(slot)] += 1
        }
        for pair in pairs where pair.weight >= minimumWeight {
            put(pair.right, with: pair.left, pair)
            if pair.left != pair.right { put(pair.left, with: pair.right, pair) }
        }
        sort(population, threads)
    }

    private mutating func sort(_ population: Population, _ threads: Int) {
        let (starts, records) = (starts, count)
        let pieces = max(1, min(records, threads * 8))
        Parallel.update(&partners, pieces: pieces, threads: threads) { piece in
            Int(starts[records * piece / pieces])..<Int(starts[records * (piece + 1) / pieces])
        } _: { piece, partners in
            let slots = records * piece / pieces..<records * (piece + 1) / pieces
            population.persons.withUnsafeBufferPointer { persons in
                starts.withUnsafeBufferPointer { starts in
                    let base = Int(starts[slots.lowerBound])
                    for slot in slots {
                        let range = Int(starts[slot]) - base..<Int(starts[slot + 1]) - base
                        if range.count > 1 {
                            partners[range].sort { Self.isBefore($0, $1, persons) }
                        }
                    }
                }
            }
        }
    }

    /// Whether one partner of a record is answered before another.
    private static func isBefore(
        _ left: Partner, _ right: Partner, _ persons: UnsafeBufferPointer<EncodedPerson>
    ) -> Bool {
        if left.weight != right.weight { return left.weight > right.weight }
        let (one, other) = (
            persons[Int(left.slot)].contentHash, persons[Int(right.slot)].contentHash
        )
        return (one, left.slot) < (other, right.slot)
    }

    /// The records before one of those that came that it may be, heaviest first, those of one weight by content;
    /// of these the wanted ones.
    package func candidates(
        of slot: UInt32, limit: Int, where isWanted: (UInt32) -> Bool = { _ in true }
    ) -> [OnlineCandidate] {
        let group = groupOfRecord.isEmpty ? nil : groupOfRecord[slot]
        let first = Int(group.map { firsts[$0] } ?? slot)
        var found: [OnlineCandidate] = []
        var last: UInt32?
        for partner in partners[Int(starts[first])..<Int(starts[first + 1])] {
            // Two looks may have met one pair.
            if partner.slot == last { continue }
            last = partner.slot
            guard found.count < limit else { break }
            func add(_ other: UInt32) {
                guard isBefore(other, slot), found.count < limit, isWanted(other) else { return }
                found.append(
                    OnlineCandidate(
                        slot: other, weight: partner.weight, isVetoed: partner.isVetoed))
            }
            if let other = groupOfRecord.isEmpty ? nil : groupOfRecord[partner.slot] {
                for member in groups[other] { add(member) }
            } else {
                add(partner.slot)
            }
        }
        return found
    }
}
