internal import Identity

/// An identifier in the form in which the index compares it: authority and canonical value.
struct IdentifierKey: Hashable {
    var authority: String
    var canonical: String
    var finding: IdentifierFinding

    /// The key of an identifier as written; nil for a value that identifies nobody.
    init?(_ identifier: LocalIdentifier) {
        let rule = AssigningAuthority.shipped(code: identifier.authority) ?? .unknown
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
    func isStated(by person: PersonRecord) -> Bool {
        person.identifiers.contains { identifier in
            guard identifier.authority == authority, let key = IdentifierKey(identifier) else {
                return false
            }
            return key.canonical == canonical
        }
    }

    /// The keys of a record, each once.
    static func keys(of person: PersonRecord) -> Set<IdentifierKey> {
        Set(person.identifiers.compactMap(IdentifierKey.init))
    }

    /// The numbers of a record by which one person is told from another.
    ///
    /// They are valid, and of national authorities whose values nobody shares.
    static func distinguishing(_ person: PersonRecord) -> [IdentifierKey] {
        person.identifiers.compactMap { identifier in
            guard let rule = AssigningAuthority.shipped(code: identifier.authority),
                rule.kind == .national, !rule.bearersMayShare,
                let key = IdentifierKey(identifier), key.finding == .valid
            else { return nil }
            return key
        }
    }
}

extension IdentifierKey: CustomStringConvertible {
    /// The authority alone: the value is personal data.
    var description: String { "\(authority):…" }
}
