package import Identity

extension OnlineIndex {
    /// Records of candidates that are on their way from memory while one is compared.
    private static let recordsAhead = 12
    /// Queries between the one whose pages are asked for and the one whose candidates are compared, both
    /// included.
    private static let stages = 4

    /// The records of a realm below a slot that a person may be, heaviest first, those of one weight by
    /// content.
    package func match(
        _ person: PersonRecord, realm: Realm = .patient, below: UInt32 = .max, limit: Int = 10,
        minimumWeight: Float = -3
    ) -> [OnlineCandidate] {
        var queryTokens = TokenTable(capacity: 8)
        var encoder = PersonEncoder()
        var encoded = encoder.encode(person, tokens: &queryTokens)
        encoded.enter(realm)
        let query = encoded
        let keys = RecordKeys(query, queryTokens)
        prefetchPages(keys)
        prefetchEntries(keys)
        var known = query
        renumber(&known, queryTokens)
        var memory = spareMemories.take()
        var scorer = PairScorer(
            words: WordComparator(
                tokens: tokens, memory: memory.takeWords(), queryTokens: queryTokens),
            weights: weights.forQuery(model, words: queryTokens))
        var found: [OnlineCandidate] = []
        withUnsafePointer(to: query) { query in
            collect(query, queryTokens, keys.blocks, below: below, into: &memory.candidates)
        }
        withUnsafePointer(to: known) { known in
            find(
                known, keys.loose, below: below, &memory.candidates, &scorer, minimumWeight, &found)
        }
        memory.giveBack(scorer.comparator.words.memory)
        spareMemories.giveBack(memory)
        rank(&found, limit)
        return found
    }

    /// The older records that each record of a range of slots may be, heaviest first.
    ///
    /// Older records are those below its slot. Records that the index holds need no encoding, and while the
    /// candidates of one are compared, those of the next ones are on their way: give each thread a range
    /// of some hundred.
    package func matchHeld(
        _ range: Range<UInt32>, limit: Int, minimumWeight: Float
    ) -> [[OnlineCandidate]] {
        var memory = spareMemories.take()
        // Taken once, since each time that they are reached costs a reference to each of their parts.
        let tokens = tokens
        let persons = records.slots
        var scorer = PairScorer(
            words: WordComparator(tokens: tokens, memory: memory.takeWords()), weights: weights)
        var results: [[OnlineCandidate]] = []
        results.reserveCapacity(range.count)
        var keys = [RecordKeys?](repeating: nil, count: Self.stages)
        for turn in 0..<range.count + Self.stages - 1 {
            if turn < range.count {
                keys[turn % Self.stages] = persons.held(range.lowerBound + UInt32(turn)).map {
                    RecordKeys($0.pointee, tokens)
                }
                if let keys = keys[turn % Self.stages] { prefetchPages(keys) }
            }
            if turn >= 1, turn - 1 < range.count, let keys = keys[(turn - 1) % Self.stages] {
                prefetchEntries(keys)
            }
            if turn >= 2, turn - 2 < range.count, let keys = keys[(turn - 2) % Self.stages] {
                let slot = range.lowerBound + UInt32(turn - 2)
                if let record = persons.held(slot) {
                    collect(record, tokens, keys.blocks, below: slot, into: &memory.next)
                }
            }
            if turn >= 3 {
                let slot = range.lowerBound + UInt32(turn - 3)
                var found: [OnlineCandidate] = []
                if let keys = keys[(turn - 3) % Self.stages], let record = persons.held(slot) {
                    find(
                        record, keys.loose, below: slot, &memory.candidates, &scorer,
                        minimumWeight, &found)
                    rank(&found, limit)
                }
                results.append(found)
            }
            swap(&memory.candidates, &memory.next)
        }
        memory.giveBack(scorer.comparator.words.memory)
        spareMemories.giveBack(memory)
        return results
    }

