internal import Identity
package import RegistryModel
package import RegistryStore

/// What a registry's database tells of the past, by the words of its users; needs no index in
/// memory.
package enum ArchiveReader {
    /// The person whom a subject names: itself, or the one who has the record now.
    ///
    /// - Throws: `unknown-source` and `not-found` for a record that does not exist.
    package static func person(
        of subject: DecisionSubject, _ session: inout RegistrySession
    ) throws -> EnterpriseIdentifier {
        switch subject {
        case .person(let person): return person
        case .record(let name):
            if let found = try session.record(named: name) { return found.person }
            let source = try session.sources().first { $0.source.code == name.authority }
            guard let source else {
                throw RegistryError(
                    .unknownSource, "no such source; padron source list has them")
            }
            if try session.erasedNames().contains(source: source.number, localID: name.value) {
                throw RegistryError(.notFound, "the source's record was erased")
            }
            throw RegistryError(
                .notFound, "the source has no such record; look at the local identifier again")
        }
    }

    /// All that is kept of the person whom a subject names.
    ///
    /// `known` gives the numbers of the records that a person has, where an index knows them.
    ///
    /// - Throws: as `person(of:)`, and `not-found` for an EUID that nobody ever had.
    package static func archive(
        of subject: DecisionSubject, _ session: inout RegistrySession,
        known: (EnterpriseIdentifier) -> [Int64]? = { _ in nil }
    ) throws -> PersonArchive {
        let person = try person(of: subject, &session)
        let records = try session.records(of: person, among: known(person))
        let archive = try session.archive(of: person, records: records)
        guard !archive.records.isEmpty || archive.retirement != nil else {
            throw RegistryError(.notFound, "no such person; look at the 14 characters again")
        }
        return archive
    }

    /// The person whom a subject names, as known at a moment.
    ///
    /// - Throws: as `archive(of:)`, and `not-found` where the person was not known then.
    package static func snapshot(
        of subject: DecisionSubject, at time: KnownTime, policy: Survivorship,
        _ session: inout RegistrySession,
        known: (EnterpriseIdentifier) -> [Int64]? = { _ in nil }
    ) throws -> PersonSnapshot {
        let archive = try archive(of: subject, &session, known: known)
        guard let snapshot = PersonSnapshot(archive, at: time, policy: policy) else {
            throw RegistryError(
                .notFound, "the person was not known then; HISTORY tells since when")
        }
        return snapshot
    }

    /// What a person's past is answered with.
    package static func answer(
        _ question: HistoryQuestion, policy: Survivorship,
        _ session: inout RegistrySession,
        known: (EnterpriseIdentifier) -> [Int64]? = { _ in nil }
    ) throws -> HistoryAnswer {
        if let time = question.asOf {
            return .snapshot(
                try snapshot(
                    of: question.subject, at: time, policy: policy, &session, known: known))
        }
        let history = PersonHistory(
            try archive(of: question.subject, &session, known: known))
        return HistoryAnswer(history, limit: question.limit, after: question.after)
    }
}
