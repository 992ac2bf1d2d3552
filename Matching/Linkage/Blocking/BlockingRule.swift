/// A reason for two records to be compared: they share a key.
///
/// The raw value is the key's place in ``BlockingKeys``; a pair is compared under the first rule
/// that holds it, so the surest come first. Some rules have a second form for records that lack
/// what the first one needs: a file without phones, towns or second surnames then spends those
/// places on what it has, and still every key depends on its own record alone.
package enum BlockingRule: Int, CaseIterable, Sendable {
    case identifier, phone, givenDate, familyDate, municipalityDate
    case otherIdentifier, otherPhone, email
    case names, nameStarts, surnames, dwelling
    case familyPlace, givenPlace, nameEnds

    /// The number of rules.
    static let count = BlockingRule.allCases.count

    /// The name in reports.
    package var name: String {
        switch self {
        case .identifier: "identifier"
        case .phone: "phone"
        case .givenDate: "given name, birth date with day and month in any order"
        case .familyDate: "birth date, initial of family name"
        case .municipalityDate: "birth date, municipality or else initial of last given name"
        case .otherIdentifier: "other identifier, or else ends of names, day and month"
        case .otherPhone: "second phone, or else beginnings of names, day and month"
        case .email: "email, or else family name, year and month"
        case .names: "given and family name in any order"
        case .nameStarts: "beginnings of given and family name in any order, year"
        case .surnames:
            "surnames in any order, initial of given name, or else family name, birth date"
        case .dwelling: "dwelling, or else three letters of given and family name"
        case .familyPlace: "family name, municipality, initial, or else family name, year"
        case .givenPlace:
            "given name, municipality, beginning of family name, or else given name, month"
        case .nameEnds: "ends of given and family name in any order, year"
        }
    }
}
