import Testing

@testable import Linkage

/// Thresholds follow from the errors that the probabilities promise, and the questions to stewards
/// are bounded.
///
/// Method: lists of pairs of known weights, hence known probabilities, between records of their own.
@Suite struct ThresholdTests {
    /// Pairs of the given weights, each between two records that no other pair has.
    private static func pairs(_ weights: [(weight: Float, count: Int)]) -> [ScoredPair] {
        var pairs: [ScoredPair] = []
        for (weight, count) in weights.sorted(by: { $0.weight > $1.weight }) {
            for _ in 0..<count {
                let slot = UInt32(2 * pairs.count)
                pairs.append(
                    ScoredPair(left: slot, right: slot + 1, weight: weight, decision: .review))
            }
        }
        return pairs
    }

    @Test func thresholdsFollowThePromisedErrors() {
        // 5,000 links of which 0.15 are expected false, 50 of which 3, 40 of which 8, 60 of which 40.
        let pairs = Self.pairs([(15, 5_000), (4, 50), (2, 40), (-1, 60)])
        var model = LinkageModel(records: 100_000)
        ThresholdEstimation.estimate(pairs, records: 100_000, into: &model)
        #expect(model.linkThreshold == 2)
        #expect(model.automaticThreshold == 4)
        #expect(model.reviewThreshold == ThresholdEstimation.reviewWeightMin)
        let errors = ErrorEstimates(pairs, model: model, records: 100_000)
        #expect(errors.automatic.links == 5_050 && errors.link.links == 5_090)
        #expect(abs(errors.automatic.falseLinkRate * 5_050 - 3.09) < 0.1)
        #expect(abs(errors.link.falseLinkRate * 5_090 - 11.09) < 0.1)
        #expect(errors.automatic.recall < errors.link.recall)
        #expect(errors.review.recall == 1)
        #expect(errors.reviewTasks == 100)
    }

    @Test func questionsAreBounded() {
        let pairs = Self.pairs([(15, 5_000), (1, 30), (-1, 60), (-2, 100)])
        var model = LinkageModel(records: 12_000)
        ThresholdEstimation.estimate(pairs, records: 12_000, into: &model)
        let errors = ErrorEstimates(pairs, model: model, records: 12_000)
        #expect(errors.reviewTasks <= 120)
        #expect(model.reviewThreshold > -2 && model.reviewThreshold <= -1)
    }

    @Test func pairsOfTwoClustersAreOneQuestion() {
        // Two clusters of three records each, joined by three doubtful pairs.
        let heavy: [(UInt32, UInt32)] = [(0, 1), (1, 2), (3, 4), (4, 5)]
        let doubtful: [(UInt32, UInt32)] = [(0, 3), (1, 4), (2, 5)]
        let pairs =
            heavy.map { ScoredPair(left: $0.0, right: $0.1, weight: 20, decision: .review) }
            + doubtful.map { ScoredPair(left: $0.0, right: $0.1, weight: 1, decision: .review) }
        var model = LinkageModel(records: 6)
        model.automaticThreshold = 6
        #expect(ErrorEstimates(pairs, model: model, records: 6).reviewTasks == 1)
    }

    @Test func nothingFoundKeepsTheModelsThresholds() {
        var model = LinkageModel(records: 10)
        let before = model
        ThresholdEstimation.estimate([], records: 10, into: &model)
        #expect(model == before)
    }
}
