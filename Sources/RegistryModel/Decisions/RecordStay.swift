package import Identity

/// A record that stays where it is though what had brought it there is taken back.
package struct RecordStay: Hashable, Sendable {
    /// The source's code and the local identifier.
    package var record: LocalIdentifier
    /// Whose it is; nil where that is not told.
    package var person: EnterpriseIdentifier?
    /// The later operation that holds it; 0 for an update of its content.
    package var operation: Int64

    /// Creates a stay.
    package init(
        record: LocalIdentifier, person: EnterpriseIdentifier? = nil, operation: Int64
    ) {
        self.record = record
        self.person = person
        self.operation = operation
    }

    /// Writes records that stay as the member `stays` of an object.
    package static func write(_ stays: [RecordStay], to writer: inout JSONWriter) {
        writer.key("stays")
        writer.beginArray()
        for stay in stays {
            writer.beginObject()
            writer.key("record")
            writer.string("\(stay.record.authority):\(stay.record.value)")
            if let person = stay.person {
                writer.key("euid")
                writer.string(person.description)
            }
            writer.key("held_by")
            writer.integer(stay.operation)
            writer.endObject()
        }
        writer.endArray()
    }
}
