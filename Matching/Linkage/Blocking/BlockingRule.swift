/// A reason for two records to be compared: they share a key.
///
/// The raw value is the key's place in ``BlockingKeys``; a pair is compared under the first rule
/// that holds it.
package enum BlockingRule: Int, CaseIterable, Sendable {
    case identifier, otherIdentifier, phone, otherPhone, email
    case givenDate, familyDate, mothersFamilyDate
    case swappedDate, givenBothSurnames, givenFamilyDay, givenFamily
    case dwelling, municipalityDate, namesSwapped, surnamesInitial

    /// The number of rules.
    static let count = BlockingRule.allCases.count

    /// The name in reports.
    package var name: String {
        switch self {
        case .identifier: "identifier"
        case .otherIdentifier: "other identifier"
        case .phone: "phone"
        case .otherPhone: "second phone"
        case .email: "email"
        case .givenDate: "given name, birth date"
        case .familyDate: "family name, birth date"
        case .mothersFamilyDate: "mother's family name, birth date"
        case .swappedDate: "given name, birth date with day and month in any order"
        case .givenBothSurnames: "given name, both surnames"
        case .givenFamilyDay: "given name, family name, day and month"
        case .givenFamily: "given name, family name"
        case .dwelling: "dwelling"
        case .municipalityDate: "municipality, birth date"
        case .namesSwapped: "given and family name in any order"
        case .surnamesInitial: "both surnames, initial of given name"
        }
    }
}
