/// What is known of persons and clerks before any data are seen: level probabilities of each
/// hypothesis.
///
/// Each list holds the levels from 1 on (0, missing, takes no part) and sums to about 1; for sex
/// the two levels where the given name agrees and the two where it does not are distributions of
/// their own. Training starts from these and keeps them as pseudo-counts, so that a file of few
/// records or few columns cannot drift to a senseless model. Chance is not listed: it is measured
/// on random pairs.
enum PriorProbabilities {
    /// Expected pairs of each hypothesis in a file, for each record.
    static let pairsPerRecord: [Hypothesis: Double] = [
        .match: 0.5, .kin: 0.8, .sibling: 0.5, .twin: 0.01, .namesake: 0.03,
    ]

    /// The least share of a hypothesis, as a part of what is expected.
    ///
    /// Twins and namesakes are a fact of every population, even where a file has too few columns to
    /// tell.
    static func shareFloor(_ hypothesis: Hypothesis) -> Double {
        switch hypothesis {
        case .twin: 0.4
        case .namesake: 0.3
        case .kin, .sibling: 0.1
        case .match, .random: 0.01
        }
    }

    /// Pairs of kin and siblings, for each record, that a file of whole households shows among its
    /// candidate pairs where persons have one record.
    static let relativesMet = 0.25

    /// The largest share of twins and namesakes, as a part of what is expected: they are not to be
    /// taken for persons who are recorded carelessly.
    static let shareCeiling = 3.0

    /// The probabilities of a hypothesis; nil where it behaves like chance.
    static func levels(_ hypothesis: Hypothesis, _ field: ComparisonField) -> [Double]? {
        switch hypothesis {
        case .match: match(field)
        case .random: nil
        case .kin: kin(field)
        case .sibling: sibling(field)
        case .twin: twin(field)
        case .namesake: namesake(field)
        }
    }

    private static func match(_ field: ComparisonField) -> [Double] {
        switch field {
        case .given: [0.30, 0.48, 0.004, 0.02, 0.04, 0.06, 0.02, 0.02, 0.01, 0.046]
        case .family: [0.85, 0.07, 0.015, 0.015, 0.01, 0.005, 0.035]
        case .mothersFamily: [0.84, 0.07, 0.015, 0.015, 0.002, 0.015, 0.043]
        case .birthDate: [0.86, 0.01, 0.02, 0.02, 0.05, 0.016, 0.006, 0.008, 0.006, 0.004]
        case .sex: [0.985, 0.015, 0.97, 0.03]
        case .identifier: [0.88, 0.01, 0.06, 0.02, 0.03]
        case .otherIdentifier: [0.85, 0.01, 0.05, 0.03, 0.06]
        case .phone: [0.65, 0.05, 0.30]
        case .email: [0.70, 0.10, 0.20]
        case .residence: [0.60, 0.12, 0.06, 0.12, 0.10, 0.85, 0.15]
        case .motherGiven, .fatherGiven: [0.85, 0.10, 0.05]
        case .birthPlace: [0.90, 0.10]
        case .birthOrder: [0.98, 0.02]
        }
    }

    private static func kin(_ field: ComparisonField) -> [Double]? {
        switch field {
        case .birthDate: [0.001, 0.003, 0.02, 0.0005, 0.003, 0.01, 0.01, 0.35, 0.56, 0.0425]
        case .sex: [0.95, 0.05, 0.45, 0.55]
        case .birthOrder: [0.4, 0.6]
        default: nil
        }
    }

    private static func sibling(_ field: ComparisonField) -> [Double]? {
        switch field {
        case .birthDate: [0.003, 0.003, 0.02, 0.0005, 0.004, 0.02, 0.01, 0.91, 0.0285, 0.001]
        case .birthOrder: [0.4, 0.6]
        default: nil
        }
    }

    private static func twin(_ field: ComparisonField) -> [Double]? {
        switch field {
        case .given: [0.002, 0.003, 0.03, 0.01, 0.01, 0.012, 0.05, 0.02, 0.0005, 0.8625]
        case .birthOrder: [0.02, 0.98]
        default: nil
        }
    }

    private static func namesake(_ field: ComparisonField) -> [Double]? {
        switch field {
        case .birthDate: [0.0005, 0.003, 0.01, 0.0005, 0.004, 0.006, 0.002, 0.02, 0.874, 0.08]
        case .birthOrder: [0.4, 0.6]
        default: nil
        }
    }

    /// The most that is believed of a level among matches.
    ///
    /// Names are rarely wholly other names, and dates rarely years apart: where a file has no
    /// duplicates, nothing else would keep siblings and namesakes from being learned as matches. No slip
    /// makes of one date another of the next generation: that is left to those who write a wrong person's.
    static func matchCeiling(_ field: ComparisonField, level: Int) -> Double {
        switch field {
        case .given: level == Int(GivenLevel.different.rawValue) ? 0.10 : 1
        case .birthDate:
            switch DateLevel(rawValue: UInt64(level)) {
            case .siblingGap: 0.05
            case .generationGap: 0.01
            case .far: 0.004
            default: 1
            }
        default: 1
        }
    }

    /// The groups of levels that are distributions of their own.
    ///
    /// A surname is swapped exactly where the given name is: that level is certain, and says
    /// nothing more.
    static func distributions(_ field: ComparisonField) -> [[Int]] {
        switch field {
        case .sex: [[1, 2], [3, 4]]
        case .residence: [[1, 2, 3, 4, 5], [6, 7]]
        case .family:
            [[1, 2, 3, 4, 6, 7], [Int(SurnameLevel.swapped.rawValue)]]
        default: [Array(1..<field.levelCount)]
        }
    }
}
