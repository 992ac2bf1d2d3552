internal import Identity
internal import RegistryModel

/// What each column of a registry's table says.
struct EntryColumns: Sendable {
    /// The columns of one field, in the order of the file.
    struct Field: Sendable {
        /// The field's place in the schema.
        var index: Int
        var field: EntryField
        var columns: [(column: Int, key: String?)]
    }

    let header: [String]
    private(set) var code: Int
    private(set) var validFrom: Int?
    private(set) var validTo: Int?
    /// The fields in the schema's order.
    private(set) var fields: [Field] = []
    /// The columns that are not read, for the user to look over.
    private(set) var unrecognised: [String] = []

    /// Recognises a header.
    ///
    /// `overrides` has the names of columns by the canonical column whose values they have, `names` the
    /// canonical columns by the keys of a layout's own names, which go before those of all registers.
    init(
        header: [String], kind: CatalogKind, overrides: [String: String],
        names: [String: String] = [:], path: String
    ) throws(ExtractError) {
        self.header = header
        let schema = kind.schema
        let table = EntryColumnNames.table(of: kind)
        let overridden = try EntryColumns.overridden(header, overrides, path)
        let settled = Set(overrides.keys)
        var columns: [EntryColumn: [Int]] = [:]
        var recognised: [(EntryColumn, Int)] = []
        for (index, name) in header.enumerated() {
            if let canonical = overridden[index] {
                guard let column = EntryColumn(canonical, schema) else {
                    throw .unknownField(name: canonical)
                }
                columns[column, default: []].append(index)
                continue
            }
            let key = ColumnNames.key(of: name)
            if !settled.contains(name), names[key] == nil, let column = EntryColumn(name, schema) {
                columns[column, default: []].append(index)
            } else if let canonical = names[key] ?? table[key], !settled.contains(canonical),
                let column = EntryColumn(canonical, schema)
            {
                recognised.append((column, index))
            }
        }
        for indices in columns.values.sorted(by: { $0[0] < $1[0] }) where indices.count > 1 {
            throw .duplicateColumn(
                path: path, meaning: header[indices[0]], columns: indices.map { header[$0] })
        }
        for (column, index) in recognised {
            // Of a layout's own columns several may be numbers of one list.
            guard columns[column] == nil || column.isRepeated(schema) else { continue }
            columns[column, default: []].append(index)
        }
        guard let code = columns[.code]?[0] else {
            throw .missingColumn(path: path, column: "code")
        }
        self.code = code
        validFrom = columns[.validFrom]?[0]
        validTo = columns[.validTo]?[0]
        for (index, field) in schema.fields.enumerated() {
            let own = columns.flatMap { column, places -> [(column: Int, key: String?)] in
                guard case .field(index, let key) = column else { return [] }
                return places.map { ($0, key) }
            }
            guard !own.isEmpty else { continue }
            fields.append(
                Field(index: index, field: field, columns: own.sorted { $0.column < $1.column }))
        }
        let read = Set(columns.values.joined())
        unrecognised = header.indices.filter { !read.contains($0) }.map { header[$0] }
    }

    /// The canonical column by the place of the column that the user named for it.
    private static func overridden(
        _ header: [String], _ overrides: [String: String], _ path: String
    ) throws(ExtractError) -> [Int: String] {
        var result: [Int: String] = [:]
        for (canonical, name) in overrides {
            let key = ColumnNames.key(of: name)
            guard
                let index = header.firstIndex(of: name)
                    ?? header.firstIndex(where: { ColumnNames.key(of: $0) == key })
            else { throw .missingColumn(path: path, column: name) }
            result[index] = canonical
        }
        return result
    }
}

/// What the values of one canonical column are.
enum EntryColumn: Hashable {
    case code, validFrom, validTo
    /// A field of the schema, and of an object by keys the key.
    case field(Int, key: String?)

    /// The meaning of a canonical name: `code`, `name.es`, `beds.intensive`, `level`.
    init?(_ name: String, _ schema: EntrySchema) {
        switch name.lowercased() {
        case "code": self = .code
        case "valid_from": self = .validFrom
        case "valid_to": self = .validTo
        default:
            let dot = name.utf8.firstIndex(of: UInt8(ascii: "."))
            let fieldName = name[..<(dot ?? name.endIndex)].lowercased()
            guard let index = schema.fields.firstIndex(where: { $0.name == fieldName }) else {
                return nil
            }
            guard let dot else {
                self = .field(index, key: nil)
                return
            }
            let key = String(name[name.utf8.index(after: dot)...])
            guard schema.fields[index].form.hasKeys, !key.isEmpty else { return nil }
            if case .identifiers = schema.fields[index].form {
                self = .field(index, key: key.lowercased())
            } else {
                self = .field(index, key: key)
            }
        }
    }

    /// Whether several columns may each hold elements of it.
    func isRepeated(_ schema: EntrySchema) -> Bool {
        guard case .field(let index, let key) = self else { return false }
        switch schema.fields[index].form {
        case .list: return true
        case .identifiers: return key != nil
        default: return false
        }
    }
}

extension EntryField.Form {
    /// Whether a column may name a key within the field's object.
    var hasKeys: Bool {
        switch self {
        case .localized, .keyed, .identifiers: true
        default: false
        }
    }

    /// Whether its text is JSON whatever it says: groups, alone or in a list.
    var isJSON: Bool {
        switch self {
        case .group: true
        case .list(let element): element.isJSON
        default: false
        }
    }

    /// The form of the values of a keyed field's object; nil for other forms.
    var keyedElement: EntryField.Form? {
        switch self {
        case .localized: .text
        case .keyed(let element): element
        case .identifiers: .list(.text)
        default: nil
        }
    }
}
