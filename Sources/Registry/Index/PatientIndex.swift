internal import Identity
internal import RegistryModel
internal import RegistryStore

/// All patients, and providers, in memory: what each record says, whose it is, and how to find it.
///
/// It can be rebuilt from the database at any time. Records have slots in the order of their
/// numbers (slot = record - 1); a person is the chain of its records. Golden records are derived
/// when asked for: most persons have one record, which is its own.
struct PatientIndex: ~Copyable {
    static let noSlot = UInt32.max

    /// The last event that is in the index.
    var position = LogPosition(epoch: 0, sequence: 0) {
        didSet { settledRecords = records.count }
    }
    /// The records that events up to `position` made; those of the next one may stand behind them.
    private(set) var settledRecords = 0
    /// How often a record was entered or changed.
    private(set) var changes = 0
    /// Open review tasks, for the status alone.
    var openTasks = 0
    private(set) var records = Column<RecordRow>()
    private(set) var persons = Column<PersonRow>()
    /// Persons with a record that is not withdrawn.
    private(set) var livePersons = 0
    /// Records that stewards have restricted.
    var restricted: Set<Int64> = []
    /// What stewards have pinned, by record; most registries hold few of them, most records none.
    var pins: [Int64: [PinnedValue]] = [:]
    /// Local identifiers that records had before, by source and text.
    private var formerLocalIDs: [FormerKey: UInt32] = [:]
    private var formerLocalIDsBySlot: [UInt32: [String]] = [:]
    /// How many versions of a record were taken back, of those whose rows have no room for it.
    private(set) var farBehind: [UInt32: Int32] = [:]
    private var arena = ByteArena()
    /// When it was last learned how records are written in few bytes.
    private(set) var lesson = ContentLesson()
    /// The authorities by whose rules identifiers are found.
    private(set) var authorities: AuthorityDirectory
    /// How often authorities came that read values otherwise than those before.
    private(set) var readings = 0
    private var identifiers = SlotTable()
    private var localIDs = SlotTable()
    private var euids = SlotTable()
    /// The engine's columns and keys; its record numbers are slots.
    var matcher: Matcher

    /// Creates an empty index that matches by a model.
    init(matcher: Matcher, authorities: AuthorityDirectory = .shipped) {
        self.matcher = matcher
        self.authorities = authorities
    }

    // MARK: Looking up

    /// The record of a source's local identifier, a former one included.
    func slot(source: Int32, localID: String) -> UInt32? {
        let hash = PatientIndex.hash(source: source, localID: localID)
        let current = localIDs.first(hash: hash) { slot in
            records[Int(slot)].source == source && isLocalID(localID, of: slot)
        }
        guard current == nil, !formerLocalIDs.isEmpty else { return current }
        return formerLocalIDs[FormerKey(source: source, localID: localID)]
    }

    /// The person of an enterprise identifier, retired ones not included.
    func person(_ euid: EnterpriseIdentifier) -> UInt32? {
        euids.first(hash: KeyHash.hash(euid.bits)) { persons[Int($0)].euid == euid }
    }

    /// The persons of whom a record states an identifier, each once.
    func holders(of key: IdentifierKey) -> [UInt32] {
        var holders: [UInt32] = []
        _ = identifiers.first(hash: key.hash) { slot in
            let holder = records[Int(slot)].person
            if !holders.contains(holder), realm(of: slot) == key.realm,
                key.isStated(among: identifiers(of: slot), authorities)
            {
                holders.append(holder)
            }
            return false
        }
        return holders
    }

    /// Those of some holders of an identifier who have it today; the others had it once.
    func holders(_ holders: [UInt32], inUse key: IdentifierKey) -> [UInt32] {
        holders.filter { holder in
            activeMembers(of: holder).contains { slot in
                key.isStated(among: identifiers(of: slot), authorities, isInUse: true)
            }
        }
    }

    /// The first records found that state an identifier and count, the oldest first.
    func slots(stating key: IdentifierKey, limit: Int) -> [UInt32] {
        var slots: [UInt32] = []
        _ = identifiers.first(hash: key.hash) { slot in
            guard realm(of: slot) == key.realm else { return false }
            if key.isStated(among: identifiers(of: slot), authorities) { slots.append(slot) }
            return slots.count == limit
        }
        return slots.sorted()
    }

