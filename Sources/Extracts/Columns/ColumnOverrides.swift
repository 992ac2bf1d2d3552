/// What the user said of columns: `field=column,...`.
package struct ColumnOverrides: Hashable, Sendable, ExpressibleByArrayLiteral {
    /// One canonical field and the name of the column that holds it.
    package struct Override: Hashable, Sendable {
        package var meaning: ColumnMeaning
        package var column: String

        /// Creates an override.
        package init(meaning: ColumnMeaning, column: String) {
            self.meaning = meaning
            self.column = column
        }
    }

    package var overrides: [Override]

    /// Creates overrides.
    package init(arrayLiteral elements: Override...) { overrides = elements }

    /// Reads the value of the option `--columns`.
    package init(parsing text: String) throws(ExtractError) {
        overrides = []
        for part in text.split(separator: ",") {
            guard let equals = part.firstIndex(of: "="), equals > part.startIndex,
                part.index(after: equals) < part.endIndex
            else { throw .badOverride(text: String(part)) }
            let field = String(part[..<equals])
            guard let meaning = ColumnMeaning(name: field) else {
                throw .unknownField(name: field)
            }
            let column = String(part[part.index(after: equals)...])
            overrides.append(Override(meaning: meaning, column: column))
        }
    }
}
