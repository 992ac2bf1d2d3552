/// Appends compact JSON text to a byte buffer, without building values first.
///
/// The caller opens and closes objects and arrays in pairs; commas are written as needed.
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Creates a writer with an empty buffer, which has room for text of an expected length.
    package init(bytesExpected: Int = 0) {
        if bytesExpected > 0 { bytes.reserveCapacity(bytesExpected) }
    }

    /// The text written so far.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Forgets the text and keeps the memory.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    /// Opens an object.
    package mutating func beginObject() { open(UInt8(ascii: "{")) }

    /// Closes the innermost object.
    package mutating func endObject() { close(UInt8(ascii: "}")) }

    /// Opens an array.
    package mutating func beginArray() { open(UInt8(ascii: "[")) }

    /// Closes the innermost array.
    package mutating func endArray() { close(UInt8(ascii: "]")) }

    /// Writes a member's key; its value must follow.
    package mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a member's key that is not known when compiling; its value must follow.
    package mutating func key(dynamic name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a string.
    package mutating func string(_ value: String) {
        let text = value.utf8
        string(text.span)
    }

    /// Writes a string given as UTF-8 bytes.
    package mutating func string(_ text: Span<UInt8>) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        // Stretches without escapes, which most texts are as a whole, are copied at once.
        var start = 0
        for index in text.indices {
            let byte = text[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                append(text.extracting(start..<index))
                appendEscape(byte)
                start = index + 1
            }
        }
        append(text.extracting(start..<text.count))
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// Writes an integer.
    package mutating func integer(_ value: Int64) {
        separate()
        bytes.append(contentsOf: String(value).utf8)
        needsComma = true
    }

    /// Writes a number with a given count of decimals; not-a-number and infinities become null.
    package mutating func decimal(_ value: Double, places: Int) {
        guard value.isFinite else { return null() }
        separate()
        var scale: Int64 = 1
        for _ in 0..<places { scale *= 10 }
        // Rounded by hand: `rounded()` would need the C mathematics library here.
        let scaled = value.magnitude * Double(scale) + 0.5
        let units = scaled < 9e18 ? Int64(scaled) : Int64.max
        if value < 0, units > 0 { bytes.append(UInt8(ascii: "-")) }
        bytes.append(contentsOf: String(units / scale).utf8)
        if places > 0 {
            bytes.append(UInt8(ascii: "."))
            let fraction = String(units % scale)
            for _ in fraction.utf8.count..<places { bytes.append(UInt8(ascii: "0")) }
            bytes.append(contentsOf: fraction.utf8)
        }
        needsComma = true
    }

    /// Writes true or false.
    package mutating func boolean(_ value: Bool) { literal(value ? "true" : "false") }

    /// Writes null.
    package mutating func null() { literal("null") }

    /// Writes a whole value.
    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .boolean(let flag): boolean(flag)
        case .integer(let number): integer(number)
        case .number(let number): literal("\(number)")
        case .string(let text): string(text)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let members):
            beginObject()
            for member in members {
                key(dynamic: member.key)
                self.value(member.value)
            }
            endObject()
        }
    }

    /// Writes JSON text that is known to be one whole value.
    package mutating func raw(_ json: [UInt8]) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    /// Writes the members of an object that is known to be compact JSON text.
    package mutating func members(ofObject json: [UInt8]) {
        guard json.count > 2 else { return }
        separate()
        bytes.append(contentsOf: json[1..<json.count - 1])
        needsComma = true
    }

    private mutating func literal(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func append(_ text: Span<UInt8>) {
        text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    private mutating func appendEscape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        default:
            bytes.append(contentsOf: "u00".utf8)
            let digits: StaticString = "0123456789abcdef"
            digits.withUTF8Buffer {
                bytes.append($0[Int(byte >> 4)])
                bytes.append($0[Int(byte & 0xF)])
            }
        }
    }
}
