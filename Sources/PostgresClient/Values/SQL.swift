/// One SQL statement whose interpolated values become bound parameters.
///
///     try connection.query("SELECT euid FROM padron.link WHERE record = \(record)")
///
/// `\(value)` binds, `\(fragment)` splices another `SQL`, `\(identifier: name)` quotes a name, and raw text
/// has to be asked for with `\(unsafeSQL: text)`.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// The text between the parameters: one piece more than there are parameters.
    private(set) var pieces: [String]
    /// The bound values.
    package private(set) var parameters: PostgresParameters

    /// Creates a statement without parameters.
    package init(stringLiteral value: String) {
        pieces = [value]
        parameters = PostgresParameters()
    }

    /// Creates a statement from an interpolated literal.
    package init(stringInterpolation: Interpolation) { self = stringInterpolation.statement }

    /// Creates a statement from text that the caller answers for; no part of it may come from outside.
    package init(unsafeSQL text: String) { self.init(stringLiteral: text) }

    /// The text with its parameters as `$1`, `$2`, ….
    package var text: String {
        var text = pieces[0]
        for index in pieces.indices.dropFirst() { text += "$\(index)\(pieces[index])" }
        return text
    }

    /// Appends another statement, whose parameters follow this one's.
    package mutating func append(_ other: SQL) {
        pieces[pieces.count - 1] += other.pieces[0]
        pieces += other.pieces.dropFirst()
        parameters.append(contentsOf: other.parameters)
    }

    /// The parts of an interpolated statement, as the compiler hands them over.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var statement = SQL(stringLiteral: "")

        /// Prepares for a literal.
        package init(literalCapacity: Int, interpolationCount: Int) {
            statement.pieces.reserveCapacity(interpolationCount + 1)
        }

        /// Appends literal text.
        package mutating func appendLiteral(_ literal: String) {
            statement.pieces[statement.pieces.count - 1] += literal
        }

        /// Binds a value.
        package mutating func appendInterpolation(_ value: some PostgresBindable) {
            statement.parameters.append(value)
            statement.pieces.append("")
        }

        /// Splices a statement with its parameters.
        package mutating func appendInterpolation(_ fragment: SQL) { statement.append(fragment) }

        /// Appends a name, quoted.
        package mutating func appendInterpolation(identifier: String) {
            appendLiteral(SQL.quoted(identifier: identifier))
        }

        /// Appends text as it is; no part of it may come from outside.
        package mutating func appendInterpolation(unsafeSQL text: String) { appendLiteral(text) }
    }

    /// A name in double quotes, those within doubled.
    package static func quoted(identifier: String) -> String { quoted(identifier, by: "\"") }

    /// A text in single quotes, those within doubled; for statements that take no parameters.
    ///
    /// It relies on `standard_conforming_strings`, which every connection sets.
    package static func quoted(literal: String) -> String { quoted(literal, by: "'") }

    private static func quoted(_ text: String, by quote: Character) -> String {
        var quoted = String(quote)
        for character in text.unicodeScalars where character != "\0" {
            if Character(character) == quote { quoted.append(quote) }
            quoted.unicodeScalars.append(character)
        }
        quoted.append(quote)
        return quoted
    }
}

extension SQL: CustomStringConvertible, CustomReflectable {
    /// The text, never the values.
    package var description: String { text }
    /// The text alone: reflection must not print values either.
    package var customMirror: Mirror { Mirror(self, children: ["text": text]) }
}
