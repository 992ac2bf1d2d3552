/// How a population is linked.
package struct LinkageOptions: Sendable {
    /// Threads used; the result does not depend on them.
    package var threads = 1
    /// Whether no two records of one source are of one person.
    package var onePerSource = false
    /// A model to use as it is; nil trains one on the population.
    ///
    /// One that marks probabilities as fixed gives these to training, which learns the others.
    package var model: LinkageModel?
    /// What is known of pairs: clusters obey it, and training learns from it.
    package var labels: [PairLabel] = []
    /// Whether two records never become one person by themselves, for reasons that the engine does not know.
    ///
    /// Asked of the records of two clusters that are about to be joined; labels come before it.
    package var keepsApart: (@Sendable (UInt32, UInt32) -> Bool)?
    /// Whether to compare far more pairs than needed.
    package var wide = false
    /// Whether records without a likely partner get a second look, where links seem to be missed.
    package var rescues = true
    /// Whether to gather what a report shows.
    package var gathersDiagnostics = false

    /// The person of each record, where it is known what blocking should find: it is counted, and used for
    /// nothing else.
    package var persons: [UInt32]?

    /// Pairs to keep where more are worth a thought, the heaviest; nil is 8 a record, 64 million of
    /// likely links.
    package var keptPairsMax: Int?

    /// Ideas to do without, to measure what each adds.
    package var withoutIdeas: Set<EngineIdea> = []
    /// Blocking rules to do without.
    package var withoutRules: Set<BlockingRule> = []

    package init() {}
}

/// A phase of a run.
package enum LinkagePhase: String, CaseIterable, Sendable {
    case blocking, training, scoring, clustering
}

/// How far a run has come.
package struct LinkageProgress: Sendable {
    package var phase: LinkagePhase
    /// The share of the phase's work that is done, from 0 to 1.
    package var fraction: Double
}

/// What one blocking rule brought together.
package struct RuleStatistics: Sendable, Equatable {
    package var rule: String
    /// Pairs in the rule's blocks, those of earlier rules included.
    package var pairs: Int
    /// Pairs left out of blocks that no key splits.
    package var omittedPairs: Int
    /// Blocks split because they were too large.
    package var refinedBlocks: Int
}

/// What the second look at records without a likely partner did.
package struct RescueStatistics: Sendable, Equatable {
    /// Records without a likely partner.
    package var unreached: Int
    /// Pairs that share a loose key that few records have.
    package var pairs: Int
    /// Pairs compared and weighed.
    package var comparedPairs: Int
    /// Different pairs of positive weight among them.
    package var links: Int
}

/// Counts and times of a run.
package struct LinkageStatistics: Sendable {
    package var records = 0
    /// Records left after exact copies were set aside.
    package var distinctRecords = 0
    package var rules: [RuleStatistics] = []
    /// The estimated share of links that no rule brings together, nil where they are too few.
    package var missedShare: Double?
    /// The second look at records without a likely partner, nil where there was none.
    package var rescue: RescueStatistics?
    /// How many true pairs were brought together, where these are known.
    package var blockingRecall: BlockingRecall?
    /// The least weight in bits of the pairs kept, where so many records look alike that likely links
    /// had to be left out; nil where none was.
    package var leastKeptWeight: Float?
    /// Pairs that passed the filter, under each rule that holds them.
    package var passedPairs = 0
    /// Different pairs compared in full and weighed.
    package var comparedPairs = 0
    /// Persons found.
    package var clusters = 0
    package var seconds: [LinkagePhase: Double] = [:]
}

/// What a run found.
package struct LinkageOutcome: Sendable {
    /// For each record the smallest slot of its cluster.
    package var clusters: [UInt32]
    /// Pairs from the review threshold on, heaviest first.
    package var pairs: [ScoredPair]
    package var model: LinkageModel
    /// What training did; nil where the model was given.
    package var training: TrainingReport?
    /// What the model expects of its thresholds.
    package var errors: ErrorEstimates
    package var statistics: LinkageStatistics
    /// What a report shows; nil where it was not asked for.
    package var diagnostics: LinkageDiagnostics?
}
