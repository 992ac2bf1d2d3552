import Identity
import Testing

@testable import Linkage

/// Training finds the probabilities that made the data, and keeps its head where data say little.
///
/// Method: a model with known probabilities yields the expected count of every comparison vector of
/// three fields; training starts from the usual prior knowledge and must come back to that model.
@Suite struct TrainingTests {
    private static let fields: [ComparisonField] = [.given, .family, .birthDate, .identifier]
    private static let records = 100_000

    /// Expected counts of all vectors of the fields under a model, from the given hypotheses.
    private static func histogram(
        _ model: LinkageModel, pairs: Double, _ hypotheses: [Hypothesis]
    ) -> PatternHistogram {
        var counts: [ComparisonVector: Double] = [:]
        func extend(_ vector: ComparisonVector, _ depth: Int, _ shares: [Double]) {
            guard depth < fields.count else {
                counts[vector] = shares.reduce(0, +) * pairs
                return
            }
            let field = fields[depth]
            for level in 1..<field.levelCount {
                // Swapped surnames are not a distribution of their own levels.
                if field == .family, level == Int(SurnameLevel.swapped.rawValue) { continue }
                if field == .given, level == Int(GivenLevel.swapped.rawValue) { continue }
                var next = vector
                next.set(field, UInt64(level))
                extend(
                    next, depth + 1,
                    zip(hypotheses, shares).map { hypothesis, share in
                        share * model.probability(field, level: level, hypothesis)
                    })
            }
        }
        extend(ComparisonVector(), 0, hypotheses.map { model.priors[$0.rawValue] })
        return PatternHistogram(counts)
    }

    @Test func recoversTheModelThatMadeTheCounts() {
        var truth = LinkageModel(records: Self.records)
        let match = Hypothesis.match.rawValue
        let random = Hypothesis.random.rawValue
        let given = [0.40, 0.30, 0.004, 0.02, 0.04, 0.14, 0.03, 0.02, 0, 0.046]
        let date = [0.70, 0.02, 0.06, 0.06, 0.10, 0.03, 0.01, 0.01, 0.006, 0.004]
        for level in 1...10 {
            truth.probabilities[ComparisonField.given.rawValue][level][match] = given[level - 1]
            truth.probabilities[ComparisonField.birthDate.rawValue][level][match] =
                date[level - 1]
            for field in [ComparisonField.given, .birthDate] {
                truth.probabilities[field.rawValue][level][random] = level == 10 ? 0.982 : 0.002
            }
        }
        truth.probabilities[ComparisonField.identifier.rawValue][1][random] = 1e-6
        truth.derive(LinkageModel.initialShares)
        let pairs = Double(Self.records) * Double(Self.records - 1) / 2
        var training = ExpectationMaximisation(
            TrainingSample(
                candidates: Self.histogram(truth, pairs: pairs, Hypothesis.allCases),
                random: Self.histogram(truth, pairs: 1e6, [.random]), pairsTotal: pairs),
            initial: LinkageModel(records: Self.records), records: Self.records)
        training.run()
        #expect(training.report.isConverged)
        let found = training.model
        let ratio = found.priors[match] / truth.priors[match]
        #expect(abs(ratio - 1) < 0.05)
        for (level, expected) in given.enumerated() where expected > 0.01 {
            let value = found.probability(.given, level: level + 1, .match)
            #expect(abs(value - expected) < 0.015, "given level \(level + 1)")
        }
        for (level, expected) in date.enumerated() where expected > 0.01 {
            let value = found.probability(.birthDate, level: level + 1, .match)
            #expect(abs(value - expected) < 0.015, "date level \(level + 1)")
        }
    }

    @Test func nothingSeenKeepsWhatIsKnown() {
        var training = ExpectationMaximisation(
            TrainingSample(
                candidates: PatternHistogram(), random: PatternHistogram(), pairsTotal: 1),
            initial: LinkageModel(records: 2), records: 2)
        training.run()
        let known = LinkageModel(records: 2)
        for field in ComparisonField.allCases {
            for level in 1..<field.levelCount {
                let difference =
                    training.model.probability(field, level: level, .match)
                    - known.probability(field, level: level, .match)
                #expect(abs(difference) < 0.03)
            }
        }
    }

    @Test func aColumnOfOneValueWeighsNothing() {
        var records = LinkageRunTests.population(households: 100).map(\.record)
        // Every record has the municipality Iquique, and now nothing else of an address.
        for index in records.indices { records[index][.address] = "" }
        let model = LinkageRunTests.link(records).model
        let town = PersonRecord([.municipality: "Iquique"])
        let step = MatchExplanation(left: town, right: town, model: model).steps.first
        #expect(step?.field == .residence)
        #expect(abs(step?.weight ?? 9) < 1)
    }
}
