internal import Identity
package import RegistryModel
package import RegistryStore

/// Asks that a person, or one record, be erased; another person must grant it.
package enum ErasureRequest {
    /// Puts the request down, for whom the subject names now.
    ///
    /// - Throws: `unknown-source` and `not-found` for what does not exist, `conflict` for what was
    ///   erased or is asked for already.
    package static func make(
        of subject: DecisionSubject, basis: String, actor: String,
        _ session: inout RegistrySession
    ) throws -> Erasure {
        guard !basis.isEmpty else {
            throw RegistryError(.badRequest, "name the legal basis")
        }
        let person: EnterpriseIdentifier
        let records: [Int64]
        switch subject {
        case .person(let named):
            person = named
            records = try session.records(of: named).sorted()
            guard !records.isEmpty else {
                throw RegistryError(
                    .notFound,
                    "nobody has records under this EUID; padron show tells who answers instead")
            }
        case .record(let name):
            person = try ArchiveReader.person(of: subject, &session)
            records = try session.record(named: name).map { [$0.record] } ?? []
        }
        guard try session.erasingOperations(of: records).isEmpty else {
            throw RegistryError(.conflict, "of this at least one record was erased already")
        }
        return try session.requestErasure(
            of: records, person, isWhole: isWhole(subject), basis: basis, actor: actor)
    }

    private static func isWhole(_ subject: DecisionSubject) -> Bool {
        if case .person = subject { true } else { false }
    }
}
