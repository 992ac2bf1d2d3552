/// The encoding of a file's values, found out from the values themselves.
///
/// A value that is not UTF-8 is read as Windows-1252, which contains Latin-1's letters, as long as
/// the file has shown no UTF-8 beyond ASCII; after that it is damaged UTF-8 and is repaired with
/// U+FFFD. So a file need not be read twice, and one cut value does not spoil the others.
struct TextEncoding {
    /// Whether UTF-8 beyond ASCII was seen.
    private(set) var hasShownUTF8 = false
    /// Whether a value was read as Windows-1252, which later or earlier text may call in question.
    private(set) var hasGuessed = false

    init(hasShownUTF8: Bool = false) { self.hasShownUTF8 = hasShownUTF8 }

    /// Whether a text can be taken as it is; asked of each row beyond ASCII, and of each value where
    /// the row as a whole cannot.
    mutating func isUTF8(_ text: Span<UInt8>) -> Bool {
        var bits: UInt8 = 0
        for index in text.indices { bits |= text[index] }
        if bits < 0x80 { return true }
        guard TextEncoding.isWellFormed(text) else { return false }
        hasShownUTF8 = true
        return true
    }

    /// Appends a value that is not UTF-8 as UTF-8.
    mutating func transcode(_ text: Span<UInt8>, into output: inout [UInt8]) {
        if hasShownUTF8 {
            let bytes = text.indices.map { text[$0] }
            output += String(decoding: bytes, as: UTF8.self).utf8
            return
        }
        hasGuessed = true
        for index in text.indices {
            let byte = text[index]
            if byte < 0x80 {
                output.append(byte)
            } else {
                let scalar = byte < 0xA0 ? TextEncoding.windows1252[Int(byte - 0x80)] : nil
                output += Character(scalar ?? Unicode.Scalar(byte)).utf8
            }
        }
    }

    private static func isWellFormed(_ text: Span<UInt8>) -> Bool {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: text)
            return true
        } catch {
            return false
        }
    }

    /// What Windows-1252 has in place of Latin-1's control characters; nil where it has nothing.
    private static let windows1252: [Unicode.Scalar?] = [
        "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
        nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
    ]
}
