package import Identity

/// A field that is pinned by way of a record, without its value.
package struct PinnedField: Hashable, Sendable {
    package var record: LocalIdentifier
    package var field: DemographicField

    /// Names a field.
    package init(record: LocalIdentifier, field: DemographicField) {
        self.record = record
        self.field = field
    }
}

extension PinnedField {
    /// Writes fields under a key; nothing where there are none, as in most decisions.
    static func write(_ fields: [PinnedField], as key: StaticString, to writer: inout JSONWriter) {
        guard !fields.isEmpty else { return }
        writer.key(key)
        writer.beginArray()
        for pinned in fields {
            writer.beginObject()
            writer.key("record")
            writer.string("\(pinned.record.authority):\(pinned.record.value)")
            writer.key("field")
            writer.string(pinned.field.name.description)
            writer.endObject()
        }
        writer.endArray()
    }

    /// The fields that `write` wrote; nil where one is unknown.
    static func fields(_ json: JSONValue?) -> [PinnedField]? {
        var fields: [PinnedField] = []
        for value in json?.array ?? [] {
            guard
                case .record(let record)? = value["record"]?.string.flatMap({ DecisionSubject($0) }),
                let field = value["field"]?.string.flatMap({ DemographicField(name: $0) })
            else { return nil }
            fields.append(PinnedField(record: record, field: field))
        }
        return fields
    }
}
