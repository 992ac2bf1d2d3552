import Identity
import Testing

@testable import Linkage

/// Errors of a clustering are counted right, told by kind, and drawn for every threshold.
///
/// Method: literal expectations on a few records; the curve against the count threshold by threshold.
@Suite struct ErrorKindTests {
    private func record(_ given: String, _ family: String, _ date: String) -> PersonRecord {
        PersonRecord([.given: given, .family: family, .birthDate: date])
    }

    @Test func pairsOfEitherErrorAreFound() {
        // Clusters 0 0 0 3 4, persons 0 0 2 0 4.
        let errors = ClusteringErrors(clusters: [0, 0, 0, 3, 4], persons: [0, 0, 2, 0, 4])
        #expect(errors.falseLinks == [.init(left: 0, right: 2), .init(left: 1, right: 2)])
        #expect(errors.missedLinks == [.init(left: 0, right: 3), .init(left: 1, right: 3)])
        #expect(errors.falseLinkCount == 2)
        #expect(errors.missedLinkCount == 2)
    }

    @Test func countsGoOnWhereKeptPairsEnd() {
        let persons = (0..<400).map { UInt32($0 % 2) }
        let errors = ClusteringErrors(clusters: persons.map { _ in 7 }, persons: persons)
        #expect(errors.falseLinkCount == 40_000)
        #expect(errors.falseLinks.count == ClusteringErrors.pairsMax)
        #expect(errors.missedLinkCount == 0)
    }

    @Test func falseLinksAreToldApart() {
        let ana = record("Ana", "Rojas", "1980-02-13")
        func kind(_ other: PersonRecord) -> FalseLinkKind {
            FalseLinkKind(RecordComparison(left: ana, right: other))
        }
        #expect(kind(record("Pedro", "Rojas", "1980-02-13")) == .twins)
        #expect(kind(record("Ana", "Rojas", "1980-02-13")) == .sameNamesAndDate)
        #expect(kind(record("Ana", "Rojas", "1952-07-30")) == .namesake)
        #expect(kind(record("Ana", "Rojas", "")) == .sameNames)
        #expect(kind(record("", "Rojas", "1980-02-13")) == .unnamed)
        #expect(kind(record("Pedro", "Quispe", "1952-07-30")) == .other)
    }

    @Test func missedLinksAreToldApart() {
        let ana = record("Ana", "Rojas", "1980-02-13")
        func kind(_ other: PersonRecord) -> MissedLinkKind {
            MissedLinkKind(RecordComparison(left: ana, right: other))
        }
        #expect(kind(record("", "Rojas", "1980-02-13")) == .noGivenName)
        #expect(kind(record("Pedro", "Rojas", "1980-02-13")) == .givenDiffers)
        #expect(kind(record("Ana", "Quispe", "1980-02-13")) == .familyDiffers)
        #expect(kind(record("Ana", "Rojas", "")) == .noDate)
        #expect(kind(record("Ana", "Rojas", "1952-07-30")) == .datesDiffer)
        #expect(kind(ana) == .agreesThroughout)
    }

    @Test func theCurveCountsEveryThreshold() {
        let persons: [UInt32] = [1, 1, 2, 2, 3]
        let pairs = [(0, 1, 9), (2, 3, 5), (0, 2, 5), (3, 4, -1)].map { left, right, weight in
            ScoredPair(
                left: UInt32(left), right: UInt32(right), weight: Float(weight), decision: .review)
        }
        let curve = PrecisionRecallCurve(pairs, persons: persons)
        #expect(curve.actualPairs == 2)
        #expect(curve.points(atMost: 100).map(\.links) == [1, 3, 4])
        for threshold in [Float(-2), -1, 0, 5, 6, 9, 10] {
            let expected = Evaluation.atThresholds([threshold], pairs: pairs, persons: persons)
            #expect(curve.point(from: threshold).accuracy == expected[0])
        }
        #expect(curve.best?.weight == 5)
        #expect(PrecisionRecallCurve([], persons: persons).best == nil)
    }

    @Test func copiesAreLinkedWithoutAWeight() {
        // Records 0 and 1 are copies, and 2, of the same person, is weighed with the first of them.
        let clusters: [UInt32] = [0, 0, 0, 3, 3]
        let pair = ScoredPair(left: 0, right: 2, weight: 5, decision: .link)
        let curve = PrecisionRecallCurve([pair], persons: [1, 1, 1, 2, 3], clusters: clusters)
        #expect(curve.actualPairs == 3)
        let above = curve.point(from: 6)
        #expect(above.links == 2)
        #expect(above.accuracy == Accuracy(precision: 1.0 / 2, recall: 1.0 / 3))
        let below = curve.point(from: 5)
        #expect(below.links == 4)
        #expect(below.accuracy == Accuracy(precision: 3.0 / 4, recall: 1))
    }

    @Test func exactPersonsAreWholeAndAlone() {
        let evaluation = Evaluation(clusters: [0, 0, 2, 2, 4, 5], persons: [1, 1, 2, 3, 4, 4])
        #expect(evaluation.exactPersons == 1)
        #expect(evaluation.mixedClusters == 1)
        #expect(evaluation.splitPersons == 1)
    }
}
