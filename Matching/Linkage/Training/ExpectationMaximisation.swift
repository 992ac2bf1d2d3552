/// What training did and found.
package struct TrainingReport: Sendable, Equatable {
    package var iterations = 0
    /// Whether the last iteration changed no probability by more than the tolerance.
    package var isConverged = false
    /// Comparison vectors that differ.
    package var patterns = 0
    /// Estimated pairs of records of one person.
    package var expectedMatches = 0.0
}

/// Learns a model from counts of comparison vectors, without labels.
///
/// Expectation-maximisation (Dempster, Laird, Rubin 1977) over the hypotheses of ``Hypothesis``.
/// The counts are absolute: a vector that random pairs show u times in a million is expected u * n
/// / 10^6 times among all n pairs of the file, so candidates from any blocking rules can be taken
/// together, and no rule has to be left out of the estimate of the fields it blocks on. Chance is
/// measured on random pairs, less those that seem to be more than chance. Every estimate keeps the
/// prior of ``PriorProbabilities`` as pseudo-counts, which also keeps hypotheses from trading
/// places.
struct ExpectationMaximisation {
    static let iterationsMax = 150
    static let tolerance = 1e-4
    /// The weight of prior knowledge, in pairs, for matches and for the other hypotheses.
    static let matchPriorPairs = 60.0
    static let kinPriorPairs = 300.0
    static let chancePriorPairs = 20.0
    /// No probability of a level falls below this.
    static let probabilityMin = 1e-5
    static let chanceMin = 1e-8

    private let sample: TrainingSample
    private let records: Int
    /// Hypotheses that explain no pair.
    private let excluded: Set<Hypothesis>
    private(set) var model: LinkageModel
    /// The shares of facts in common, by field and hypothesis.
    private var shares = LinkageModel.initialShares
    private(set) var report = TrainingReport()

    init(
        _ sample: TrainingSample, initial: LinkageModel, records: Int,
        without excluded: Set<Hypothesis> = []
    ) {
        self.sample = sample
        self.records = records
        self.excluded = excluded
        model = initial
        for hypothesis in excluded { model.priors[hypothesis.rawValue] = 0 }
        report.patterns = sample.candidates.vectors.count
    }

    /// Iterates until nothing changes or the limit is reached; without learning only chance is
    /// measured.
    mutating func run(isLearning: Bool = true) {
        estimateChance(excluding: false)
        for iteration in 0..<(isLearning ? Self.iterationsMax : 0) {
            let before = model.probabilities
            estimateChance(excluding: true)
            step()
            report.iterations = iteration + 1
            if Self.difference(before, model.probabilities) < Self.tolerance {
                report.isConverged = true
                break
            }
        }
        report.expectedMatches = model.priors[Hypothesis.match.rawValue] * sample.pairsTotal
    }

    private static func difference(_ left: [[[Double]]], _ right: [[[Double]]]) -> Double {
        var largest = 0.0
        for (first, second) in zip(left, right) {
            for (row, other) in zip(first, second) {
                for (value, changed) in zip(row, other) {
                    largest = max(largest, abs(value - changed))
                }
            }
        }
        return largest
    }

    /// The share of each hypothesis in a vector, from 0 to 1.
    static func posterior(
        _ vector: ComparisonVector, _ rows: UnsafePointer<WeightTable.Lanes>,
        _ prior: WeightTable.Lanes
    ) -> WeightTable.Lanes {
        let lanes = WeightTable.sum(vector, rows) + prior
        var differences = lanes - lanes.max()
        differences.clamp(
            lowerBound: WeightTable.Lanes(repeating: -60), upperBound: .zero)
        let powers = BinaryLogarithm.power(differences)
        return powers / powers.sum()
    }

    /// Sums of pairs by field, level and hypothesis.
    private struct Sums {
        var levels = [SIMD8<Double>](repeating: .zero, count: ComparisonField.count * 16)
        var hypotheses = SIMD8<Double>.zero

        @inline(__always)
        mutating func add(_ vector: ComparisonVector, _ shares: SIMD8<Double>) {
            hypotheses += shares
            var bits = vector.bits
            var base = 0
            while bits != 0 {
                levels[base + Int(truncatingIfNeeded: bits & 15)] += shares
                bits &>>= 4
                base += 16
            }
        }
    }

