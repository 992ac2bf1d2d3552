internal import Identity
internal import RegistryModel

/// What a source's rules say of the identifiers on a record.
struct IdentifierRules {
    private let rules: SourceRules
    private let authorities: AuthorityDirectory

    /// The rules of a source.
    init(_ rules: SourceRules, _ authorities: AuthorityDirectory) {
        self.rules = rules
        self.authorities = authorities
    }

    /// Why the source's record cannot be taken; nil where it can.
    ///
    /// Numbers of tests come from sources of tests alone, and those state no number of persons,
    /// whatever the rule for bad identifiers is.
    func refusal(of person: PersonRecord) -> RegistryError? {
        for identifier in person.identifiers {
            guard let authority = authorities[identifier.authority] else { continue }
            if authority.isTest, !rules.isOfTests {
                return RegistryError(
                    .invalidIdentifier,
                    "\(authority.code) numbers invented patients, and this is no source of tests")
            }
            if rules.isOfTests, !authority.isTest, authority.distinguishesPersons,
                authority.assess(identifier.value).finding == .valid
            {
                return RegistryError(
                    .invalidIdentifier,
                    "a source of tests cannot state a person's number of \(authority.code)")
            }
        }
        guard rules.badIdentifiers == .reject, let finding = finding(on: person) else { return nil }
        return RegistryError(.invalidIdentifier, finding)
    }

    /// The first thing that is wrong with a record's identifiers, as one line without their values.
    ///
    /// Of a number that the source itself calls entered in error nothing more need be found.
    func finding(on person: PersonRecord) -> String? {
        let status = HealthIdentityStatus(statedBy: person)
        for identifier in person.identifiers where !identifier.isMistaken {
            let code = identifier.authority
            guard let authority = authorities[code] else { continue }
            switch authority.assess(identifier.value).finding {
            case .badCheck: return "the check digit of \(code) is wrong; look at the number again"
            case .badFormat: return "the value of \(code) does not have the authority's format"
            case .valid where HealthIdentityStatus.matriculeAuthorities.contains(code):
                if let status, !status.mayCarryMatricule {
                    return "\(code) stands on an identity of status \(status.code);"
                        + " only \(HealthIdentityStatus.qualified.code) carries it"
                }
            case .valid, .placeholder, .empty: break
            }
        }
        return nil
    }
}