    /// Whom a record is of.
    func realm(of slot: UInt32) -> Realm { Realm(ofSource: records[Int(slot)].source) }

    /// The realm of a person, which is that of all its records; nil for one without records.
    func realm(ofPerson person: UInt32) -> Realm? {
        let first = persons[Int(person)].firstMember
        return first == PatientIndex.noSlot ? nil : realm(of: first)
    }

    /// The records of a person, withdrawn ones included, in the order of their slots.
    func members(of person: UInt32) -> [UInt32] {
        var members: [UInt32] = []
        var slot = persons[Int(person)].firstMember
        while slot != PatientIndex.noSlot {
            members.append(slot)
            slot = records[Int(slot)].nextMember
        }
        return members.sorted()
    }

    /// The record of a person who has no other; nil for one who has none or several.
    func onlyMember(of person: UInt32) -> UInt32? {
        let first = persons[Int(person)].firstMember
        guard first != PatientIndex.noSlot,
            records[Int(first)].nextMember == PatientIndex.noSlot
        else { return nil }
        return first
    }

    /// The records of a person that count, in the order of their slots.
    func activeMembers(of person: UInt32) -> [UInt32] {
        members(of: person).filter { !records[Int($0)].isWithdrawn }
    }

    /// Whether a person has a record that counts.
    func isLive(_ person: UInt32) -> Bool {
        var slot = persons[Int(person)].firstMember
        while slot != PatientIndex.noSlot {
            if !records[Int(slot)].isWithdrawn { return true }
            slot = records[Int(slot)].nextMember
        }
        return false
    }

    /// Whether all records of a person were erased.
    func isErased(_ person: UInt32) -> Bool {
        members(of: person).allSatisfy { records[Int($0)].state == .erased }
    }

    /// Reads a record's current version.
    func read(_ slot: UInt32, into person: inout PersonRecord) {
        arena.withBytes(at: records[Int(slot)].content) { bytes in
            var offset = 0
            _ = PackedPerson.range(bytes, &offset)
            let isRead = PackedPerson.read(bytes.extracting(offset...), into: &person)
            assert(isRead, "the index holds what PackedPerson wrote")
        }
    }

    /// A record's current version.
    func content(of slot: UInt32) -> PersonRecord {
        var person = PersonRecord()
        read(slot, into: &person)
        return person
    }

    /// A record's current version in its packed form.
    func packedContent(of slot: UInt32) -> [UInt8] {
        arena.withBytes(at: records[Int(slot)].content) { bytes in
            var offset = 0
            _ = PackedPerson.range(bytes, &offset)
            return bytes.extracting(offset...).withUnsafeBufferPointer(Array.init)
        }
    }

    /// The identifiers that a record states.
    func identifiers(of slot: UInt32) -> [LocalIdentifier] {
        arena.withBytes(at: records[Int(slot)].content) { bytes in
            var offset = 0
            _ = PackedPerson.range(bytes, &offset)
            return PackedPerson.identifiers(in: bytes.extracting(offset...)) ?? []
        }
    }

    /// Whether a record states a number as in use whose last day is one of some days.
    func hasNumber(_ slot: UInt32, endedIn days: Range<Int32>) -> Bool {
        arena.withBytes(at: records[Int(slot)].content) { bytes in
            var offset = 0
            _ = PackedPerson.range(bytes, &offset)
            return PackedPerson.hasIdentifier(endedIn: days, bytes.extracting(offset...))
        }
    }

    /// The identifier that its source gave a record.
    func localID(of slot: UInt32) -> String {
        let content = records[Int(slot)].content
        return localID(at: content, atLeast: PatientIndex.localIDBytes)
            ?? localID(at: content, atLeast: .max) ?? ""
    }

    /// Whether a text is the identifier that its source gave a record, byte for byte.
    private func isLocalID(_ text: String, of slot: UInt32) -> Bool {
        let bytes = text.utf8.span
        let wanted = bytes.count + PatientIndex.lengthBytesMax
        return arena.withBytes(at: records[Int(slot)].content, atLeast: wanted) { held in
            var offset = 0
            guard let range = PackedPerson.range(held, &offset), range.count == bytes.count else {
                return false
            }
            return held.withUnsafeBytes { held in
                bytes.withUnsafeBytes { bytes in
                    held[range].elementsEqual(bytes)
                }
            }
        }
    }