    private func sums(_ histogram: PatternHistogram) -> Sums {
        let table = WeightTable(model)
        var sums = Sums()
        table.rows.withUnsafeBufferPointer { rows in
            guard let base = rows.baseAddress else { return }
            for (vector, count) in zip(histogram.vectors, histogram.counts) {
                let shares = Self.posterior(vector, base, table.prior)
                sums.add(vector, SIMD8<Double>(shares) * count)
            }
        }
        return sums
    }

    /// Estimates chance from random pairs, at first from all but those that agree in what persons
    /// own.
    private mutating func estimateChance(excluding: Bool) {
        let random = Hypothesis.random.rawValue
        var levels = [Double](repeating: 0, count: ComparisonField.count * 16)
        if excluding {
            for (index, lanes) in sums(sample.random).levels.enumerated() {
                levels[index] = lanes[random] + lanes[Hypothesis.sharedNumber.rawValue]
            }
        } else {
            for (vector, count) in zip(sample.random.vectors, sample.random.counts)
            where !Self.looksRelated(vector) {
                for field in ComparisonField.allCases {
                    levels[field.rawValue * 16 + vector.level(field)] += count
                }
            }
        }
        let before = LinkageModel(records: records)
        for field in ComparisonField.allCases {
            for distribution in PriorProbabilities.distributions(field) where distribution.count > 1
            {
                let total = distribution.reduce(0) { $0 + levels[field.rawValue * 16 + $1] }
                for level in distribution {
                    let prior = before.probability(field, level: level, .random)
                    let floor = Self.isPersonal(field, level) ? 0.2 / Double(records + 5) : 0
                    // Personal values are never equal by chance often enough to be seen.
                    let pseudo = Self.isPersonal(field, level) ? 0 : prior * Self.chancePriorPairs
                    let estimate =
                        (levels[field.rawValue * 16 + level] + pseudo)
                        / (total + Self.chancePriorPairs)
                    model.probabilities[field.rawValue][level][random] =
                        max(estimate, floor, Self.chanceMin)
                }
            }
        }
        boundSwappedChance()
        model.derive(shares)
    }

    /// Strangers of equal names whose record swaps them are too few to be met in a sample.
    private mutating func boundSwappedChance() {
        let random = Hypothesis.random.rawValue
        let (given, family) = (
            model.probabilities[ComparisonField.given.rawValue],
            model.probabilities[ComparisonField.family.rawValue]
        )
        let swapped = Int(GivenLevel.swapped.rawValue)
        let equalGiven =
            given[Int(GivenLevel.allEqual.rawValue)][random]
            + given[Int(GivenLevel.firstEqual.rawValue)][random]
        let equalFamily = family[Int(SurnameLevel.equal.rawValue)][random]
        let floor = given[swapped][WeightTable.match] * equalGiven * equalFamily
        let measured = given[swapped][random]
        model.probabilities[ComparisonField.given.rawValue][swapped][random] = max(measured, floor)
    }

    private static func isPersonal(_ field: ComparisonField, _ level: Int) -> Bool {
        switch field {
        case .identifier, .otherIdentifier: level <= 3
        case .phone, .email: level <= 1
        case .residence: level == 1
        default: false
        }
    }

    private static func looksRelated(_ vector: ComparisonVector) -> Bool {
        if vector.level(.identifier) == 1 || vector.level(.phone) == 1 { return true }
        if vector.level(.email) == 1 || vector.level(.otherIdentifier) == 1 { return true }
        if vector.level(.residence) == 1 { return true }
        let given = vector.level(.given)
        return vector.level(.birthDate) == 1 && given >= 1 && given <= 7
    }

    /// One step: shares of hypotheses in each vector, then priors and probabilities from them.
    private mutating func step() {
        let sums = sums(sample.candidates)
        updatePriors(sums)
        for field in ComparisonField.allCases {
            update(.match, field, sums, Self.matchPriorPairs)
            for hypothesis in [Hypothesis.kin, .sibling, .twin] {
                updateShare(hypothesis, field, sums)
            }
        }
        model.derive(shares)
    }

