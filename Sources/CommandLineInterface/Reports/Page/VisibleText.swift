/// Text of unknown origin, made safe to look at.
///
/// Control characters could move a terminal's cursor, bidirectional controls could make a value read
/// as another; both are written out. Persian's zero-width joiners stay: they are letters' shapes.
enum VisibleText {
    /// The most characters of a value that are shown.
    static let charactersMax = 160
    /// The most scalars, so that a character of a thousand accents ends too.
    private static let scalarsMax = 400

    /// The text with invisible characters written out, cut where it is very long.
    static func of(_ text: String) -> String {
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            count += 1
            guard count <= scalarsMax else { return cut(result) }
            if isHidden(scalar) {
                result += "⟨U+\(hexadecimal(scalar.value))⟩"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result.count > charactersMax ? cut(result) : result
    }

    private static func cut(_ text: String) -> String { text.prefix(charactersMax) + "…" }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200C, 0x200D: false
        case 0x2028, 0x2029: true
        default:
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned: true
            default: false
            }
        }
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