    /// Bytes that the length of a text takes at most.
    private static let lengthBytesMax = 8

    /// Bytes among which nearly all local identifiers end.
    private static let localIDBytes = 24

    private func localID(at content: ByteArena.Place, atLeast wanted: Int) -> String? {
        arena.withBytes(at: content, atLeast: wanted) { bytes in
            var offset = 0
            guard let range = PackedPerson.range(bytes, &offset) else { return nil }
            return PackedPerson.string(bytes.extracting(range))
        }
    }

    /// A record with all that the index holds of it.
    func sourceRecord(_ slot: UInt32) -> SourceRecord {
        let row = records[Int(slot)]
        return SourceRecord(
            record: Int64(slot) + 1, source: row.source, localID: localID(of: slot),
            version: row.versions - (row.behind ?? farBehind[slot] ?? 0), versions: row.versions,
            person: persons[Int(row.person)].euid,
            origin: row.origin, weight: row.weight,
            sequence: row.sequence, recordedAt: row.recordedAt, content: packedContent(of: slot),
            state: row.state)
    }

    /// The golden record of a person; empty where no record counts.
    func golden(of person: UInt32, policy: Survivorship) -> PersonRecord {
        let pins = pins(of: person)
        if pins.isEmpty, let only = onlyMember(of: person), !records[Int(only)].isWithdrawn {
            return GoldenRecord.only(content(of: only))
        }
        let members = activeMembers(of: person)
        var table = StatementTable(recordsExpected: members.count)
        for slot in members { state(slot, in: &table) }
        return GoldenRecord.derive(from: table, pins: pins, policy: policy)
    }

    /// Adds what a record states to a table.
    func state(_ slot: UInt32, in table: inout StatementTable) {
        let row = records[Int(slot)]
        arena.withBytes(at: row.content) { bytes in
            var offset = 0
            _ = PackedPerson.range(bytes, &offset)
            table.append(
                bytes.extracting(offset...), recordedAt: row.recordedAt,
                record: Int64(slot) + 1, source: row.source)
        }
    }

    /// What the golden record of a person is derived from: its records that count.
    func goldenSources(of person: UInt32) -> [GoldenRecordSource] {
        activeMembers(of: person).map { slot in
            GoldenRecordSource(
                person: content(of: slot), recordedAt: records[Int(slot)].recordedAt,
                record: Int64(slot) + 1, source: records[Int(slot)].source)
        }
    }

    // MARK: Changing

    /// Takes the state of a record: a new one, which must be the next, or a known one.
    ///
    /// The matcher has new and changed content already or takes it here.
    mutating func apply(_ record: SourceRecord, isMatcherCurrent: Bool = false) {
        let slot = UInt32(record.record - 1)
        var person = PersonRecord()
        let isRead = PackedPerson.read(record.content.span, into: &person)
        assert(isRead, "a record's content is packed")
        changes += 1
        let isKnown = Int(slot) < records.count
        precondition(isKnown || Int(slot) == records.count, "records come without gap")
        if isKnown {
            replace(slot, by: record, person)
        } else {
            append(slot, record, person)
        }
        if !isMatcherCurrent {
            if record.isWithdrawn {
                matcher.remove(slot)
            } else if isKnown {
                matcher.update(slot, person, source: record.source)
            } else {
                matcher.insert(slot, person, source: record.source)
            }
        }
    }

    /// Takes the authorities that the registry knows now.
    ///
    /// Where one of them reads values otherwise than before, all identifiers are entered anew, about a
    /// second for a million records, in which look-ups wait: so that a change of rules, which is
    /// rare, never leaves a number that cannot be found.
    mutating func take(_ authorities: AuthorityDirectory) {
        let readsAlike = authorities.readsLike(self.authorities)
        self.authorities = authorities
        guard !readsAlike else { return }
        readings += 1
        identifiers = SlotTable()
        var person = PersonRecord()
        for slot in 0..<UInt32(records.count) where !records[Int(slot)].isWithdrawn {
            read(slot, into: &person)
            enterIdentifiers(of: person, slot)
        }
    }

