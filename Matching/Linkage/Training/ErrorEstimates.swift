/// What a model expects of linking all pairs from each threshold on, without labels.
///
/// The estimates are sums of match probabilities over the pairs that were compared (Belin and Rubin
/// 1995 tell why they need a model that fits): exact copies of records and pairs that no blocking
/// rule holds take no part.
package struct ErrorEstimates: Sendable, Equatable {
    /// The errors of one threshold.
    package struct AtThreshold: Sendable, Equatable {
        /// The threshold in bits.
        package var weight: Double
        /// Pairs of at least this weight.
        package var links: Int
        /// The share of these that are of two persons.
        package var falseLinkRate: Double
        /// The share of pairs of one person, among all compared, that are linked.
        package var recall: Double

        /// The share of links that are of one person.
        package var precision: Double { 1 - falseLinkRate }
    }

    package var automatic: AtThreshold
    package var link: AtThreshold
    package var review: AtThreshold
    /// Pairs of clusters, made by automatic links, that a steward is asked about: those between
    /// which the heaviest pair lies below the automatic and not below the review threshold.
    package var reviewTasks: Int

    /// Estimates for a model's thresholds from pairs that lie heaviest first.
    init(_ pairs: [ScoredPair], model: LinkageModel, records: Int) {
        let expected = pairs.reduce(0.0) { $0 + $1.probability }
        let thresholds = [model.automaticThreshold, model.linkThreshold, model.reviewThreshold]
        var estimates: [AtThreshold] = []
        for threshold in thresholds {
            var found = 0.0
            var links = 0
            for pair in pairs {
                if Double(pair.weight) < threshold { break }
                found += pair.probability
                links += 1
            }
            let falseLinks = max(0, Double(links) - found)
            estimates.append(
                AtThreshold(
                    weight: threshold, links: links,
                    falseLinkRate: links == 0 ? 0 : falseLinks / Double(links),
                    recall: expected == 0 ? 1 : found / expected))
        }
        (automatic, link, review) = (estimates[0], estimates[1], estimates[2])
        var tasks = ReviewTasks(pairs, automatic: model.automaticThreshold, records: records)
        while let weight = tasks.next(), Double(weight) >= model.reviewThreshold {}
        reviewTasks = tasks.count
    }
}

/// Questions to a steward, one for each pair of clusters that a pair of records raises.
struct ReviewTasks {
    private let pairs: [ScoredPair]
    private var sets: UnionFind
    private var index = 0
    private var met: Set<UInt64> = []
    /// Questions met so far.
    private(set) var count = 0

    /// Joins what is linked automatically; pairs lie heaviest first.
    init(_ pairs: [ScoredPair], automatic: Double, records: Int) {
        self.pairs = pairs
        sets = UnionFind(count: records)
        while index < pairs.count, Double(pairs[index].weight) >= automatic {
            sets.join(sets.find(pairs[index].left), sets.find(pairs[index].right))
            index += 1
        }
    }

    /// The weight of the next pair below the automatic threshold that asks something new, nil at the
    /// end.
    ///
    /// The question counts once the next one is asked for.
    mutating func next() -> Float? {
        if index > 0, isPending { (count, isPending) = (count + 1, false) }
        while index < pairs.count {
            let pair = pairs[index]
            index += 1
            let (left, right) = (sets.find(pair.left), sets.find(pair.right))
            let key = UInt64(min(left, right)) &<< 32 | UInt64(max(left, right))
            guard left != right, met.insert(key).inserted else { continue }
            isPending = true
            return pair.weight
        }
        return nil
    }

    private var isPending = false
}
