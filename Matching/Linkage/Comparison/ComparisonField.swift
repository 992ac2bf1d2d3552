/// What two records are compared in.
///
/// Each comparison yields one of at most 15 agreement levels.
///
/// The raw value is the field's place in a ``ComparisonVector``. Level 0 is always "missing".
package enum ComparisonField: Int, CaseIterable, Sendable {
    case given, family, mothersFamily, birthDate, sex, identifier, otherIdentifier
    case phone, email, residence, motherGiven, fatherGiven, birthPlace, birthOrder

    /// The number of fields.
    package static let count = ComparisonField.allCases.count

    /// The name in model files and reports.
    package var name: String {
        switch self {
        case .given: "given"
        case .family: "family"
        case .mothersFamily: "mothers_family"
        case .birthDate: "birth_date"
        case .sex: "sex"
        case .identifier: "identifier"
        case .otherIdentifier: "other_identifier"
        case .phone: "phone"
        case .email: "email"
        case .residence: "residence"
        case .motherGiven: "mother_given"
        case .fatherGiven: "father_given"
        case .birthPlace: "birth_place"
        case .birthOrder: "birth_order"
        }
    }

    /// The names of the levels in their order, the first being "missing".
    package var levelNames: [String] {
        switch self {
        case .given: GivenLevel.allCases.map(\.name)
        case .family, .mothersFamily: SurnameLevel.allCases.map(\.name)
        case .birthDate: DateLevel.allCases.map(\.name)
        case .sex:
            [
                "missing", "equal, name agrees", "different, name agrees", "equal", "different",
            ]
        case .identifier, .otherIdentifier: IdentifierLevel.allCases.map(\.name)
        case .phone: ["missing", "equal", "one digit off", "different"]
        case .email: ["missing", "equal", "same name part", "different"]
        case .residence: ResidenceLevel.allCases.map(\.name)
        case .motherGiven, .fatherGiven: ["missing", "equal", "close", "different"]
        case .birthPlace, .birthOrder: ["missing", "equal", "different"]
        }
    }

    /// The number of levels, "missing" included.
    package var levelCount: Int { levelNames.count }
}

/// Agreement of given names.
enum GivenLevel: UInt64, CaseIterable {
    case missing, allEqual, firstEqual, firstEqualOtherDifferent, initial, soundsAlike, close,
        similar
    case otherPosition, swapped, different

    var name: String {
        switch self {
        case .missing: "missing"
        case .allEqual: "all equal"
        case .firstEqual: "first equal"
        case .firstEqualOtherDifferent: "first equal, second different"
        case .initial: "initial"
        case .soundsAlike: "sounds alike or short form"
        case .close: "close"
        case .similar: "similar"
        case .otherPosition: "equal at another place"
        case .swapped: "swapped with surname"
        case .different: "different"
        }
    }

    /// Whether the names speak of one name, so that sex adds nothing of its own.
    @inline(__always) var agrees: Bool { self != .missing && rawValue <= 6 && self != .initial }
}

/// Agreement of one surname, with the other surnames in view.
enum SurnameLevel: UInt64, CaseIterable {
    case missing, equal, close, similar, crossed, swapped, initial, different

    var name: String {
        switch self {
        case .missing: "missing"
        case .equal: "equal"
        case .close: "close"
        case .similar: "similar"
        case .crossed: "equal to another surname"
        case .swapped: "swapped with given name"
        case .initial: "initial"
        case .different: "different"
        }
    }
}

/// Agreement of birth dates.
enum DateLevel: UInt64, CaseIterable {
    case missing, equal, equalDefault, compatible, dayMonthSwapped, oneDigit, twoParts, near
    case siblingGap, generationGap, far

    var name: String {
        switch self {
        case .missing: "missing"
        case .equal: "equal"
        case .equalDefault: "equal, a default date"
        case .compatible: "compatible, partly known"
        case .dayMonthSwapped: "day and month swapped"
        case .oneDigit: "one part a digit off"
        case .twoParts: "two parts of three equal"
        case .near: "less than 9 months apart"
        case .siblingGap: "9 months to 15 years apart"
        case .generationGap: "15 to 50 years apart"
        case .far: "more than 50 years apart"
        }
    }
}

/// Agreement of identifiers of one authority.
enum IdentifierLevel: UInt64, CaseIterable {
    case missing, equal, equalDoubtful, close, differentDoubtful, different

    var name: String {
        switch self {
        case .missing: "missing"
        case .equal: "equal"
        case .equalDoubtful: "equal, but invalid or shared"
        case .close: "one symbol off"
        case .differentDoubtful: "different, one invalid, shared or a mother's"
        case .different: "different"
        }
    }
}

/// Agreement of where two records say their persons live.
enum ResidenceLevel: UInt64, CaseIterable {
    case missing
    /// Both have a street.
    case sameDwelling, sameStreet, samePostalCode, sameMunicipality, different
    /// One has no street, so that only the areas can be compared.
    case sameArea, differentArea

    var name: String {
        switch self {
        case .missing: "missing"
        case .sameDwelling: "same street and number"
        case .sameStreet: "same street"
        case .samePostalCode: "same postal code"
        case .sameMunicipality: "same municipality"
        case .different: "different"
        case .sameArea: "same area, no street"
        case .differentArea: "different area, no street"
        }
    }
}
