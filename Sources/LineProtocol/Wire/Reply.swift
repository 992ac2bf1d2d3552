package import RegistryModel

/// Writes replies in the protocol's form behind what a buffer holds.
///
/// ```
/// reply = [ "@" tag SP ] "OK" SP count *( SP key "=" value ) LF count*( JSON object LF )
///       / [ "@" tag SP ] "ERR" SP code SP message LF
/// ```
package enum Reply {
    /// A key and its value in a reply's first line.
    package typealias Field = (key: StaticString, value: String)

    /// Appends a success: `body` holds `count` objects, each ended by a line feed.
    package static func appendSuccess(
        tag: RequestTag?, count: Int, fields: [Field] = [], body: [UInt8],
        to output: inout [UInt8]
    ) {
        append(tag, to: &output)
        append("OK ", to: &output)
        appendDecimal(count, to: &output)
        for field in fields {
            output.append(UInt8(ascii: " "))
            append(field.key, to: &output)
            output.append(UInt8(ascii: "="))
            appendValue(field.value, to: &output)
        }
        output.append(UInt8(ascii: "\n"))
        output += body
    }

    /// Appends a success without objects.
    package static func appendSuccess(
        tag: RequestTag?, fields: [Field] = [], to output: inout [UInt8]
    ) {
        appendSuccess(tag: tag, count: 0, fields: fields, body: [], to: &output)
    }

    /// Appends a failure; line ends within the message become spaces.
    package static func appendFailure(
        tag: RequestTag?, _ error: RegistryError, to output: inout [UInt8]
    ) {
        append(tag, to: &output)
        append("ERR ", to: &output)
        output.append(contentsOf: error.code.rawValue.utf8)
        output.append(UInt8(ascii: " "))
        for byte in error.message.utf8 { output.append(byte < 0x20 ? UInt8(ascii: " ") : byte) }
        output.append(UInt8(ascii: "\n"))
    }

    /// Appends a value bare where the grammar lets it stand so, else as a JSON string.
    package static func appendValue(_ value: String, to output: inout [UInt8]) {
        let isBare =
            !value.isEmpty
            && value.utf8.allSatisfy { byte in
                byte > 0x20 && byte != 0x7F && byte != UInt8(ascii: "\"")
                    && byte != UInt8(ascii: "{")
            }
        if isBare {
            output.append(contentsOf: value.utf8)
        } else {
            var writer = JSONWriter()
            writer.string(value)
            output.append(contentsOf: writer.bytes)
        }
    }

    private static func append(_ tag: RequestTag?, to output: inout [UInt8]) {
        guard let tag else { return }
        output.append(UInt8(ascii: "@"))
        tag.append(to: &output)
        output.append(UInt8(ascii: " "))
    }

    private static func append(_ text: StaticString, to output: inout [UInt8]) {
        text.withUTF8Buffer { output.append(contentsOf: $0) }
    }

    private static func appendDecimal(_ number: Int, to output: inout [UInt8]) {
        if number < 10 {
            output.append(UInt8(ascii: "0") + UInt8(number))
        } else {
            output.append(contentsOf: String(number).utf8)
        }
    }
}
