/// What relatives have in common as one fact, and how often.
///
/// Twins are entered with one mother's name, a household with one phone, children under the number
/// of whoever brings them: where a fact is shared,
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
        case .match, .random: nil
        }
    }

    /// Whether a share is a fact of all populations, which no file can teach better.
    ///
    /// Twins have one date and one pair of parents; few relatives stand under one number. These are
    /// so few that what a file seems to say otherwise is said by careless records of one person.
    static func isCertain(_ hypothesis: Hypothesis, _ field: ComparisonField) -> Bool {
        switch field {
        case .identifier, .otherIdentifier: true
        case .birthDate, .family, .mothersFamily, .motherGiven, .fatherGiven: hypothesis == .twin
        default: false
        }
    }

    /// A level that relatives reach by being relatives, and the share of pairs that do.
    ///
    /// A mother is known first by the surname that her children have second; who is registered on
    /// one day, as twins are, has neighbouring numbers.
    static func kinship(
        _ hypothesis: Hypothesis, _ field: ComparisonField
    ) -> (level: Int, share: Double)? {
        let crossed = Int(SurnameLevel.crossed.rawValue)
        let close = Int(IdentifierLevel.close.rawValue)
        return switch (hypothesis, field) {
        case (.kin, .family): (crossed, 0.15)
        case (.kin, .mothersFamily): (crossed, 0.1)
        case (.namesake, .mothersFamily): (crossed, 0.05)
        case (.twin, .identifier), (.twin, .otherIdentifier): (close, 0.03)
        case (.kin, .identifier), (.sibling, .identifier), (.namesake, .identifier): (close, 0.003)
        case (.kin, .otherIdentifier), (.sibling, .otherIdentifier): (close, 0.01)
        case (.namesake, .otherIdentifier): (close, 0.01)
        default: nil
        }
    }

    private static func twin(_ field: ComparisonField) -> Double? {
        switch field {
        case .family, .mothersFamily, .birthDate: 0.98
        case .sex: 0.33
        case .phone: 0.90
        case .email: 0.60
        case .residence: 0.93
        case .motherGiven, .fatherGiven: 0.98
        case .birthPlace: 0.97
        case .identifier: 0.015
        case .otherIdentifier: 0.03
        case .given, .birthOrder: nil
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
        case .identifier: 0.015
        case .otherIdentifier: 0.03
        case .given, .birthDate, .birthOrder: nil
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
        case .identifier: 0.015
        case .otherIdentifier: 0.03
        case .given, .birthDate, .sex, .birthOrder: nil
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
        case .identifier: 0.015
        case .otherIdentifier: 0.05
        case .birthDate, .birthOrder: nil
        }
    }
}
