/// The pairs from which a model is learned, as counts of comparison vectors.
///
/// Which pairs are taken depends on the content of the records alone, so that neither order nor
/// names of records nor the number of threads change the model.
struct TrainingSample: Sendable {
    /// Candidate pairs compared for training, about.
    static let candidatePairsMax = 1_000_000
    /// Random pairs compared for training.
    static let randomPairsMax = 500_000
    /// Records of which random pairs are made, about.
    static let randomMembersMax = 200_000
    /// How many blocks ahead keys are fetched from memory.
    private static let lookAhead = 32

    /// Vectors of candidate pairs, scaled up to all candidate pairs.
    var candidates: PatternHistogram
    /// Vectors of random pairs.
    var random: PatternHistogram
    /// All pairs of records there are.
    var pairsTotal: Double

    /// A sample whose counts are known otherwise.
    init(candidates: PatternHistogram, random: PatternHistogram, pairsTotal: Double) {
        self.candidates = candidates
        self.random = random
        self.pairsTotal = pairsTotal
    }

    init(
        _ population: Population, members: [UInt32], copies: [UInt32: Int], blocks: BlockIndex,
        threads: Int
    ) {
        pairsTotal = max(1, Double(population.count) * Double(population.count - 1) / 2)
        candidates = Self.sampleCandidates(population, copies, blocks, threads)
        random = Self.sampleRandom(population, members, threads)
    }

    private static func sampleCandidates(
        _ population: Population, _ copies: [UInt32: Int], _ blocks: BlockIndex, _ threads: Int
    ) -> PatternHistogram {
        let expected = blocks.rules.reduce(0) { $0 + $1.pairs }
        let rate = UInt64(max(1, expected / candidatePairsMax))
        let stretches = blocks.stretches()
        let counters = Parallel.perThread(stretches.count, threads: threads) { next in
            var comparison = FetchedComparison(population)
            while let task = next.take() {
                let stretch = stretches[task]
                for block in stretch.blocks {
                    blocks.prefetchKey(block + Self.lookAhead, of: stretch.rule)
                    let one = BlockStretch(rule: stretch.rule, blocks: block..<block + 1)
                    // A block is taken or left by its key, which its records' content makes.
                    guard rate == 1 || TextHash.mix(UInt64(blocks.key(one))) % rate == 0
                    else { continue }
                    blocks.forEachPair(one) { comparison.add($0, $1) }
                }
            }
            return comparison.finish()
        }
        var copied = PatternCounter()
        var comparator = PairComparator(tokens: population.tokens)
        population.persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return }
            for (slot, count) in copies {
                // Copies beyond the first few say nothing more of errors.
                let person = base + Int(slot)
                let sampled = rate == 1 || TextHash.mix(person.pointee.contentHash) % rate == 0
                if sampled { copied.add(comparator.compare(person, person), Double(min(count, 8))) }
            }
        }
        return PatternCounter.histogram(counters + [copied], times: Double(rate))
    }

    /// Pairs at fixed distances in the order of content, which is as good as random.
    private static func sampleRandom(
        _ population: Population, _ members: [UInt32], _ threads: Int
    ) -> PatternHistogram {
        let rate = UInt64(max(1, members.count / randomMembersMax))
        let drawn =
            rate == 1
            ? members
            : members.filter { TextHash.mix(population.persons[Int($0)].contentHash) % rate == 0 }
        guard drawn.count > 1 else { return PatternHistogram() }
        let ordered = RadixSort.sortedByContent(drawn, population.persons)
        let allPairs = ordered.count * (ordered.count - 1) / 2
        let wanted = min(randomPairsMax, allPairs)
        let rounds = (wanted + ordered.count - 1) / ordered.count
        let stride = max(1, ordered.count * rounds / wanted)
        let pieces = 64
        let counters = Parallel.perThread(pieces, threads: threads) { next in
            var comparison = FetchedComparison(population)
            while let piece = next.take() {
                let from = ordered.count * piece / pieces
                let to = ordered.count * (piece + 1) / pieces
                for index in from..<to where index % stride == 0 {
                    for round in 0..<rounds {
                        let distance = distance(round, rounds, ordered.count)
                        let other = (index + distance) % ordered.count
                        guard other != index else { continue }
                        comparison.add(ordered[index], ordered[other])
                    }
                }
            }
            return comparison.finish()
        }
        return PatternCounter.histogram(counters, times: 1)
    }

    private static func distance(_ round: Int, _ rounds: Int, _ count: Int) -> Int {
        1 + (count / 2) * round / max(1, rounds)
    }
}

/// Compares pairs and counts their vectors, some pairs after they were named, while their records are
/// fetched from memory.
private struct FetchedComparison {
    private static let waitingMax = 64

    private let population: Population
    private var comparator: PairComparator
    private var counter = PatternCounter()
    private var waiting: [FilterTile.Pair] = []

    init(_ population: Population) {
        self.population = population
        comparator = PairComparator(tokens: population.tokens)
        waiting.reserveCapacity(Self.waitingMax)
    }

    @inline(__always)
    mutating func add(_ left: UInt32, _ right: UInt32) {
        population.prefetch(left)
        population.prefetch(right)
        waiting.append((left, right))
        if waiting.count == Self.waitingMax { compare() }
    }

    private mutating func compare() {
        population.persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return }
            for (left, right) in waiting {
                counter.add(comparator.compare(base + Int(left), base + Int(right)))
            }
        }
        waiting.removeAll(keepingCapacity: true)
    }

    /// The counts of all pairs.
    mutating func finish() -> PatternCounter {
        compare()
        return counter
    }
}

extension BlockIndex {
    /// Asks for the key of a block to be fetched from memory, if there is such a block.
    @inline(__always)
    fileprivate func prefetchKey(_ block: Int, of rule: Int) {
        let blocks = rules[rule]
        guard block < blocks.blockCount else { return }
        prefetchKeys(blocks.slots[Int(blocks.starts[block])])
    }

    /// The key that the records of a stretch's first block share.
    fileprivate func key(_ stretch: BlockStretch) -> UInt32 {
        let blocks = rules[stretch.rule]
        let first = blocks.slots[Int(blocks.starts[stretch.blocks.lowerBound])]
        return keys[Int(first)][stretch.rule]
    }
}
