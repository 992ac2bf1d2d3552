/// A model made ready for scoring: rows of log2 probabilities, one lane for each hypothesis.
struct WeightTable: Sendable {
    typealias Lanes = SIMD8<Float>

    /// The row of field f and level l is at 16 f + l; rows of level 0 are zero.
    private(set) var rows: [Lanes]
    private(set) var prior: Lanes
    /// log2 of the average chance that the value-dependent part replaces.
    private(set) var averageGiven: Float
    private(set) var averageFamily: Float
    private(set) var averageMothersFamily: Float
    private(set) var averageMunicipality: Float

    static let match = Hypothesis.match.rawValue
    static let random = Hypothesis.random.rawValue
    static let kin = Hypothesis.kin.rawValue
    static let sibling = Hypothesis.sibling.rawValue
    static let twin = Hypothesis.twin.rawValue

    init(_ model: LinkageModel) {
        rows = Array(repeating: .zero, count: ComparisonField.count * 16)
        for field in ComparisonField.allCases {
            for level in 1..<field.levelCount {
                for hypothesis in Hypothesis.allCases {
                    let probability = model.probability(field, level: level, hypothesis)
                    rows[field.rawValue * 16 + level][hypothesis.rawValue] =
                        BinaryLogarithm.of(Float(max(probability, 1e-9)))
                }
            }
        }
        prior = Lanes(repeating: -10_000)
        for hypothesis in Hypothesis.allCases {
            prior[hypothesis.rawValue] =
                BinaryLogarithm.of(Float(max(model.priors[hypothesis.rawValue], 1e-30)))
        }
        averageGiven = model.givenFrequencies.meanLogarithm
        averageFamily = model.familyFrequencies.meanLogarithm
        averageMothersFamily = averageFamily
        averageMunicipality = model.municipalityFrequencies.meanLogarithm
    }

    /// The sum of the rows of a vector.
    @inline(__always)
    static func sum(_ vector: ComparisonVector, _ rows: UnsafePointer<Lanes>) -> Lanes {
        var lanes = rows[Int(truncatingIfNeeded: vector.bits & 15)]
        var bits = vector.bits &>> 4
        var base = 16
        while bits != 0 {
            lanes += rows[base + Int(truncatingIfNeeded: bits & 15)]
            bits &>>= 4
            base += 16
        }
        return lanes
    }

    /// A weight that lanes with their prior do not exceed: that against the likeliest other hypothesis.
    ///
    /// The hypotheses together are no less likely than one of them; a hundredth of a bit makes up for what
    /// the logarithm is off.
    @inline(__always)
    static func weightMax(_ lanes: Lanes) -> Float {
        var others = lanes
        others[match] = -10_000
        return lanes[match] - others.max() + 0.01
    }

    /// The match weight of lanes with their prior: log2 of match against all other hypotheses
    /// together.
    @inline(__always)
    static func weight(_ lanes: Lanes) -> Float {
        var others = lanes
        others[match] = -10_000
        let largest = others.max()
        var differences = others - largest
        differences.clamp(lowerBound: Lanes(repeating: -30), upperBound: .zero)
        let sum = BinaryLogarithm.power(differences).sum()
        return lanes[match] - largest - BinaryLogarithm.of(sum)
    }
}
