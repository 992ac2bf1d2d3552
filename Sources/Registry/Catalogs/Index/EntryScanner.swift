internal import RegistryModel

/// Goes through the strings of an entry's content without making values of them.
///
/// It reads what `EntryContent.json` wrote: compact, checked, its keys without escapes.
struct EntryScanner {
    /// Where a string stands: the field of the schema, and the place in the field's list.
    struct Place {
        var field: Int
        var element = 0
        /// The bytes of the key under which it stands within the field; none where under none.
        fileprivate var key = 0..<0
    }

    /// What is done with a string: where it stands, the key under which it stands there, itself.
    typealias Body = (Place, Span<UInt8>, Span<UInt8>) -> Void

    private let names: [[UInt8]]
    private var unescaped: [UInt8] = []

    /// A scanner for contents of a schema.
    init(_ schema: EntrySchema) { names = schema.fields.map { Array($0.name.utf8) } }

    /// Calls a closure with each string of a content, in the content's order.
    mutating func scan(_ json: Span<UInt8>, _ body: Body) {
        guard json.count > 2 else { return }
        var index = 1
        while index < json.count, json[index] == UInt8(ascii: "\"") {
            let key = string(json, &index)
            index += 1
            let field = names.firstIndex { $0.span.isEqual(to: json.extracting(key.range)) }
            scanValue(json, &index, Place(field: field ?? -1), body)
            index += 1
        }
    }

    private mutating func scanValue(
        _ json: Span<UInt8>, _ index: inout Int, _ place: Place, _ body: Body
    ) {
        switch json[index] {
        case UInt8(ascii: "\""):
            let value = string(json, &index)
            guard place.field >= 0 else { return }
            let key = json.extracting(place.key)
            if value.hasEscapes {
                unescape(json.extracting(value.range))
                body(place, key, unescaped.span)
            } else {
                body(place, key, json.extracting(value.range))
            }
        case UInt8(ascii: "{"):
            index += 1
            while json[index] != UInt8(ascii: "}") {
                var inner = place
                inner.key = string(json, &index).range
                index += 1
                scanValue(json, &index, inner, body)
                if json[index] == UInt8(ascii: ",") { index += 1 }
            }
            index += 1
        case UInt8(ascii: "["):
            index += 1
            var inner = place
            while json[index] != UInt8(ascii: "]") {
                scanValue(json, &index, inner, body)
                inner.element += 1
                if json[index] == UInt8(ascii: ",") { index += 1 }
            }
            index += 1
        default:
            while index < json.count, json[index] != UInt8(ascii: ","),
                json[index] != UInt8(ascii: "]"), json[index] != UInt8(ascii: "}")
            {
                index += 1
            }
        }
    }

    /// The bytes between the quotes of the string that begins at an index, which moves behind it.
    private func string(
        _ json: Span<UInt8>, _ index: inout Int
    ) -> (range: Range<Int>, hasEscapes: Bool) {
        index += 1
        let start = index
        var hasEscapes = false
        while json[index] != UInt8(ascii: "\"") {
            if json[index] == UInt8(ascii: "\\") {
                hasEscapes = true
                index += 1
            }
            index += 1
        }
        index += 1
        return (start..<index - 1, hasEscapes)
    }

    /// Undoes the escapes that `JSONWriter` makes.
    private mutating func unescape(_ text: Span<UInt8>) {
        unescaped.removeAll(keepingCapacity: true)
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\") else {
                unescaped.append(text[index])
                index += 1
                continue
            }
            switch text[index + 1] {
            case UInt8(ascii: "n"): unescaped.append(0x0A)
            case UInt8(ascii: "r"): unescaped.append(0x0D)
            case UInt8(ascii: "t"): unescaped.append(0x09)
            case UInt8(ascii: "u"):
                let digits = (index + 4..<index + 6).map { Self.value(ofDigit: text[$0]) }
                unescaped.append(digits[0] << 4 | digits[1])
                index += 4
            case let other: unescaped.append(other)
            }
            index += 2
        }
    }

    private static func value(ofDigit digit: UInt8) -> UInt8 {
        digit <= UInt8(ascii: "9") ? digit - 0x30 : digit - UInt8(ascii: "a") + 10
    }
}
