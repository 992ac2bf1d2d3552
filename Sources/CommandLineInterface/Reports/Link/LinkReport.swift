import Linkage

/// Everything that the report of a run shows.
struct LinkReport {
    /// One file that was linked.
    struct Extract {
        var path: String
        /// Columns that were not read.
        var unusedColumns: [String]
    }

    /// What one agreement level of a field says, in bits.
    struct Level {
        var name: String
        /// The probability of the level for two records of one person.
        var mProbability: Double
        /// The same for two records of strangers.
        var uProbability: Double
        var againstChance: Double
        var againstKin: Double
        var againstSiblings: Double
    }

    /// The levels of one field.
    struct Field {
        var name: String
        var levels: [Level]
    }

    /// A pair with the reasons for its weight.
    struct SampledPair {
        var leftID: String
        var rightID: String
        var decision: LinkageDecision
        var explanation: MatchExplanation
    }

    /// Pairs near one threshold.
    struct Sample {
        var title: String
        var pairs: [SampledPair]
    }

    /// One step of the work and how long it took.
    struct Phase {
        var name: String
        var seconds: Double
    }

    /// When the report was made, for its reader.
    var date: String
    var extracts: [Extract]
    var records: Int
    var distinctRecords: Int
    var rejectedRows: Int
    var persons: Int
    var links: Int
    var reviews: Int
    var comparedPairs: Int
    var threads: Int
    var modelName: String
    /// How training ended; empty where the model was given.
    var training: String
    var phases: [Phase]
    var reviewThreshold: Double
    var linkThreshold: Double
    var automaticThreshold: Double
    var forecast: LinkageForecast?
    var fields: [Field]
    /// Fields that the extracts have nothing in.
    var emptyFields: [String]
    var weights: WeightHistogram
    var rules: [LinkageDiagnostics.RuleFinding]
    var clusterSizes: ClusterSizes
    var profile: DataProfile
    var samples: [Sample]
}
