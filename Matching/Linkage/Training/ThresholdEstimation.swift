/// Chooses thresholds from the weights of scored pairs, whose probabilities estimate the errors.
enum ThresholdEstimation {
    /// Links that the registry makes by itself may be false at this rate.
    static let falseLinkRateMax = 0.001
    /// A pair is shown to a steward from this probability on.
    static let reviewProbabilityMin = 0.1

    /// The probability that a pair of this weight is one person.
    static func probability(_ weight: Float) -> Double {
        let bounded = Double(max(-60, min(60, weight)))
        return 1 / (1 + power(-bounded))
    }

    private static func power(_ exponent: Double) -> Double {
        let whole = exponent.rounded(.down)
        let fraction = BinaryLogarithm.power(SIMD8<Float>(repeating: Float(exponent - whole) - 1))[
            0]
        return Double(fraction) * 2 * Double(sign: .plus, exponent: Int(whole), significand: 1)
    }

    /// Sets the thresholds of a model from all pairs of a weight worth keeping, in any order.
    static func estimate(_ weights: [Float], into model: inout LinkageModel) {
        let sorted = weights.sorted(by: >)
        let expectedMatches = sorted.reduce(0.0) { $0 + probability($1) }
        guard expectedMatches > 0 else { return }
        var found = 0.0
        var bestF1 = 0.0
        var bestWeight: Float = 0
        var automatic = Float(10)
        for (index, weight) in sorted.enumerated() {
            found += probability(weight)
            let linked = Double(index + 1)
            let f1 = 2 * found / (linked + expectedMatches)
            if f1 > bestF1 { (bestF1, bestWeight) = (f1, weight) }
            if linked - found <= falseLinkRateMax * linked { automatic = weight }
        }
        model.linkThreshold = Double(max(0, bestWeight))
        model.automaticThreshold = max(Double(automatic), model.linkThreshold, 6)
        model.reviewThreshold = min(-3.17, model.linkThreshold)
    }
}
