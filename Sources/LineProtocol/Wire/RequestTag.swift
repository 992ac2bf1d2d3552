/// The word by which a client recognises the reply to a request; held without an allocation.
package struct RequestTag: Sendable {
    private var bytes = InlineArray<32, UInt8>(repeating: 0)
    private var length: UInt8 = 0

    /// The tag that a text is; nil unless it is 1 to 32 letters, digits, `_` and `-`.
    package init?(_ text: Span<UInt8>) {
        guard (1...ProtocolLimits.tagBytesMax).contains(text.count) else { return nil }
        for index in text.indices {
            guard RequestTag.isTagByte(text[index]) else { return nil }
            bytes[index] = text[index]
        }
        length = UInt8(text.count)
    }

    /// Appends the tag's characters.
    package func append(to output: inout [UInt8]) {
        for index in 0..<Int(length) { output.append(bytes[index]) }
    }

    private static func isTagByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
