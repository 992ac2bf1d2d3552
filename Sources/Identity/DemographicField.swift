/// One demographic attribute of a person, named as in a canonical extract.
///
/// The raw value is the attribute's place in a `PersonRecord`; the order is part of no stored form.
package enum DemographicField: UInt8, CaseIterable, Hashable, Sendable {
    /// Given names, separated by spaces.
    case given
    /// First or only surname; in France the birth name.
    case family
    /// Second, maternal surname where the country has one.
    case mothersFamily
    /// The surname in daily use where it differs, for example after marriage.
    case usedFamily
    case sex
    case birthDate
    /// Place of birth, a code (INSEE COG, ubigeo) or a name.
    case birthPlace
    case phone
    case email
    case address
    case municipality
    case postalCode
    case motherGiven
    case fatherGiven
    /// Place in a multiple birth, from 1.
    case birthOrder
    case deceasedDate
    case insurer

    /// The number of fields.
    package static let count = DemographicField.allCases.count

    /// Whether a person may have several values of it at once.
    package var isRepeated: Bool {
        switch self {
        case .phone, .email, .address: true
        default: false
        }
    }

    /// The canonical column name, which is also the key in the line protocol and in JSON.
    package var name: StaticString {
        switch self {
        case .given: "given"
        case .family: "family"
        case .mothersFamily: "mothers_family"
        case .usedFamily: "used_family"
        case .sex: "sex"
        case .birthDate: "birth_date"
        case .birthPlace: "birth_place"
        case .phone: "phone"
        case .email: "email"
        case .address: "address"
        case .municipality: "municipality"
        case .postalCode: "postal_code"
        case .motherGiven: "mother_given"
        case .fatherGiven: "father_given"
        case .birthOrder: "birth_order"
        case .deceasedDate: "deceased_date"
        case .insurer: "insurer"
        }
    }

    /// The field with a canonical column name.
    package init?(name: String) {
        guard let field = DemographicField.byName[name] else { return nil }
        self = field
    }

    private static let byName = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0.name.description, $0) })
}
