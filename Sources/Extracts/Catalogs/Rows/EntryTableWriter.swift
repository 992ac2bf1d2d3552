internal import RegistryModel

/// Writes entries as a table with canonical columns.
///
/// A field of the schema has a column; an object by keys has one for each key that the first
/// `ExtractLimits.entriesHeldMax` entries have. What has no column of its own stands in the field's
/// column as a JSON object, so that nothing is lost and no file is held whole.
struct EntryTableWriter: ~Copyable {
    private struct Column {
        var field: Int
        var key: String?
    }

    private let path: String
    private let schema: EntrySchema
    private var held: [CatalogEntry] = []
    private var columns: [Column] = []
    private var writer: DelimitedWriter?

    init(path: String, schema: EntrySchema) {
        self.path = path
        self.schema = schema
    }

    mutating func write(_ entry: CatalogEntry) throws(ExtractError) {
        if writer != nil { return try writeRow(entry) }
        held.append(entry)
        if held.count == ExtractLimits.entriesHeldMax { try begin(isWhole: false) }
    }

    mutating func finish() throws(ExtractError) {
        if writer == nil { try begin(isWhole: true) }
        try writer?.finish()
    }

    /// Settles the columns and writes the entries that waited for them.
    private mutating func begin(isWhole: Bool) throws(ExtractError) {
        var header = ["code", "valid_from", "valid_to"]
        for (index, field) in schema.fields.enumerated() {
            if !field.form.hasKeys {
                columns.append(Column(field: index, key: nil))
                header.append(field.name)
                continue
            }
            let (keys, hasOthers) = keys(of: field)
            for key in keys {
                columns.append(Column(field: index, key: key))
                header.append("\(field.name).\(key)")
            }
            if hasOthers || !isWhole {
                columns.append(Column(field: index, key: nil))
                header.append(field.name)
            }
        }
        writer = try DelimitedWriter(path: path, header: header)
        for entry in held { try writeRow(entry) }
        held = []
    }

    /// The keys of a field that get columns, and whether there are others.
    private func keys(of field: EntryField) -> (keys: [String], hasOthers: Bool) {
        var keys = Set<String>()
        var hasOthers = false
        for entry in held {
            guard case .object(let members)? = entry.content[field.name] else { continue }
            for member in members {
                if keys.contains(member.key) { continue }
                if keys.count < ExtractLimits.keysMax,
                    EntryTableWriter.isColumnName(member.key, field)
                {
                    keys.insert(member.key)
                } else {
                    hasOthers = true
                }
            }
        }
        return (keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, hasOthers)
    }

    /// Whether a header can hold a key and give it back.
    private static func isColumnName(_ key: String, _ field: EntryField) -> Bool {
        guard key.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return false }
        if case .identifiers = field.form { return key == key.lowercased() }
        return true
    }

    private mutating func writeRow(_ entry: CatalogEntry) throws(ExtractError) {
        writer?.append(entry.code)
        writer?.append(entry.period.from.map(EntryPeriod.text) ?? "")
        writer?.append(entry.period.through.map(EntryPeriod.text) ?? "")
        var members = entry.content.members[...]
        var place = 0
        while place < columns.count {
            let index = columns[place].field
            let field = schema.fields[index]
            var value: JSONValue?
            if let first = members.first, first.key == field.name {
                value = first.value
                members.removeFirst()
            }
            guard field.form.hasKeys else {
                writer?.append(value.map { EntryTableWriter.text($0) } ?? "")
                place += 1
                continue
            }
            var rest: [JSONMember] = []
            if case .object(let inner)? = value { rest = inner }
            while place < columns.count, columns[place].field == index {
                writer?.append(EntryTableWriter.take(columns[place].key, of: &rest))
                place += 1
            }
        }
        try writer?.endRow()
    }

    /// The text of a key's value, which is taken out; of those that are left where there is no key.
    private static func take(_ key: String?, of members: inout [JSONMember]) -> String {
        guard let key else {
            if members.isEmpty { return "" }
            var json = JSONWriter()
            json.value(.object(members))
            return json.text
        }
        guard let index = members.firstIndex(where: { $0.key == key }) else { return "" }
        return text(members.remove(at: index).value)
    }

    /// A value as a cell holds it.
    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .null: return ""
        case .boolean(let flag): return flag ? "true" : "false"
        case .integer(let number): return String(number)
        case .string(let text): return text
        case .number, .object: break
        case .array(let elements):
            if let text = list(elements) { return text }
        }
        var json = JSONWriter()
        json.value(value)
        return json.text
    }

    /// Elements with bars between them; nil where that could not be taken apart again.
    private static func list(_ elements: [JSONValue]) -> String? {
        var texts: [String] = []
        for element in elements {
            guard let text = element.string ?? element.integer.map(String.init), !text.isEmpty,
                !text.utf8.contains(UInt8(ascii: "|"))
            else { return nil }
            texts.append(text)
        }
        guard texts.first?.utf8.first != UInt8(ascii: "[") else { return nil }
        return texts.joined(separator: " | ")
    }
}
