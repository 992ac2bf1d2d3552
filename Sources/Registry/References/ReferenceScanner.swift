internal import RegistryModel

/// Goes through the references of an entry's content without making values of it.
///
/// It finds what `EntryContent.references` finds in contents that were checked.
struct ReferenceScanner {
    /// How a field refers.
    private struct Role {
        var name: String
        /// The kind that is referred to by the field itself or under any key of it; nil where by none.
        var kind: CatalogKind?
        var isKeyed = false
        /// Members of the field's groups that refer.
        var members: [(key: [UInt8], name: String, kind: CatalogKind)] = []
    }

    private var scanner: EntryScanner
    private let roles: [Role]
    /// Whether a field refers: most strings are of fields that do not.
    private let refers: [Bool]

    /// A scanner for contents of a schema.
    init(_ schema: EntrySchema) {
        scanner = EntryScanner(schema)
        roles = schema.fields.map { field in
            var role = Role(name: field.name)
            let references = schema.references.filter { $0.path.first == field.name }
            for reference in references {
                if reference.path.count == 1 {
                    role.kind = reference.kind
                } else if let member = reference.path.last {
                    role.members.append((Array(member.utf8), member, reference.kind))
                }
            }
            if case .keyed = field.form { role.isKeyed = true }
            return role
        }
        refers = roles.map { $0.kind != nil || !$0.members.isEmpty }
    }

    /// Calls a closure with each reference: the field with its key, the kind referred to, what is named.
    mutating func scan(
        _ json: Span<UInt8>,
        _ body: (_ field: () -> String, _ kind: CatalogKind, _ reference: EntryReference) -> Void
    ) {
        let (roles, refers) = (roles, refers)
        scanner.scan(json) { place, key, value in
            guard place.field >= 0, refers[place.field] else { return }
            let role = roles[place.field]
            if let kind = role.kind {
                guard let reference = Self.reference(value) else { return }
                let text = role.isKeyed ? Self.text(key) : ""
                body({ text.isEmpty ? role.name : "\(role.name).\(text)" }, kind, reference)
            } else {
                for member in role.members where member.key.span.isEqual(to: key) {
                    guard let reference = Self.reference(value) else { continue }
                    body({ "\(role.name).\(member.name)" }, member.kind, reference)
                }
            }
        }
    }

    private static func reference(_ value: Span<UInt8>) -> EntryReference? {
        EntryReference(text(value))
    }

    private static func text(_ bytes: Span<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
