/// What a run is about to compare, counted from its blocks before any pair is compared.
package struct LinkageForecast: Sendable, Equatable {
    /// The blocks of one rule.
    package struct Rule: Sendable, Equatable {
        package var rule: String
        package var blocks: Int
        /// Pairs in the rule's blocks, those of earlier rules included.
        package var pairs: Int
        /// Pairs that no earlier rule holds; estimated from some blocks of a large rule.
        package var newPairs: Int
        /// Records of the largest block that is compared.
        package var largestBlock: Int
        /// Blocks split because they were too large.
        package var splitBlocks: Int
        /// Pairs left out of blocks that no key splits.
        package var omittedPairs: Int
    }

    package var records = 0
    /// Records left after exact copies were set aside.
    package var distinctRecords = 0
    package var rules: [Rule] = []
    /// How long training, scoring and clustering will take, in seconds.
    package var seconds = 0.0

    /// Pairs that will be compared, each once.
    package var expectedPairs: Int { rules.reduce(0) { $0 + $1.newPairs } }

    /// Stretches of a rule that are walked to see how many of its pairs earlier rules hold.
    private static let walkedStretchesMax = 4
    /// Pairs that are compared to see how quick this machine is.
    private static let timedPairsMax = 20_000
    /// The share of pairs that pass the filter and are compared, about.
    private static let passedShare = 0.2
    /// The time in which the filter looks at a pair, as a share of a comparison.
    private static let filterCost = 0.03
    /// The time that clustering takes for a record, as so many comparisons.
    private static let comparisonsPerRecord = 4.0

    /// A forecast whose parts are known.
    package init(records: Int, distinctRecords: Int, seconds: Double, rules: [Rule]) {
        self.records = records
        self.distinctRecords = distinctRecords
        self.seconds = seconds
        self.rules = rules
    }

    /// Blocks a population as a run would and counts, without comparing.
    package init(_ population: Population, options: LinkageOptions) {
        let distinct = DistinctRecords(population)
        let blocks = BlockIndex(
            population, members: distinct.members, threads: options.threads, wide: options.wide,
            without: options.withoutRules)
        self.init(
            population, distinctRecords: distinct.members.count, blocks: blocks, options: options)
    }

    /// Counts what is in the blocks of a population.
    init(
        _ population: Population, distinctRecords: Int, blocks: BlockIndex,
        options: LinkageOptions
    ) {
        records = population.count
        self.distinctRecords = distinctRecords
        let stretches = Dictionary(grouping: blocks.stretches()) { $0.rule }
        rules = zip(BlockingRule.allCases, blocks.rules).map { rule, found in
            Rule(
                rule: rule.name, blocks: found.blockCount, pairs: found.pairs,
                newPairs: Self.newPairs(stretches[rule.rawValue] ?? [], blocks),
                largestBlock: found.largestBlock, splitBlocks: found.refinedBlocks,
                omittedPairs: found.omittedPairs)
        }
        let training =
            options.model != nil
            ? 0
            : min(expectedPairs, TrainingSample.candidatePairsMax)
                + min(distinctRecords * 50, TrainingSample.randomPairsMax)
        let comparisons =
            Double(training) + Double(expectedPairs) * Self.passedShare
            + Double(rules.reduce(0) { $0 + $1.pairs }) * Self.filterCost
        let clustering = Double(records) * Self.comparisonsPerRecord
        seconds =
            Self.secondsPerComparison(population, blocks)
            * (comparisons / Double(max(1, options.threads)) + clustering)
    }

    /// The pairs of a rule that no earlier rule holds, from a few of its stretches.
    private static func newPairs(_ stretches: [BlockStretch], _ blocks: BlockIndex) -> Int {
        let step = max(1, stretches.count / walkedStretchesMax)
        var walked = 0
        var new = 0
        for index in Swift.stride(from: 0, to: stretches.count, by: step) {
            walked += blocks.pairCount(stretches[index])
            blocks.forEachPair(stretches[index]) { _, _ in new += 1 }
        }
        guard walked > 0 else { return 0 }
        let all = stretches.reduce(0) { $0 + blocks.pairCount($1) }
        return all == walked ? new : Int(Double(all) * Double(new) / Double(walked))
    }

    /// The time of one comparison on this machine, from comparing neighbours in the file.
    private static func secondsPerComparison(
        _ population: Population, _ blocks: BlockIndex
    ) -> Double {
        guard population.count > 1 else { return 0 }
        var comparator = PairComparator(tokens: population.tokens)
        let clock = ContinuousClock()
        let count = min(timedPairsMax, population.count - 1)
        let start = clock.now
        population.persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return }
            for index in 0..<count { _ = comparator.compare(base + index, base + index + 1) }
        }
        let elapsed = clock.now - start
        return (Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18)
            / Double(count)
    }
}

extension BlockIndex {
    /// The pairs of a stretch, those of earlier rules included.
    func pairCount(_ stretch: BlockStretch) -> Int {
        let blocks = rules[stretch.rule]
        return stretch.blocks.reduce(0) { sum, block in
            sum + blocks.pairCount(Int(blocks.starts[block + 1] - blocks.starts[block]))
        }
    }

    /// Whether each rule holds a pair, in the order of rules.
    func rulesHolding(_ left: UInt32, _ right: UInt32) -> [Bool] {
        let (first, second) = (keys[Int(left)], keys[Int(right)])
        return BlockingRule.allCases.map { rule in
            first[rule.rawValue] != 0 && first[rule.rawValue] == second[rule.rawValue]
        }
    }
}

extension BlockIndex.RuleBlocks {
    /// Records of the largest block.
    var largestBlock: Int {
        (0..<blockCount).reduce(0) { max($0, Int(starts[$1 + 1] - starts[$1])) }
    }
}
