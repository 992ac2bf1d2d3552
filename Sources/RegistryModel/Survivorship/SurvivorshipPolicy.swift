package import Identity

/// What decides which of several values of a field stands in the golden record.
package enum SurvivorshipRule: String, CaseIterable, Hashable, Sendable {
    /// The value of the origin that the policy trusts most for the field.
    case trust
    /// A value of a record whose identity is verified: one with a valid number that says so.
    case verified
    /// The value that most sources state, however they spell it.
    case agreement
    /// The value that says most: of more words, then of more letters; of a date, the more exact one.
    case completeness
    /// The value recorded last.
    case recency
}

/// Where a statement comes from, as a policy names it.
package enum TrustedOrigin: Hashable, Sendable {
    /// A record of a source.
    case source(String)
    /// A record that has a valid number of an authority.
    case authority(String)

    /// Reads `source:CODE` or `authority:CODE`.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, Source.isCode(String(parts[1])) else { return nil }
        switch parts[0] {
        case "source": self = .source(String(parts[1]))
        case "authority": self = .authority(String(parts[1]))
        default: return nil
        }
    }

    /// The text that `init` reads.
    package var text: String {
        switch self {
        case .source(let code): "source:\(code)"
        case .authority(let code): "authority:\(code)"
        }
    }
}

/// For each field the rules that decide, the first that tells two values apart.
///
/// A death needs more: where the policy trusts somebody in `deceased_date`, one of them must state it, or
/// two sources, unless a single source is all that knows the person.
/// Where none does, the content itself decides: so the outcome never depends on the order of the
/// records. What a steward pins stands before all of them.
package struct SurvivorshipPolicy: Hashable, Sendable {
    /// The rules of fields without rules of their own.
    package var defaultRules: [SurvivorshipRule]
    /// The rules of fields that differ from the default.
    package var fieldRules: [DemographicField: [SurvivorshipRule]]
    /// Whom `trust` prefers, the most trusted first, in fields without an order of their own.
    package var defaultTrust: [TrustedOrigin]
    /// Whom `trust` prefers in fields that differ from the default.
    package var fieldTrust: [DemographicField: [TrustedOrigin]]
    /// The authorities whose valid numbers verify a record.
    ///
    /// Empty for all that number the persons of a country and let nobody share a number.
    package var verifyingAuthorities: Set<String>

    /// Creates a policy.
    package init(
        defaultRules: [SurvivorshipRule],
        fieldRules: [DemographicField: [SurvivorshipRule]] = [:],
        defaultTrust: [TrustedOrigin] = [], fieldTrust: [DemographicField: [TrustedOrigin]] = [:],
        verifyingAuthorities: Set<String> = []
    ) {
        self.defaultRules = defaultRules
        self.fieldRules = fieldRules
        self.defaultTrust = defaultTrust
        self.fieldTrust = fieldTrust
        self.verifyingAuthorities = verifyingAuthorities
    }

    /// Agreement first; where a person lives and can be reached, and whether it lives, the latest
    /// word first.
    ///
    /// Nobody is trusted before others: that is for a registry to say.
    package static let standard = SurvivorshipPolicy(
        defaultRules: [.trust, .agreement, .verified, .completeness, .recency],
        fieldRules: Dictionary(
            uniqueKeysWithValues: [
                .usedFamily, .phone, .email, .address, .municipality, .postalCode, .deceasedDate,
                .insurer,
            ].map { field in (field, [.trust, .recency, .agreement, .completeness]) }))

    /// The rules of a field.
    package func rules(of field: DemographicField) -> [SurvivorshipRule] {
        fieldRules[field] ?? defaultRules
    }

    /// Whom `trust` prefers in a field, the most trusted first.
    package func trust(of field: DemographicField) -> [TrustedOrigin] {
        fieldTrust[field] ?? defaultTrust
    }
}
