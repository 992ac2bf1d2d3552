internal import Identity
internal import RegistryModel
internal import RegistryStore

/// Decides what a batch of rows does, in their order, against the index and the rows before.
///
/// The outcome is that of registering the rows one after the other, but for one thing: matching
/// sees a record that the batch changes as it was before the batch, a new one as it first came.
/// Ahead of the decisions all new records enter the matcher, above every committed slot; a row then
/// looks only at slots below its own. Nobody else sees them, since look-ups stop at the committed
/// records.
struct BatchPlanner {
    private enum Target {
        case new(Int)
        case update(Int64, version: Int32)
        case stale(Int64, version: Int32)
        case unchanged(Int64)
    }

    let index: Guarded<PatientIndex>
    let policy: Survivorship
    let rule: LinkRule
    let sources: SourceTraits
    /// Persons without records, whose identifiers are not given again.
    let retired: [EnterpriseIdentifier: [EnterpriseIdentifier]]
    let rows: [SubmittedRow]
    let purpose: BatchPurpose
    let occurredAt: Int64

    let stewards: StewardState
    var numbers: WriterNumbers
    let firstSlot: Int
    private var targets: [Target] = []
    /// What was found beforehand for rows of known records.
    private(set) var candidatesOfKnown: [Int: [MatcherCandidate]] = [:]
    /// New records in the order of their slots, from `firstSlot` on.
    var newRecords: [SourceRecord] = []
    private var rowOfNewRecord: [Int] = []
    private var isMatcherOutdated: [Bool] = []
    var changed: [Int64: SourceRecord] = [:]
    private var changedOrder: [Int64] = []
    var versionRows: [(row: Int, record: Int64, version: Int32, sequence: Int64)] = []
    var newMembers: [EnterpriseIdentifier: [UInt32]] = [:]
    var touched: [EnterpriseIdentifier] = []
    /// What the batch asks, and which doubts its rows have settled.
    var doubts = BatchDoubts()
    private var events: [Event] = []
    var outcomes: [RowOutcome] = []
    /// Records that leave a person for another, in the order of the rows.
    var moves: [LinkMove] = []
    /// The sequence of each such record's last move.
    var lastMoves: [Int64: Int64] = [:]
    var departed: [EnterpriseIdentifier: Set<UInt32>] = [:]
    /// Records that the batch puts in quarantine.
    var quarantined: Set<Int64> = []
    /// The records of the batch that state a number, a bounded number of them.
    var numbersOfBatch: [IdentifierKey: [UInt32]] = [:]
    /// What is known of the numbers of persons of many records.
    var numbersOfPersons: [EnterpriseIdentifier: PersonNumbers] = [:]

    /// Prepares to plan a batch behind the numbers given.
    init(
        index: Guarded<PatientIndex>, policy: Survivorship, rule: LinkRule,
        sources: SourceTraits, retired: [EnterpriseIdentifier: [EnterpriseIdentifier]],
        rows: [SubmittedRow], purpose: BatchPurpose, occurredAt: Int64, numbers: WriterNumbers,
        stewards: StewardState
    ) {
        self.index = index
        self.policy = policy
        self.rule = rule
        self.sources = sources
        self.retired = retired
        self.rows = rows
        self.purpose = purpose
        self.occurredAt = occurredAt
        self.numbers = numbers
        self.stewards = stewards
        firstSlot = index.read { $0.records.count }
    }

    /// The records of rows that come late, whose history must be known: they may be repetitions.
    func recordsOfLateRows() -> [Int64] {
        index.read { index in
            rows.compactMap { row in
                guard let slot = index.slot(source: row.source, localID: row.localID),
                    row.recordedAt < index.records[Int(slot)].recordedAt
                else { return nil }
                return Int64(slot) + 1
            }
        }
    }

