/// Moves all weights so that they agree with labelled pairs.
///
/// One number is fitted, the bits to add, by logistic regression with the weight as offset (the
/// intercept of Platt 1999), which holds for any choice of pairs by weight. A normal prior keeps
/// few labels from moving much.
enum LabelCalibration {
    /// The standard deviation of the prior, and the most that weights are moved, in bits.
    static let priorBits = 1.5
    static let shiftMax = 8.0
    /// Weights beyond these say nothing of where the threshold lies.
    static let weightMax: Float = 20

    private static let bitsToNats = 0.693147180559945

    /// The bits to add to every weight.
    static func shift(_ labelled: [(weight: Float, isSamePerson: Bool)]) -> Double {
        let used = labelled.filter { abs($0.weight) <= weightMax }
        guard !used.isEmpty else { return 0 }
        var shift = 0.0
        for _ in 0..<30 {
            var slope = -shift / (priorBits * priorBits)
            var curvature = 1 / (priorBits * priorBits)
            for pair in used {
                let probability = ThresholdEstimation.probability(pair.weight + Float(shift))
                slope += bitsToNats * ((pair.isSamePerson ? 1 : 0) - probability)
                curvature += bitsToNats * bitsToNats * probability * (1 - probability)
            }
            let move = slope / curvature
            shift = min(max(shift + min(max(move, -1), 1), -shiftMax), shiftMax)
            if abs(move) < 1e-6 { break }
        }
        return shift
    }
}
