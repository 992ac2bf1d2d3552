internal import Identity

internal import RegistryModel

/// All patients in memory: what each record says, whose it is, and how to find it.
///
/// It can be rebuilt from the database at any time. Records have slots in the order of their
/// numbers (slot = record - 1); a person is the chain of its records. Golden records are derived
/// when asked for: most persons have one record, which is its own.
struct PatientIndex {
    /// What is held of a record beside its bytes.
    struct RecordRow {
        var content: ByteArena.Place
        var person: UInt32
        /// The next record of the same person, `noSlot` for the last.
        var nextMember: UInt32
        var recordedAt: Int64
        var sequence: Int64
        var version: Int32
        var versions: Int32
        var source: Int32
        var weight: Double
        var origin: LinkOrigin
    }

    /// What is held of a person.
    struct PersonRow {
        var euid: EnterpriseIdentifier
        var firstMember: UInt32
        var members: UInt32
        /// The last event that changed it.
        var version: Int64
    }

    static let noSlot = UInt32.max

    /// The last event that is in the index.
    var position = LogPosition(epoch: 0, sequence: 0)
    /// Open review tasks, for the status alone.
    var openTasks = 0
    private(set) var records: [RecordRow] = []
    private(set) var persons: [PersonRow] = []
    private(set) var livePersons = 0
    private var arena = ByteArena()
    private var identifiers = SlotTable()
    private var localIDs = SlotTable()
    private var euids = SlotTable()
    /// The engine's columns and keys; its record numbers are slots.
    var matcher: Matcher

    /// Creates an empty index that matches by a model.
    init(matcher: Matcher) { self.matcher = matcher }

    // MARK: Looking up

    /// The record of a source's local identifier.
    func slot(source: Int32, localID: String) -> UInt32? {
        localIDs.first(hash: PatientIndex.hash(source: source, localID: localID)) { slot in
            records[Int(slot)].source == source && self.localID(of: slot) == localID
        }
    }

    /// The person of an enterprise identifier, retired ones not included.
    func person(_ euid: EnterpriseIdentifier) -> UInt32? {
        euids.first(hash: KeyHash.hash(euid.bits)) { persons[Int($0)].euid == euid }
    }

    /// The persons of whom a record states an identifier, each once.
    func holders(of key: IdentifierKey) -> [UInt32] {
        var holders: [UInt32] = []
        var person = PersonRecord()
        _ = identifiers.first(hash: key.hash) { slot in
            let holder = records[Int(slot)].person
            if !holders.contains(holder) {
                read(slot, into: &person)
                if key.isStated(by: person) { holders.append(holder) }
            }
            return false
        }
        return holders
    }