    private mutating func enterIdentifiers(of content: PersonRecord, _ slot: UInt32) {
        let source = records[Int(slot)].source
        for key in IdentifierKey.keys(of: content, authorities, source: source) {
            identifiers.insert(slot, hash: key.hash)
        }
    }

    /// Takes which persons records have left, which changed them too.
    mutating func take(_ departures: [Departure]) {
        for departure in departures {
            guard let person = person(departure.person).map({ Int($0) }) else { continue }
            persons[person].version = max(persons[person].version, departure.sequence)
        }
    }

    /// Gives the matcher a record's content anew.
    mutating func refreshMatcher(_ record: SourceRecord) {
        let slot = UInt32(record.record - 1)
        matcher.update(slot, content(of: slot), source: record.source)
    }

    private mutating func append(_ slot: UInt32, _ record: SourceRecord, _ content: PersonRecord) {
        records.append(RecordRow(record, at: place(record)))
        noteBehind(record, slot)
        localIDs.insert(
            slot, hash: PatientIndex.hash(source: record.source, localID: record.localID))
        if !record.isWithdrawn { enterIdentifiers(of: content, slot) }
        link(slot, to: person(record.person) ?? add(record.person), sequence: record.sequence)
    }

    private mutating func replace(_ slot: UInt32, by record: SourceRecord, _ content: PersonRecord)
    {
        let wasWithdrawn = records[Int(slot)].isWithdrawn
        let source = record.source
        let oldKeys =
            wasWithdrawn
            ? [] : IdentifierKey.keys(of: self.content(of: slot), authorities, source: source)
        let newKeys =
            record.isWithdrawn ? [] : IdentifierKey.keys(of: content, authorities, source: source)
        for key in oldKeys.subtracting(newKeys) { identifiers.remove(slot, hash: key.hash) }
        for key in newKeys.subtracting(oldKeys) { identifiers.insert(slot, hash: key.hash) }
        renumber(slot, to: record)
        let place = place(record)
        arena.discard(records[Int(slot)].content)
        let oldPerson = records[Int(slot)].person
        records[Int(slot)].content = place
        records[Int(slot)].recordedAt = record.recordedAt
        records[Int(slot)].sequence = record.sequence
        records[Int(slot)].versions = record.versions
        records[Int(slot)].behind = record.behind
        noteBehind(record, slot)
        records[Int(slot)].weight = record.weight
        records[Int(slot)].origin = record.origin
        if persons[Int(oldPerson)].euid == record.person {
            persons[Int(oldPerson)].version = max(persons[Int(oldPerson)].version, record.sequence)
        }
        if records[Int(slot)].state != record.state {
            changingLife(of: oldPerson) { $0.records[Int(slot)].state = record.state }
        }
        guard persons[Int(oldPerson)].euid != record.person else { return }
        unlink(slot)
        link(slot, to: person(record.person) ?? add(record.person), sequence: record.sequence)
    }

    /// Takes note of how many versions were taken back of a record where its row has no room for it.
    private mutating func noteBehind(_ record: SourceRecord, _ slot: UInt32) {
        guard records[Int(slot)].behind == nil || !farBehind.isEmpty else { return }
        farBehind[slot] = records[Int(slot)].behind == nil ? record.behind : nil
    }

    private mutating func place(_ record: SourceRecord) -> ByteArena.Place {
        arena.append(PatientIndex.text(of: record).span)
    }

