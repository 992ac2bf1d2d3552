package import Identity

/// A record of the index that may be of the person asked for.
package struct OnlineCandidate: Sendable, Equatable {
    package var slot: UInt32
    /// The match weight in bits.
    package var weight: Float
    /// Whether the records contradict each other, whatever the weight says.
    package var isVetoed: Bool

    /// The probability that both records are of one person.
    package var probability: Double { ThresholdEstimation.probability(weight) }
}

/// Records that can be matched one at a time, under one model.
///
/// Encoding, keys, comparison and weights are those of a run: for one model and one pair the weight
/// is the same to the last bit.
///
/// It has no lock of its own. Any number of calls of `match` may run at once, but none while
/// `insert`, `update` or `remove` runs: the caller's lock sees to that, and is what makes it
/// sendable.
package final class OnlineIndex: @unchecked Sendable {
    /// Candidates compared for one query at most, those of the surest rules first.
    package static let candidatesMax = 1_024

    package let model: LinkageModel
    private var weights: PairWeights
    private var tokens = TokenTable()
    private var encoder = PersonEncoder()
    /// Records by slot; a slot without record has content hash 0.
    private var persons: [EncodedPerson] = []
    private var tables = [KeyTable](repeating: KeyTable(), count: BlockingRule.count)
    /// The number of records held.
    package private(set) var count = 0

    /// Creates an empty index.
    package init(model: LinkageModel) {
        self.model = model
        weights = PairWeights(model, tokens: tokens)
    }

    /// The bytes held, the table of words apart.
    package var byteCount: Int {
        persons.capacity * MemoryLayout<EncodedPerson>.stride
            + tables.reduce(0) { $0 + $1.byteCount }
    }

    /// Makes room for slots below `slots`, so that inserting them moves nothing.
    package func reserveCapacity(_ slots: Int) { persons.reserveCapacity(slots) }

    /// Adds a record under a slot, in place of the one that was there.
    package func insert(_ person: PersonRecord, slot: UInt32) {
        let encoded = encoder.encode(person, tokens: &tokens)
        weights.extend(model, tokens: tokens)
        insert(encoded, slot: slot)
    }

    /// Adds some of the records that were encoded elsewhere, the first under a slot, the others
    /// behind it.
    package func insert(_ records: inout EncodedRecords, _ range: Range<Int>, slot: UInt32) {
        records.useWords(of: &tokens)
        weights.extend(model, tokens: tokens)
        for (offset, place) in range.enumerated() {
            insert(records.persons[place], slot: slot + UInt32(offset))
        }
    }

    private func insert(_ encoded: EncodedPerson, slot: UInt32) {
        var encoded = encoded
        if encoded.contentHash == 0 { encoded.contentHash = 1 }
        remove(slot: slot)
        while persons.count <= Int(slot) { persons.append(EncodedPerson()) }
        persons[Int(slot)] = encoded
        count += 1
        let keys = BlockingKeyMaker.keys(of: encoded, tokens: tokens)
        let (persons, tokens) = (persons, tokens)
        for rule in 0..<BlockingRule.count where keys[rule] != 0 {
            tables[rule].insert(keys[rule], slot: slot) { key, slot, step in
                BlockingKeyMaker.refined(key, step, of: persons[Int(slot)], tokens: tokens)
            }
        }
    }

    /// Replaces the record of a slot.
    package func update(_ person: PersonRecord, slot: UInt32) { insert(person, slot: slot) }

    /// Takes out the record of a slot; a slot without record is left as it is.
    package func remove(slot: UInt32) {
        guard Int(slot) < persons.count, persons[Int(slot)].contentHash != 0 else { return }
        let keys = BlockingKeyMaker.keys(of: persons[Int(slot)], tokens: tokens)
        for rule in 0..<BlockingRule.count where keys[rule] != 0 {
            tables[rule].remove(keys[rule], slot: slot) { [persons, tokens] key, slot, step in
                BlockingKeyMaker.refined(key, step, of: persons[Int(slot)], tokens: tokens)
            }
        }
        persons[Int(slot)] = EncodedPerson()
        count -= 1
    }

    /// The records that a person may be, heaviest first, those of one weight by content.
    package func match(
        _ person: PersonRecord, limit: Int = 10, minimumWeight: Float = -3
    ) -> [OnlineCandidate] {
        var queryTokens = TokenTable(capacity: 8)
        var encoder = PersonEncoder()
        var query = encoder.encode(person, tokens: &queryTokens)
        let slots = candidates(query, queryTokens)
        guard !slots.isEmpty else { return [] }
        renumber(&query, queryTokens)
        var scorer = PairScorer(
            tokens: tokens, queryTokens: queryTokens,
            weights: weights.forQuery(model, words: queryTokens))
        let found = withUnsafePointer(to: query) {
            compare($0, with: slots, &scorer, minimumWeight)
        }
        return ranked(found, limit)
    }

    /// The older records that each record of a range of slots may be, heaviest first.
    ///
    /// Older records are those below its slot. Records that the index holds need no encoding, and
    /// what was found of their words serves the whole range: give each thread a long one.
    package func matchHeld(
        _ range: Range<UInt32>, limit: Int, minimumWeight: Float
    ) -> [[OnlineCandidate]] {
        var scorer = PairScorer(
            tokens: tokens, weights: weights, memoryBits: WordComparator.batchMemoryBits)
        var seen = SlotSet()
        var slots: [UInt32] = []
        return persons.withUnsafeBufferPointer { persons in
            range.map { slot in
                guard let base = persons.baseAddress, Int(slot) < persons.count else { return [] }
                collect(base[Int(slot)], tokens, into: &slots)
                seen.removeAll()
                slots.removeAll { $0 >= slot || !seen.insert($0) }
                return ranked(compare(base + Int(slot), with: slots, &scorer, minimumWeight), limit)
            }
        }
    }

    private func compare(
        _ query: UnsafePointer<EncodedPerson>, with slots: [UInt32], _ scorer: inout PairScorer,
        _ minimumWeight: Float
    ) -> [OnlineCandidate] {
        var found: [OnlineCandidate] = []
        persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return }
            for slot in slots {
                let other = base + Int(slot)
                let (vector, weight) = scorer.score(query, other)
                guard weight >= minimumWeight else { continue }
                let isVetoed = MergeVeto.holds(vector, query, other)
                found.append(OnlineCandidate(slot: slot, weight: weight, isVetoed: isVetoed))
            }
        }
        return found
    }

    private func ranked(_ found: [OnlineCandidate], _ limit: Int) -> [OnlineCandidate] {
        guard found.count > min(1, limit) else { return found }
        let sorted = found.sorted {
            if $0.weight != $1.weight { return $0.weight > $1.weight }
            let left = persons[Int($0.slot)].contentHash
            let right = persons[Int($1.slot)].contentHash
            return (left, $0.slot) < (right, $1.slot)
        }
        return sorted.count > limit ? Array(sorted.prefix(limit)) : sorted
    }

    /// Slots that share a key with the query, each once.
    private func candidates(_ query: EncodedPerson, _ queryTokens: TokenTable) -> [UInt32] {
        var slots: [UInt32] = []
        collect(query, queryTokens, into: &slots)
        var seen = SlotSet()
        slots.removeAll { !seen.insert($0) }
        return slots
    }

    /// Sets `slots` to those that share a key with the query, one time for each key.
    private func collect(
        _ query: EncodedPerson, _ queryTokens: TokenTable, into slots: inout [UInt32]
    ) {
        let keys = BlockingKeyMaker.keys(of: query, tokens: queryTokens)
        slots.removeAll(keepingCapacity: true)
        for rule in 0..<BlockingRule.count where keys[rule] != 0 {
            guard slots.count < Self.candidatesMax else { break }
            tables[rule].collect(keys[rule], into: &slots) { key, step in
                BlockingKeyMaker.refined(key, step, of: query, tokens: queryTokens)
            }
        }
    }

    /// Gives a query's words the numbers of the index, and marks those that the index lacks.
    private func renumber(_ query: inout EncodedPerson, _ queryTokens: TokenTable) {
        func number(_ word: UInt32) -> UInt32 {
            guard word != 0 else { return 0 }
            let known = tokens.find(hash: queryTokens.entries[Int(word)].hash)
            return known != 0 ? known : word | TokenTable.queryBit
        }
        for index in 0..<4 {
            query.givenNames[index] = number(query.givenNames[index])
            query.surnames[index] = number(query.surnames[index])
        }
    }
}
