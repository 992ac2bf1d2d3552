extension LinkageRun {
    /// The share of all links that a round must add for another to follow.
    private static let addedShareMin = 0.001
    /// Pairs of one stretch that are weighed at a time.
    private static let weighedAtOnce = 8_192

    /// Scores pairs of records that no rule brings together, where links seem missed.
    ///
    /// Round after round of loose keys is looked at, until one adds next to nothing.
    ///
    /// - Returns: What was looked at, where that is asked for to measure recall.
    mutating func rescue(
        _ scored: inout Scored, _ blocks: BlockIndex, _ members: [UInt32], _ rows: FilterRows,
        _ weights: PairWeights, _ keptWeights: KeptWeights
    ) -> [BlockIndex.RuleBlocks] {
        // Where pairs had to be dropped, thousands of records look alike, and what joins them is no find.
        guard options.rescues, scored.keptMin <= Self.keptWeightMin,
            RescuePass.isWorthIt(records: members.count, missedShare: statistics.missedShare)
        else { return [] }
        let pass = RescuePass(
            members: members, subjects: subjects, records: population.count,
            links: scored.kept.lazy.filter { $0.weight >= 0 },
            missedShare: statistics.missedShare)
        var found = RescueStatistics(
            unreached: pass.unreached, pairs: 0, comparedPairs: 0, links: 0)
        var links = scored.kept.reduce(0) { $0 + ($1.weight >= 0 ? 1 : 0) }
        var passed: [UInt64] = []
        var groups: [BlockIndex.RuleBlocks] = []
        for round in pass.rounds {
            let roundGroups = pass.groups(of: round, population, threads: options.threads)
            let index = blocks.adding(roundGroups)
            found.pairs += roundGroups.reduce(0) { $0 + $1.pairs }
            if options.persons != nil { groups += roundGroups }
            let before = passed
            passed = passedPairs(of: index, among: pass, rows, weights)
            let new = Self.weigh(
                SortedPairs.difference(passed, before), of: population, blocks, weights,
                keptWeights, threads: options.threads)
            scored.add(new)
            scored.forgetLightPairs(keptWeights)
            found.comparedPairs += new.compared
            let added = new.kept.reduce(0) { $0 + ($1.weight >= 0 ? 1 : 0) }
            found.links += added
            links += added
            if pass.isExhaustive || Double(added) < Self.addedShareMin * Double(links) { break }
        }
        statistics.rescue = found
        return groups
    }

    /// The pairs of the groups behind the rules that pass the filter and that no rule holds, each once, in
    /// order.
    private func passedPairs(
        of index: BlockIndex, among pass: RescuePass, _ rows: FilterRows, _ weights: PairWeights
    ) -> [UInt64] {
        let bound = PairBound(weights.table, minimumWeight: Self.keptWeightMin)
        let stretches = index.stretches().filter { $0.rule >= BlockingRule.count }
        let mask = BlockIndex.mask(before: BlockingRule.count)
        let (isLookedAt, subjects) = (pass.isLookedAt, subjects)
        let results = Parallel.perThread(
            stretches.count, threads: options.threads, progress: fraction(of: .scoring)
        ) { next in
            var passed = SortedPairs()
            var unheld: [FilterTile.Pair] = []
            let tile = FilterTile(rows: rows, bound: bound)
            while let task = next.take() {
                tile.forEachPassed(stretches[task], of: index) { pairs in
                    index.removeHeldEarlier(
                        pairs, subjects: subjects, before: mask, into: &unheld)
                    for (left, right) in unheld
                    where isLookedAt[Int(left)] || isLookedAt[Int(right)] {
                        passed.add(left, right)
                    }
                }
            }
            return passed
        }
        return SortedPairs.joined(results)
    }

    /// Compares and weighs pairs and keeps those worth a thought.
    private static func weigh(
        _ pairs: [UInt64], of population: Population, _ blocks: BlockIndex,
        _ weights: PairWeights, _ keptWeights: KeptWeights, threads: Int
    ) -> Scored {
        let stretches = (pairs.count + weighedAtOnce - 1) / weighedAtOnce
        let results = Parallel.perThread(stretches, threads: threads) { next in
            var scorer = PairScorer(tokens: population.tokens, weights: weights)
            var scored = Scored()
            population.persons.withUnsafeBufferPointer { persons in
                guard let base = persons.baseAddress else { return }
                while let stretch = next.take() {
                    let start = stretch * weighedAtOnce
                    let stretchPairs = pairs[start..<min(pairs.count, start + weighedAtOnce)]
                    scored.weigh(
                        stretchPairs.map(SortedPairs.slots), of: population, base, blocks, &scorer)
                    if scored.kept.count >= scored.nextLook {
                        scored.forgetLightPairs(keptWeights)
                    }
                }
            }
            return scored
        }
        return Scored(joining: results, keptWeights)
    }
}