    /// What the arena holds of a record: its local identifier and its content.
    static func text(of record: SourceRecord) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(record.localID.utf8.count + record.content.count + 2)
        PackedPerson.append(record.localID, to: &text)
        text.append(contentsOf: record.content)
        return text
    }

    private mutating func link(_ slot: UInt32, to person: UInt32, sequence: Int64) {
        if !records[Int(slot)].isWithdrawn, !isLive(person) { livePersons += 1 }
        records[Int(slot)].person = person
        records[Int(slot)].nextMember = persons[Int(person)].firstMember
        persons[Int(person)].firstMember = slot
        persons[Int(person)].version = max(persons[Int(person)].version, sequence)
    }

    private mutating func add(_ euid: EnterpriseIdentifier) -> UInt32 {
        let person = UInt32(persons.count)
        persons.append(PersonRow(euid))
        euids.insert(person, hash: KeyHash.hash(euid.bits))
        return person
    }

    private mutating func unlink(_ slot: UInt32) {
        changingLife(of: records[Int(slot)].person) { $0.takeOut(slot) }
    }

    private mutating func takeOut(_ slot: UInt32) {
        let person = Int(records[Int(slot)].person)
        if persons[person].firstMember == slot {
            persons[person].firstMember = records[Int(slot)].nextMember
            return
        }
        var previous = persons[person].firstMember
        while records[Int(previous)].nextMember != slot {
            previous = records[Int(previous)].nextMember
        }
        records[Int(previous)].nextMember = records[Int(slot)].nextMember
    }

    /// Changes the records of a person, and counts it among the living if it is one afterwards.
    private mutating func changingLife(
        of person: UInt32, _ change: (inout PatientIndex) -> Void
    ) {
        let wasLive = isLive(person)
        change(&self)
        livePersons += (isLive(person) ? 1 : 0) - (wasLive ? 1 : 0)
    }

    /// Where the index keeps a record by its source's identifier.
    static func hash(source: Int32, localID: String) -> UInt64 {
        let bytes = localID.utf8
        return hash(source: source, localID: bytes.span)
    }

    /// Where the index keeps a record by its source's identifier.
    static func hash(source: Int32, localID: Span<UInt8>) -> UInt64 {
        KeyHash.hash(UInt64(UInt32(bitPattern: source)) + 1, localID)
    }
}

// MARK: - Many records at once

extension PatientIndex {
    /// Takes the next records as they were prepared, by the rules of the authorities that the index
    /// knows; the matcher is told of them apart.
    mutating func append(_ batch: borrowing RecordBatch) {
        precondition(Int(batch.first) == records.count, "records come without gap")
        take(farBehind: batch.farBehind)
        let bytes = batch.bytes.span
        for place in batch.rows.indices {
            prefetch(batch, place + PatientIndex.recordsAhead)
            let slot = batch.first + UInt32(place)
            var row = batch.rows[place]
            row.content = arena.append(
                written: bytes.extracting(batch.byteRange(of: place)))
            records.append(row)
            localIDs.insert(slot, hash: batch.localIDHashes[place])
            for identifier in batch.identifierRange(of: place) {
                identifiers.insert(slot, hash: batch.identifierHashes[identifier])
            }
            let holder =
                batch.persons.isEmpty
                ? row.person
                : batch.foundersAreNew && row.origin == .founder
                    ? add(batch.persons[place])
                    : person(batch.persons[place]) ?? add(batch.persons[place])
            link(slot, to: holder, sequence: row.sequence)
        }
    }

    /// Takes new records, whose content the matcher has.
    ///
    /// `readings` is that of the authorities by which the batch was prepared. Where others have come
    /// since, the records are taken one by one.
    mutating func apply(
        _ batch: borrowing RecordBatch, of records: ArraySlice<SourceRecord>, readings: Int
    ) {
        guard readings == self.readings else {
            for record in records { apply(record, isMatcherCurrent: true) }
            return
        }
        changes += batch.rows.count
        append(batch)
    }

    /// Records between the one whose places in the tables are asked for and the one that is entered.
    private static let recordsAhead = 8

    /// Asks the memory for where a record of a batch will be entered.
    private func prefetch(_ batch: borrowing RecordBatch, _ place: Int) {
        guard place < batch.rows.count else { return }
        localIDs.prefetch(hash: batch.localIDHashes[place])
        for identifier in batch.identifierRange(of: place) {
            identifiers.prefetch(hash: batch.identifierHashes[identifier])
        }
        if !batch.persons.isEmpty {
            euids.prefetch(hash: KeyHash.hash(batch.persons[place].bits))
        }
    }

    /// Makes room for records and persons that are to come, all of it or in several steps.
    mutating func reserve(records: Int, persons: Int, step: Int = 0, of steps: Int = 1) {
        localIDs.reserve(records, step: step, of: steps)
        // Many records have none, some several.
        identifiers.reserve(records / 2, step: step, of: steps)
        euids.reserve(persons, step: step, of: steps)
    }

    /// Takes persons as another index had them, before all records.
    mutating func append(_ rows: [PersonRow]) {
        for row in rows {
            let person = add(row.euid)
            persons[Int(person)].version = row.version
        }
    }

