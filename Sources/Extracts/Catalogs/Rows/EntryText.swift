internal import Identity
internal import RegistryModel

/// How the text of a cell becomes the value of a field's form.
struct EntryText: Sendable {
    /// The catalog of the file, to which a code without an authority belongs.
    let catalog: CatalogKey
    /// Whether a comma stands before decimals, as where semicolons or tabs part the columns.
    let hasDecimalCommas: Bool

    /// The value of a cell that is not blank.
    ///
    /// - Throws: `badValue` where a number, a day or JSON is none; words are left to the schema.
    func value(
        _ text: String, _ form: EntryField.Form, _ name: String
    ) throws(EntryProblem) -> JSONValue {
        switch form {
        case .text: return .string(text)
        case .choice(let words):
            if words.contains(text) { return .string(text) }
            return .string(ChoiceWords.word(text, among: words) ?? text)
        case .integer:
            guard let number = Int64(text) ?? Int64(EntryText.plainDigits(text)) else {
                throw badValue(name, form)
            }
            return .integer(number)
        case .decimal: return try decimal(text, name)
        case .day: return .string(try EntryText.day(text, name))
        case .flag:
            guard let flag = EntryText.flags[NameFolding.folded(text)] else {
                throw badValue(name, form)
            }
            return .boolean(flag)
        case .reference(let kind): return .string(reference(text, kind))
        case .list(let element): return try list(text, element, name)
        case .localized, .keyed, .identifiers:
            if text.utf8.first == UInt8(ascii: "{"), let object = try? JSONParser.parse(text) {
                return object
            }
            return .string(text)
        case .group: return try json(text, name)
        }
    }

    private func badValue(_ name: String, _ form: EntryField.Form) -> EntryProblem {
        .badValue(field: name, expected: EntryContent.expectation(form))
    }

    private static let flags: [String: Bool] = [
        "true": true, "yes": true, "si": true, "oui": true, "بله": true, "1": true,
        "false": false, "no": false, "non": false, "خیر": false, "0": false,
    ]

    /// A code of the file's own kind without its authority belongs to the file's catalog.
    private func reference(_ text: String, _ kind: CatalogKind) -> String {
        kind == catalog.kind && EntryReference(text) == nil ? "\(catalog.authority):\(text)" : text
    }

    /// Elements with a bar between them, or a JSON array where one of them holds a bar.
    private func list(
        _ text: String, _ element: EntryField.Form, _ name: String
    ) throws(EntryProblem) -> JSONValue {
        if text.utf8.first == UInt8(ascii: "["), let array = try? JSONParser.parse(text).array {
            return .array(array)
        }
        if case .group = element { return .array([try json(text, name)]) }
        var elements: [JSONValue] = []
        for part in EntryText.parts(text) { elements.append(try value(part, element, name)) }
        return .array(elements)
    }

    /// The parts of a text between bars, without blanks around them.
    static func parts(_ text: String) -> [String] {
        guard text.utf8.contains(UInt8(ascii: "|")) else { return [text] }
        let bytes = text.utf8.span
        var parts: [String] = []
        var start = 0
        while start <= bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "|") { end += 1 }
            var (first, last) = (start, end)
            while first < last, bytes[first] <= 0x20 { first += 1 }
            while last > first, bytes[last - 1] <= 0x20 { last -= 1 }
            if first < last {
                parts.append(
                    bytes.extracting(first..<last).withUnsafeBufferPointer {
                        String(decoding: $0, as: UTF8.self)
                    })
            }
            start = end + 1
        }
        return parts
    }

    /// The value of a cell that holds JSON.
    func json(
        _ bytes: [UInt8], _ form: EntryField.Form, _ name: String
    ) throws(EntryProblem) -> JSONValue {
        guard let value = try? JSONParser.parse(bytes) else {
            throw .badValue(field: name, expected: "JSON")
        }
        if case .list = form, value.array == nil { return .array([value]) }
        return value
    }

    private func json(_ text: String, _ name: String) throws(EntryProblem) -> JSONValue {
        guard let value = try? JSONParser.parse(text) else {
            throw .badValue(field: name, expected: "JSON")
        }
        return value
    }

    private func decimal(_ text: String, _ name: String) throws(EntryProblem) -> JSONValue {
        var isPlain = true
        for byte in text.utf8 where byte &- 0x30 > 9 && byte != 0x2E && byte != 0x2D {
            isPlain = false
        }
        if isPlain { return .string(text) }
        var digits = EntryText.plainDigits(text)
        if hasDecimalCommas {
            // 1.234,50: points part the thousands where a comma follows.
            if digits.contains(",") { digits.removeAll { $0 == "." } }
            digits = String(digits.map { $0 == "," ? "." : $0 })
        }
        let isNumber = digits.utf8.allSatisfy {
            $0 &- 0x30 <= 9 || $0 == 0x2E || $0 == 0x2D || $0 == 0x2B
        }
        guard isNumber, !digits.isEmpty else { throw badValue(name, .decimal) }
        return .string(digits)
    }

    /// A number's text with ASCII digits, without blanks among them and signs of money around.
    private static func plainDigits(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if let digit = scalar.properties.numericType == .decimal
                ? scalar.properties.numericValue : nil
            {
                result += String(Int(digit))
            } else if scalar == "\u{066B}" {
                result += "."
            } else if !scalar.properties.isWhitespace, scalar != "\u{066C}" {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A text without the blanks around it.
    static func trimmed(_ text: String) -> String {
        guard
            text.utf8.first.map({ $0 <= 0x20 }) ?? false
                || text.utf8.last.map({ $0 <= 0x20 }) ?? false
        else { return text }
        let bytes = Array(text.utf8)
        let first = bytes.firstIndex { $0 > 0x20 } ?? bytes.count
        let last = bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? first
        return String(decoding: bytes[first..<max(first, last)], as: UTF8.self)
    }

    /// A day in the form `YYYY-MM-DD` of the Gregorian calendar, from any way of writing one.
    static func day(_ text: String, _ name: String) throws(EntryProblem) -> String {
        guard let number = dayNumber(text) else {
            throw .badValue(field: name, expected: EntryContent.expectation(.day))
        }
        return isCanonical(text) ? text : EntryPeriod.text(number)
    }

    /// Whether a day is written as it is kept, years of the Solar Hijri calendar apart.
    private static func isCanonical(_ text: String) -> Bool {
        guard text.utf8.count == 10 else { return false }
        var place = 0
        var year = 0
        for byte in text.utf8 {
            let isHyphen = place == 4 || place == 7
            guard isHyphen ? byte == 0x2D : byte &- 0x30 <= 9 else { return false }
            if place < 4 { year = 10 * year + Int(byte & 0x0F) }
            place += 1
        }
        return year > 1500
    }

    /// The day of a text in days since 1970-01-01; nil where it names no single day.
    static func dayNumber(_ text: String) -> Int32? {
        guard let date = try? PartialDate(text), date.precision == .day else { return nil }
        return date.firstDay
    }
}
