internal import Identity
import RegistryModel

/// The arguments that describe a person, shared by all commands that take one.
package enum PersonArguments {
    /// The arguments: one for each demographic field, then further names and identifiers.
    package static let all: [CommandArgument] =
        DemographicField.allCases.map { field in
            .keyed(
                field.name.description, "VALUE", meaning(of: field),
                isRepeated: field.isRepeated)
        }
        + FurtherNameField.allCases.map { field in
            .keyed(field.name.description, "VALUE", meaning(of: field))
        } + [
            .keyed(
                "national_id", "VALUE", "a national identifier", isRepeated: true),
            .keyed(
                "national_id_authority", "CODE",
                "who gave the `national_id` in the same place; else the source's own default",
                isRepeated: true),
            .prefix("id.", "VALUE", "an identifier of the authority named behind `id.`"),
        ]

    /// The arguments of the demographic fields alone.
    package static let fields = Array(all.prefix(DemographicField.count))

    private static let byKey = Dictionary(
        uniqueKeysWithValues: all.filter { $0.form == .keyed }.map { ($0.name, $0) })

    /// The description of an argument with a key; nil where there is none.
    package static func argument(for key: String) -> CommandArgument? {
        byKey[key] ?? all.first { $0.accepts(key: key) }
    }

    private static func meaning(of field: FurtherNameField) -> String {
        switch field {
        case .socialGiven: "the given name that the person is called by; more in `names`"
        case .formerGiven: "a former given name; more in `names` of the object"
        case .formerFamily: "a former surname; more in `names` of the object"
        }
    }

    private static func meaning(of field: DemographicField) -> String {
        switch field {
        case .given: "given names"
        case .family: "first or only surname; in France the birth name"
        case .mothersFamily: "second, maternal surname"
        case .usedFamily: "surname in daily use where it differs"
        case .sex: "registered sex"
        case .birthDate: "date of birth"
        case .birthPlace: "place of birth, a code or a name"
        case .phone: "telephone number"
        case .email: "electronic mail address"
        case .address: "street address"
        case .municipality: "municipality, a code or a name"
        case .postalCode: "postal code"
        case .motherGiven: "mother's given names"
        case .fatherGiven: "father's given names"
        case .birthOrder: "place in a multiple birth, from 1"
        case .deceasedDate: "date of death"
        case .insurer: "insurer, a code or a name"
        }
    }
}
