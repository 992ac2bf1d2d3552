/// Why a text is not the JSON that is taken here.
package enum JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    case malformed(offset: Int)
    case tooDeep
    case duplicateKey
    /// `\u0000` and lone surrogates, which no text column can hold.
    case unstorableCharacter

    package var description: String {
        switch self {
        case .malformed(let offset): "malformed JSON at byte \(offset)"
        case .tooDeep: "JSON is nested deeper than \(JSONParser.depthMax) levels"
        case .duplicateKey: "a JSON object names a key twice"
        case .unstorableCharacter: "\\u0000 and lone surrogates cannot be stored"
        }
    }
}

/// A strict parser of JSON text (RFC 8259) over UTF-8 bytes.
///
/// Stricter than the standard in three points: no key twice, no NUL, no lone surrogate.
package struct JSONParser {
    /// The deepest nesting that is read.
    package static let depthMax = 16

    private let bytes: [UInt8]
    private var offset = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The one value that a text holds, white space around it allowed.
    package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.offset == bytes.count else { throw parser.malformed }
        return value
    }

    /// The one value that a text holds.
    package static func parse(_ text: String) throws(JSONError) -> JSONValue {
        try parse(Array(text.utf8))
    }

    private var malformed: JSONError { .malformed(offset: offset) }

    private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || (0x09...0x0D).contains(byte), byte != 0x0B,
            byte != 0x0C
        { offset += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        offset += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard depth < JSONParser.depthMax else { throw .tooDeep }
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .boolean(true))
        case UInt8(ascii: "f"): return try literal("false", .boolean(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func literal(_ text: String, _ value: JSONValue) throws(JSONError) -> JSONValue
    {
        guard bytes[offset...].starts(with: text.utf8) else { throw malformed }
        offset += text.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        offset += 1
        var members: [JSONMember] = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object([]) }
        repeat {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw malformed }
            let key = try string()
            guard !members.contains(where: { $0.key == key }) else { throw .duplicateKey }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw malformed }
            members.append(JSONMember(key, try value(depth: depth + 1)))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw malformed }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        offset += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array([]) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw malformed }
        return .array(elements)
    }

    private mutating func string() throws(JSONError) -> String {
        offset += 1
        if let plain = try plainString() { return plain }
        var text: [UInt8] = []
        while let byte = current {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let result = String(validating: text, as: UTF8.self) else { throw malformed }
                return result
            case UInt8(ascii: "\\"): try appendEscape(to: &text)
            case 0..<0x20: throw malformed
            default: text.append(byte)
            }
        }
        throw malformed
    }

    /// A string without escapes, whose bytes need no copy; nil, and nothing taken, for others.
    private mutating func plainString() throws(JSONError) -> String? {
        let bytes = bytes
        let span = bytes.span
        let start = offset
        var end = start
        while end < span.count {
            let byte = span[end]
            if byte == UInt8(ascii: "\"") { break }
            guard byte != UInt8(ascii: "\\"), byte >= 0x20 else { return nil }
            end += 1
        }
        guard end < span.count else { throw malformed }
        offset = end + 1
        do throws(UTF8.ValidationError) {
            return String(copying: try UTF8Span(validating: span.extracting(start..<end)))
        } catch {
            throw malformed
        }
    }

    private mutating func appendEscape(to text: inout [UInt8]) throws(JSONError) {
        guard let escape = current else { throw malformed }
        offset += 1
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: try escapedCharacter().utf8)
        default: throw malformed
        }
    }

    private mutating func escapedCharacter() throws(JSONError) -> String {
        var code = UInt32(try hexadecimal())
        if (0xD800..<0xDC00).contains(code) {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
                throw .unstorableCharacter
            }
            let low = UInt32(try hexadecimal())
            guard (0xDC00..<0xE000).contains(low) else { throw .unstorableCharacter }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard code != 0, let scalar = Unicode.Scalar(code) else { throw .unstorableCharacter }
        return String(Character(scalar))
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt16 {
        guard offset + 4 <= bytes.count else { throw malformed }
        var code: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[offset])).hexDigitValue else {
                throw malformed
            }
            code = code << 4 | UInt16(digit)
            offset += 1
        }
        return code
    }

    private mutating func digits() -> Int {
        let start = offset
        while let byte = current, (0x30...0x39).contains(byte) { offset += 1 }
        return offset - start
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = offset
        _ = take(UInt8(ascii: "-"))
        let leadingZero = current == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0, !(leadingZero && whole > 1) else { throw malformed }
        var isIntegral = true
        if take(UInt8(ascii: ".")) {
            isIntegral = false
            guard digits() > 0 else { throw malformed }
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isIntegral = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() > 0 else { throw malformed }
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isIntegral, let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { throw malformed }
        return .number(number)
    }
}
