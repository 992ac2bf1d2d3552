package import Identity

/// How far two records agree, field by field, without a model.
package struct RecordComparison: Sendable {
    /// One field that both records have.
    package struct Step: Sendable, Equatable {
        package var field: ComparisonField
        /// The values compared, as written by the sources.
        package var left: String
        package var right: String
        /// The name of the agreement level.
        package var level: String
    }

    /// The level of every field, 0 where one record lacks it.
    package let vector: ComparisonVector
    /// Fields that both records have.
    package let steps: [Step]

    /// Compares two records.
    package init(left: PersonRecord, right: PersonRecord) {
        var tokens = TokenTable()
        var encoder = PersonEncoder()
        let persons = [left, right].map { encoder.encode($0, tokens: &tokens) }
        var comparator = PairComparator(tokens: tokens)
        let vector = persons.withUnsafeBufferPointer { persons in
            persons.baseAddress.map { comparator.compare($0, $0 + 1) } ?? ComparisonVector()
        }
        self.vector = vector
        steps = ComparisonField.allCases.filter { vector.level($0) > 0 }.map { field in
            Step(
                field: field, left: MatchExplanation.text(field, left),
                right: MatchExplanation.text(field, right),
                level: field.levelNames[vector.level(field)])
        }
    }
}
