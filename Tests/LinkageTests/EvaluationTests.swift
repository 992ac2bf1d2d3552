import Testing

@testable import Linkage

/// Figures of accuracy are those of their definitions.
///
/// Method: small partitions counted by hand.
@Suite struct EvaluationTests {
    @Test func pairwiseAndBCubed() {
        let evaluation = Evaluation(clusters: [0, 0, 0, 3, 3], persons: [7, 7, 8, 8, 8])
        #expect(evaluation.pairwise == Accuracy(precision: 0.5, recall: 0.5))
        #expect(abs(evaluation.bCubed.precision - (4.0 / 3 + 1.0 / 3 + 2) / 5) < 1e-12)
        #expect(abs(evaluation.bCubed.recall - (2 + 1.0 / 3 + 4.0 / 3) / 5) < 1e-12)
        #expect(evaluation.clusters == 2 && evaluation.persons == 2)
        #expect(evaluation.largestCluster == 3)
    }

    @Test func nothingIsPerfect() {
        let evaluation = Evaluation(clusters: [], persons: [])
        #expect(evaluation.pairwise.f1 == 1 && evaluation.bCubed.f1 == 1)
    }

    @Test func thresholds() {
        let pairs = [
            ScoredPair(left: 0, right: 1, weight: 9, decision: .link),
            ScoredPair(left: 1, right: 2, weight: 2, decision: .review),
        ]
        let found = Evaluation.atThresholds([5, 0], pairs: pairs, persons: [1, 1, 2, 2])
        #expect(
            found == [Accuracy(precision: 1, recall: 0.5), Accuracy(precision: 0.5, recall: 0.5)])
    }
}