    /// Compares the candidates of the blocking rules, and where none of them is likely, adds those of loose
    /// keys.
    private func find(
        _ query: UnsafePointer<EncodedPerson>, _ loose: borrowing RescueTable.Keys, below: UInt32,
        _ candidates: inout MatchCandidates, _ scorer: inout PairScorer, _ minimumWeight: Float,
        _ found: inout [OnlineCandidate]
    ) {
        compare(query, with: candidates.slots[...], &scorer, minimumWeight, &found)
        if found.contains(where: { $0.weight >= 0 }) { return }
        let first = candidates.slots.count
        looseKeys.forEachGroup(loose) { slots in
            candidates.add(
                slots, below: below, records, fetchedMax: first + Self.recordsAhead)
        }
        compare(query, with: candidates.slots[first...], &scorer, minimumWeight, &found)
    }

    /// Compares a query with the records of slots, of which the first are on their way from memory.
    private func compare(
        _ query: UnsafePointer<EncodedPerson>, with slots: ArraySlice<UInt32>,
        _ scorer: inout PairScorer, _ minimumWeight: Float, _ found: inout [OnlineCandidate]
    ) {
        // Taken once: whether nobody changes the records is looked at each time they are reached.
        let records = records.slots
        slots.withUnsafeBufferPointer { slots in
            for place in slots.indices {
                if place + Self.recordsAhead < slots.count {
                    records.prefetch(slots[place + Self.recordsAhead])
                }
                guard let other = records.held(slots[place]),
                    let (vector, weight) = scorer.score(query, other, atLeast: minimumWeight),
                    // Two keys may be equal by chance.
                    query.pointee.traits.isProvider == other.pointee.traits.isProvider
                else { continue }
                found.append(
                    OnlineCandidate(
                        slot: slots[place], weight: weight,
                        isVetoed: MergeVeto.holds(vector, query, other)))
            }
        }
    }

    private func rank(_ found: inout [OnlineCandidate], _ limit: Int) {
        if found.count > 1 {
            found.sort { left, right in
                if left.weight != right.weight { return left.weight > right.weight }
                return (content(left.slot), left.slot) < (content(right.slot), right.slot)
            }
        }
        if found.count > limit { found.removeSubrange(max(0, limit)...) }
    }

    private func content(_ slot: UInt32) -> UInt64 { contentHash(of: slot) ?? 0 }

    /// Slots that share a key with the query, each once.
    func candidates(_ query: EncodedPerson, _ queryTokens: TokenTable) -> [UInt32] {
        var candidates = MatchCandidates()
        withUnsafePointer(to: query) { query in
            collect(
                query, queryTokens, BlockTable.keys(of: query.pointee, tokens: queryTokens),
                below: .max, into: &candidates)
        }
        return candidates.slots
    }

    /// Sets candidates to the slots that share a key with the query.
    ///
    /// A slot counts once for each key until there are `candidatesMax`.
    private func collect(
        _ query: UnsafePointer<EncodedPerson>, _ queryTokens: TokenTable, _ keys: BlockingKeys,
        below: UInt32, into candidates: inout MatchCandidates
    ) {
        candidates.removeAll()
        let found = blocks.find(keys, of: query, queryTokens)
        var met = 0
        for rule in 0..<BlockingRule.count where keys[rule] != 0 {
            guard met < Self.candidatesMax else { break }
            if found.slots[rule].first == BlockTable.orderedMark {
                candidates.neighbours.removeAll(keepingCapacity: true)
                blocks.collectNeighbours(
                    found.keys[rule], query.pointee.contentHash, records,
                    into: &candidates.neighbours)
                met += candidates.neighbours.count
                candidates.addNeighbours(
                    below: below, records, fetchedMax: Self.recordsAhead)
            } else {
                met += found.slots[rule].count
                candidates.add(
                    found.slots[rule], below: below, records, fetchedMax: Self.recordsAhead)
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
