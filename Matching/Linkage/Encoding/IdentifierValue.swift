/// A number or code of up to 17 digits or 11 letters and digits as one integer that can be taken
/// apart.
///
/// The top two bits tell the form: 0 decimal digits behind a leading 1, 1 base 37, 2 a hash of a
/// longer value, which can be compared for equality alone. 0 is no value.
enum IdentifierValue {
    private static let textForm: UInt64 = 1 &<< 62
    private static let hashForm: UInt64 = 2 &<< 62
    private static let formMask: UInt64 = 3 &<< 62

    /// The value of folded upper-case letters and digits.
    static func of(_ text: Span<UInt8>) -> UInt64 {
        guard text.count > 0 else { return 0 }
        var digits: UInt64 = 1
        var letters: UInt64 = 0
        var isNumber = text.count <= 17
        var isShort = text.count <= 11
        for index in text.indices where isNumber || isShort {
            let byte = text[index]
            if byte &- 0x30 < 10 {
                digits = digits &* 10 &+ UInt64(byte &- 0x30)
                letters = letters &* 37 &+ UInt64(byte &- 0x30) &+ 1
            } else {
                isNumber = false
                isShort = isShort && byte &- 0x41 < 26
                letters = letters &* 37 &+ UInt64(byte &- 0x41) &+ 11
            }
        }
        if isNumber { return digits }
        if isShort { return letters | textForm }
        return TextHash.mix(TextHash.of(text)) & ~formMask | hashForm
    }

    /// Whether one symbol differs, is missing, or two neighbours are exchanged; equal values are
    /// not close.
    static func isClose(_ left: UInt64, _ right: UInt64) -> Bool {
        guard left != right, left & formMask == right & formMask, left & formMask != hashForm else {
            return false
        }
        let base: UInt64 = left & formMask == 0 ? 10 : 37
        var (first, second) = (left & ~formMask, right & ~formMask)
        // Symbols are taken from the end; the common end is passed over first.
        while first % base == second % base, first > 0, second > 0 {
            first /= base
            second /= base
        }
        if first / base == second / base { return true }
        if first / base == second || second / base == first { return true }
        let exchanged = first % (base * base)
        let other = second % (base * base)
        return first / (base * base) == second / (base * base)
            && exchanged / base == other % base && exchanged % base == other / base
    }

    /// The symbols from which the ends of a value are told apart from those of a close one.
    private static let endsMin = 7

    /// The first and the last three symbols of a value, nil for one that is too short.
    ///
    /// Two values that are close agree at one of their ends at least: what was changed, left out or
    /// exchanged lies within two neighbouring places, and with seven symbols or more no two
    /// neighbouring places, nor those of a symbol left out, touch both ends.
    static func ends(_ value: UInt64) -> (first: UInt32, last: UInt32)? {
        let base: UInt64 = value & formMask == 0 ? 10 : 37
        var rest = value & ~formMask
        let last = rest % (base * base * base)
        var symbols = 3
        // Digits stand behind a leading 1, which is kept in front of the first three.
        let bound = base == 10 ? base * base * base * 2 : base * base * base
        while rest >= bound {
            rest /= base
            symbols += 1
        }
        guard symbols >= endsMin else { return nil }
        return (UInt32(rest) + 1, UInt32(last) + 1)
    }
}
