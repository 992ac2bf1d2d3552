import Identity
package import RegistryModel

/// Reads one request line by the protocol's grammar.
///
/// ```
/// request  = [ "@" tag SP ] verb *( SP argument ) [ SP object ]
/// argument = value / key "=" value
/// key      = lower *( lower / digit / "_" / "." / "-" )
/// value    = bare / JSON string
/// ```
///
/// Messages name keys and places, never values.
package struct RequestParser {
    private var offset = 0

    private init() {}

    /// The request that a line holds.
    ///
    /// - Parameters:
    ///   - line: The bytes without their line end.
    ///   - tag: Set where the line has a tag, also when the rest of it is refused.
    /// - Returns: The request with its verb known and nothing else understood yet.
    /// - Throws: `bad-request`, or `unknown-verb`.
    package static func parse(
        _ line: Span<UInt8>, tag: inout RequestTag?
    ) throws(RegistryError) -> Request {
        tag = nil
        var parser = RequestParser()
        if line.count > 0, line[0] == UInt8(ascii: "@") {
            let word = parser.word(of: line)
            tag = RequestTag(line.extracting(word.lowerBound + 1..<word.upperBound))
            guard tag != nil else {
                throw RegistryError(
                    .badRequest, "a tag is 1 to 32 letters, digits, underscores and hyphens")
            }
            guard parser.takeSpace(in: line) else {
                throw RegistryError(.badRequest, "a verb must follow the tag")
            }
        }
        try checkCharacters(of: line)
        let verb = line.extracting(parser.word(of: line))
        guard !verb.isEmpty else { throw RegistryError(.badRequest, "a verb is missing") }
        guard let verb = Verb(anyCase: verb) else {
            throw RegistryError(.unknownVerb, "unknown verb, HELP lists those there are")
        }
        var request = Request(verb: verb)
        while parser.offset < line.count {
            guard parser.takeSpace(in: line), parser.offset < line.count,
                line[parser.offset] != UInt8(ascii: " ")
            else {
                throw RegistryError(.badRequest, "arguments are separated by one space each")
            }
            if line[parser.offset] == UInt8(ascii: "{") {
                request.object = try parser.object(of: line)
            } else {
                guard request.arguments.count < ProtocolLimits.argumentsMax else {
                    throw RegistryError(
                        .badRequest, "more than \(ProtocolLimits.argumentsMax) arguments")
                }
                request.arguments.append(try parser.argument(of: line))
            }
        }
        return request
    }

    /// The bytes of a request behind its tag, where it has one.
    static func withoutTag(_ line: Span<UInt8>) -> [UInt8] {
        var parser = RequestParser()
        if line.count > 0, line[0] == UInt8(ascii: "@") {
            _ = parser.word(of: line)
            _ = parser.takeSpace(in: line)
        }
        var rest: [UInt8] = []
        rest.reserveCapacity(line.count - parser.offset)
        for index in parser.offset..<line.count { rest.append(line[index]) }
        return rest
    }

    /// Refuses control characters, and bytes that are not UTF-8.
    private static func checkCharacters(of line: Span<UInt8>) throws(RegistryError) {
        var all: UInt8 = 0
        for index in line.indices {
            let byte = line[index]
            all |= byte
            guard byte >= 0x20, byte != 0x7F else {
                throw RegistryError(.badRequest, "control character at byte \(index)")
            }
        }
        guard all >= 0x80 else { return }
        do {
            _ = try UTF8Span(validating: line)
        } catch {
            throw RegistryError(.badRequest, "the request is not UTF-8")
        }
    }

    /// The bytes up to the next space, which may be none.
    private mutating func word(of line: Span<UInt8>) -> Range<Int> {
        let start = offset
        while offset < line.count, line[offset] != UInt8(ascii: " ") { offset += 1 }
        return start..<offset
    }

    private mutating func takeSpace(in line: Span<UInt8>) -> Bool {
        guard offset < line.count, line[offset] == UInt8(ascii: " ") else { return false }
        offset += 1
        return true
    }

    private mutating func argument(
        of line: Span<UInt8>
    ) throws(RegistryError) -> Request.Argument {
        if line[offset] == UInt8(ascii: "\"") {
            return Request.Argument(value: try quoted(of: line, key: ""))
        }
        let start = offset
        while offset < line.count {
            switch line[offset] {
            case UInt8(ascii: " "):
                return Request.Argument(value: text(of: line, start..<offset))
            case UInt8(ascii: "="):
                let key = try key(of: line, start..<offset)
                offset += 1
                return Request.Argument(key: key, value: try value(of: line, key: key))
            case UInt8(ascii: "\""), UInt8(ascii: "{"):
                throw RegistryError(
                    .badRequest, "a value with a quote, a brace or a space is a JSON string")
            default: offset += 1
            }
        }
        return Request.Argument(value: text(of: line, start..<offset))
    }

    private func key(of line: Span<UInt8>, _ range: Range<Int>) throws(RegistryError) -> String {
        for index in range {
            let isAllowed =
                switch line[index] {
                case UInt8(ascii: "a")...UInt8(ascii: "z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
                    UInt8(ascii: "-"):
                    index > range.lowerBound
                default: false
                }
            guard isAllowed else {
                throw RegistryError(
                    .badRequest,
                    "a key is lower-case letters, digits, underscores, periods and hyphens")
            }
        }
        guard !range.isEmpty else { throw RegistryError(.badRequest, "a key before = is missing") }
        return text(of: line, range)
    }

    private mutating func value(
        of line: Span<UInt8>, key: String
    ) throws(RegistryError) -> String {
        if offset < line.count, line[offset] == UInt8(ascii: "\"") {
            return try quoted(of: line, key: key)
        }
        let range = word(of: line)
        for index in range
        where line[index] == UInt8(ascii: "\"") || line[index] == UInt8(ascii: "{") {
            throw RegistryError(
                .badRequest, "the value of \(key) has a quote or a brace: write a JSON string")
        }
        return text(of: line, range)
    }

    /// The JSON string at the offset, up to and with its closing quote.
    private mutating func quoted(
        of line: Span<UInt8>, key: String
    ) throws(RegistryError) -> String {
        let start = offset
        var hasEscape = false
        offset += 1
        while offset < line.count, line[offset] != UInt8(ascii: "\"") {
            if line[offset] == UInt8(ascii: "\\") {
                hasEscape = true
                offset += 1
            }
            offset += 1
        }
        let name = key.isEmpty ? "a value" : "the value of \(key)"
        guard offset < line.count else {
            throw RegistryError(.badRequest, "\(name) lacks its closing quote")
        }
        offset += 1
        guard hasEscape else { return text(of: line, start + 1..<offset - 1) }
        let parsed: JSONValue
        do {
            parsed = try JSONParser.parse(bytes(of: line, start..<offset))
        } catch {
            throw RegistryError(.badRequest, "\(name): \(error)")
        }
        guard let string = parsed.string, RequestParser.isStorable(parsed) else {
            throw RegistryError(.badRequest, "\(name) holds U+001F, which separates values")
        }
        return string
    }

    /// The object that is the rest of the line.
    private mutating func object(of line: Span<UInt8>) throws(RegistryError) -> JSONValue {
        let rest = bytes(of: line, offset..<line.count)
        offset = line.count
        let object: JSONValue
        do {
            object = try JSONParser.parse(rest)
        } catch {
            throw RegistryError(.badRequest, "the object that ends the request: \(error)")
        }
        guard RequestParser.isStorable(object) else {
            throw RegistryError(.badRequest, "the object holds U+001F, which separates values")
        }
        return object
    }

    /// Whether no string of a value holds the character that separates repeated values.
    private static func isStorable(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): !text.utf8.contains(PersonRecord.valueSeparator)
        case .array(let elements): elements.allSatisfy(isStorable)
        case .object(let members):
            members.allSatisfy { isStorable(.string($0.key)) && isStorable($0.value) }
        case .null, .boolean, .integer, .number: true
        }
    }

    /// Text of bytes that are known to be UTF-8.
    private func text(of line: Span<UInt8>, _ range: Range<Int>) -> String {
        line.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    private func bytes(of line: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        line.extracting(range).withUnsafeBufferPointer(Array.init)
    }
}
