package import Identity

extension PersonRecord {
    /// The record that canonical JSON text describes, as `json` writes it; nil for any other text.
    package init?(canonicalJSON text: [UInt8]) {
        guard let value = try? JSONParser.parse(text), let person = try? PersonRecord(json: value)
        else { return nil }
        self = person
    }
}
