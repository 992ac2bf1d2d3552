package import Identity
package import RegistryModel
internal import RegistryStore
internal import Synchronization

// Providers and coverage: who somebody is, from memory, and what catalogs say of it, from the archive's
// thread, on which the completion is called once.
extension RegistryNode {
    /// A provider with what registers of the professions say on a day, today where none is named.
    ///
    /// - Note: Fails as `patient` does.
    package func provider(
        _ selector: PatientSelector, on day: Int32?,
        completion: @escaping @Sendable (Result<ProviderAnswer, RegistryError>) -> Void
    ) {
        let answer: PatientAnswer
        do {
            answer = try person(selector, of: .provider)
        } catch {
            return completion(.failure(error))
        }
        let records = state.recordNames(of: answer.enterpriseIdentifier)
        archive.ask(
            { session in
                ProviderAnswer(
                    person: answer,
                    profile: try EntryReading.profile(
                        of: records, on: day ?? CalendarDate.todayNumber, &session))
            }, completion: completion)
    }

    /// Whether the holder of an identifier is insured on a day, today where none is named, and what all
    /// insurers say of all identifiers of that person.
    ///
    /// An identifier that no patient has, or more than one, is looked up alone.
    ///
    /// - Note: Fails with `unknown-authority` and `invalid-identifier`.
    package func coverage(
        of identifier: LocalIdentifier, on day: Int32?,
        completion: @escaping @Sendable (Result<CoverageAnswer, RegistryError>) -> Void
    ) {
        let asked: CoverageAsked
        do {
            asked = try state.coverageAsked(of: identifier)
        } catch {
            return completion(.failure(error))
        }
        archive.ask(
            { session in
                CoverageAnswer(
                    eligibility: Eligibility(
                        try EntryReading.coverage(of: asked.identifiers, &session),
                        on: day ?? CalendarDate.todayNumber, person: asked.person),
                    isRestricted: asked.isRestricted)
            }, completion: completion)
    }
}

// The same for commands, which wait and have a session of their own.
extension RegistryNode {
    /// A provider with what registers of the professions say on a day, nil for today.
    package func provider(_ selector: PatientSelector, on day: Int32?) throws -> ProviderAnswer {
        let answer = try person(selector, of: .provider)
        let records = state.recordNames(of: answer.enterpriseIdentifier)
        var session = try RegistrySession(databaseURL: state.databaseURL)
        return ProviderAnswer(
            person: answer,
            profile: try session.snapshot {
                try EntryReading.profile(of: records, on: day ?? CalendarDate.todayNumber, &$0)
            })
    }

    /// Whether the holder of an identifier is insured on a day, nil for today.
    package func coverage(of identifier: LocalIdentifier, on day: Int32?) throws -> CoverageAnswer {
        let asked = try state.coverageAsked(of: identifier)
        var session = try RegistrySession(databaseURL: state.databaseURL)
        let statements = try session.snapshot {
            try EntryReading.coverage(of: asked.identifiers, &$0)
        }
        return CoverageAnswer(
            eligibility: Eligibility(
                statements, on: day ?? CalendarDate.todayNumber, person: asked.person),
            isRestricted: asked.isRestricted)
    }
}

/// Under which identifiers coverage is looked for.
struct CoverageAsked: Sendable {
    var identifiers: [LocalIdentifier]
    var person: EnterpriseIdentifier?
    var isRestricted = false
}

extension NodeState {
    /// The records of a person that count, by source and local identifier, former ones included.
    func recordNames(of person: EnterpriseIdentifier) -> [LocalIdentifier] {
        let directory = surroundings.withLock { $0.directory }
        return index.read { index in
            guard let row = index.person(person) else { return [] }
            return Self.names(of: row, index, directory)
        }
    }

    /// The identifiers under which an identifier's holder may be insured.
    func coverageAsked(
        of identifier: LocalIdentifier
    ) throws(RegistryError) -> CoverageAsked {
        let directory = surroundings.withLock { $0.directory }
        guard directory.isAuthority(identifier.authority) else {
            throw RegistryError.unknownAuthority(identifier.authority)
        }
        return index.read { index in
            var asked = identifier
            if directory.source(identifier.authority) == nil,
                let key = IdentifierKey(identifier, index.authorities, .patient)
            {
                asked.value = key.canonical
            }
            let holder = try? RegistryNode.holder(of: identifier, .patient, index, directory)
            guard let holder else { return CoverageAsked(identifiers: [asked]) }
            var found = [asked] + Self.names(of: holder, index, directory)
            for slot in index.activeMembers(of: holder) {
                let stated = IdentifierKey.keys(
                    of: index.content(of: slot), index.authorities,
                    source: index.records[Int(slot)].source)
                found += stated.map {
                    LocalIdentifier(authority: $0.authority, value: $0.canonical)
                }
            }
            return CoverageAsked(
                identifiers: found, person: index.persons[Int(holder)].euid,
                isRestricted: index.isRestricted(holder))
        }
    }

    private static func names(
        of person: UInt32, _ index: borrowing PatientIndex, _ directory: SourceDirectory
    ) -> [LocalIdentifier] {
        index.activeMembers(of: person).flatMap { slot -> [LocalIdentifier] in
            guard let source = directory.source(index.records[Int(slot)].source) else { return [] }
            return ([index.localID(of: slot)] + index.formerLocalIDs(of: slot)).map {
                LocalIdentifier(authority: source.source.code, value: $0)
            }
        }
    }
}
