internal import Identity
internal import RegistryModel

/// An identifier in the form in which the index compares it: authority and canonical value, of a realm.
struct IdentifierKey: Hashable {
    var realm: Realm
    var authority: String
    var canonical: String
    var finding: IdentifierFinding

    /// The key of an identifier as written of somebody of a realm; nil for a value that identifies nobody,
    /// like a term or a number entered in error.
    init?(_ identifier: LocalIdentifier, _ authorities: AuthorityDirectory, _ realm: Realm) {
        let rule = authorities.rule(of: identifier.authority)
        guard rule.kind != .terminology, !identifier.isMistaken else { return nil }
        let assessment = rule.assess(identifier.value)
        switch assessment.finding {
        case .placeholder, .empty: return nil
        case .valid, .badCheck, .badFormat: break
        }
        self.realm = realm
        authority = identifier.authority
        canonical = assessment.canonical
        finding = assessment.finding
    }

    /// Where the index keeps it.
    var hash: UInt64 {
        KeyHash.hash(realm == .patient ? 0 : .max, authority + "\u{1F}" + canonical)
    }

    /// Whether it is one of the identifiers of a record of the same realm, one in use today where that is asked.
    func isStated(
        among identifiers: [LocalIdentifier], _ authorities: AuthorityDirectory,
        isInUse: Bool = false
    ) -> Bool {
        identifiers.contains { identifier in
            guard identifier.authority == authority, !isInUse || !identifier.isFormer,
                let key = IdentifierKey(identifier, authorities, realm)
            else { return false }
            return key.canonical == canonical
        }
    }

    /// The keys of a record of a source, each once.
    static func keys(
        of person: PersonRecord, _ authorities: AuthorityDirectory, source: Int32
    ) -> Set<IdentifierKey> {
        let realm = Realm(ofSource: source)
        return Set(person.identifiers.compactMap { IdentifierKey($0, authorities, realm) })
    }
}

/// The numbers of a record by which one person is told from another.
///
/// They are valid, and of national authorities whose values nobody shares.
struct DistinguishingNumbers: Hashable {
    private(set) var inUse: [IdentifierKey] = []
    /// Numbers that the person had before: they contradict no other, and still are the person's.
    private(set) var former: [IdentifierKey] = []

    /// The numbers of a record of a source.
    init(_ person: PersonRecord, _ authorities: AuthorityDirectory, source: Int32) {
        self.init(person.identifiers, authorities, source: source)
    }

    /// The numbers among the identifiers of a record of a source.
    init(_ identifiers: [LocalIdentifier], _ authorities: AuthorityDirectory, source: Int32) {
        let realm = Realm(ofSource: source)
        for identifier in identifiers {
            guard let authority = authorities[identifier.authority],
                realm == .patient
                    ? authority.distinguishesPersons : authority.distinguishesProviders,
                let key = IdentifierKey(identifier, authorities, realm), key.finding == .valid
            else { continue }
            if identifier.isFormer { former.append(key) } else { inUse.append(key) }
        }
    }

    /// Whether the record has no such number.
    var isEmpty: Bool { inUse.isEmpty && former.isEmpty }

    /// Whether a number is one of them, in use or not.
    func contains(_ number: IdentifierKey) -> Bool {
        inUse.contains(number) || former.contains(number)
    }

    /// Whether another record has one of them too, in use or not.
    func share(with others: DistinguishingNumbers) -> Bool {
        inUse.contains(where: others.contains) || former.contains(where: others.contains)
    }

    /// Whether a number in use differs from those that another record has of its authority.
    ///
    /// A number that one of the two had before explains the difference.
    func contradict(_ others: DistinguishingNumbers) -> Bool {
        inUse.contains { number in
            guard !others.contains(number) else { return false }
            return others.inUse.contains {
                $0.authority == number.authority && !former.contains($0)
            }
        }
    }
}

extension IdentifierKey: CustomStringConvertible {
    /// The authority alone: the value is personal data.
    var description: String { "\(authority):…" }
}