    /// Plans the batch; `prepared` are its new records where they were entered and matched beforehand.
    ///
    /// New records are in the matcher afterwards, until `withdraw`, or until the plan is applied. `decided` is
    /// handed the new records as soon as it is known whose they are.
    mutating func plan(
        history: [Int64: Set<ContentDigest>], prepared: EnteredRecords? = nil,
        decided: ([SourceRecord]) -> Void = { _ in }
    ) -> BatchPlan {
        classify(history: history, areAllNew: prepared?.rows.count == rows.count)
        if let prepared, prepared.firstSlot == firstSlot {
            candidatesOfKnown = prepared.candidatesOfKnown
        }
        let entered = entered(prepared)
        matchKnown()
        resolve(entered.candidates, statedNumbers())
        decided(newRecords)
        let versions = makeVersions(entered.versions)
        let golden = makeGoldenRows()
        settleDeaths(golden.map { (person: $0.row.person, death: $0.death) } + personsOfOneRecord())
        var commit = CommitBatch(base: numbers.position)
        commit.newRecords = newRecords
        commit.changedRecords = changedOrder.compactMap { changed[$0] }
        commit.versions = versions
        commit.golden = golden.map(\.row)
        commit.tasks = doubts.tasks
        commit.settled = doubts.settled
        commit.reinstated = reinstated()
        settleMoves(&commit)
        finishEvents(&commit)
        numbers.position = commit.position
        return BatchPlan(
            commit: commit, newRecords: newRecords, isMatcherOutdated: isMatcherOutdated,
            changedRecords: commit.changedRecords, outcomes: outcomes, numbers: numbers)
    }

    /// Takes the new records of a batch that failed out of the matcher.
    static func withdraw(_ plan: BatchPlan, from index: Guarded<PatientIndex>) {
        index.write { index in
            for record in plan.newRecords.reversed() {
                index.matcher.withdraw(UInt32(record.record - 1))
            }
        }
    }
}

// MARK: - What each row is

extension BatchPlanner {
    /// Tells new records from known ones, and of these updates from repetitions and late versions.
    private mutating func classify(history: [Int64: Set<ContentDigest>], areAllNew: Bool) {
        let slots: [UInt32?] =
            areAllNew
            ? []
            : index.read { index in
                rows.map { index.slot(source: $0.source, localID: $0.localID) }
            }
        var made: [SubmittedRow.Key: Int64] = [:]
        var versions: [Int64: Set<[UInt8]>] = [:]
        targets.reserveCapacity(rows.count)
        for (number, row) in rows.enumerated() {
            let known = areAllNew ? nil : made[row.key] ?? slots[number].map { Int64($0) + 1 }
            guard let record = known else {
                let record = Int64(firstSlot + newRecords.count) + 1
                if !areAllNew { made[row.key] = record }
                targets.append(.new(newRecords.count))
                rowOfNewRecord.append(number)
                isMatcherOutdated.append(false)
                newRecords.append(
                    SourceRecord(
                        record: record, source: row.source, localID: row.localID,
                        person: EnterpriseIdentifier(bits: 0), origin: .founder, sequence: 0,
                        recordedAt: row.recordedAt, content: row.packed))
                continue
            }
            let current = current(record)
            let isReturning = isReturning(row, current)
            if current.content == row.packed, !isReturning {
                targets.append(.unchanged(record))
                continue
            }
            let isLate = !isReturning && row.recordedAt < current.recordedAt
            if isLate, isKept(row, record, history, versions) {
                targets.append(.unchanged(record))
                continue
            }
            versions[record, default: []].insert(row.packed)
            let version = current.versions + 1
            targets.append(
                isLate ? .stale(record, version: version) : .update(record, version: version))
            take(row, as: current, isCurrent: !isLate)
        }
    }

    /// Whether a row makes a record count again.
    ///
    /// A source that has withdrawn a record must speak after its last word; of a record that was
    /// taken back with its load there is no last word.
    private func isReturning(_ row: SubmittedRow, _ current: SourceRecord) -> Bool {
        switch current.state {
        case .active, .erased: false
        case .withdrawn: row.recordedAt >= current.recordedAt
        case .reverted: true
        }
    }

    /// Whether a late version is among those the registry has.
    private func isKept(
        _ row: SubmittedRow, _ record: Int64, _ history: [Int64: Set<ContentDigest>],
        _ made: [Int64: Set<[UInt8]>]
    ) -> Bool {
        let offset = Int(record) - 1 - firstSlot
        if offset >= 0, rows[rowOfNewRecord[offset]].packed == row.packed { return true }
        if made[record]?.contains(row.packed) == true { return true }
        guard let digests = history[record] else { return false }
        return digests.contains(ContentDigest(of: row.person.json))
    }

    /// The state of a record so far in the batch.
    func current(_ record: Int64) -> SourceRecord {
        let offset = Int(record) - 1 - firstSlot
        if offset >= 0 { return newRecords[offset] }
        return changed[record] ?? index.read { $0.sourceRecord(UInt32(record - 1)) }
    }

