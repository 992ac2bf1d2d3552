package import Identity
package import Linkage
package import RegistryModel
internal import RegistryStore
internal import Synchronization

extension RegistryNode {
    /// The person that an identifier names.
    ///
    /// A retired enterprise identifier answers with its survivor, and says so.
    ///
    /// - Throws: `unknown-authority`, `invalid-identifier`, `not-found`, `ambiguous` where several
    ///   persons state the identifier.
    package func patient(_ selector: PatientSelector) throws(RegistryError) -> PatientAnswer {
        try person(selector, of: .patient)
    }

    /// The person of a realm that an identifier names.
    ///
    /// - Throws: as `patient`.
    package func person(
        _ selector: PatientSelector, of realm: Realm
    ) throws(RegistryError) -> PatientAnswer {
        switch selector {
        case .enterpriseIdentifier(let euid): try person(euid, realm)
        case .identifier(let identifier): try person(identifier, realm)
        }
    }

    /// The identifiers of a patient in other domains, given one of them.
    ///
    /// The domains asked for are those of `authorities`; all where the list is empty.
    ///
    /// - Throws: as `patient`, and `unknown-authority` for a domain nobody knows.
    package func crossReferences(
        of identifier: LocalIdentifier, to authorities: [String]
    ) throws(RegistryError) -> [LocalIdentifier] {
        let directory = state.surroundings.withLock { $0.directory }
        for authority in authorities where !directory.isAuthority(authority) {
            throw RegistryError.unknownAuthority(authority)
        }
        let wanted = Set(authorities)
        try refuseErased(identifier, directory)
        return try state.index.read { (index) throws(RegistryError) -> [LocalIdentifier] in
            let person = try Self.holder(of: identifier, .patient, index, directory)
            var found: [LocalIdentifier] = []
            var places: [IdentifierKey: (place: Int, standing: (explicit: Int, at: Int64))] = [:]
            for slot in index.activeMembers(of: person) {
                if let source = directory.source(index.records[Int(slot)].source) {
                    found.append(
                        LocalIdentifier(
                            authority: source.source.code, value: index.localID(of: slot)))
                }
                for stated in index.content(of: slot).identifiers {
                    guard let key = IdentifierKey(stated, index.authorities, .patient)
                    else { continue }
                    // As in golden records: what is said of a number's standing goes before nothing,
                    // and what was recorded last before the rest.
                    let standing = (
                        explicit: stated.isPlain ? 0 : 1, at: index.records[Int(slot)].recordedAt
                    )
                    if let known = places[key] {
                        guard standing >= known.standing else { continue }
                        found[known.place].status = stated.status
                        found[known.place].validity = stated.validity
                        places[key] = (known.place, standing)
                        continue
                    }
                    places[key] = (found.count, standing)
                    found.append(
                        LocalIdentifier(
                            authority: key.authority, value: key.canonical,
                            status: stated.status, validity: stated.validity))
                }
            }
            let asked = IdentifierKey(identifier, index.authorities, .patient)
            return found.filter { candidate in
                (wanted.isEmpty || wanted.contains(candidate.authority))
                    && candidate != identifier
                    && !(candidate.authority == asked?.authority
                        && candidate.value == asked?.canonical)
            }
        }
    }

    /// The patients who may be the one described, the likeliest first.
    package func match(
        _ person: PersonRecord, limit: Int, grade: MatchGrade
    ) throws(RegistryError) -> [MatchCandidate] {
        try match(person, of: .patient, limit: limit, grade: grade)
    }

