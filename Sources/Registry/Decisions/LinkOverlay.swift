internal import Identity
internal import RegistryModel
internal import RegistryStore

/// The links of the index with moves that are not yet written.
struct LinkOverlay {
    let index: Guarded<PatientIndex>
    private(set) var moves: [LinkMove] = []
    private var changed: [Int64: SourceRecord] = [:]
    private var arrived: [EnterpriseIdentifier: Set<Int64>] = [:]
    private var left: [EnterpriseIdentifier: Set<Int64>] = [:]
    /// Persons whom a record left or reached, in the order of the moves.
    private(set) var touched: [EnterpriseIdentifier] = []

    /// The links as the index has them.
    init(index: Guarded<PatientIndex>) { self.index = index }

    /// The records that moved, in the order of their moves, each once.
    var changedRecords: [SourceRecord] {
        var seen: Set<Int64> = []
        return moves.compactMap { seen.insert($0.record).inserted ? changed[$0.record] : nil }
    }

    /// A record with its link.
    func record(_ record: Int64) -> SourceRecord {
        changed[record] ?? index.read { $0.sourceRecord(UInt32(record - 1)) }
    }

    /// The person of a record.
    func person(of record: Int64) -> EnterpriseIdentifier {
        changed[record]?.person
            ?? index.read { $0.persons[Int($0.records[Int(record - 1)].person)].euid }
    }

    /// The records of a person as the index has them, in the order of their numbers.
    func membersBefore(of person: EnterpriseIdentifier) -> [Int64] {
        index.read { index in
            index.person(person).map { index.members(of: $0).map { Int64($0) + 1 } } ?? []
        }
    }

    /// The records of a person, in the order of their numbers.
    func members(of person: EnterpriseIdentifier) -> [Int64] {
        let gone = left[person] ?? []
        let come = arrived[person] ?? []
        return (membersBefore(of: person).filter { !gone.contains($0) } + come).sorted()
    }

    /// Moves a record to another person.
    mutating func move(
        _ number: Int64, to person: EnterpriseIdentifier, origin: LinkOrigin, weight: Double?,
        sequence: Int64
    ) {
        var record = record(number)
        guard record.person != person else { return }
        moves.append(
            LinkMove(
                record: number, sequence: sequence, from: record.person, to: person,
                fromOrigin: record.origin, fromWeight: record.weight))
        if arrived[record.person]?.remove(number) == nil {
            left[record.person, default: []].insert(number)
        }
        if left[person]?.remove(number) == nil { arrived[person, default: []].insert(number) }
        touched += [record.person, person]
        record.person = person
        record.origin = origin
        record.weight = weight
        record.sequence = sequence
        changed[number] = record
    }

    /// Writes what the moves make of persons into a batch: links, golden records, who is retired.
    func finish(
        _ batch: inout CommitBatch, policy: SurvivorshipPolicy,
        isRetired: (EnterpriseIdentifier) -> Bool
    ) {
        batch.moves += moves
        batch.changedRecords += changedRecords
        var seen: Set<EnterpriseIdentifier> = []
        for person in touched where seen.insert(person).inserted {
            let before = membersBefore(of: person)
            let members = members(of: person)
            if !members.isEmpty, isRetired(person) { batch.revived.append(person) }
            batch.settle(person, before: before, members: members.count) { self.person(of: $0) }
            if members.count > 1 {
                batch.golden.append(
                    GoldenRow(of: person, members: members.map { record($0) }, policy: policy))
            }
        }
    }
}

extension CommitBatch {
    /// Writes what became of a person whose records moved: retired, or without a stored golden record.
    mutating func settle(
        _ person: EnterpriseIdentifier, before: [Int64], members: Int,
        personOf: (Int64) -> EnterpriseIdentifier
    ) {
        if members < 2, before.count > 1 { goldenRemoved.append(person) }
        // A person that came and went within the batch was never told to anybody.
        guard members == 0, !before.isEmpty else { return }
        retired.append(
            RetiredPerson(person: person, survivors: Set(before.map(personOf)).sorted()))
    }
}

extension GoldenRow {
    /// The golden record of a person of several records.
    init(of person: EnterpriseIdentifier, members: [SourceRecord], policy: SurvivorshipPolicy) {
        let sources = members.map { member in
            GoldenRecordSource(
                person: PackedPerson.person(from: member.content.span) ?? PersonRecord(),
                recordedAt: member.recordedAt)
        }
        self.init(
            person: person, sequence: members.map(\.sequence).max() ?? 0,
            records: Int32(members.count),
            json: GoldenRecord.derive(from: sources, policy: policy).json)
    }
}
