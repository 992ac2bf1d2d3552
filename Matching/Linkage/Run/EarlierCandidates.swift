/// For each of many records that come at once, those before it that may be of one person with it.
///
/// What an ``OnlineIndex`` that holds the records answers one by one (`matchHeld`), found as a run finds
/// its pairs: in blocks of all records, filtered sixteen at a time, each pair once. So a million records
/// take a third of the time. A pair weighs the same to the last bit. Which pairs are met is as in a
/// run, which meets some that an index does not: a record says no less for coming with others.
package struct EarlierCandidates: Sendable {
    /// A record that may be of one person with another one.
    private struct Partner: Sendable {
        var slot: UInt32
        var weight: Float
        var isVetoed: Bool
    }

    /// Where the partners of each record begin, and behind the last one where they end.
    private var starts: [UInt32] = []
    /// The partners of one record behind those of another, in the order of their weights, then of
    /// content, then of slots; of records that say the same, the first alone has and is one.
    private var partners: [Partner] = []
    /// Records that say the same, in the order of their slots.
    private let groups: [[UInt32]]
    /// The group of each record that is in one.
    private var groupOfRecord: [UInt32: Int] = [:]

    /// The number of records.
    package var count: Int { starts.count - 1 }

    /// Compares records under a model; pairs below a weight in bits are not kept.
    ///
    /// Records of two realms never meet.
    package init(
        _ records: borrowing EncodedExtract, model: LinkageModel, minimumWeight: Float,
        threads: Int
    ) {
        let population = records.population
        var options = LinkageOptions()
        options.threads = threads
        options.model = model
        let found = LinkageRun.pairs(of: population, options: options)
        groups = found.copies.map { [$0.first] + $0.copies }
        for (number, group) in groups.enumerated() {
            for slot in group { groupOfRecord[slot] = number }
        }
        let alike = Self.pairsOfCopies(groups, population, model)
        let pairs = found.pairs + alike
        fill(pairs, population, minimumWeight, threads)
    }

    /// What the first of each group of equal records weighs against its own copies.
    private static func pairsOfCopies(
        _ groups: [[UInt32]], _ population: Population, _ model: LinkageModel
    ) -> [ScoredPair] {
        guard !groups.isEmpty else { return [] }
        var scorer = PairScorer(
            tokens: population.tokens, weights: PairWeights(model, tokens: population.tokens),
            memoryBits: 12)
        return population.persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return [] }
            return groups.map { group in
                let person = base + Int(group[0])
                let (vector, weight) = scorer.score(person, person)
                return ScoredPair(
                    left: group[0], right: group[0], weight: weight, decision: .review,
                    isVetoed: MergeVeto.holds(vector, person, person))
            }
        }
    }

    /// Puts each pair with both of its records, and a record's partners in order.
    private mutating func fill(
        _ pairs: [ScoredPair], _ population: Population, _ minimumWeight: Float, _ threads: Int
    ) {
        let records = population.count
        starts = Array(repeating: 0, count: records + 1)
        for pair in pairs where pair.weight >= minimumWeight {
            starts[Int(pair.left) + 1] += 1
            if pair.left != pair.right { starts[Int(pair.right) + 1] += 1 }
        }
        for slot in 0..<records { starts[slot + 1] += starts[slot] }
        var next = starts
        partners = Array(
            repeating: Partner(slot: 0, weight: 0, isVetoed: false), count: Int(starts[records]))
        func put(_ other: UInt32, with slot: UInt32, _ pair: ScoredPair) {
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
        let (starts, records) = (starts, population.count)
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

    /// The records before one that it may be, heaviest first, those of one weight by content.
    package func candidates(of slot: UInt32, limit: Int) -> [OnlineCandidate] {
        let group = groupOfRecord.isEmpty ? nil : groupOfRecord[slot]
        let first = Int(group.map { groups[$0][0] } ?? slot)
        var found: [OnlineCandidate] = []
        var last: UInt32?
        for partner in partners[Int(starts[first])..<Int(starts[first + 1])] {
            // Two looks may have met one pair.
            if partner.slot == last { continue }
            last = partner.slot
            guard found.count < limit else { break }
            func add(_ other: UInt32) {
                guard other < slot, found.count < limit else { return }
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