    private mutating func take(_ row: SubmittedRow, as current: SourceRecord, isCurrent: Bool) {
        var next = current
        next.versions += 1
        if isCurrent {
            next.version = next.versions
            next.content = row.packed
            next.state = .active
            next.recordedAt = row.recordedAt
        }
        let offset = Int(current.record) - 1 - firstSlot
        if offset >= 0 {
            newRecords[offset] = next
            if isCurrent { isMatcherOutdated[offset] = true }
        } else {
            if changed[current.record] == nil { changedOrder.append(current.record) }
            changed[current.record] = next
        }
    }
}

// MARK: - Who each new record is

extension BatchPlanner {
    /// The new records in the matcher, with their candidates.
    private func entered(_ prepared: EnteredRecords?) -> EnteredRecords {
        if let prepared {
            if prepared.firstSlot == firstSlot, rowOfNewRecord.starts(with: prepared.rows) {
                let late = rowOfNewRecord[prepared.rows.count...]
                return prepared.extended(
                    by: Array(late), of: rows, in: index, weightMin: rule.reviewThreshold)
            }
            prepared.withdraw(from: index)
        }
        var entered = EnteredRecords(rowOfNewRecord, of: rows, from: firstSlot, in: index)
        entered.match(in: index, weightMin: rule.reviewThreshold)
        return entered
    }

    /// Matches new versions of known records on all cores, where they are many and have not been matched yet.
    private mutating func matchKnown() {
        let known = targets.indices.filter { row in
            guard case .update(let record, _) = targets[row], record <= Int64(firstSlot) else {
                return false
            }
            return candidatesOfKnown[row] == nil
        }
        guard known.count > RegistryLimits.matchRowsMin else { return }
        let (index, rows, below) = (index, rows, UInt32(firstSlot))
        let candidates = concurrentMap(
            count: known.count, sliceMin: RegistryLimits.matchRowsMin
        ) { range in
            index.read { index in
                range.map {
                    index.matcher.candidates(ofNextVersion: rows[known[$0]], below: below)
                }
            }
        }
        for (place, row) in known.enumerated() { candidatesOfKnown[row] = candidates[place] }
    }

    /// The numbers of each new record with the committed records that state them, on all cores.
    private func statedNumbers() -> [RowNumbers] {
        let (index, policy, rows, rowOfNewRecord) = (index, policy, rows, rowOfNewRecord)
        return concurrentMap(count: newRecords.count, sliceMin: RegistryLimits.matchRowsMin) {
            range in
            index.read { index in
                var numbers: [RowNumbers] = []
                numbers.reserveCapacity(range.count)
                for place in range {
                    numbers.append(
                        BatchPlanner.allNumbers(
                            of: rows[rowOfNewRecord[place]], in: index, policy))
                }
                return numbers
            }
        }
    }

    private mutating func resolve(
        _ candidates: [[MatcherCandidate]], _ numbersOfRows: [RowNumbers]
    ) {
        outcomes.reserveCapacity(rows.count)
        var sequence = numbers.position.sequence
        for (number, target) in targets.enumerated() {
            if case .unchanged(let record) = target {
                outcomes.append(
                    RowOutcome(person: current(record).person, outcome: .unchanged))
                continue
            }
            if case .live = purpose {
                sequence += 1
            } else {
                sequence = numbers.position.sequence + 1
            }
            switch target {
            case .new(let offset):
                decide(number, offset, candidates[offset], numbersOfRows[offset], sequence)
            case .update(let record, let version):
                settleUpdate(number, record, version, sequence)
            case .stale(let record, let version):
                let state = current(record)
                versionRows.append((number, record, version, sequence))
                addEvent(number, sequence, .stale, state.person, changed: record)
                outcomes.append(RowOutcome(person: state.person, outcome: .stale))
            case .unchanged: break
            }
        }
    }

