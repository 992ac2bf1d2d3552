import Identity
import RegistryModel

/// A golden record as a steward reads it: each value, and the record and rule that it owes it to.
struct ProvenanceText {
    private let derivation: GoldenDerivation
    private let name: (Int64) -> String

    /// Prepares the text; `name` tells a record by its number as people know it.
    init(_ derivation: GoldenDerivation, name: @escaping (Int64) -> String) {
        self.derivation = derivation
        self.name = name
    }

    /// Who pinned a value, when and by which operation.
    static func text(of pin: PinnedValue) -> String {
        "pinned by \(pin.actor) at \(RecordText.time(pin.pinnedAt)), operation \(pin.operation)"
    }

    /// A table of fields, then one of identifiers.
    var lines: [String] {
        var fields = TextTable(["field", "value", "record", "agree", "others", "decided by"])
        for field in derivation.fields {
            fields.add([
                field.field.name.description,
                derivation.person.values(of: field.field).joined(separator: "; "),
                name(field.record), "\(field.agreeing.count)", "\(field.rivals)",
                field.pin.map(Self.text(of:)) ?? field.basis.name,
            ])
        }
        var identifiers = TextTable(["identifier", "value", "finding", "records"])
        for stated in derivation.identifiers {
            identifiers.add([
                stated.identifier.authority, stated.identifier.readable, "\(stated.finding)",
                stated.records.map(name).joined(separator: " "),
            ])
        }
        return fields.lines + (derivation.identifiers.isEmpty ? [] : [""] + identifiers.lines)
    }
}
