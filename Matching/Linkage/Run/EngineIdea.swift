/// One idea of the engine that can be left out, to measure what it adds.
///
/// Each is taken away where it enters: from the records before they are blocked, from the vectors before
/// they are counted, from the model before pairs are weighed. The comparison of pairs knows nothing
/// of it.
package enum EngineIdea: String, CaseIterable, Sendable {
    // What a pair may be.
    case kin, siblings, twins, namesakes
    // How names agree.
    case commonness, nicknames, phoneticCodes, furtherGivenNames, initials, otherPlaces
    case swappedNames, crossedSurnames, furtherSurnames, newborns
    // How dates, numbers and places agree.
    case dateErrors, agesOfRelatives, defaultDates, numberErrors, numberGrades, phoneErrors
    case streetLikeness
    // What is learned and what is done with it.
    case learning, vetoes, clusterSupport

    /// What it is, in a few words.
    package var summary: String {
        switch self {
        case .kin: "kin as an explanation"
        case .siblings: "siblings as an explanation"
        case .twins: "twins as an explanation"
        case .namesakes: "namesakes as an explanation"
        case .commonness: "how common names and places are"
        case .nicknames: "short forms of names"
        case .phoneticCodes: "phonetic codes"
        case .furtherGivenNames: "second given names"
        case .initials: "initials"
        case .otherPlaces: "given names at another place"
        case .swappedNames: "given and family name swapped"
        case .crossedSurnames: "surnames in each other's place"
        case .furtherSurnames: "third and used surnames"
        case .newborns: "newborns without a name"
        case .dateErrors: "errors of dates by kind"
        case .agesOfRelatives: "gaps of age between relatives"
        case .defaultDates: "dates that clerks write for none"
        case .numberErrors: "numbers one symbol off"
        case .numberGrades: "invalid and shared numbers"
        case .phoneErrors: "phones one digit off"
        case .streetLikeness: "likeness of streets"
        case .learning: "learning (expectation-maximisation)"
        case .vetoes: "vetoes within clusters"
        case .clusterSupport: "what whole clusters say"
        }
    }

    /// The hypothesis that is left out with it.
    var hypothesis: Hypothesis? {
        switch self {
        case .kin: .kin
        case .siblings: .sibling
        case .twins: .twin
        case .namesakes: .namesake
        default: nil
        }
    }

    /// The levels that count as another level without it.
    var mergedLevels: [MergedLevel] {
        func merged(
            _ fields: [ComparisonField], _ levels: [UInt64], into target: UInt64
        ) -> [MergedLevel] {
            fields.flatMap { field in
                levels.map {
                    MergedLevel(field: field, level: Int($0), target: Int(target))
                }
            }
        }
        func given(_ levels: [GivenLevel], into target: GivenLevel) -> [MergedLevel] {
            merged([.given], levels.map(\.rawValue), into: target.rawValue)
        }
        func surnames(_ levels: [SurnameLevel], into target: SurnameLevel) -> [MergedLevel] {
            merged([.family, .mothersFamily], levels.map(\.rawValue), into: target.rawValue)
        }
        func dates(_ levels: [DateLevel], into target: DateLevel) -> [MergedLevel] {
            merged([.birthDate], levels.map(\.rawValue), into: target.rawValue)
        }
        func numbers(_ levels: [IdentifierLevel], into target: IdentifierLevel) -> [MergedLevel] {
            merged(
                [.identifier, .otherIdentifier], levels.map(\.rawValue), into: target.rawValue)
        }
        switch self {
        case .furtherGivenNames:
            return given([.allEqual, .firstEqualOtherDifferent], into: .firstEqual)
        case .initials:
            return given([.initial], into: .different) + surnames([.initial], into: .different)
        case .otherPlaces: return given([.otherPosition], into: .different)
        case .swappedNames:
            return given([.swapped], into: .different) + surnames([.swapped], into: .different)
        case .crossedSurnames: return surnames([.crossed], into: .different)
        case .dateErrors: return dates([.dayMonthSwapped, .oneDigit, .twoParts], into: .near)
        case .agesOfRelatives: return dates([.near, .siblingGap, .generationGap], into: .far)
        case .numberErrors: return numbers([.close], into: .different)
        case .numberGrades:
            return numbers([.equalDoubtful], into: .equal)
                + numbers([.differentDoubtful], into: .different)
        case .phoneErrors: return merged([.phone], [2], into: 3)
        default: return []
        }
    }
}

/// A level that counts as another of its field.
struct MergedLevel: Sendable {
    var field: ComparisonField
    var level: Int
    var target: Int
}
