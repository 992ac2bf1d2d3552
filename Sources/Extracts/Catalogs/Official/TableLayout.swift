internal import Identity
internal import RegistryModel

/// What a published table says in its own words: the names of its columns, and what they leave to know.
struct TableLayout {
    var format: EntryFormat
    /// Canonical columns by the keys of the table's own names.
    var names: [String: String]
    /// What is known of each entry beyond its columns.
    var change: (@Sendable (inout StatedEntry) -> Void)?

    /// The layout that a format is, or that a table's header shows; nil for any other table.
    init?(format: EntryFormat, kind: CatalogKind, header: [String]) {
        let keys = Set(header.map(ColumnNames.key(of:)))
        switch format {
        case .renipress: self = .renipress
        case .deis: self = .deis
        case .csv where kind == .facility && keys.isSuperset(of: ["norte", "este", "ubigeo"]):
            self = .renipress
        case .csv
        where kind == .facility && keys.contains("nombreoficial")
            && keys.contains(where: { $0.hasPrefix("codigovigente") || $0.hasPrefix("codigonuevo") }
            ):
            self = .deis
        default: return nil
        }
    }

    init(
        format: EntryFormat, columns: [(String, String)],
        change: @escaping @Sendable (inout StatedEntry) -> Void
    ) {
        self.format = format
        self.change = change
        names = [:]
        for (canonical, list) in columns {
            for name in list.split(separator: ",") {
                names[ColumnNames.key(of: String(name))] = canonical
            }
        }
    }
}

extension StatedEntry {
    /// The text of a field.
    subscript(text name: String) -> String? {
        get { members.first { $0.key == name }?.value.string }
        set { self[name] = newValue.map { .string($0) } }
    }

    /// The value of a field; nil takes it away.
    subscript(name: String) -> JSONValue? {
        get { members.first { $0.key == name }?.value }
        set {
            let index = members.firstIndex { $0.key == name }
            if let newValue {
                if let index {
                    members[index].value = newValue
                } else {
                    members.append(JSONMember(name, newValue))
                }
            } else if let index {
                members.remove(at: index)
            }
        }
    }
}
