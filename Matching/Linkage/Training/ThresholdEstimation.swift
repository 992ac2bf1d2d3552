/// Chooses thresholds from the weights of scored pairs, whose probabilities estimate the errors.
enum ThresholdEstimation {
    /// Links that the registry makes by itself may be false at this rate.
    static let falseLinkRateMax = 0.001
    /// No pair is linked automatically below this weight: a match probability of 0.94.
    static let automaticWeightMin = 4.0
    static let automaticWeightDefault = 10.0
    /// A pair is shown to a steward from this weight on, a match probability of 0.1...
    static let reviewWeightMin = -3.17
    /// ...as long as there are no more questions than these for each thousand records: ten, of which one
    /// is kept for what clusters refuse.
    static let reviewTasksPerThousandMax = 9

    /// The probability that a pair of this weight is one person.
    static func probability(_ weight: Float) -> Double {
        let bounded = Double(max(-60, min(60, weight)))
        return 1 / (1 + power(-bounded))
    }

    /// 2 to the power of a number from -60 to 60.
    private static func power(_ exponent: Double) -> Double {
        let whole = exponent.rounded(.down)
        let fraction = BinaryLogarithm.power(SIMD8<Float>(repeating: Float(exponent - whole) - 1))[
            0]
        let scale = Double(bitPattern: UInt64(bitPattern: 1_024 + Int64(whole)) &<< 52)
        return Double(fraction) * scale
    }

    /// Sets the thresholds of a model from all pairs of a weight worth keeping, heaviest first.
    static func estimate(_ pairs: [ScoredPair], records: Int, into model: inout LinkageModel) {
        let expectedMatches = pairs.reduce(0.0) { $0 + $1.probability }
        guard expectedMatches > 0 else { return }
        var found = 0.0
        var bestF1 = 0.0
        var bestWeight: Float = 0
        var automatic = Float(automaticWeightDefault)
        for (index, pair) in pairs.enumerated() {
            found += pair.probability
            let linked = Double(index + 1)
            let f1 = 2 * found / (linked + expectedMatches)
            if f1 > bestF1 { (bestF1, bestWeight) = (f1, pair.weight) }
            if linked - found <= falseLinkRateMax * linked { automatic = pair.weight }
        }
        model.linkThreshold = Double(max(0, bestWeight))
        model.automaticThreshold = max(
            Double(automatic), model.linkThreshold, automaticWeightMin)
        model.reviewThreshold = reviewThreshold(pairs, records: records, model)
    }

    /// The weight down to which stewards can look at everything, not above the link threshold.
    private static func reviewThreshold(
        _ pairs: [ScoredPair], records: Int, _ model: LinkageModel
    ) -> Double {
        let tasksMax = max(1, records * reviewTasksPerThousandMax / 1_000)
        var tasks = ReviewTasks(pairs, automatic: model.automaticThreshold, records: records)
        while let weight = tasks.next(), Double(weight) >= reviewWeightMin {
            if tasks.count >= tasksMax {
                return min(Double(weight.nextUp), model.linkThreshold)
            }
        }
        return min(reviewWeightMin, model.linkThreshold)
    }
}
