internal import Identity
internal import RegistryModel
internal import RegistryStore

/// The sources and authorities that the registry knows.
struct SourceDirectory: Sendable {
    private var byCode: [String: NumberedSource] = [:]
    private var byNumber: [Int32: NumberedSource] = [:]
    private var addedAuthorities: Set<String> = []

    /// An empty directory.
    init() {}

    /// A directory of what the database holds.
    init(sources: [NumberedSource], authorities: [String]) {
        for source in sources {
            byCode[source.source.code] = source
            byNumber[source.number] = source
        }
        addedAuthorities = Set(authorities)
    }

    /// The source with a code.
    func source(_ code: String) -> NumberedSource? { byCode[code] }

    /// The source with a number.
    func source(_ number: Int32) -> NumberedSource? { byNumber[number] }

    /// The numbers of the sources in which one person has one record.
    var onePerPerson: Set<Int32> {
        Set(byNumber.values.filter(\.source.isOnePerPerson).map(\.number))
    }

    /// Whether an authority's identifiers can be asked for, those of sources included.
    func isAuthority(_ code: String) -> Bool {
        byCode[code] != nil || addedAuthorities.contains(code)
            || AssigningAuthority.shipped(code: code) != nil
    }

    /// Settles a record: the source's number, and the authority of numbers that name none.
    func settle(
        _ submission: PatientSubmission, defaultRecordedAt: Int64
    ) throws(RegistryError) -> SubmittedRow {
        guard let source = byCode[submission.source] else {
            throw RegistryError(
                .unknownSource, "unknown source; add it with padron source add, or name another")
        }
        if let problem = SubmissionRules.problem(submission.localID, submission.person) {
            throw RegistryError(.badRequest, problem)
        }
        return SubmittedRow(
            source: source.number, localID: submission.localID,
            recordedAt: submission.recordedAt ?? defaultRecordedAt,
            person: SubmissionRules.settled(submission.person, source.source))
    }
}

/// What a record must satisfy to be kept.
enum SubmissionRules {
    /// A record whose numbers without an authority have the source's.
    static func settled(_ person: PersonRecord, _ source: Source) -> PersonRecord {
        var settled = person
        for index in settled.identifiers.indices where settled.identifiers[index].authority.isEmpty
        {
            settled.identifiers[index].authority = source.defaultAuthority
        }
        return settled
    }

    /// Why a record cannot be taken; nil where it can.
    static func problem(_ localID: String, _ person: PersonRecord) -> String? {
        if let problem = problem(localID: localID) { return problem }
        if hasZero(person) { return "a value holds the character U+0000, which cannot be kept" }
        if !DemographicField.allCases.contains(where: person.has), person.identifiers.isEmpty {
            return "the record says nothing of the patient"
        }
        return nil
    }

    /// Why a local identifier cannot be taken; nil where it can.
    static func problem(localID: String) -> String? {
        if localID.isEmpty { return "local_id is empty" }
        if localID.utf8.count > RegistryLimits.localIDBytesMax {
            return "local_id is longer than \(RegistryLimits.localIDBytesMax) bytes"
        }
        return localID.utf8.contains(0)
            ? "a value holds the character U+0000, which cannot be kept" : nil
    }

    private static func hasZero(_ person: PersonRecord) -> Bool {
        if person.identifiers.contains(where: {
            $0.value.utf8.contains(0) || $0.authority.utf8.contains(0)
        }) {
            return true
        }
        return DemographicField.allCases.contains { field in
            person.withBytes(of: field) { bytes in
                for index in bytes.indices where bytes[index] == 0 { return true }
                return false
            }
        }
    }
}
