package import Identity

/// What an entry says: its fields in the order of its schema, each value of its field's form.
///
/// Two contents that say the same have equal JSON, so that a release tells what changed by comparing it.
package struct EntryContent: Hashable, Sendable {
    /// The fields that have a value, in the schema's order.
    package private(set) var members: [JSONMember]

    /// Nothing.
    package static let empty = EntryContent(unchecked: [])

    private init(unchecked members: [JSONMember]) { self.members = members }

    /// Checks values and brings them into canonical form: blank texts are none, keys stand in order.
    ///
    /// Identifiers and references are written as their authorities write them, where `authorities` knows
    /// those.
    package init(
        _ members: [JSONMember], schema: EntrySchema, authorities: AuthorityDirectory? = nil
    ) throws(EntryProblem) {
        let rules = CodeRules(authorities)
        self.members = try EntryContent.canonical(members, schema, rules)
    }

    /// Content that `json` wrote; it is not checked again.
    package init(stored bytes: [UInt8]) throws(JSONError) {
        guard case .object(let members) = try JSONParser.parse(bytes) else {
            self = .empty
            return
        }
        self.init(unchecked: members)
    }

    /// The value of a field; nil where it says nothing of it.
    package subscript(field: String) -> JSONValue? { members.first { $0.key == field }?.value }

    /// The content as a JSON object.
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.value(.object(members))
        return writer.bytes
    }
}

extension EntryContent {
    private static func canonical(
        _ members: [JSONMember], _ schema: EntrySchema, _ rules: CodeRules
    ) throws(EntryProblem) -> [JSONMember] {
        var values: [JSONValue?] = Array(repeating: nil, count: schema.fields.count)
        for member in members {
            guard let place = schema.place(of: member.key) else {
                throw .unknownField(member.key)
            }
            let field = schema.fields[place]
            values[place] = try canonical(
                member.value, field.form, member.key, rules, codesOf: field.codesOf)
        }
        var result: [JSONMember] = []
        result.reserveCapacity(members.count)
        for place in values.indices {
            if let value = values[place] {
                result.append(JSONMember(schema.fields[place].name, value))
            } else if schema.fields[place].isRequired {
                throw .missing(field: schema.fields[place].name)
            }
        }
        return result
    }

    /// The canonical form of a value; nil where it says nothing.
    private static func canonical(
        _ value: JSONValue, _ form: EntryField.Form, _ name: String, _ rules: CodeRules,
        codesOf authority: String? = nil
    ) throws(EntryProblem) -> JSONValue? {
        if case .null = value { return nil }
        switch form {
        case .text, .choice, .decimal, .day, .reference, .integer, .flag:
            return try rules.canonical(try scalar(value, form, name), form, of: authority)
        case .localized: return try keyed(value, .text, name, rules, bare: "und")
        case .keyed(let element): return try keyed(value, element, name, rules, bare: nil)
        case .identifiers:
            return try keyed(value, .list(.text), name, rules, bare: nil, areIdentifiers: true)
        case .list(let element):
            var elements: [JSONValue] = []
            for item in value.array ?? [value] {
                guard
                    let item = try canonical(item, element, name, rules, codesOf: authority)
                else { continue }
                if !elements.contains(item) { elements.append(item) }
            }
            return elements.isEmpty ? nil : .array(elements)
        case .group(let fields):
            guard case .object(let members) = value else {
                throw .badValue(field: name, expected: "an object")
            }
            do throws(EntryProblem) {
                let inner = try canonical(members, EntrySchema(fields), rules)
                return inner.isEmpty ? nil : .object(inner)
            } catch {
                throw error.within(name)
            }
        }
    }

    /// An object of values by key, the keys in the order of their bytes.
    private static func keyed(
        _ value: JSONValue, _ element: EntryField.Form, _ name: String, _ rules: CodeRules,
        bare: String?, areIdentifiers: Bool = false
    ) throws(EntryProblem) -> JSONValue? {
        let members: [JSONMember]
        switch value {
        case .object(let given): members = given
        default:
            guard let bare else { throw .badValue(field: name, expected: "an object by key") }
            members = [JSONMember(bare, value)]
        }
        var result: [JSONMember] = []
        for member in members {
            guard !member.key.isEmpty, member.key.utf8.count <= 64 else {
                throw .badValue(field: name, expected: "keyed by short words")
            }
            do throws(EntryProblem) {
                let authority = areIdentifiers ? member.key : nil
                let value = try canonical(
                    member.value, element, member.key, rules, codesOf: authority)
                if let value { result.append(JSONMember(member.key, value)) }
            } catch {
                throw error.within(name)
            }
        }
        if result.count > 1 {
            result.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        }
        for (left, right) in zip(result, result.dropFirst()) where left.key == right.key {
            throw .badValue(field: "\(name).\(left.key)", expected: "given once")
        }
        return result.isEmpty ? nil : .object(result)
    }

