/// Decoding of UTF-8 one code point at a time, where malformed input is data and not an error.
enum UTF8Decoding {
    /// What malformed bytes decode to.
    static let replacement: UInt32 = 0xFFFD

    /// The code point at `index`, which moves behind it.
    ///
    /// A malformed sequence gives U+FFFD once for each maximal part of it that could have begun a
    /// character (Unicode Standard, chapter 3, "U+FFFD Substitution of Maximal Subparts"), so the
    /// scan always moves and never reads past the end.
    @inline(__always)
    static func next(in text: Span<UInt8>, at index: inout Int) -> UInt32 {
        let lead = text[index]
        index += 1
        if lead < 0x80 { return UInt32(lead) }
        if lead >= 0xC2 && lead < 0xE0 && index < text.count {
            let second = text[index]
            if second & 0xC0 == 0x80 {
                index += 1
                return UInt32(lead & 0x1F) << 6 | UInt32(second & 0x3F)
            }
            return replacement
        }
        return longer(lead, in: text, at: &index)
    }

    /// The rest of a sequence of three or four bytes, or the replacement.
    private static func longer(
        _ lead: UInt8, in text: Span<UInt8>, at index: inout Int
    ) -> UInt32 {
        let trailing: Int
        var lowest: UInt8 = 0x80
        var highest: UInt8 = 0xBF
        switch lead {
        case 0xE0: (trailing, lowest) = (2, 0xA0)
        case 0xED: (trailing, highest) = (2, 0x9F)
        case 0xE1...0xEF: trailing = 2
        case 0xF0: (trailing, lowest) = (3, 0x90)
        case 0xF4: (trailing, highest) = (3, 0x8F)
        case 0xF1...0xF3: trailing = 3
        default: return replacement
        }
        var value = UInt32(lead & (trailing == 2 ? 0x0F : 0x07))
        for _ in 0..<trailing {
            guard index < text.count, text[index] >= lowest, text[index] <= highest else {
                return replacement
            }
            value = value << 6 | UInt32(text[index] & 0x3F)
            (lowest, highest) = (0x80, 0xBF)
            index += 1
        }
        return value
    }
}
