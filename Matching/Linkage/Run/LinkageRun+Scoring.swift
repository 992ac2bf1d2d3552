import CMemory

extension LinkageRun {
    /// What one thread found.
    private struct Scored: Sendable {
        var kept: [ScoredPair] = []
        var passed = 0
        var compared = 0
    }

    /// Filters all candidate pairs, compares and weighs what passes, and keeps those worth a thought,
    /// heaviest first.
    mutating func score(_ blocks: BlockIndex, _ weights: PairWeights) -> [ScoredPair] {
        let stretches = blocks.stretches()
        let population = population
        let rows = filterRows(weights)
        let bound = PairBound(weights.table, minimumWeight: Self.keptWeightMin)
        let results = Parallel.perThread(stretches.count, threads: options.threads) { next in
            var scorer = PairScorer(tokens: population.tokens, weights: weights)
            var scored = Scored()
            var unheld: [FilterTile.Pair] = []
            population.persons.withUnsafeBufferPointer { persons in
                rows.withUnsafeBufferPointer { rows in
                    guard let base = persons.baseAddress, let rows = rows.baseAddress else {
                        return
                    }
                    let tile = FilterTile(rows: rows, bound: bound)
                    while let task = next.take() {
                        let stretch = stretches[task]
                        let mask = BlockIndex.mask(before: stretch.rule)
                        tile.forEachPassed(stretch, of: blocks) { pairs in
                            scored.passed += pairs.count
                            blocks.removeHeldEarlier(pairs, before: mask, into: &unheld)
                            scored.compared += unheld.count
                            for pair in unheld {
                                for slot in [pair.left, pair.right] {
                                    padron_prefetch(base + Int(slot))
                                    padron_prefetch(UnsafeRawPointer(base + Int(slot)) + 64)
                                }
                            }
                            for (left, right) in unheld {
                                let weight = scorer.score(base + Int(left), base + Int(right))
                                    .weight
                                guard weight >= Self.keptWeightMin else { continue }
                                scored.kept.append(
                                    ScoredPair(
                                        left: min(left, right), right: max(left, right),
                                        weight: weight, decision: .review))
                            }
                        }
                    }
                }
            }
            return scored
        }
        statistics.passedPairs = results.reduce(0) { $0 + $1.passed }
        statistics.comparedPairs = results.reduce(0) { $0 + $1.compared }
        return PairOrder.sorted(results.flatMap(\.kept), population)
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

    /// The filter columns of all records, row after row.
    private func filterRows(_ weights: PairWeights) -> [Int16] {
        let population = population
        let threads = options.threads
        let maker = FilterRowMaker(population.tokens, weights, threads: threads)
        let size = population.count * FilterColumn.count
        return [Int16](unsafeUninitializedCapacity: size) { rows, count in
            nonisolated(unsafe) let base = rows.baseAddress
            let pieces = max(1, threads * 4)
            Parallel.work(pieces, threads: threads) { _, next in
                while let base, let piece = next.take() {
                    let first = population.count * piece / pieces
                    let last = population.count * (piece + 1) / pieces
                    (base + first * FilterColumn.count).initialize(
                        repeating: 0, count: (last - first) * FilterColumn.count)
                    for slot in first..<last {
                        let row = FilterRow(values: base + slot * FilterColumn.count)
                        maker.fill(row, of: population.persons[slot])
                    }
                }
            }
            count = size
        }
    }
}