    /// Takes how many versions were taken back of the records whose rows do not say it.
    mutating func take(farBehind: [UInt32: Int32]) {
        self.farBehind.merge(farBehind) { _, new in new }
    }

    /// Adds a record as it lies here to a part of a snapshot.
    func write(_ slot: UInt32, to chunk: inout RecordChunk) {
        let row = records[Int(slot)]
        arena.withWritten(at: row.content) { written in
            if arena.books.isLong(written) {
                arena.withBytes(at: row.content) { chunk.append(row, text: $0) }
            } else {
                chunk.append(row, written: written)
            }
        }
        matcher.appendImage(of: slot, to: &chunk.images, &chunk.words)
    }
}

// MARK: - How records are written

extension PatientIndex {
    /// How records are written from now on.
    var packing: ContentPacking { arena.books.packing }

    /// The books by which records are written, the oldest first.
    var books: ContentBooks { arena.books }

    /// Writes records by a book from now on; where there have been too many books, as before.
    mutating func write(by book: Codebook, _ lesson: ContentLesson) {
        self.lesson = lesson
        if arena.books.hasRoom { arena.books.add(book) }
    }

    /// Of a thousand bytes that records of some slots say, as many as they are written in.
    func writtenPerMille(of slots: some Sequence<UInt32>) -> Int {
        var (written, said) = (0, 1)
        for slot in slots {
            let content = records[Int(slot)].content
            written += arena.withWritten(at: content) { $0.count }
            said += arena.withBytes(at: content) { $0.count }
        }
        return written * 1_000 / said
    }

    /// What the arena holds of a record, in plain.
    func text(of slot: UInt32) -> [UInt8] {
        arena.withBytes(at: records[Int(slot)].content) { text in
            text.withUnsafeBufferPointer(Array.init)
        }
    }
}

// MARK: - Local identifiers that changed

extension PatientIndex {
    private struct FormerKey: Hashable {
        var source: Int32
        var localID: String
    }

    /// Sets which local identifiers a record had before.
    mutating func setFormerLocalIDs(_ former: [String], of slot: UInt32) {
        let source = records[Int(slot)].source
        for localID in formerLocalIDs(of: slot) {
            formerLocalIDs[FormerKey(source: source, localID: localID)] = nil
        }
        formerLocalIDsBySlot[slot] = former.isEmpty ? nil : former
        for localID in former {
            formerLocalIDs[FormerKey(source: source, localID: localID)] = slot
        }
    }

    /// The local identifiers that a record had before.
    func formerLocalIDs(of slot: UInt32) -> [String] { formerLocalIDsBySlot[slot] ?? [] }

    /// Whether any record had another local identifier before.
    var hasFormerLocalIDs: Bool { !formerLocalIDs.isEmpty }

    /// Whether a local identifier was a record's and is no longer.
    func isFormer(source: Int32, localID: String) -> Bool {
        !formerLocalIDs.isEmpty
            && formerLocalIDs[FormerKey(source: source, localID: localID)] != nil
    }

    /// Takes the change of a record's local identifier.
    mutating func take(_ renumbering: Renumbering) {
        let slot = UInt32(renumbering.record - 1)
        let former = formerLocalIDs(of: slot)
        setFormerLocalIDs(
            renumbering.isTakenBack
                ? former.filter { $0 != renumbering.to } : former + [renumbering.from], of: slot)
    }

    /// Takes what the database knows of the former local identifiers of some records.
    mutating func take(_ former: [FormerLocalID], of records: [Int64]) {
        guard !(former.isEmpty && formerLocalIDs.isEmpty) else { return }
        let byRecord = Dictionary(grouping: former, by: \.record)
        for record in Set(records) {
            setFormerLocalIDs(
                (byRecord[record] ?? []).map(\.localID), of: UInt32(record - 1))
        }
    }

    private mutating func renumber(_ slot: UInt32, to record: SourceRecord) {
        let old = localID(of: slot)
        guard old != record.localID else { return }
        localIDs.remove(slot, hash: PatientIndex.hash(source: record.source, localID: old))
        localIDs.insert(
            slot, hash: PatientIndex.hash(source: record.source, localID: record.localID))
    }
}