    private mutating func decide(
        _ row: Int, _ offset: Int, _ found: [MatcherCandidate], _ itsNumbers: RowNumbers,
        _ sequence: Int64
    ) {
        let candidates = personCandidates(rows[row], found, itsNumbers.numbers)
        let isQuarantined = mustBeQuarantined(rows[row])
        let (link, doubt) = rule.decide(isQuarantined ? [] : candidates)
        let slot = UInt32(firstSlot + offset)
        var outcome: SubmissionOutcome =
            link != nil ? .linked : doubt != nil || isQuarantined ? .review : .created
        let person = link.map { candidates[$0].person } ?? newPerson()
        let weight = (link ?? doubt).map { candidates[$0].weight }
        newRecords[offset].person = person
        newRecords[offset].sequence = sequence
        newRecords[offset].origin = link == nil ? .founder : .automatic
        newRecords[offset].weight = link == nil ? nil : weight
        newMembers[person, default: []].append(slot)
        takeNumbers(ofSlot: slot, joining: person)
        if link != nil { touched.append(person) }
        if let doubt, link == nil || !isAsked(person, candidates[doubt].person) {
            let isLinkable = candidates[doubt].weight >= rule.automaticThreshold
            ask(
                of: Int64(slot) + 1, rows[row].person, candidates[doubt],
                link != nil ? .secondPerson : isLinkable ? .veto : .weight, sequence)
        }
        if isQuarantined { quarantine(Int64(slot) + 1, sequence) }
        let isAsked = askAboutNumbers(
            itsNumbers.stated, of: Int64(slot) + 1, rows[row], sequence)
        if isAsked, link == nil { outcome = .review }
        versionRows.append((row, Int64(slot) + 1, 1, sequence))
        if let kind = EventKind(outcome) {
            addEvent(row, sequence, kind, person, new: Int64(slot) + 1)
        }
        outcomes.append(RowOutcome(person: person, outcome: outcome, weight: weight))
    }

    func newPerson() -> EnterpriseIdentifier {
        while true {
            let person = EnterpriseIdentifier.random()
            if newMembers[person] == nil, retired[person] == nil,
                index.read({ $0.person(person) }) == nil
            {
                return person
            }
        }
    }
}

// MARK: - The state within the batch

extension BatchPlanner {
    func person(ofSlot slot: UInt32) -> EnterpriseIdentifier {
        let offset = Int(slot) - firstSlot
        if offset >= 0 { return newRecords[offset].person }
        if let changed = changed[Int64(slot) + 1] { return changed.person }
        return index.read { $0.persons[Int($0.records[Int(slot)].person)].euid }
    }

    func source(ofSlot slot: UInt32) -> Int32 {
        let offset = Int(slot) - firstSlot
        return offset >= 0 ? newRecords[offset].source : index.read { $0.records[Int(slot)].source }
    }

    func content(ofSlot slot: UInt32) -> [UInt8] {
        let offset = Int(slot) - firstSlot
        if offset >= 0 { return newRecords[offset].content }
        return changed[Int64(slot) + 1]?.content ?? index.read { $0.packedContent(of: slot) }
    }

    /// The identifiers of a record; none where its content is not packed.
    func identifiers(ofSlot slot: UInt32) -> [LocalIdentifier] {
        let offset = Int(slot) - firstSlot
        let content = offset >= 0 ? newRecords[offset].content : changed[Int64(slot) + 1]?.content
        if let content { return PackedPerson.identifiers(in: content.span) ?? [] }
        return index.read { $0.identifiers(of: slot) }
    }

    /// The records of a person that count.
    func members(of person: EnterpriseIdentifier) -> [UInt32] {
        let gone = departed.isEmpty ? [] : departed[person] ?? []
        var members = index.read { index in
            guard let number = index.person(person) else { return [UInt32]() }
            var members = index.members(of: number)
            members.removeAll { slot in
                gone.contains(slot)
                    || (index.records[Int(slot)].isWithdrawn
                        && changed[Int64(slot) + 1]?.isWithdrawn != false)
            }
            return members
        }
        if let new = newMembers[person] { members.append(contentsOf: new) }
        return members
    }

    /// The records of a person before the batch, withdrawn ones included.
    func membersBefore(of person: EnterpriseIdentifier) -> [UInt32] {
        index.read { index in index.person(person).map { index.members(of: $0) } ?? [] }
    }
}

// MARK: - What is written

extension BatchPlanner {
    mutating func addEvent(
        _ row: Int, _ sequence: Int64, _ kind: EventKind, _ person: EnterpriseIdentifier,
        new: Int64? = nil, changed: Int64? = nil
    ) {
        guard case .live(let actors) = purpose else { return }
        events.append(
            Event(
                position: LogPosition(epoch: numbers.position.epoch, sequence: sequence),
                kind: kind, actor: actors[row], occurredAt: occurredAt, person: person,
                newRecords: new.map { $0..<$0 + 1 } ?? 0..<0,
                changedRecords: changed.map { [$0] } ?? []))
    }