    /// The persons of a realm who may be the one described, the likeliest first.
    package func match(
        _ person: PersonRecord, of realm: Realm, limit: Int, grade: MatchGrade
    ) throws(RegistryError) -> [MatchCandidate] {
        guard (1...RegistryLimits.matchLimitMax).contains(limit) else {
            throw RegistryError(
                .badRequest, "limit is a number from 1 to \(RegistryLimits.matchLimitMax)")
        }
        let (rule, policy) = (state.rule, state.policy)
        return state.index.read { index in
            let found = index.matcher.candidates(
                for: person, of: realm, below: UInt32(index.records.count),
                weightMin: grade == .possible
                    ? Double(Matcher.weightMin) : rule.threshold(of: grade),
                limit: max(limit * 2, RegistryLimits.matchCandidatesMax))
            var seen: Set<UInt32> = []
            var candidates: [MatchCandidate] = []
            for candidate in found where candidates.count < limit {
                let holder = index.records[Int(candidate.slot)].person
                let candidateGrade = rule.grade(candidate.weight)
                guard candidateGrade >= grade, seen.insert(holder).inserted else { continue }
                candidates.append(
                    MatchCandidate(
                        patient: index.answer(holder, policy: policy), weight: candidate.weight,
                        probability: candidate.probability,
                        grade: candidateGrade))
            }
            return candidates
        }
    }

    /// Why two source records weigh what they weigh against each other, under the model in force.
    ///
    /// Records are named by source and local identifier. The answer holds demographics.
    package func explain(
        _ left: LocalIdentifier, _ right: LocalIdentifier
    ) throws(RegistryError) -> MatchExplanation {
        MatchExplanation(
            left: try sourceRecord(left), right: try sourceRecord(right), model: state.model)
    }

    /// What a source says of one of its records.
    package func sourceRecord(_ name: LocalIdentifier) throws(RegistryError) -> PersonRecord {
        let directory = state.surroundings.withLock { $0.directory }
        guard let source = directory.source(name.authority) else {
            throw RegistryError(.unknownSource, "no such source")
        }
        let content = state.index.read { index in
            index.slot(source: source.number, localID: name.value).map { index.content(of: $0) }
        }
        guard let content else {
            throw RegistryError(.notFound, "the source has no such record")
        }
        return content
    }

    /// The golden record of a person, and from which record each part of it comes.
    ///
    /// - Throws: as `patient`.
    package func derivation(
        of selector: PatientSelector
    ) throws(RegistryError) -> GoldenDerivation {
        let person = try patient(selector).enterpriseIdentifier
        let policy = state.policy
        let stated = state.index.read { index in
            index.person(person).map { (index.goldenSources(of: $0), index.pins(of: $0)) }
        }
        guard let (sources, pins) = stated else {
            throw RegistryError(.notFound, "no such person")
        }
        return GoldenRecord.deriveWithProvenance(from: sources, pins: pins, policy: policy)
    }

    private func person(
        _ euid: EnterpriseIdentifier, _ realm: Realm
    ) throws(RegistryError) -> PatientAnswer {
        let survivor = state.retired.withLock { retired -> EnterpriseIdentifier? in
            var current = euid
            while let survivors = retired[current] {
                guard survivors.count == 1 else { return nil }
                current = survivors[0]
            }
            return current
        }
        guard let survivor else {
            throw RegistryError(.ambiguous, "the person was split; ask for its identifiers")
        }
        let policy = state.policy
        let answer = state.index.read { index in
            index.person(survivor).flatMap { person in
                index.realm(ofPerson: person) == realm ? index.answer(person, policy: policy) : nil
            }
        }
        guard var answer else { throw RegistryError(.notFound, "no such person") }
        if survivor != euid { answer.replaces = euid }
        return answer
    }

    private func person(
        _ identifier: LocalIdentifier, _ realm: Realm
    ) throws(RegistryError) -> PatientAnswer {
        let (directory, policy) = (state.surroundings.withLock { $0.directory }, state.policy)
        try refuseErased(identifier, directory)
        return try state.index.read { (index) throws(RegistryError) -> PatientAnswer in
            index.answer(
                try Self.holder(of: identifier, realm, index, directory), policy: policy)
        }
    }

