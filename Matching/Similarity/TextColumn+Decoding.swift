extension TextColumn {
    /// Decodes the unit that begins at `position` and moves past it.
    ///
    /// Overlong forms, surrogates, values above U+10FFFF and cut sequences give U+FFFD and move on by
    /// one byte, so that any bytes at all decode to something, and always to the same.
    static func decodeUnit(_ bytes: Span<UInt8>, _ position: inout Int) -> UInt16 {
        let first = bytes[position]
        position += 1
        if first < 0x80 { return first == 0 ? 0xFFFD : UInt16(first) }
        let following: Int
        switch first {
        case 0xC2...0xDF: following = 1
        case 0xE0...0xEF: following = 2
        case 0xF0...0xF4: following = 3
        default: return 0xFFFD
        }
        guard position + following <= bytes.count else { return 0xFFFD }
        var scalar = UInt32(first) & (0x3F >> UInt32(following))
        for offset in 0..<following {
            let byte = bytes[position + offset]
            guard byte & 0xC0 == 0x80 else { return 0xFFFD }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        let isOverlong = (following == 2 && scalar < 0x800) || (following == 3 && scalar < 0x10000)
        guard !isOverlong, !(0xD800...0xDFFF).contains(scalar), scalar <= 0x10FFFF else {
            return 0xFFFD
        }
        position += following
        return scalar <= 0xFFFF ? UInt16(scalar) : UInt16(0xD800 | scalar & 0x7FF)
    }
}
