extension LinkageRun {
    /// What one thread found.
    struct Scored: Sendable {
        private static let looksEvery = 1 << 18

        var kept: [ScoredPair] = []
        /// The least weight of a pair to keep, which rises where too many are met.
        var keptMin = LinkageRun.keptWeightMin
        /// Pairs met since the counts were last told to all threads.
        var met = KeptWeights.Counts(repeating: 0, count: KeptWeights.countsCount)
        /// How many pairs are kept when the least weight is looked at again.
        var nextLook = Scored.looksEvery
        var passed = 0
        var compared = 0
        var missedShare = MissedShare()

        /// Compares and weighs pairs and keeps those worth a thought.
        @inline(__always)
        mutating func weigh(
            _ pairs: [FilterTile.Pair], of population: Population,
            _ base: UnsafePointer<EncodedPerson>, _ blocks: BlockIndex,
            _ scorer: inout PairScorer
        ) {
            compared += pairs.count
            for pair in pairs {
                population.prefetch(pair.left)
                population.prefetch(pair.right)
            }
            for (left, right) in pairs {
                let (first, second) = (base + Int(left), base + Int(right))
                let (vector, weight) = scorer.score(first, second)
                // Records of two realms may have a key in common by chance.
                guard weight >= keptMin,
                    first.pointee.traits.isProvider == second.pointee.traits.isProvider
                else { continue }
                met[KeptWeights.place(of: weight)] += 1
                let content = first.pointee.contentHash &+ second.pointee.contentHash
                if weight >= 0, MissedShare.looksAt(content, records: blocks.keys.count) {
                    missedShare.add(blocks.keys[Int(left)], blocks.keys[Int(right)])
                }
                kept.append(
                    ScoredPair(
                        left: min(left, right), right: max(left, right), weight: weight,
                        decision: .review, isVetoed: MergeVeto.holds(vector, first, second)))
            }
        }

        init() {}

        /// What several threads found.
        init(joining results: [Scored], _ keptWeights: KeptWeights) {
            kept.reserveCapacity(results.reduce(0) { $0 + $1.kept.count })
            for result in results { add(result) }
            forgetLightPairs(keptWeights)
        }

        /// Adds what another thread, or another look, found.
        mutating func add(_ other: Scored) {
            kept += other.kept
            passed += other.passed
            compared += other.compared
            missedShare.add(other.missedShare)
            for (place, count) in other.met.enumerated() { met[place] += count }
        }

        /// Drops pairs that are lighter than what all threads together can keep.
        mutating func forgetLightPairs(_ keptWeights: KeptWeights) {
            let least = keptWeights.add(&met)
            if least > keptMin {
                keptMin = least
                kept.removeAll { $0.weight < least }
            }
            nextLook = kept.count + Scored.looksEvery
        }
    }

    /// The pairs worth a thought, heaviest first, each once.
    mutating func score(
        _ blocks: BlockIndex, members: [UInt32], _ weights: PairWeights
    ) -> [ScoredPair] {
        PairOrder.sorted(
            scored(blocks, members: members, weights), population, threads: options.threads)
    }

    /// Filters all candidate pairs, compares and weighs what passes, and keeps those worth a thought, in
    /// no order, in memory proportional to the records; then takes a second look where links seem
    /// missed.
    mutating func scored(
        _ blocks: BlockIndex, members: [UInt32], _ weights: PairWeights
    ) -> [ScoredPair] {
        let rows = FilterRows(population, weights, threads: options.threads)
        let keptWeights = KeptWeights(
            lightLimit: options.keptPairsMax ?? max(4_000_000, 8 * population.count),
            limit: options.keptPairsMax ?? Self.keptPairsMax)
        var scored = score(blocks, rows, weights, keptWeights)
        if options.rescues { statistics.missedShare = scored.missedShare.estimate }
        let groups = rescue(&scored, blocks, members, rows, weights, keptWeights)
        statistics.blockingRecall = options.persons.map {
            BlockingRecall(
                of: $0, in: population, members: members, blocks: blocks, groups: groups, weights)
        }
        statistics.leastKeptWeight = scored.keptMin > 0 ? scored.keptMin : nil
        statistics.passedPairs = scored.passed
        statistics.comparedPairs = scored.compared
        return scored.kept
    }

    /// Filters the pairs of all blocks, compares and weighs what passes.
    private func score(
        _ blocks: BlockIndex, _ rows: FilterRows, _ weights: PairWeights,
        _ keptWeights: KeptWeights
    ) -> Scored {
        let (population, subjects) = (population, subjects)
        let bound = PairBound(weights.table, minimumWeight: Self.keptWeightMin)
        let stretches = blocks.stretches()
        let results = Parallel.perThread(
            stretches.count, threads: options.threads, progress: fraction(of: .scoring)
        ) { next in
            var scorer = PairScorer(tokens: population.tokens, weights: weights)
            var scored = Scored()
            var unheld: [FilterTile.Pair] = []
            population.persons.withUnsafeBufferPointer { persons in
                guard let base = persons.baseAddress else { return }
                let tile = FilterTile(rows: rows, bound: bound)
                while let task = next.take() {
                    let stretch = stretches[task]
                    let mask = BlockIndex.mask(before: stretch.rule)
                    tile.forEachPassed(stretch, of: blocks) { pairs in
                        scored.passed += pairs.count
                        blocks.removeHeldEarlier(
                            pairs, subjects: subjects, before: mask, into: &unheld)
                        scored.weigh(unheld, of: population, base, blocks, &scorer)
                        if scored.kept.count >= scored.nextLook {
                            scored.forgetLightPairs(keptWeights)
                        }
                    }
                }
            }
            return scored
        }
        return Scored(joining: results, keptWeights)
    }

    /// How many different pairs of records the blocking rules bring together.
    package static func candidatePairs(_ population: Population, options: LinkageOptions) -> Int {
        let distinct = DistinctRecords(population)
        let blocks = BlockIndex(
            population, members: distinct.members, threads: options.threads, wide: options.wide)
        let stretches = blocks.stretches()
        let counts = Parallel.map(stretches.count, threads: options.threads) { task in
            var count = 0
            blocks.forEachPair(stretches[task]) { _, _ in count += 1 }
            return count
        }
        return counts.reduce(0, +)
    }
}