    /// The records of a person, in the order of their slots.
    func members(of person: UInt32) -> [UInt32] {
        var members: [UInt32] = []
        var slot = persons[Int(person)].firstMember
        while slot != PatientIndex.noSlot {
            members.append(slot)
            slot = records[Int(slot)].nextMember
        }
        return members.sorted()
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

    /// The identifier that its source gave a record.
    func localID(of slot: UInt32) -> String {
        arena.withBytes(at: records[Int(slot)].content) { bytes in
            var offset = 0
            guard let range = PackedPerson.range(bytes, &offset) else { return "" }
            return PackedPerson.string(bytes.extracting(range))
        }
    }

    /// A record with all that the index holds of it.
    func sourceRecord(_ slot: UInt32) -> SourceRecord {
        let row = records[Int(slot)]
        return SourceRecord(
            record: Int64(slot) + 1, source: row.source, localID: localID(of: slot),
            version: row.version, versions: row.versions, person: persons[Int(row.person)].euid,
            origin: row.origin, weight: row.weight.isNaN ? nil : row.weight,
            sequence: row.sequence, recordedAt: row.recordedAt, content: packedContent(of: slot))
    }

    /// The golden record of a person.
    func golden(of person: UInt32, policy: SurvivorshipPolicy) -> PersonRecord {
        let row = persons[Int(person)]
        if row.members == 1 { return content(of: row.firstMember) }
        return GoldenRecord.derive(
            from: members(of: person).map { slot in
                GoldenRecordSource(
                    person: content(of: slot), recordedAt: records[Int(slot)].recordedAt)
            }, policy: policy)
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
        let isKnown = Int(slot) < records.count
        precondition(isKnown || Int(slot) == records.count, "records come without gap")
        if isKnown {
            replace(slot, by: record, person)
        } else {
            append(slot, record, person)
        }
        if !isMatcherCurrent {
            if isKnown { matcher.update(slot, person) } else { matcher.insert(slot, person) }
        }
    }

    /// Gives the matcher a record's content anew.
    mutating func refreshMatcher(_ record: SourceRecord) {
        let slot = UInt32(record.record - 1)
        matcher.update(slot, content(of: slot))
    }

    private mutating func append(_ slot: UInt32, _ record: SourceRecord, _ content: PersonRecord) {
        records.append(
            RecordRow(
                content: place(record), person: 0, nextMember: PatientIndex.noSlot,
                recordedAt: record.recordedAt, sequence: record.sequence, version: record.version,
                versions: record.versions, source: record.source, weight: record.weight ?? .nan,
                origin: record.origin))
        localIDs.insert(
            slot, hash: PatientIndex.hash(source: record.source, localID: record.localID))
        for key in IdentifierKey.keys(of: content) { identifiers.insert(slot, hash: key.hash) }
        link(slot, to: record.person, sequence: record.sequence)
    }

    private mutating func replace(_ slot: UInt32, by record: SourceRecord, _ content: PersonRecord)
    {
        let oldKeys = IdentifierKey.keys(of: self.content(of: slot))
        let newKeys = IdentifierKey.keys(of: content)
        for key in oldKeys.subtracting(newKeys) { identifiers.remove(slot, hash: key.hash) }
        for key in newKeys.subtracting(oldKeys) { identifiers.insert(slot, hash: key.hash) }
        let place = place(record)
        arena.discard(records[Int(slot)].content)
        let oldPerson = records[Int(slot)].person
        records[Int(slot)].content = place
        records[Int(slot)].recordedAt = record.recordedAt
        records[Int(slot)].sequence = record.sequence
        records[Int(slot)].version = record.version
        records[Int(slot)].versions = record.versions
        records[Int(slot)].weight = record.weight ?? .nan
        records[Int(slot)].origin = record.origin
        persons[Int(oldPerson)].version = max(persons[Int(oldPerson)].version, record.sequence)
        guard persons[Int(oldPerson)].euid != record.person else { return }
        unlink(slot)
        link(slot, to: record.person, sequence: record.sequence)
    }

    private mutating func place(_ record: SourceRecord) -> ByteArena.Place {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(record.localID.utf8.count + record.content.count + 2)
        PackedPerson.append(record.localID, to: &bytes)
        bytes.append(contentsOf: record.content)
        return arena.append(bytes.span)
    }

    private mutating func link(_ slot: UInt32, to euid: EnterpriseIdentifier, sequence: Int64) {
        let person = person(euid) ?? add(euid)
        if persons[Int(person)].members == 0 { livePersons += 1 }
        records[Int(slot)].person = person
        records[Int(slot)].nextMember = persons[Int(person)].firstMember
        persons[Int(person)].firstMember = slot
        persons[Int(person)].members += 1
        persons[Int(person)].version = max(persons[Int(person)].version, sequence)
    }

    private mutating func add(_ euid: EnterpriseIdentifier) -> UInt32 {
        let person = UInt32(persons.count)
        persons.append(
            PersonRow(euid: euid, firstMember: PatientIndex.noSlot, members: 0, version: 0))
        euids.insert(person, hash: KeyHash.hash(euid.bits))
        return person
    }

    private mutating func unlink(_ slot: UInt32) {
        let person = Int(records[Int(slot)].person)
        persons[person].members -= 1
        if persons[person].members == 0 { livePersons -= 1 }
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

    private static func hash(source: Int32, localID: String) -> UInt64 {
        KeyHash.hash(UInt64(UInt32(bitPattern: source)) + 1, localID)
    }
}