    private func finishEvents(_ commit: inout CommitBatch) {
        guard case .chunk(let chunk) = purpose else {
            commit.events = events
            return
        }
        var counts = LoadCounts()
        for outcome in outcomes { counts.count(outcome.outcome) }
        counts.unchanged += Int64(chunk.erasedRows)
        commit.loadStep = LoadStep(
            load: chunk.load, chunk: chunk.chunks.lowerBound, chunks: Int32(chunk.chunks.count),
            isLast: chunk.isLast, operation: chunk.operation, actor: chunk.actor, counts: counts)
        guard counts.total > counts.unchanged else { return }
        let first = Int64(firstSlot) + 1
        commit.events = [
            Event(
                position: LogPosition(
                    epoch: numbers.position.epoch, sequence: numbers.position.sequence + 1),
                kind: .loadChunk, actor: chunk.actor, occurredAt: occurredAt,
                operation: chunk.operation,
                newRecords: first..<first + Int64(newRecords.count),
                changedRecords: changedOrder)
        ]
    }

    /// Withdrawn records of which a new version has come, so that they count again.
    private func reinstated() -> [RecordStateChange] {
        index.read { index in
            changedOrder.compactMap { number in
                guard index.records[Int(number - 1)].isWithdrawn, let record = changed[number],
                    !record.isWithdrawn
                else { return nil }
                return RecordStateChange(record: number, sequence: record.sequence)
            }
        }
    }

    /// The versions that the batch brings; `first` are those of the new records where they were made
    /// beforehand.
    private func makeVersions(_ first: [VersionContent]) -> [RecordVersion] {
        let (rows, wanted, firstRecord) = (rows, versionRows, Int64(firstSlot) + 1)
        return concurrentMap(count: wanted.count, sliceMin: 128) { range in
            range.map { place in
                let version = wanted[place]
                let row = rows[version.row]
                let isFirst = version.version == 1 && version.record >= firstRecord
                let content =
                    isFirst && !first.isEmpty
                    ? first[Int(version.record - firstRecord)] : VersionContent(of: row.person)
                return RecordVersion(
                    record: version.record, version: version.version,
                    sequence: version.sequence, recordedAt: row.recordedAt, content: content)
            }
        }
    }

    /// The golden records of the persons of several records that the batch touched.
    private func makeGoldenRows() -> [(row: GoldenRow, death: DeathStanding)] {
        var seen: Set<EnterpriseIdentifier> = []
        let persons = touched.filter { seen.insert($0).inserted }
        return concurrentMap(count: persons.count, sliceMin: 32) { range in
            // One table serves person after person.
            var table = StatementTable(recordsExpected: 4)
            return persons[range].map { golden($0, &table) }
        }.compactMap { $0 }
    }

    /// The golden record of a person; nil for one of fewer than two records.
    private func golden(
        _ person: EnterpriseIdentifier, _ table: inout StatementTable
    ) -> (row: GoldenRow, death: DeathStanding)? {
        let members = members(of: person)
        guard members.count > 1 else { return nil }
        table.removeAll()
        var sequence: Int64 = 0
        index.read { index in
            for slot in members {
                let offset = Int(slot) - firstSlot
                if let record = offset >= 0 ? newRecords[offset] : changed[Int64(slot) + 1] {
                    table.append(record)
                    sequence = max(sequence, record.sequence)
                } else {
                    index.state(slot, in: &table)
                    sequence = max(sequence, index.records[Int(slot)].sequence)
                }
            }
        }
        var derived = GoldenRow.derive(
            of: person, from: table, sequence: sequence, pins: pins(of: person), policy: policy)
        derived.row.isNew = !hasGolden(person, members)
        return derived
    }

    /// Whether a person had several records that counted before the batch, and so has a golden record stored.
    private func hasGolden(_ person: EnterpriseIdentifier, _ members: [UInt32]) -> Bool {
        if changed.isEmpty { return members.count - (newMembers[person]?.count ?? 0) > 1 }
        return index.read { index in
            index.person(person).map { index.activeMembers(of: $0).count > 1 } ?? false
        }
    }

    /// What is pinned of a person, by way of withdrawn records too.
    private func pins(of person: EnterpriseIdentifier) -> PersonPins {
        index.read { index in
            guard !index.pins.isEmpty else { return .none }
            let gone = departed[person] ?? []
            let stayed = index.person(person).map { index.members(of: $0) } ?? []
            let members = stayed.filter { !gone.contains($0) } + (newMembers[person] ?? [])
            return PersonPins(members.flatMap { index.pins[Int64($0) + 1] ?? [] })
        }
    }
}
