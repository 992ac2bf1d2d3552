/// Why two persons may have been taken for one.
package enum FalseLinkKind: Int, CaseIterable, Sendable {
    case unnamed, sharedNumber, sameNamesAndDate, twins, namesake, household, sameNames, sameDate,
        other

    /// What the records have in common, for reports.
    package var name: String {
        switch self {
        case .unnamed: "no given name in one: a newborn, or unknown"
        case .sharedNumber: "one identifier on both, other given names"
        case .sameNamesAndDate: "same names and birth date"
        case .twins: "twins: same surname and birth date, other given name"
        case .namesake: "namesakes: same names, born a generation apart"
        case .household: "household: same surname and dwelling or phone, other given name"
        case .sameNames: "same names, birth date missing or different"
        case .sameDate: "same birth date, names apart"
        case .other: "otherwise"
        }
    }

    /// The kind of a pair that was linked and is of two persons.
    package init(_ comparison: RecordComparison) {
        let facts = PairFacts(comparison.vector)
        if comparison.vector.level(.given) == 0 {
            self = .unnamed
        } else if facts.sharesNumber, !facts.sharesGiven {
            self = .sharedNumber
        } else if facts.sharesGiven, facts.sharesFamily {
            self =
                facts.sharesDate
                ? .sameNamesAndDate : facts.isGenerationApart ? .namesake : .sameNames
        } else if facts.sharesFamily, facts.sharesDate {
            self = .twins
        } else if facts.sharesFamily, facts.sharesHome {
            self = .household
        } else {
            self = facts.sharesDate ? .sameDate : .other
        }
    }
}

/// Why two records of one person may not have been put together.
package enum MissedLinkKind: Int, CaseIterable, Sendable {
    case numbersDiffer, noGivenName, givenDiffers, familyDiffers, datesDiffer, noDate
    case agreesThroughout, other

    /// What stood in the way, for reports.
    package var name: String {
        switch self {
        case .numbersDiffer: "two different identifiers"
        case .noGivenName: "no given name in one: a newborn, or unknown"
        case .givenDiffers: "given names differ"
        case .familyDiffers: "surnames differ"
        case .datesDiffer: "birth dates differ"
        case .noDate: "no birth date in one, names agree"
        case .agreesThroughout: "names and birth date agree"
        case .other: "otherwise"
        }
    }

    /// The kind of a pair of one person that was not linked.
    package init(_ comparison: RecordComparison) {
        let vector = comparison.vector
        let facts = PairFacts(vector)
        if vector.level(.identifier) == Int(IdentifierLevel.different.rawValue) {
            self = .numbersDiffer
        } else if vector.level(.given) == 0 {
            self = .noGivenName
        } else if !facts.sharesGiven {
            self = .givenDiffers
        } else if vector.level(.family) != 0, !facts.sharesFamily {
            self = .familyDiffers
        } else if vector.level(.birthDate) == 0 {
            self = .noDate
        } else if !facts.sharesDate {
            self = .datesDiffer
        } else {
            self = facts.sharesFamily ? .agreesThroughout : .other
        }
    }
}

/// What two records share, coarsely.
private struct PairFacts {
    let sharesGiven: Bool
    let sharesFamily: Bool
    let sharesDate: Bool
    let isGenerationApart: Bool
    let sharesHome: Bool
    let sharesNumber: Bool

    init(_ vector: ComparisonVector) {
        let given = GivenLevel(rawValue: UInt64(vector.level(.given))) ?? .missing
        let family = SurnameLevel(rawValue: UInt64(vector.level(.family))) ?? .missing
        let date = DateLevel(rawValue: UInt64(vector.level(.birthDate))) ?? .missing
        let residence = ResidenceLevel(rawValue: UInt64(vector.level(.residence))) ?? .missing
        let identifier = IdentifierLevel(rawValue: UInt64(vector.level(.identifier))) ?? .missing
        sharesGiven = given.agrees || [.otherPosition, .swapped, .similar].contains(given)
        sharesFamily = [.equal, .close, .similar, .crossed, .swapped].contains(family)
        sharesDate = [.equal, .equalDefault, .compatible, .dayMonthSwapped, .oneDigit].contains(
            date)
        isGenerationApart = [.generationGap, .far].contains(date)
        sharesHome = residence == .sameDwelling || vector.level(.phone) == 1
        sharesNumber = [.equal, .equalDoubtful].contains(identifier)
    }
}
