/// What training did and found.
package struct TrainingReport: Sendable, Equatable {
    package var iterations = 0
    /// Whether the last iteration changed next to nothing.
    package var isConverged = false
    /// The largest change, in the last iteration, of the pairs expected at a level of a hypothesis, as a
    /// share of all matches.
    package var lastChange = 0.0
    /// Comparison vectors that differ.
    package var patterns = 0
    /// Estimated pairs of records of one person.
    package var expectedMatches = 0.0
    /// Labelled pairs that took part.
    package var labels = 0
    /// What labels added to the weight of every pair, in bits.
    package var labelShift = 0.0
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
    static let iterationsMax = 200
    /// Pairs that may still change their level or hypothesis in the last iteration, as a share of all
    /// matches: so few change no decision, and iterating on trades rare hypotheses for each other.
    static let tolerance = 1e-3
    /// Iterations at most over all vectors after those over a thinned sample; a dozen are usual.
    static let finalIterationsMax = 60
    /// Of vectors less frequent than this, in pairs of the sample, one in so many is in the thinned one.
    static let thinnedRate: UInt64 = 8
    static let thinnedPairs = 32.0
    /// Chance is measured again after this many iterations, as it hardly moves.
    static let chanceIterations = 5
    /// The weight of prior knowledge, in pairs, for matches and for the other hypotheses.
    static let matchPriorPairs = 60.0
    static let kinPriorPairs = 300.0
    static let chancePriorPairs = 20.0
    /// No probability of a level falls below this.
    static let probabilityMin = 1e-5
    static let chanceMin = 1e-8

    private let sample: TrainingSample
    /// What the steps are taken over: first a thinned sample, then all of it.
    private var candidates: PatternHistogram
    private let labels: LabelledPatterns
    /// The model whose fixed probabilities stay.
    private let fixed: LinkageModel
    /// What is known before training.
    private let untrained: LinkageModel
    private let records: Int
    /// Hypotheses that explain no pair.
    private let excluded: Set<Hypothesis>
    private let threads: Int
    private(set) var model: LinkageModel
    /// The shares of facts in common, by field and hypothesis.
    private var shares = LinkageModel.initialShares
    private(set) var report = TrainingReport()

    init(
        _ sample: TrainingSample, initial: LinkageModel, records: Int,
        labels: LabelledPatterns = LabelledPatterns(), threads: Int = 1,
        without excluded: Set<Hypothesis> = []
    ) {
        self.sample = labels.isEmpty ? sample : sample.adding(labels)
        self.records = records
        self.labels = labels
        self.threads = threads
        fixed = initial
        untrained = LinkageModel(records: records)
        self.excluded = excluded
        model = initial
        for hypothesis in excluded { model.priors[hypothesis.rawValue] = 0 }
        candidates = self.sample.candidates
        report.patterns = candidates.vectors.count
        report.labels = labels.count
    }

    /// Iterates until nothing changes or the limit is reached, over a thinned sample first; without
    /// learning only chance is measured.
    mutating func run(isLearning: Bool = true) {
        estimateChance(excluding: false)
        guard isLearning else { return }
        let all = candidates
        let smallest = all.counts.min() ?? 1
        let thinned = all.thinned(
            rate: Self.thinnedRate, keeping: Self.thinnedPairs * smallest)
        if labels.isEmpty, thinned.vectors.count * 2 < all.vectors.count {
            candidates = thinned
            iterate(atMost: Self.iterationsMax - Self.finalIterationsMax)
            candidates = all
            iterate(atMost: Self.finalIterationsMax)
        } else {
            iterate(atMost: Self.iterationsMax)
        }
        report.expectedMatches = model.priors[Hypothesis.match.rawValue] * sample.pairsTotal
    }

    private mutating func iterate(atMost limit: Int) {
        for iteration in 0..<limit {
            let before = model
            if iteration % Self.chanceIterations == 0 { estimateChance(excluding: true) }
            step()
            report.iterations += 1
            report.lastChange = Self.difference(before, model)
            report.isConverged = report.lastChange < Self.tolerance
            if report.isConverged { break }
        }
    }

    /// The largest change of the pairs expected at one level of one hypothesis, as a share of all
    /// matches.
    ///
    /// A probability of a rare hypothesis may still move when no decision does.
    private static func difference(_ left: LinkageModel, _ right: LinkageModel) -> Double {
        let matches = max(right.priors[WeightTable.match], 1e-30)
        var largest = 0.0
        for (field, otherField) in zip(left.probabilities, right.probabilities) {
            for (level, otherLevel) in zip(field, otherField).dropFirst() {
                for hypothesis in Hypothesis.allCases where hypothesis != .random {
                    let index = hypothesis.rawValue
                    let pairs = level[index] * left.priors[index]
                    let others = otherLevel[index] * right.priors[index]
                    largest = max(largest, abs(pairs - others) / matches)
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
    private struct Sums: Sendable {
        var levels = [SIMD8<Double>](repeating: .zero, count: ComparisonField.count * 16)
        var hypotheses = SIMD8<Double>.zero

        mutating func add(_ other: Sums) {
            hypotheses += other.hypotheses
            for index in levels.indices { levels[index] += other.levels[index] }
        }
    }

    /// Vectors of one task; a number that does not depend on threads, since sums of floats depend on
    /// their order.
    private static let taskVectors = 4_096

    private func sums(_ histogram: PatternHistogram, isCandidates: Bool) -> Sums {
        let table = WeightTable(model)
        let labels = isCandidates ? labels : LabelledPatterns()
        let count = histogram.vectors.count
        let tasks = (count + Self.taskVectors - 1) / Self.taskVectors
        let parts = Parallel.map(tasks, threads: threads) { task in
            let from = task * Self.taskVectors
            return Self.sums(
                histogram, from..<min(count, from + Self.taskVectors), table, labels)
        }
        var sums = Sums()
        for part in parts { sums.add(part) }
        return sums
    }

    private static func sums(
        _ histogram: PatternHistogram, _ range: Range<Int>, _ table: WeightTable,
        _ labels: LabelledPatterns
    ) -> Sums {
        var sums = Sums()
        table.rows.withUnsafeBufferPointer { rows in
            sums.levels.withUnsafeMutableBufferPointer { levels in
                guard let base = rows.baseAddress, let levels = levels.baseAddress else { return }
                for index in range {
                    let vector = histogram.vectors[index]
                    var shares = posterior(vector, base, table.prior)
                    if !labels.isEmpty { shares = labels.corrected(shares, vector) }
                    let counts = SIMD8<Double>(shares) * histogram.counts[index]
                    sums.hypotheses += counts
                    var bits = vector.bits
                    var row = 0
                    while bits != 0 {
                        levels[row + Int(truncatingIfNeeded: bits & 15)] += counts
                        bits &>>= 4
                        row += 16
                    }
                }
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
            for (index, lanes) in sums(sample.random, isCandidates: false).levels.enumerated() {
                levels[index] = lanes[random]
            }
        } else {
            for (vector, count) in zip(sample.random.vectors, sample.random.counts)
            where !Self.looksRelated(vector) {
                for field in ComparisonField.allCases {
                    levels[field.rawValue * 16 + vector.level(field)] += count
                }
            }
        }
        let before = untrained
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
        model.restoreFixed(from: fixed)
    }

    /// Strangers of like names whose record swaps them are too few to be met in a sample.
    private mutating func boundSwappedChance() {
        let random = Hypothesis.random.rawValue
        let given = model.probabilities[ComparisonField.given.rawValue]
        let family = model.probabilities[ComparisonField.family.rawValue]
        let likeGiven = [GivenLevel.allEqual, .firstEqual, .soundsAlike, .close, .similar]
            .reduce(0) { $0 + given[Int($1.rawValue)][random] }
        let likeFamily = [SurnameLevel.equal, .close, .similar]
            .reduce(0) { $0 + family[Int($1.rawValue)][random] }
        let swapped = Int(GivenLevel.swapped.rawValue)
        let floor = given[swapped][WeightTable.match] * likeGiven * likeFamily
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
        let sums = sums(candidates, isCandidates: true)
        updatePriors(sums)
        for field in ComparisonField.allCases {
            update(.match, field, sums, Self.matchPriorPairs)
            for hypothesis in [Hypothesis.kin, .sibling, .twin] {
                updateShare(hypothesis, field, sums)
            }
        }
        model.derive(shares)
        model.restoreFixed(from: fixed)
    }

    /// The share of pairs with a fact in common: an expectation step within the step, over the parts
    /// that each level may come from.
    private mutating func updateShare(
        _ hypothesis: Hypothesis, _ field: ComparisonField, _ sums: Sums
    ) {
        guard let known = SharedFacts.share(hypothesis, field) else { return }
        if SharedFacts.isCertain(hypothesis, field) { return }
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
        let initial = untrained.priors
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
            if [.twin, .namesake].contains(hypothesis) {
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
