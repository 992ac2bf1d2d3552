/// Everything that turns agreement into weight: probabilities, priors, frequencies and thresholds.
///
/// With one model, the weight of a pair depends on the two records alone: not on the file they came
/// in, on the number of threads, or on the way they met.
package struct LinkageModel: Sendable, Equatable {
    /// The version of the meaning of levels; a model of another version is refused.
    package static let currentVersion = 2

    package var name = "trained"
    package var version = LinkageModel.currentVersion
    /// The records of the population that the priors are for.
    package private(set) var records: Int
    /// Probabilities by field, level and hypothesis; level 0 is unused.
    package var probabilities: [[[Double]]]
    /// The share of each hypothesis among all pairs of records.
    package var priors: [Double]
    /// The weight from which a pair is linked in a file, for the best F1.
    package var linkThreshold = 0.0
    /// The weight from which the registry links by itself: false links at most 1 in 1,000.
    package var automaticThreshold = 10.0
    /// The weight from which a pair is worth a steward's look.
    package var reviewThreshold = -3.0
    /// What training leaves as it is.
    package var fixed: Set<FixedProbability> = []
    package var givenFrequencies = FrequencyTable()
    package var familyFrequencies = FrequencyTable()
    package var municipalityFrequencies = FrequencyTable()

    /// The model before training: what is known of persons, and mild assumptions of chance.
    init(records: Int) {
        self.records = records
        let pairs = max(1, Double(records) * Double(records - 1) / 2)
        priors = Hypothesis.allCases.map { hypothesis in
            let expected = PriorProbabilities.pairsPerRecord[hypothesis] ?? 0
            return min(0.2, expected * Double(max(1, records)) / pairs)
        }
        priors[Hypothesis.random.rawValue] = 1
        probabilities = ComparisonField.allCases.map { field in
            let chance = Self.uniformChance(field)
            return (0..<field.levelCount).map { level in
                Hypothesis.allCases.map { hypothesis in
                    let isCertain = PriorProbabilities.distributions(field).contains([level])
                    guard level > 0, !isCertain else { return 1 }
                    let listed = PriorProbabilities.levels(hypothesis, field)
                    return listed?[level - 1] ?? chance[level]
                }
            }
        }
        derive(Self.initialShares)
    }

    /// Chance where nothing was measured: the last level takes nearly all.
    private static func uniformChance(_ field: ComparisonField) -> [Double] {
        if field == .sex { return [1, 0.95, 0.05, 0.5, 0.5] }
        if field == .residence { return [1, 0.01, 0.01, 0.01, 0.02, 0.95, 0.05, 0.95] }
        let count = field.levelCount
        return (0..<count).map {
            $0 == 0 ? 1 : $0 == count - 1 ? 1 - 0.01 * Double(count - 2) : 0.01
        }
    }

    /// The probability of a level under a hypothesis.
    package func probability(
        _ field: ComparisonField, level: Int, _ hypothesis: Hypothesis
    ) -> Double {
        probabilities[field.rawValue][level][hypothesis.rawValue]
    }

    /// Derives what has no probabilities of its own: chance, and facts in common.
    ///
    /// `shares` holds the share of pairs with a fact in common by field and hypothesis.
    mutating func derive(_ shares: [[Double]]) {
        for field in ComparisonField.allCases {
            for hypothesis in Hypothesis.allCases where !isListed(hypothesis, field) {
                let share = shares[field.rawValue][hypothesis.rawValue]
                let kinship = SharedFacts.kinship(hypothesis, field)
                let related = (kinship?.share ?? 0) * (1 - share)
                for distribution in PriorProbabilities.distributions(field)
                where distribution.count > 1 {
                    for level in distribution {
                        probabilities[field.rawValue][level][hypothesis.rawValue] =
                            share * probability(field, level: level, .match)
                            + (1 - share - related) * probability(field, level: level, .random)
                            + (level == kinship?.level ? related : 0)
                    }
                }
            }
        }
    }

    private func isListed(_ hypothesis: Hypothesis, _ field: ComparisonField) -> Bool {
        hypothesis == .random || PriorProbabilities.levels(hypothesis, field) != nil
    }

    /// The shares of facts in common before training, by field and hypothesis; 0 is chance.
    static let initialShares: [[Double]] = ComparisonField.allCases.map { field in
        Hypothesis.allCases.map { SharedFacts.share($0, field) ?? 0 }
    }

    /// Adds bits to the weight of every pair.
    mutating func shiftWeights(_ bits: Double) {
        let factor = Double(BinaryLogarithm.power(SIMD8(repeating: -Float(abs(bits))))[0])
        let match = Hypothesis.match.rawValue
        priors[match] = min(0.5, bits < 0 ? priors[match] * factor : priors[match] / factor)
    }

    /// This model for a population of another size.
    ///
    /// The larger a population, the more pairs of strangers there are for each pair of one person.
    /// A registry scales a model once, when it takes it into use: from then on weights stay as they
    /// are.
    package func scaled(toRecords count: Int) -> LinkageModel {
        var model = self
        let factor = Double(max(1, records - 1)) / Double(max(1, count - 1))
        for hypothesis in Hypothesis.allCases where hypothesis != .random {
            model.priors[hypothesis.rawValue] = min(0.5, priors[hypothesis.rawValue] * factor)
        }
        model.records = count
        return model
    }
}