    private static func scalar(
        _ value: JSONValue, _ form: EntryField.Form, _ name: String
    ) throws(EntryProblem) -> JSONValue? {
        switch (form, value) {
        case (.flag, .boolean), (.integer, .integer): return value
        case (.decimal, .integer(let number)): return .string(String(number))
        default: break
        }
        guard let given = value.string else {
            throw .badValue(field: name, expected: expectation(form))
        }
        let text = given.trimmingBlanks
        if text.isEmpty { return nil }
        guard let result = scalar(text, form) else {
            throw .badValue(field: name, expected: expectation(form))
        }
        return result
    }

    /// The value of a form that a text is; nil where it is none.
    private static func scalar(_ text: String, _ form: EntryField.Form) -> JSONValue? {
        switch form {
        case .choice(let words): words.contains(text) ? .string(text) : nil
        case .integer: Int64(text).map { .integer($0) }
        case .flag: ["true": true, "false": false][text].map { .boolean($0) }
        case .decimal: exactDecimal(text).map { .string($0) }
        case .day: EntryPeriod.day(text) == nil ? nil : .string(text)
        case .reference: EntryReference(text).map { .string($0.text) }
        case .text, .localized, .identifiers, .list, .keyed, .group: .string(text)
        }
    }

    /// A decimal without needless zeros before its first digit or a sign of plus; nil for other texts.
    private static func exactDecimal(_ text: String) -> String? {
        var digits = text[...]
        let isNegative = digits.hasPrefix("-")
        if isNegative || digits.hasPrefix("+") { digits.removeFirst() }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), text.utf8.count <= 32,
            parts.allSatisfy({ part in
                !part.isEmpty
                    && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            })
        else { return nil }
        let whole = parts[0].drop { $0 == "0" }
        return (isNegative ? "-" : "") + (whole.isEmpty ? "0" : String(whole))
            + (parts.count == 2 ? "." + parts[1] : "")
    }

    /// What a value of a form is, in words.
    package static func expectation(_ form: EntryField.Form) -> String {
        switch form {
        case .choice(let words): "one of " + words.joined(separator: ", ")
        case .integer: "a whole number"
        case .decimal: "a number like 12.50"
        case .day: "a day like 2024-01-31"
        case .flag: "true or false"
        case .reference(let kind): "a \(kind.rawValue) as AUTHORITY:CODE"
        case .text, .localized, .identifiers, .list, .keyed, .group: "text"
        }
    }
}

/// An entry that another one names: `cl-deis:101100`.
package struct EntryReference: Hashable, Sendable {
    package var authority: String
    package var code: String

    /// Creates a reference.
    package init(authority: String, code: String) {
        self.authority = authority
        self.code = code
    }

    /// The reference of a text, the authority ending at the first colon; nil for other texts.
    package init?(_ text: String) {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let authority = String(text[..<colon])
        let code = String(text[text.utf8.index(after: colon)...])
        guard Source.isCode(authority), !code.isEmpty else { return nil }
        self.init(authority: authority, code: code)
    }

    /// As it is written.
    package var text: String { "\(authority):\(code)" }
}

extension EntryPeriod {
    /// The day of a text `YYYY-MM-DD`, in days since 1970-01-01; nil for any other text.
    package static func day(_ text: String) -> Int32? {
        guard text.utf8.count == 10, let date = try? PartialDate(text), date.precision == .day,
            date.calendar == .gregorian, date.text == text
        else { return nil }
        return date.firstDay
    }
}

extension String {
    /// The text without blanks at its ends.
    var trimmingBlanks: String {
        // Most texts begin and end with an ASCII letter or digit, for which bytes will do.
        if let first = utf8.first, let last = utf8.last, (0x21...0x7E).contains(first),
            (0x21...0x7E).contains(last)
        {
            return self
        }
        let isBlank: (Character) -> Bool = { $0.isWhitespace }
        guard let first = firstIndex(where: { !isBlank($0) }),
            let last = lastIndex(where: { !isBlank($0) })
        else { return "" }
        return first == startIndex && index(after: last) == endIndex
            ? self : String(self[first...last])
    }
}
