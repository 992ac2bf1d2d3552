/// What relatives have in common as one fact, and how often.
///
/// Twins are entered with one mother's name, a household with one phone: where a fact is shared,
/// the two records agree in it as far as two records of one person do, clerks' errors included;
/// where it is not, as far as strangers do. So one number, the share of pairs that have the fact
/// in common, makes the whole distribution of levels, and noise in a file is learned once, from
/// matches, for every hypothesis.
enum SharedFacts {
    /// The share of a hypothesis' pairs that share the fact of a field; nil where levels are
    /// listed or chance rules.
    static func share(_ hypothesis: Hypothesis, _ field: ComparisonField) -> Double? {
        switch hypothesis {
        case .twin: twin(field)
        case .sibling: sibling(field)
        case .kin: kin(field)
        case .namesake: namesake(field)
        case .match, .random, .sharedNumber: nil
        }
    }

    /// The share of pairs that have the fact of the other surname: the mother's, by which her
    /// children are known second and she first.
    static func crossedShare(_ hypothesis: Hypothesis, _ field: ComparisonField) -> Double {
        switch (hypothesis, field) {
        case (.kin, .family): 0.15
        case (.kin, .mothersFamily): 0.1
        case (.namesake, .mothersFamily): 0.05
        default: 0
        }
    }

    private static func twin(_ field: ComparisonField) -> Double? {
        switch field {
        case .family, .mothersFamily, .birthDate: 0.98
        case .sex: 0.25
        case .phone: 0.90
        case .email: 0.60
        case .residence: 0.93
        case .motherGiven, .fatherGiven: 0.98
        case .birthPlace: 0.97
        case .given, .identifier, .otherIdentifier, .birthOrder: nil
        }
    }

    private static func sibling(_ field: ComparisonField) -> Double? {
        switch field {
        case .family: 0.97
        case .mothersFamily: 0.93
        case .sex: 0
        case .phone: 0.65
        case .email: 0.20
        case .residence: 0.75
        case .motherGiven, .fatherGiven: 0.95
        case .birthPlace: 0.80
        case .given, .birthDate, .identifier, .otherIdentifier, .birthOrder: nil
        }
    }

    private static func kin(_ field: ComparisonField) -> Double? {
        switch field {
        case .family: 0.55
        case .mothersFamily: 0.10
        case .phone: 0.75
        case .email: 0.20
        case .residence: 0.75
        case .motherGiven, .fatherGiven: 0.20
        case .birthPlace: 0.45
        case .given, .birthDate, .sex, .identifier, .otherIdentifier, .birthOrder: nil
        }
    }

    private static func namesake(_ field: ComparisonField) -> Double? {
        switch field {
        case .family: 0.96
        case .mothersFamily: 0.12
        case .given, .sex: 0.97
        case .phone: 0.65
        case .email: 0.20
        case .residence: 0.65
        case .motherGiven: 0.03
        case .fatherGiven: 0.15
        case .birthPlace: 0.45
        case .birthDate, .identifier, .otherIdentifier, .birthOrder: nil
        }
    }
}
