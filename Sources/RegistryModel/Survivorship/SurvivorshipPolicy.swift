package import Identity

/// What decides which of several values of a field stands in the golden record.
package enum SurvivorshipRule: String, CaseIterable, Hashable, Sendable {
    /// The value that most records state.
    case agreement
    /// The value that says most: of more words, then of more letters.
    case completeness
    /// The value recorded last.
    case recency
}

/// For each field the rules that decide, the first that tells two values apart.
///
/// Where none does, the content itself decides: so the outcome never depends on the order of the
/// records.
package struct SurvivorshipPolicy: Hashable, Sendable {
    /// The rules of fields without rules of their own.
    package var defaultRules: [SurvivorshipRule]
    /// The rules of fields that differ from the default.
    package var fieldRules: [DemographicField: [SurvivorshipRule]]

    /// Creates a policy.
    package init(
        defaultRules: [SurvivorshipRule],
        fieldRules: [DemographicField: [SurvivorshipRule]] = [:]
    ) {
        self.defaultRules = defaultRules
        self.fieldRules = fieldRules
    }

    /// Agreement first; where a person lives and can be reached, the latest word first.
    package static let standard = SurvivorshipPolicy(
        defaultRules: [.agreement, .completeness, .recency],
        fieldRules: [
            .usedFamily: [.recency, .agreement, .completeness],
            .phone: [.recency, .agreement, .completeness],
            .email: [.recency, .agreement, .completeness],
            .address: [.recency, .agreement, .completeness],
            .municipality: [.recency, .agreement, .completeness],
            .postalCode: [.recency, .agreement, .completeness],
            .insurer: [.recency, .agreement, .completeness],
        ])

    /// The rules of a field.
    package func rules(of field: DemographicField) -> [SurvivorshipRule] {
        fieldRules[field] ?? defaultRules
    }
}
