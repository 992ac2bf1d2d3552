import Identity
import RegistryModel

/// The fields that `padron pin` and `padron unpin` name.
enum PinnedFields {
    /// `FIELD=VALUE`, several of one field together where a person may have several.
    static func values(_ operands: ArraySlice<String>) throws(UsageError) -> [FieldValue] {
        var values: [FieldValue] = []
        let separator = String(UnicodeScalar(PersonRecord.valueSeparator))
        for operand in operands {
            guard let equals = operand.firstIndex(of: "=") else {
                throw UsageError("write FIELD=VALUE, for example birth_date=1984-02-29")
            }
            let field = try field(String(operand[..<equals]))
            let value = String(operand[operand.index(after: equals)...])
            if let place = values.firstIndex(where: { $0.field == field }) {
                values[place].value += separator + value
            } else {
                values.append(FieldValue(field, value))
            }
        }
        return values
    }

    /// Names of fields, each once.
    static func fields(_ operands: ArraySlice<String>) throws(UsageError) -> [DemographicField] {
        var fields: [DemographicField] = []
        for operand in operands {
            let field = try field(operand)
            if !fields.contains(field) { fields.append(field) }
        }
        return fields
    }

    private static func field(_ name: String) throws(UsageError) -> DemographicField {
        guard let field = DemographicField(name: name) else {
            let isNumber = name.hasPrefix("id.") || name == "national_id"
            let names = DemographicField.allCases.map(\.name.description).joined(separator: " ")
            throw UsageError(
                isNumber
                    ? "identifiers are not pinned; link or unlink the records that state them"
                    : "'\(name)' is no field; there are \(names)")
        }
        return field
    }
}
