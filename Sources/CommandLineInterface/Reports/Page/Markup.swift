/// HTML that cannot be anything else: literals are markup, whatever is interpolated is text.
///
/// A value of a record is escaped by being interpolated, in content as in a quoted attribute, and
/// there is no way to forget it.
struct Markup: ExpressibleByStringInterpolation, Sendable {
    private(set) var html: String

    init(stringLiteral value: String) { html = value }

    init(stringInterpolation: Interpolation) { html = stringInterpolation.html }

    /// Appends markup.
    static func += (left: inout Markup, right: Markup) { left.html += right.html }

    /// Several pieces one after another.
    static func joined(_ pieces: [Markup], separator: Markup = "") -> Markup {
        var result: Markup = ""
        result.html = pieces.map(\.html).joined(separator: separator.html)
        return result
    }

    /// The pieces of a literal as they come.
    struct Interpolation: StringInterpolationProtocol {
        fileprivate var html = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            html.reserveCapacity(literalCapacity)
        }

        mutating func appendLiteral(_ literal: String) { html += literal }

        /// Text, escaped.
        mutating func appendInterpolation(_ text: String) {
            html += Markup.escaped(VisibleText.of(text))
        }

        /// The program's own sentences, escaped, whole however long they are.
        mutating func appendInterpolation(prose text: String) { html += Markup.escaped(text) }

        /// Text of the program's own, of any length: digits, blanks and points.
        mutating func appendInterpolation(plain text: String) {
            assert(text.utf8.allSatisfy { $0 < 0x3A && $0 != 0x22 && $0 != 0x26 && $0 != 0x27 })
            html += text
        }

        mutating func appendInterpolation(_ number: Int) { html += String(number) }

        mutating func appendInterpolation(_ markup: Markup) { html += markup.html }

        mutating func appendInterpolation(_ pieces: [Markup]) {
            for piece in pieces { html += piece.html }
        }
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension Markup {
    /// Texts one after another, commas between them.
    static func list(_ texts: [String], separator: Markup = ", ") -> Markup {
        joined(texts.map { "\($0)" }, separator: separator)
    }

    /// A value of a record, whose direction does not spill over into what surrounds it.
    static func value(_ text: String) -> Markup { "<bdi>\(text)</bdi>" }
}
