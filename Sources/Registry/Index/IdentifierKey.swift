internal import Identity

/// An identifier in the form in which the index compares it: authority and canonical value.
struct IdentifierKey: Hashable {
    var authority: String
    var canonical: String
    var finding: IdentifierFinding

    /// The key of an identifier as written; nil for a value that identifies nobody, like a term.
    init?(_ identifier: LocalIdentifier, _ authorities: AuthorityDirectory) {
        let rule = authorities.rule(of: identifier.authority)
        guard rule.kind != .terminology else { return nil }
        let assessment = rule.assess(identifier.value)
        switch assessment.finding {
        case .placeholder, .empty: return nil
        case .valid, .badCheck, .badFormat: break
        }
        authority = identifier.authority
        canonical = assessment.canonical
        finding = assessment.finding
    }

    /// Where the index keeps it.
    var hash: UInt64 { KeyHash.hash(0, authority + "\u{1F}" + canonical) }

    /// Whether a person's record states this identifier.
    func isStated(by person: PersonRecord, _ authorities: AuthorityDirectory) -> Bool {
        person.identifiers.contains { identifier in
            guard identifier.authority == authority,
                let key = IdentifierKey(identifier, authorities)
            else { return false }
            return key.canonical == canonical
        }
    }

    /// The keys of a record, each once.
    static func keys(
        of person: PersonRecord, _ authorities: AuthorityDirectory
    ) -> Set<IdentifierKey> {
        Set(person.identifiers.compactMap { IdentifierKey($0, authorities) })
    }

    /// The numbers of a record by which one person is told from another.
    ///
    /// They are valid, and of national authorities whose values nobody shares.
    static func distinguishing(
        _ person: PersonRecord, _ authorities: AuthorityDirectory
    ) -> [IdentifierKey] {
        person.identifiers.compactMap { identifier in
            guard authorities[identifier.authority]?.distinguishesPersons == true,
                let key = IdentifierKey(identifier, authorities), key.finding == .valid
            else { return nil }
            return key
        }
    }
}

extension IdentifierKey: CustomStringConvertible {
    /// The authority alone: the value is personal data.
    var description: String { "\(authority):…" }
}
