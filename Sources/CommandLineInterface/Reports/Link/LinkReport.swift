import Foundation
import Linkage

/// Everything that the report of a run shows.
struct LinkReport {
    /// One file that was linked.
    struct Extract {
        var path: String
        /// Columns that were not read.
        var unusedColumns: [String]
    }

    /// How often an agreement level of a field is met under each hypothesis.
    struct Level {
        var name: String
        var match: Double
        var chance: Double
        var kin: Double
        var siblings: Double

        /// What the level says for one person, in bits, another hypothesis being the alternative.
        func bits(against other: KeyPath<Level, Double>) -> Double {
            log2(match / self[keyPath: other])
        }
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

    /// When the report was made, for its reader.
    var date: String
    var summary: LinkSummary
    var extracts: [Extract] = []
    var threads: Int
    var modelName: String
    var forecast: LinkageForecast?
    var fields: [Field] = []
    /// Fields that the extracts have nothing in.
    var emptyFields: [String] = []
    var weights = WeightHistogram(bins: [], lighterPairs: 0)
    /// Errors to be expected of each threshold, lightest first.
    var errorCurve: [ErrorEstimates.AtThreshold] = []
    var rules: [LinkageDiagnostics.RuleFinding] = []
    var profile = DataProfile()
    var samples: [Sample] = []

    var statistics: LinkageStatistics { summary.outcome.statistics }
}
