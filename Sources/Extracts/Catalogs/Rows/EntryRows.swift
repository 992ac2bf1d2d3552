internal import RegistryModel

/// Takes the rows of a registry's table apart into entries.
struct EntryRows: Sendable {
    private let columns: EntryColumns
    private let text: EntryText
    private let change: (@Sendable (inout StatedEntry) -> Void)?
    /// The last days read, since whole files say the same few.
    private var lastFrom = (text: "", day: Int32(0))
    private var lastTo = (text: "", day: Int32(0))

    /// Creates a reader of rows; `change` is what a layout knows of an entry beyond its columns.
    init(
        columns: EntryColumns, text: EntryText,
        change: (@Sendable (inout StatedEntry) -> Void)? = nil
    ) {
        self.columns = columns
        self.text = text
        self.change = change
    }

    /// The entry of the row that a reader stands on.
    mutating func entry(of reader: inout DelimitedReader) throws(RefusedRow) -> StatedEntry {
        let line = reader.lineNumber
        guard reader.fieldCount == columns.header.count else {
            throw RefusedRow(
                line: line, code: "",
                problem: .wrongWidth(expected: columns.header.count, found: reader.fieldCount))
        }
        let code = reader.text(at: columns.code)
        do throws(EntryProblem) {
            var entry = StatedEntry(
                line: line, code: code, period: try period(of: &reader),
                members: try members(of: &reader))
            change?(&entry)
            guard !entry.code.isEmpty else { throw EntryProblem.missing(field: "code") }
            return entry
        } catch {
            throw RefusedRow(line: line, code: code, problem: error)
        }
    }

    private mutating func period(
        of reader: inout DelimitedReader
    ) throws(EntryProblem) -> EntryPeriod {
        var from: Int32?
        var through: Int32?
        if let column = columns.validFrom, !reader.isEmpty(at: column) {
            from = try EntryRows.day(reader.text(at: column), "valid_from", &lastFrom)
        }
        if let column = columns.validTo, !reader.isEmpty(at: column) {
            through = try EntryRows.day(reader.text(at: column), "valid_to", &lastTo)
        }
        guard let period = EntryPeriod(from: from, through: through) else {
            throw .endsBeforeItBegins
        }
        return period
    }

    private static func day(
        _ text: String, _ name: String, _ last: inout (text: String, day: Int32)
    ) throws(EntryProblem) -> Int32 {
        if last.text == text { return last.day }
        guard let day = EntryText.dayNumber(text) else {
            throw .badValue(field: name, expected: EntryContent.expectation(.day))
        }
        last = (text, day)
        return day
    }

    private func members(of reader: inout DelimitedReader) throws(EntryProblem) -> [JSONMember] {
        var members: [JSONMember] = []
        members.reserveCapacity(columns.fields.count)
        for place in columns.fields.indices {
            guard let value = try value(place, of: &reader) else { continue }
            members.append(JSONMember(columns.fields[place].field.name, value))
        }
        return members
    }

    /// What the columns of a field say; nil where all are blank.
    private func value(
        _ place: Int, of reader: inout DelimitedReader
    ) throws(EntryProblem) -> JSONValue? {
        let field = columns.fields[place].field
        if let element = field.form.keyedElement {
            return try keyed(place, element, of: &reader)
        }
        let first = columns.fields[place].columns[0].column
        if columns.fields[place].columns.count == 1 {
            if reader.isEmpty(at: first) { return nil }
            if field.form.isJSON {
                let bytes = reader.withField(at: first) { $0.withUnsafeBufferPointer(Array.init) }
                return try text.json(bytes, field.form, field.name)
            }
            return try text.value(reader.text(at: first), field.form, field.name)
        }
        var elements: [JSONValue] = []
        for (column, _) in columns.fields[place].columns where !reader.isEmpty(at: column) {
            let value = try text.value(reader.text(at: column), field.form, field.name)
            elements += value.array ?? [value]
        }
        return elements.isEmpty ? nil : .array(elements)
    }

    /// The object that the columns of a field by key make.
    private func keyed(
        _ place: Int, _ element: EntryField.Form, of reader: inout DelimitedReader
    ) throws(EntryProblem) -> JSONValue? {
        let field = columns.fields[place].field
        var inner: [JSONMember] = []
        for index in columns.fields[place].columns.indices {
            let column = columns.fields[place].columns[index].column
            if reader.isEmpty(at: column) { continue }
            guard let key = columns.fields[place].columns[index].key else {
                let given = reader.text(at: column)
                switch try text.value(given, field.form, field.name) {
                case .object(let members): inner += members
                case let value:
                    // A register's only tariff, or its beds without their kinds.
                    guard let key = EntryRows.bareKey(field.form) else { return value }
                    let single = try text.value(given, element, field.name)
                    inner.append(JSONMember(key, single))
                }
                continue
            }
            let value = try text.value(reader.text(at: column), element, field.name)
            if let known = inner.firstIndex(where: { $0.key == key }) {
                let elements = (inner[known].value.array ?? []) + (value.array ?? [value])
                inner[known].value = .array(elements)
            } else {
                inner.append(JSONMember(key, value))
            }
        }
        return inner.isEmpty ? nil : .object(inner)
    }

    /// The key of a value that stands without one.
    private static func bareKey(_ form: EntryField.Form) -> String? {
        switch form {
        case .localized: "und"
        case .keyed: "total"
        default: nil
        }
    }
}