    /// The share of pairs with a fact in common: an expectation step within the step, over the parts
    /// that each level may come from.
    private mutating func updateShare(
        _ hypothesis: Hypothesis, _ field: ComparisonField, _ sums: Sums
    ) {
        guard let known = SharedFacts.share(hypothesis, field) else { return }
        let lane = hypothesis.rawValue
        let share = shares[field.rawValue][lane]
        var shared = Self.kinPriorPairs * known
        var total = Self.kinPriorPairs
        for distribution in PriorProbabilities.distributions(field) where distribution.count > 1 {
            for level in distribution {
                let count = sums.levels[field.rawValue * 16 + level][lane]
                let whole = model.probability(field, level: level, hypothesis)
                let part = share * model.probability(field, level: level, .match)
                shared += count * min(1, part / max(whole, 1e-12))
                total += count
            }
        }
        shares[field.rawValue][lane] = min(max(shared / total, 0), 0.995)
    }

    /// The share of each hypothesis among all pairs.
    ///
    /// What is expected of relatives grows with the records that a person has: with k records each,
    /// two persons make k times k pairs, k of them for each record.
    private mutating func updatePriors(_ sums: Sums) {
        let initial = LinkageModel(records: records).priors
        let matchesPerRecord = sums.hypotheses[WeightTable.match] / max(1, Double(records))
        let multiplicity = 1 + 2 * matchesPerRecord
        let households = householdShare(sums, multiplicity)
        for hypothesis in Hypothesis.allCases
        where hypothesis != .random && !excluded.contains(hypothesis) {
            let index = hypothesis.rawValue
            let isMatch = hypothesis == .match
            let pseudo = min(50, 0.02 * Double(records))
            let expected = initial[index] * (isMatch ? 1 : multiplicity)
            let scale = expected * sample.pairsTotal / max(1, Double(records))
            let estimate = (sums.hypotheses[index] + pseudo * scale) / sample.pairsTotal
            let isOfHouseholds = hypothesis == .twin || hypothesis == .namesake
            let floor =
                expected * PriorProbabilities.shareFloor(hypothesis)
                * (isOfHouseholds ? households : 1)
            model.priors[index] = min(max(estimate, floor), 0.5)
            if [.twin, .namesake, .sharedNumber].contains(hypothesis) {
                let ceiling = PriorProbabilities.shareCeiling * expected
                model.priors[index] = min(model.priors[index], ceiling)
            }
        }
    }

    /// How far a file holds whole households, from 0.1 to 1.
    ///
    /// A sample of persons from all over a country has hardly any twins. Where most records have an
    /// address or a phone, its kin and siblings tell; elsewhere nothing does.
    private func householdShare(_ sums: Sums, _ multiplicity: Double) -> Double {
        guard isHouseholdVisible else { return 1 }
        let relatives =
            sums.hypotheses[Hypothesis.kin.rawValue] + sums.hypotheses[Hypothesis.sibling.rawValue]
        let expected = PriorProbabilities.relativesMet * multiplicity * Double(records)
        return min(max(relatives / expected, 0.1), 1)
    }

    /// Whether more than a third of random pairs have two streets or two phones, and persons keep
    /// theirs: a column of noise shows no household.
    private var isHouseholdVisible: Bool {
        var streets = 0.0
        var phones = 0.0
        for (vector, count) in zip(sample.random.vectors, sample.random.counts) {
            if (1...5).contains(vector.level(.residence)) { streets += count }
            if vector.level(.phone) > 0 { phones += count }
        }
        let total = sample.random.total
        return (streets * 3 > total && model.probability(.residence, level: 1, .match) > 0.2)
            || (phones * 3 > total && model.probability(.phone, level: 1, .match) > 0.2)
    }

    private mutating func update(
        _ hypothesis: Hypothesis, _ field: ComparisonField, _ sums: Sums, _ priorPairs: Double
    ) {
        guard let listed = PriorProbabilities.levels(hypothesis, field) else { return }
        let lane = hypothesis.rawValue
        for distribution in PriorProbabilities.distributions(field) {
            let total = distribution.reduce(0) { $0 + sums.levels[field.rawValue * 16 + $1][lane] }
            let listedTotal = distribution.reduce(0) { $0 + listed[$1 - 1] }
            for level in distribution {
                let count = sums.levels[field.rawValue * 16 + level][lane]
                let pseudo = priorPairs * listed[level - 1] / listedTotal
                let estimate = (count + pseudo) / (total + priorPairs)
                let ceiling =
                    hypothesis == .match
                    ? PriorProbabilities.matchCeiling(field, level: level) : 1
                model.probabilities[field.rawValue][level][lane] = min(
                    max(estimate, Self.probabilityMin), ceiling)
            }
        }
    }
}
