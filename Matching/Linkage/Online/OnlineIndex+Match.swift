package import Identity

extension OnlineIndex {
    /// Records of candidates that are on their way from memory while one is compared.
    private static let recordsAhead = 8

    /// The records below a slot that a person may be, heaviest first, those of one weight by content.
    package func match(
        _ person: PersonRecord, below: UInt32 = .max, limit: Int = 10, minimumWeight: Float = -3
    ) -> [OnlineCandidate] {
        var queryTokens = TokenTable(capacity: 8)
        var encoder = PersonEncoder()
        let query = encoder.encode(person, tokens: &queryTokens)
        var known = query
        renumber(&known, queryTokens)
        var scorer = PairScorer(
            tokens: tokens, queryTokens: queryTokens,
            weights: weights.forQuery(model, words: queryTokens))
        var seen = SlotSet()
        var slots: [UInt32] = []
        let keys = BlockTable.keys(of: query, tokens: queryTokens)
        blocks.prefetchPages(keys)
        blocks.prefetchEntries(keys)
        let found = withUnsafePointer(to: known) { known in
            find(
                query, queryTokens, known, keys, below: below, &scorer, &seen, &slots,
                minimumWeight)
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
        let keys = range.map { slot in
            records.record(slot).map { BlockTable.keys(of: $0.pointee, tokens: tokens) }
        }
        return range.enumerated().map { place, slot in
            // Those of the records to come are on their way meanwhile.
            if place + 2 < keys.count, let ahead = keys[place + 2] { blocks.prefetchPages(ahead) }
            if place + 1 < keys.count, let next = keys[place + 1] { blocks.prefetchEntries(next) }
            guard let record = records.record(slot), let keys = keys[place] else { return [] }
            let found = find(
                record.pointee, tokens, record, keys, below: slot, &scorer, &seen, &slots,
                minimumWeight)
            return ranked(found, limit)
        }
    }

    /// Candidates of the blocking rules, and where none of them is likely, of loose keys.
    ///
    /// The query is there twice: with the words of its own table and with those of the index.
    @inline(__always)
    private func find(
        _ query: EncodedPerson, _ queryTokens: TokenTable, _ known: UnsafePointer<EncodedPerson>,
        _ keys: BlockingKeys, below: UInt32, _ scorer: inout PairScorer, _ seen: inout SlotSet,
        _ slots: inout [UInt32],
        _ minimumWeight: Float
    ) -> [OnlineCandidate] {
        seen.removeAll()
        collect(query, queryTokens, keys, into: &slots)
        slots.removeAll { $0 >= below || !seen.insert($0) }
        let found = compare(known, with: slots, &scorer, minimumWeight)
        if found.contains(where: { $0.weight >= 0 }) { return found }
        slots.removeAll(keepingCapacity: true)
        looseKeys.collect(RescueTable.Keys(query, queryTokens), into: &slots)
        slots.removeAll { $0 >= below || !seen.insert($0) }
        return found + compare(known, with: slots, &scorer, minimumWeight)
    }

    private func compare(
        _ query: UnsafePointer<EncodedPerson>, with slots: [UInt32], _ scorer: inout PairScorer,
        _ minimumWeight: Float
    ) -> [OnlineCandidate] {
        var found: [OnlineCandidate] = []
        for slot in slots.prefix(Self.recordsAhead) { records.prefetch(slot) }
        for (place, slot) in slots.enumerated() {
            if place + Self.recordsAhead < slots.count {
                records.prefetch(slots[place + Self.recordsAhead])
            }
            guard let other = records.record(slot) else { continue }
            let (vector, weight) = scorer.score(query, other)
            guard weight >= minimumWeight else { continue }
            let isVetoed = MergeVeto.holds(vector, query, other)
            found.append(OnlineCandidate(slot: slot, weight: weight, isVetoed: isVetoed))
        }
        return found
    }

    private func ranked(_ found: [OnlineCandidate], _ limit: Int) -> [OnlineCandidate] {
        guard found.count > min(1, limit) else { return found }
        let keyed = found.map { ($0, records.record($0.slot)?.pointee.contentHash ?? 0) }
        let sorted = keyed.sorted { left, right in
            if left.0.weight != right.0.weight { return left.0.weight > right.0.weight }
            return (left.1, left.0.slot) < (right.1, right.0.slot)
        }
        return sorted.prefix(limit).map(\.0)
    }

    /// Slots that share a key with the query, each once.
    func candidates(_ query: EncodedPerson, _ queryTokens: TokenTable) -> [UInt32] {
        var slots: [UInt32] = []
        collect(
            query, queryTokens, BlockTable.keys(of: query, tokens: queryTokens), into: &slots)
        var seen = SlotSet()
        slots.removeAll { !seen.insert($0) }
        return slots
    }

    /// Sets `slots` to those that share a key with the query, one time for each key.
    private func collect(
        _ query: EncodedPerson, _ queryTokens: TokenTable, _ keys: BlockingKeys,
        into slots: inout [UInt32]
    ) {
        slots.removeAll(keepingCapacity: true)
        for rule in 0..<BlockingRule.count where keys[rule] != 0 {
            guard slots.count < Self.candidatesMax else { break }
            blocks.collect(keys[rule], of: query, records, queryTokens, into: &slots)
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
