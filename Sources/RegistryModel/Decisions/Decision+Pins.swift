internal import Identity

// The fields of pins, beside what the JSON of every decision holds.
extension Decision {
    /// Writes the values that a pin states, by field, or the fields that an unpin frees.
    func writeFields(to writer: inout JSONWriter) {
        switch self {
        case .pin(_, let values):
            writer.key("values")
            writer.beginObject()
            for value in values {
                writer.key(value.field.name)
                writer.string(value.value)
            }
            writer.endObject()
        case .unpin(_, let fields):
            writer.key("fields")
            writer.beginArray()
            for field in fields { writer.string(field.name.description) }
            writer.endArray()
        default: return
        }
    }

    /// The pin or unpin of a subject with the fields that `writeFields` writes; nil for any other value.
    init?(pinning kind: OperationKind, _ subjects: [DecisionSubject], _ json: JSONValue) {
        guard subjects.count == 1, let subject = subjects.first else { return nil }
        if kind == .pin {
            guard case .object(let members)? = json["values"] else { return nil }
            var values: [FieldValue] = []
            for member in members {
                guard let field = DemographicField(name: member.key),
                    let value = member.value.string
                else { return nil }
                values.append(FieldValue(field, value))
            }
            self = .pin(subject, values)
        } else {
            let names = (json["fields"]?.array ?? []).compactMap(\.string)
            let fields = names.compactMap { DemographicField(name: $0) }
            guard fields.count == names.count else { return nil }
            self = .unpin(subject, fields)
        }
    }
}
