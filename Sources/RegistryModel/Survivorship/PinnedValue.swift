package import Identity

/// What a steward states of a person, by way of one of its records.
package struct PinnedValue: Hashable, Sendable {
    /// The record whose person it speaks of: the anchor.
    package var record: Int64
    package var field: DemographicField
    /// In the form of a record's value; empty where the person is to have none.
    package var value: String
    /// The decision that pinned it.
    package var operation: Int64
    package var actor: String
    /// When it was decided, in microseconds since 1970.
    package var pinnedAt: Int64

    /// Creates a pin.
    package init(
        record: Int64, field: DemographicField, value: String, operation: Int64, actor: String,
        pinnedAt: Int64
    ) {
        self.record = record
        self.field = field
        self.value = value
        self.operation = operation
        self.actor = actor
        self.pinnedAt = pinnedAt
    }
}

/// A field with the value that a steward wants it to have.
package struct FieldValue: Hashable, Sendable {
    package var field: DemographicField
    /// Empty for no value; several stand with `PersonRecord.valueSeparator` between them.
    package var value: String

    /// Creates a wish.
    package init(_ field: DemographicField, _ value: String) {
        self.field = field
        self.value = value
    }
}

/// The pins of one person that count: of each field the one that was decided last.
package struct PersonPins: Hashable, Sendable {
    /// In the order of the fields.
    package private(set) var values: [PinnedValue] = []

    /// No pins.
    package static let none = PersonPins()

    private init() {}

    /// Chooses among all pins on a person's records.
    package init(_ pins: [PinnedValue]) {
        guard !pins.isEmpty else { return }
        for pin in pins {
            guard let place = values.firstIndex(where: { $0.field == pin.field }) else {
                values.append(pin)
                continue
            }
            let known = values[place]
            if (pin.operation, pin.record) > (known.operation, known.record) {
                values[place] = pin
            }
        }
        values.sort { $0.field.rawValue < $1.field.rawValue }
    }

    /// Whether nothing is pinned.
    package var isEmpty: Bool { values.isEmpty }

    /// What is pinned in a field; nil where nothing is.
    package subscript(field: DemographicField) -> PinnedValue? {
        values.first { $0.field == field }
    }

    /// Puts the pinned values in the place of a record's.
    func apply(to person: inout PersonRecord) {
        for pin in values { person[pin.field] = pin.value }
    }

    /// Writes field by field who pinned it, when and by which operation; no value.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        for pin in values {
            writer.key(pin.field.name)
            writer.beginObject()
            pin.writeMembers(to: &writer)
            writer.endObject()
        }
        writer.endObject()
    }
}

extension PinnedValue {
    /// Writes who pinned it, when and by which operation.
    func writeMembers(to writer: inout JSONWriter) {
        writer.key("by")
        writer.string(actor)
        writer.key("at")
        writer.string(Timestamp.text(of: pinnedAt))
        writer.key("operation")
        writer.integer(operation)
    }
}
