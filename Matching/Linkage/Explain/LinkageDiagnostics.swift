/// What a report of a run shows beyond its outcome, gathered while the blocks are still there.
///
/// All of it is counts and a few pairs: nothing here grows with the number of pairs.
package struct LinkageDiagnostics: Sendable {
    /// What a blocking rule brought to the links.
    package struct RuleFinding: Sendable, Equatable {
        package var rule: String
        /// Links whose records share the rule's key.
        package var links: Int
        /// Links whose records share no other rule's key: without this rule they were missed.
        package var onlyLinks: Int

        package init(rule: String, links: Int, onlyLinks: Int) {
            self.rule = rule
            self.links = links
            self.onlyLinks = onlyLinks
        }
    }

    /// Some pairs whose weight is near a threshold, heaviest first.
    package struct ThresholdSample: Sendable {
        package var threshold: Double
        package var pairs: [ScoredPair]
    }

    package private(set) var weights: WeightHistogram
    /// Errors to be expected of a threshold at the start of each bin, lightest first.
    package private(set) var errorCurve: [ErrorEstimates.AtThreshold]
    package private(set) var rules: [RuleFinding]
    /// Pairs around the review, the link and the automatic threshold.
    package private(set) var review: ThresholdSample
    package private(set) var link: ThresholdSample
    package private(set) var automatic: ThresholdSample

    /// Pairs of one side of a threshold in a sample.
    package static let sampledPairsMax = 4
    /// The pairs next to a threshold from which a side's sample is drawn.
    private static let nearPairsMax = 64

    /// Looks at all pairs that were kept, which lie heaviest first and are decided.
    init(
        _ pairs: [ScoredPair], compared: Int, population: Population, blocks: BlockIndex,
        model: LinkageModel
    ) {
        weights = WeightHistogram(
            pairs, compared: compared, reviewThreshold: model.reviewThreshold)
        errorCurve = ErrorEstimates.estimates(
            pairs, thresholds: weights.bins.reversed().map(\.weight), records: population.count
        ).reversed()
        rules = Self.findings(pairs, blocks)
        review = Self.sample(pairs, model.reviewThreshold, population)
        link = Self.sample(pairs, model.linkThreshold, population)
        automatic = Self.sample(pairs, model.automaticThreshold, population)
    }

    private static func findings(_ pairs: [ScoredPair], _ blocks: BlockIndex) -> [RuleFinding] {
        var findings = BlockingRule.allCases.map {
            RuleFinding(rule: $0.name, links: 0, onlyLinks: 0)
        }
        for pair in pairs where pair.decision == .link {
            let holding = blocks.rulesHolding(pair.left, pair.right)
            let count = holding.reduce(0) { $0 + ($1 ? 1 : 0) }
            for index in findings.indices where holding[index] {
                findings[index].links += 1
                if count == 1 { findings[index].onlyLinks += 1 }
            }
        }
        return findings
    }

    /// Pairs next to a threshold on both sides, drawn by what their records say.
    private static func sample(
        _ pairs: [ScoredPair], _ threshold: Double, _ population: Population
    ) -> ThresholdSample {
        let from = firstIndex(below: threshold, in: pairs)
        let above = max(0, from - nearPairsMax)..<from
        let below = from..<min(pairs.count, from + nearPairsMax)
        func drawn(_ range: Range<Int>) -> [ScoredPair] {
            range.sorted { draw(pairs[$0], population) < draw(pairs[$1], population) }
                .prefix(sampledPairsMax).sorted().map { pairs[$0] }
        }
        return ThresholdSample(threshold: threshold, pairs: drawn(above) + drawn(below))
    }

    private static func firstIndex(below threshold: Double, in pairs: [ScoredPair]) -> Int {
        var (low, high) = (0, pairs.count)
        while low < high {
            let middle = (low + high) / 2
            if Double(pairs[middle].weight) >= threshold { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func draw(_ pair: ScoredPair, _ population: Population) -> UInt64 {
        TextHash.mix(
            population.persons[Int(pair.left)].contentHash
                &+ population.persons[Int(pair.right)].contentHash)
    }
}
