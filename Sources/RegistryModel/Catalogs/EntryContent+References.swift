/// Where in an entry's content another entry is named.
package struct ReferenceField: Hashable, Sendable {
    /// The member's names from the outermost in.
    package var path: [String]
    package var kind: CatalogKind
}

extension EntrySchema {
    /// The fields that name entries of a kind.
    package func references(to kind: CatalogKind) -> [ReferenceField] {
        references.filter { $0.kind == kind }
    }

    /// The fields that name other entries.
    package var references: [ReferenceField] { EntrySchema.references(in: fields, []) }

    private static func references(in fields: [EntryField], _ path: [String]) -> [ReferenceField] {
        fields.flatMap { field in references(in: field.form, path + [field.name]) }
    }

    private static func references(
        in form: EntryField.Form, _ path: [String]
    ) -> [ReferenceField] {
        switch form {
        case .reference(let kind): [ReferenceField(path: path, kind: kind)]
        case .list(let element), .keyed(let element): references(in: element, path)
        case .group(let fields): references(in: fields, path)
        case .text, .localized, .choice, .integer, .decimal, .day, .flag, .identifiers: []
        }
    }
}

extension EntryContent {
    /// What it names in some fields: each time the field, with the key where it has several by key.
    package func references(of fields: [ReferenceField]) -> [(String, EntryReference)] {
        var found: [(String, EntryReference)] = []
        for field in fields {
            guard let first = field.path.first, let value = self[first] else { continue }
            EntryContent.references(in: value, field.path.dropFirst(), first, &found)
        }
        return found
    }

    private static func references(
        in value: JSONValue, _ path: ArraySlice<String>, _ name: String,
        _ found: inout [(String, EntryReference)]
    ) {
        switch value {
        case .string(let text):
            guard path.isEmpty, let reference = EntryReference(text) else { return }
            found.append((name, reference))
        case .array(let elements):
            for element in elements { references(in: element, path, name, &found) }
        case .object(let members):
            guard let next = path.first else {
                for member in members {
                    references(in: member.value, path, "\(name).\(member.key)", &found)
                }
                return
            }
            guard let inner = value[next] else { return }
            references(in: inner, path.dropFirst(), "\(name).\(next)", &found)
        case .null, .boolean, .integer, .number: return
        }
    }
}
