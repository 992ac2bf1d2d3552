package import Identity

/// What decided that a value stands in the golden record.
package enum SurvivalBasis: Hashable, Sendable {
    /// A steward's decision, whatever the records state.
    case pinned
    /// No other value was stated; by one record or by several.
    case unopposed
    /// A rule told the value from the others.
    case rule(SurvivorshipRule)
    /// No rule told it from another; the order of the content did.
    case content

    /// The word by which people and JSON know it.
    package var name: String {
        switch self {
        case .pinned: "pinned"
        case .unopposed: "unopposed"
        case .rule(let rule): rule.rawValue
        case .content: "content"
        }
    }
}

/// Where the value of one field of a golden record comes from.
package struct FieldProvenance: Hashable, Sendable {
    package var field: DemographicField
    /// The record whose spelling stands, or by way of which the value is pinned.
    package var record: Int64
    /// The number of its source; 0 for a pinned value, since a steward is the source.
    package var source: Int32
    /// All records that state the value, however they spell it, by their numbers.
    package var agreeing: [Int64]
    /// The number of other values that were stated.
    package var rivals: Int
    package var basis: SurvivalBasis
    /// Who pinned the value, and when; nil where no steward did.
    package var pin: PinnedValue?
}

/// Where an identifier of a golden record comes from.
package struct IdentifierProvenance: Hashable, Sendable {
    package var identifier: LocalIdentifier
    package var finding: IdentifierFinding
    /// The records that state it, by their numbers.
    package var records: [Int64]
}

/// A golden record, and where each part of it comes from.
package struct GoldenDerivation: Hashable, Sendable {
    package var person = PersonRecord()
    /// In the order of the fields; one for each that has a value, or is pinned to have none.
    package var fields: [FieldProvenance] = []
    /// In the order of the record's identifiers.
    package var identifiers: [IdentifierProvenance] = []

    /// Writes field by field: record, how many agree, how many other values, what decided.
    ///
    /// `name` tells a record as people know it; no value of the person is written.
    package func writeProvenance(to writer: inout JSONWriter, name: (Int64) -> String) {
        writer.beginObject()
        for field in fields {
            writer.key(field.field.name)
            writer.beginObject()
            writer.key("record")
            writer.string(name(field.record))
            writer.key("agreeing")
            writer.integer(Int64(field.agreeing.count))
            writer.key("rivals")
            writer.integer(Int64(field.rivals))
            writer.key("basis")
            writer.string(field.basis.name)
            field.pin?.writeMembers(to: &writer)
            writer.endObject()
        }
        writer.endObject()
    }
}
