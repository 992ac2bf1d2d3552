/// What a model expects of linking all pairs from each threshold on, without labels.
///
/// The estimates are sums of match probabilities over the pairs that were compared (Belin and Rubin
/// 1995 tell why they need a model that fits): exact copies of records and pairs that no blocking
/// rule holds take no part. A link within a cluster that heavier links already made is no surer of
/// being wrong than the weakest of those, whatever the pair alone weighs. Where a link joins more than
/// two records, the others have a say, and refuse about half of what is false.
package struct ErrorEstimates: Sendable, Equatable {
    /// The errors of one threshold.
    package struct AtThreshold: Sendable, Equatable {
        /// The threshold in bits.
        package var weight: Double
        /// Pairs of at least this weight that do not contradict each other.
        package var links: Int
        /// How many of these are expected to be of two persons.
        package var falseLinks: Double
        /// How many pairs of one person, among all compared, are expected not to be linked.
        package var missedLinks: Double

        /// The share of links that are of two persons.
        package var falseLinkRate: Double { links == 0 ? 0 : falseLinks / Double(links) }
        /// The share of links that are of one person.
        package var precision: Double { 1 - falseLinkRate }
        /// The share of pairs of one person, among all compared, that are linked.
        package var recall: Double {
            let right = Double(links) - falseLinks
            return right + missedLinks == 0 ? 1 : right / (right + missedLinks)
        }

        package init(weight: Double, links: Int, falseLinks: Double, missedLinks: Double) {
            self.weight = weight
            self.links = links
            self.falseLinks = falseLinks
            self.missedLinks = missedLinks
        }
    }

    package var automatic: AtThreshold
    package var link: AtThreshold
    package var review: AtThreshold
    /// Pairs of clusters, made by automatic links, that a steward is asked about: those between
    /// which the heaviest pair lies below the automatic and not below the review threshold.
    package var reviewTasks: Int

    /// Estimates that are known.
    package init(
        automatic: AtThreshold, link: AtThreshold, review: AtThreshold, reviewTasks: Int
    ) {
        self.automatic = automatic
        self.link = link
        self.review = review
        self.reviewTasks = reviewTasks
    }

    /// Estimates for a model's thresholds from pairs that lie heaviest first.
    init(_ pairs: [ScoredPair], model: LinkageModel, records: Int) {
        let estimates = Self.estimates(
            pairs,
            thresholds: [model.automaticThreshold, model.linkThreshold, model.reviewThreshold],
            records: records)
        (automatic, link, review) = (estimates[0], estimates[1], estimates[2])
        var tasks = ReviewTasks(pairs, automatic: model.automaticThreshold, records: records)
        while let weight = tasks.next(), Double(weight) >= model.reviewThreshold {}
        reviewTasks = tasks.count
    }

    /// Estimates for thresholds that fall, from pairs that lie heaviest first.
    static func estimates(
        _ pairs: [ScoredPair], thresholds: [Double], records: Int
    ) -> [AtThreshold] {
        let expected = pairs.reduce(0.0) { $0 + $1.probability }
        var links = ExpectedLinks(records: records)
        var index = 0
        return thresholds.map { threshold in
            while index < pairs.count, Double(pairs[index].weight) >= threshold {
                if index + ExpectedLinks.lookAhead < pairs.count {
                    links.prefetch(pairs[index + ExpectedLinks.lookAhead])
                }
                links.add(pairs[index])
                index += 1
            }
            return AtThreshold(
                weight: threshold, links: links.count, falseLinks: links.wrong,
                missedLinks: max(0, expected - links.found))
        }
    }
}

/// The links of a descending threshold, and how many of them are expected to be wrong.
private struct ExpectedLinks {
    /// How many pairs ahead sets are fetched from memory.
    static let lookAhead = 32
    /// The share of false links that ``ClusterEvidence`` leaves where a cluster has more than two
    /// records, as measured on generated populations.
    static let unrefusedShare = 0.5

    private var sets: UnionFind
    /// The match probability of each cluster's lightest link, by its representative.
    private var weakest: [Float]
    private(set) var count = 0
    private(set) var wrong = 0.0
    /// The match probabilities of the pairs themselves.
    private(set) var found = 0.0

    init(records: Int) {
        sets = UnionFind(count: records)
        weakest = Array(repeating: 0, count: records)
    }

    /// Asks for what is known of a pair's records to be fetched from memory.
    func prefetch(_ pair: ScoredPair) {
        sets.prefetch(pair.left)
        sets.prefetch(pair.right)
    }

    mutating func add(_ pair: ScoredPair) {
        guard !pair.isVetoed else { return }
        let (left, right) = (sets.find(pair.left), sets.find(pair.right))
        let probability = pair.probability
        count += 1
        found += probability
        if left == right {
            wrong += (1 - max(probability, Double(weakest[Int(left)]))) * Self.unrefusedShare
            return
        }
        let areSingle = sets.size(left) == 1 && sets.size(right) == 1
        wrong += (1 - probability) * (areSingle ? 1 : Self.unrefusedShare)
        sets.join(left, right)
        weakest[Int(sets.find(left))] = Float(probability)
    }
}

/// Questions to a steward, one for each pair of clusters that a pair of records raises.
struct ReviewTasks {
    /// How many pairs ahead sets are fetched from memory.
    private static let lookAhead = 32

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
        var refused: [ScoredPair] = []
        while index < pairs.count, Double(pairs[index].weight) >= automatic {
            if index + Self.lookAhead < pairs.count {
                sets.prefetch(pairs[index + Self.lookAhead].left)
                sets.prefetch(pairs[index + Self.lookAhead].right)
            }
            if pairs[index].isVetoed {
                refused.append(pairs[index])
            } else {
                sets.join(sets.find(pairs[index].left), sets.find(pairs[index].right))
            }
            index += 1
        }
        // What a contradiction keeps apart is asked in any case.
        for pair in refused where isNew(pair) { count += 1 }
    }

    /// Whether a pair asks about clusters that no other pair asked about.
    private mutating func isNew(_ pair: ScoredPair) -> Bool {
        let (left, right) = (sets.find(pair.left), sets.find(pair.right))
        let key = UInt64(min(left, right)) &<< 32 | UInt64(max(left, right))
        return left != right && met.insert(key).inserted
    }

    /// The weight of the next pair below the automatic threshold that asks something new, nil at the
    /// end.
    ///
    /// The question counts once the next one is asked for.
    mutating func next() -> Float? {
        if isPending { (count, isPending) = (count + 1, false) }
        while index < pairs.count {
            let pair = pairs[index]
            index += 1
            guard isNew(pair) else { continue }
            isPending = true
            return pair.weight
        }
        return nil
    }

    private var isPending = false
}
