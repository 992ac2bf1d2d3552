package import Identity

/// A survivorship policy bound to one registry: its sources and authorities.
///
/// A class, since it goes with every look-up and every batch and never changes.
package final class Survivorship: Sendable {
    package let policy: SurvivorshipPolicy
    package let authorities: AuthorityDirectory
    /// Whether the policy looks at the numbers of records at all.
    let looksAtNumbers: Bool
    private let fields: [FieldTrust]
    private let fieldRules: [[SurvivorshipRule]]
    private let sources: [String: Int32]

    /// The standard policy with the shipped authorities.
    package static let standard = Survivorship()

    /// Binds a policy; `sources` are the numbers that records carry, by the codes of sources.
    package init(
        policy: SurvivorshipPolicy = .standard, authorities: AuthorityDirectory = .shipped,
        sources: [String: Int32] = [:]
    ) {
        self.policy = policy
        self.authorities = authorities
        self.sources = sources
        fields = DemographicField.allCases.map { FieldTrust(policy.trust(of: $0), sources) }
        fieldRules = DemographicField.allCases.map(policy.rules(of:))
        looksAtNumbers = DemographicField.allCases.contains { field in
            let rules = policy.rules(of: field)
            return rules.contains(.verified)
                || rules.contains(.trust) && policy.trust(of: field).contains { $0.isAuthority }
        }
    }

    /// The number that the records of a source carry; nil for a source that is not known.
    package func number(ofSource code: String) -> Int32? { sources[code] }

    /// The rules of a field, the first that tells two values apart deciding.
    func rules(of field: DemographicField) -> [SurvivorshipRule] {
        fieldRules[Int(field.rawValue)]
    }

    /// Whether anybody is trusted before others in a field.
    func hasTrust(in field: DemographicField) -> Bool { fields[Int(field.rawValue)].last > 0 }

    /// The place of a record in a field's order of trust, the most trusted at 0.
    func trustRank(of record: RecordStanding, in field: DemographicField) -> Int {
        let trust = fields[Int(field.rawValue)]
        var rank = trust.sources[record.source] ?? trust.last
        for authority in record.validAuthorities {
            rank = min(rank, trust.authorities[authority] ?? trust.last)
        }
        return rank
    }

    /// Whether somebody trusted stands behind a record in a field.
    func isTrusted(_ record: RecordStanding, in field: DemographicField) -> Bool {
        trustRank(of: record, in: field) < fields[Int(field.rawValue)].last
    }

    /// What the policy must know of a record beside its values.
    func standing(ofSource source: Int32, _ person: PersonRecord) -> RecordStanding {
        var standing = RecordStanding(source: source)
        guard looksAtNumbers else { return standing }
        let status = HealthIdentityStatus(statedBy: person)
        for identifier in person.identifiers {
            guard !identifier.isMistaken, let authority = authorities[identifier.authority],
                authority.assess(identifier.value).finding == .valid
            else { continue }
            // A matricule says nothing on an identity that is not qualified.
            if let status, !status.mayCarryMatricule,
                HealthIdentityStatus.matriculeAuthorities.contains(authority.code)
            {
                continue
            }
            standing.validAuthorities.insert(authority.code)
            let verifies =
                policy.verifyingAuthorities.isEmpty
                ? authority.distinguishesPersons
                : policy.verifyingAuthorities.contains(authority.code)
            if verifies { standing.isVerified = true }
        }
        return standing
    }
}

/// What a policy must know of a record beside its values.
struct RecordStanding {
    var source: Int32
    var isVerified = false
    /// The authorities of whom it has a valid number.
    var validAuthorities: Set<String> = []
}

/// A field's order of trust, by what records carry.
private struct FieldTrust: Sendable {
    var sources: [Int32: Int] = [:]
    var authorities: [String: Int] = [:]
    /// The place of whoever is not named.
    var last: Int

    init(_ order: [TrustedOrigin], _ numbers: [String: Int32]) {
        last = order.count
        for (rank, origin) in order.enumerated() {
            switch origin {
            case .source(let code):
                if let number = numbers[code] { sources[number] = rank }
            case .authority(let code): authorities[code] = rank
            }
        }
    }
}

extension TrustedOrigin {
    fileprivate var isAuthority: Bool {
        if case .authority = self { true } else { false }
    }
}