    /// Answers a local identifier whose record was erased.
    private func refuseErased(
        _ identifier: LocalIdentifier, _ directory: SourceDirectory
    ) throws(RegistryError) {
        guard let source = directory.source(identifier.authority),
            // Most registries have erased nobody, and need not look twice for the record.
            !state.erasedNames.withLock({ $0.isEmpty }),
            state.index.read({ $0.slot(source: source.number, localID: identifier.value) == nil }),
            state.erasedNames.withLock({
                $0.contains(source: source.number, localID: identifier.value)
            })
        else { return }
        throw RegistryError(.notFound, "the source's record was erased")
    }

    /// The one person of a realm who holds an identifier.
    static func holder(
        of identifier: LocalIdentifier, _ realm: Realm, _ index: borrowing PatientIndex,
        _ directory: SourceDirectory
    ) throws(RegistryError) -> UInt32 {
        if let source = directory.source(identifier.authority) {
            guard source.source.realm == realm else {
                throw RegistryError(
                    .notFound, "the source's records are of \(source.source.realm.rawValue)s")
            }
            guard let slot = index.slot(source: source.number, localID: identifier.value) else {
                throw RegistryError(.notFound, "the source has no such record")
            }
            return index.records[Int(slot)].person
        }
        guard directory.isAuthority(identifier.authority) else {
            throw RegistryError.unknownAuthority(identifier.authority)
        }
        guard let key = IdentifierKey(identifier, index.authorities, realm) else {
            throw RegistryError(
                .invalidIdentifier, "the value is empty, a placeholder or a mere term")
        }
        let holders = index.holders(of: key)
        switch holders.count {
        case 1: return holders[0]
        case 0 where key.finding == .badCheck:
            throw RegistryError(
                .invalidIdentifier, "the check digit is wrong; look at the number again")
        case 0 where key.finding == .badFormat:
            throw RegistryError(
                .invalidIdentifier, "the value does not have the authority's format")
        case 0: throw RegistryError(.notFound, "nobody has this identifier")
        default:
            // What was one person's number and is now another's names that one: by the clock, since a
            // period ends without anybody saying so.
            let inUse = index.holders(holders, inUse: key)
            if inUse.count == 1 { return inUse[0] }
            throw RegistryError(
                .ambiguous, "\(holders.count) persons have this identifier; a steward must look")
        }
    }
}

extension RegistryError {
    /// The refusal of an authority that nobody knows.
    static func unknownAuthority(_ code: String) -> RegistryError {
        RegistryError(
            .unknownAuthority,
            Source.isCode(code)
                ? "unknown authority \(code)"
                : "an authority's code is lower-case letters, digits and hyphens")
    }
}

extension PatientIndex {
    /// Whether a person has a restricted record.
    func isRestricted(_ person: UInt32) -> Bool {
        !restricted.isEmpty && members(of: person).contains { restricted.contains(Int64($0) + 1) }
    }

    /// A person as it is answered, unmasked.
    func answer(_ person: UInt32, policy: Survivorship) -> PatientAnswer {
        let row = persons[Int(person)]
        let only = onlyMember(of: person)
        let count =
            only.map { records[Int($0)].isWithdrawn ? 0 : 1 } ?? activeMembers(of: person).count
        return PatientAnswer(
            enterpriseIdentifier: row.euid, version: row.version,
            status: count > 0 ? .active : isErased(person) ? .erased : .withdrawn,
            person: golden(of: person, policy: policy), sourceCount: count,
            isRestricted: isRestricted(person), pins: count > 0 ? pins(of: person) : .none)
    }
}

extension LinkRule {
    /// The weight from which a grade is given.
    func threshold(of grade: MatchGrade) -> Double {
        switch grade {
        case .certain: automaticThreshold
        case .probable: reviewThreshold
        case .possible: -.infinity
        }
    }

    /// How sure a weight is.
    func grade(_ weight: Double) -> MatchGrade {
        weight >= automaticThreshold ? .certain : weight >= reviewThreshold ? .probable : .possible
    }
}
