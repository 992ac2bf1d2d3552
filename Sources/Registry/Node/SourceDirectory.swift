internal import Identity
internal import RegistryModel
internal import RegistryStore

/// The sources and authorities that the registry knows.
struct SourceDirectory: Sendable {
    private var byCode: [String: NumberedSource] = [:]
    private var byNumber: [Int32: NumberedSource] = [:]
    /// What the planner of batches must know of the sources.
    private(set) var traits = SourceTraits()
    /// The authorities that number persons and things, beside the sources.
    private(set) var authorities = AuthorityDirectory.shipped

    /// An empty directory.
    init() {}

    /// A directory of what the database holds.
    init(sources: [NumberedSource], authorities: AuthorityDirectory) {
        for source in sources {
            byCode[source.source.code] = source
            byNumber[source.number] = source
        }
        self.authorities = authorities
        for source in sources {
            if source.source.isOnePerPerson { traits.onePerPerson.insert(source.number) }
            if source.source.rules.badIdentifiers == .quarantine {
                traits.quarantining.insert(source.number)
            }
            if !source.source.territory.isEmpty {
                traits.territories[source.number] = source.source.territory
            }
            if source.source.rules.isOfTests { traits.ofTests.insert(source.number) }
            if source.source.realm == .provider { traits.hasProviders = true }
        }
    }

    /// The source with a code.
    func source(_ code: String) -> NumberedSource? { byCode[code] }

    /// How many sources there are.
    var count: Int { byNumber.count }

    /// The source with a number.
    func source(_ number: Int32) -> NumberedSource? { byNumber[number] }

    /// The numbers of the sources whose records are of providers, as text.
    var providerSources: Set<String> {
        Set(byNumber.keys.filter { Realm(ofSource: $0) == .provider }.map { String($0) })
    }

    /// Whether an authority's identifiers can be asked for, those of sources included.
    func isAuthority(_ code: String) -> Bool {
        byCode[code] != nil || authorities[code] != nil
    }

    /// Settles a record: the source's number, and the authority of numbers that name none.
    func settle(
        _ submission: PatientSubmission, defaultRecordedAt: Int64
    ) throws(RegistryError) -> SubmittedRow {
        guard let source = byCode[submission.source] else {
            throw RegistryError(
                .unknownSource, "unknown source; add it with padron source add, or name another")
        }
        guard source.source.realm == submission.realm else {
            throw RegistryError(
                .badRequest,
                "the source's records are of \(source.source.realm.rawValue)s: "
                    + "PUT \(source.source.realm.rawValue)")
        }
        let person = try settledPerson(submission.localID, submission.person, source.source)
        return SubmittedRow(
            source: source.number, localID: submission.localID,
            recordedAt: submission.recordedAt ?? defaultRecordedAt,
            person: person)
    }

    /// The record as it is kept, with authorities for the numbers that name none.
    ///
    /// - Throws: `bad-request` and `invalid-identifier` for what its source must not send.
    func settledPerson(
        _ localID: String, _ person: PersonRecord, _ source: Source
    ) throws(RegistryError) -> PersonRecord {
        if let problem = SubmissionRules.problem(localID, person) {
            throw RegistryError(.badRequest, problem)
        }
        let settled = SubmissionRules.settled(person, source)
        if let refusal = IdentifierRules(source.rules, authorities).refusal(of: settled) {
            throw refusal
        }
        if source.rules.badIdentifiers == .reject {
            for identifier in settled.identifiers
            where !identifier.authority.isEmpty && !isAuthority(identifier.authority) {
                throw RegistryError.unknownAuthority(identifier.authority)
            }
        }
        return settled
    }
}

/// Sources of whom the planner of batches knows something, by their numbers.
struct SourceTraits: Sendable {
    /// Sources in which one person has one record at most.
    var onePerPerson: Set<Int32> = []
    /// Sources whose records with bad identifiers wait for a steward.
    var quarantining: Set<Int32> = []
    /// The territories of sources that have one.
    var territories: [Int32: String] = [:]
    /// Sources of invented patients.
    var ofTests: Set<Int32> = []
    /// Whether there are sources of providers.
    var hasProviders = false
}
