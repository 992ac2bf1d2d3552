internal import Identity
internal import RegistryModel
internal import RegistryStore

/// The links of the index with moves and withdrawals that are not yet written.
struct LinkOverlay {
    let index: Guarded<PatientIndex>
    private(set) var moves: [LinkMove] = []
    private var changed: [Int64: SourceRecord] = [:]
    private var changedOrder: [Int64] = []
    private var arrived: [EnterpriseIdentifier: Set<Int64>] = [:]
    private var left: [EnterpriseIdentifier: Set<Int64>] = [:]
    /// What is pinned by way of records where that changes.
    private var pinned: [Int64: [PinnedValue]] = [:]
    /// Persons whom a record left or reached, in the order of the moves.
    private(set) var touched: [EnterpriseIdentifier] = []

    /// The links as the index has them.
    init(index: Guarded<PatientIndex>) { self.index = index }

    /// The records that moved or changed otherwise, in the order of their first change.
    var changedRecords: [SourceRecord] { changedOrder.compactMap { changed[$0] } }

    /// A record with its link.
    func record(_ record: Int64) -> SourceRecord {
        changed[record] ?? index.read { $0.sourceRecord(UInt32(record - 1)) }
    }

    /// The person of a record.
    func person(of record: Int64) -> EnterpriseIdentifier {
        changed[record]?.person ?? personBefore(of: record)
    }

    /// The person of a record as the index has it.
    func personBefore(of record: Int64) -> EnterpriseIdentifier {
        index.read { $0.persons[Int($0.records[Int(record - 1)].person)].euid }
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
        set(record)
    }

    /// Changes a record where it stands: its state, its version or its local identifier.
    mutating func change(
        _ number: Int64, sequence: Int64, _ body: (inout SourceRecord) -> Void
    ) {
        var record = record(number)
        body(&record)
        record.sequence = sequence
        touched.append(record.person)
        set(record)
    }

    private mutating func set(_ record: SourceRecord) {
        if changed.updateValue(record, forKey: record.record) == nil {
            changedOrder.append(record.record)
        }
    }

    /// What is pinned by way of a record.
    func pins(of record: Int64) -> [PinnedValue] {
        pinned[record] ?? index.read { $0.pins[record] ?? [] }
    }

    /// Pins values by way of a record, in the place of those that are pinned now.
    mutating func pin(_ values: [PinnedValue], of record: Int64, sequence: Int64) {
        pinned[record] = values
        change(record, sequence: sequence) { _ in }
    }

    /// Whether a record counts.
    func isActive(_ record: Int64) -> Bool {
        if let changed = changed[record] { return !changed.isWithdrawn }
        return index.read { !$0.records[Int(record - 1)].isWithdrawn }
    }

    /// Writes what the moves make of persons into a batch: links, golden records, who is retired.
    ///
    /// - Returns: what is said of the deaths of the persons that are left.
    func finish(
        _ batch: inout CommitBatch, policy: Survivorship,
        isRetired: (EnterpriseIdentifier) -> Bool
    ) -> [PersonDeath] {
        var deaths: [PersonDeath] = []
        batch.moves += moves
        for record in changedRecords {
            batch.changedRecords.append(record)
            let wasActive = index.read { !$0.records[Int(record.record - 1)].isWithdrawn }
            guard wasActive == record.isWithdrawn else { continue }
            let change = RecordStateChange(record: record.record, sequence: record.sequence)
            if wasActive { batch.withdrawn.append(change) } else { batch.reinstated.append(change) }
        }
        var seen: Set<EnterpriseIdentifier> = []
        for person in touched where seen.insert(person).inserted {
            let before = membersBefore(of: person)
            let members = members(of: person)
            if !members.isEmpty, isRetired(person) { batch.revived.append(person) }
            let active = members.filter { isActive($0) }
            batch.settle(
                person, before: before, members: members.count, active: active.count
            ) { self.person(of: $0) }
            guard active.count > 1 else {
                // No other source knows the person whose word could be doubted.
                deaths.append(PersonDeath(person: person, records: active, standing: .alive))
                continue
            }
            let pins = PersonPins(members.flatMap { self.pins(of: $0) })
            let (row, death) = GoldenRow.derive(
                of: person, members: active.map { record($0) }, pins: pins, policy: policy)
            batch.golden.append(row)
            deaths.append(PersonDeath(person: person, records: active, standing: death))
        }
        return deaths
    }
}

extension CommitBatch {
    /// Writes what became of a person whose records moved or were withdrawn: retired, or without a
    /// stored golden record.
    mutating func settle(
        _ person: EnterpriseIdentifier, before: [Int64], members: Int, active: Int,
        personOf: (Int64) -> EnterpriseIdentifier
    ) {
        if active < 2, before.count > 1 { goldenRemoved.append(person) }
        // A person that came and went within the batch was never told to anybody.
        guard members == 0, !before.isEmpty else { return }
        retired.append(
            RetiredPerson(person: person, survivors: Set(before.map(personOf)).sorted()))
    }
}

extension GoldenRow {
    /// The golden record of a person of several records that count.
    init(
        of person: EnterpriseIdentifier, members: [SourceRecord], pins: PersonPins,
        policy: Survivorship
    ) {
        self = Self.derive(of: person, members: members, pins: pins, policy: policy).row
    }

    /// The golden record, and what is said of the person's death.
    static func derive(
        of person: EnterpriseIdentifier, members: [SourceRecord], pins: PersonPins,
        policy: Survivorship
    ) -> (row: GoldenRow, death: DeathStanding) {
        var table = StatementTable(recordsExpected: members.count)
        for member in members { table.append(member) }
        return derive(
            of: person, from: table, sequence: members.map(\.sequence).max() ?? 0, pins: pins,
            policy: policy)
    }

    /// The same of what the person's records state; `sequence` is the last event of the records.
    static func derive(
        of person: EnterpriseIdentifier, from table: StatementTable, sequence: Int64,
        pins: PersonPins, policy: Survivorship
    ) -> (row: GoldenRow, death: DeathStanding) {
        let golden = GoldenRecord.derive(from: table, pins: pins, policy: policy)
        let row = GoldenRow(
            person: person, sequence: sequence, records: Int32(table.count), json: golden.json)
        return (row, table.death(golden: golden, pins: pins))
    }
}

extension StatementTable {
    /// Adds a record's current version.
    mutating func append(_ record: SourceRecord) {
        append(
            record.content.span, recordedAt: record.recordedAt, record: record.record,
            source: record.source)
    }
}
