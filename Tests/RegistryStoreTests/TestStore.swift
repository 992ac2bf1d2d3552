import Identity
import PostgresClient
import RegistryModel
import RegistryStore

/// Databases and batches for the tests of the store.
enum TestStore {
    private static let migrated = DatabaseTemplate("migrated") { address in
        try MigrationRunner.migrate(address)
    }

    /// Calls a closure with a session of a new, migrated database.
    static func withSession<Value>(
        _ body: (inout RegistrySession, DatabaseAddress) throws -> Value
    ) throws -> Value {
        try ThrowAwayCluster.withDatabase(from: migrated) { address in
            var session = try RegistrySession(address)
            return try body(&session, address)
        }
    }

    /// A person with names and a number.
    static func person(_ given: String, phone: String = "") -> PersonRecord {
        var person = PersonRecord()
        person[.given] = given
        person[.family] = "Soto \"el Ñato\" \\ Díaz"
        person[.phone] = phone
        person.identifiers = [LocalIdentifier(authority: "cl-run", value: "12345678-5")]
        return person
    }

    /// Two records of one person, a third alone, with everything that belongs to them.
    static func batch(base: LogPosition, source: Int32) -> CommitBatch {
        let contents = [
            person("Ana"), person("Ana María", phone: "1"), person("Rosa", phone: "2"),
        ]
        let persons = [3, 3, 4].map { EnterpriseIdentifier(bits: $0) }
        let sequence = base.sequence + 1
        var batch = CommitBatch(base: base)
        for (offset, content) in contents.enumerated() {
            let record = Int64(offset) + 1
            batch.newRecords.append(
                SourceRecord(
                    record: record, source: source, localID: "L\t\(record)",
                    person: persons[offset], origin: offset == 1 ? .automatic : .founder,
                    weight: offset == 1 ? 21.5 : nil, sequence: sequence, recordedAt: 1_000_001,
                    content: PackedPerson.bytes(of: content)))
            batch.versions.append(
                RecordVersion(
                    record: record, version: 1, sequence: sequence, recordedAt: 1_000_001,
                    json: content.json))
        }
        let golden = GoldenRecord.derive(
            from: contents.prefix(2).enumerated().map { place, person in
                GoldenRecordSource(
                    person: person, recordedAt: 1_000_001, record: Int64(place) + 1,
                    source: source)
            })
        batch.golden = [
            GoldenRow(person: persons[0], sequence: sequence, records: 2, json: golden.json)
        ]
        batch.tasks = [
            ReviewTask(
                task: 1, sequence: sequence, kind: .duplicate, record: 3, otherRecord: 1,
                weight: 4.25)
        ]
        batch.events = [
            Event(
                position: LogPosition(epoch: base.epoch, sequence: sequence), kind: .loadChunk,
                actor: "test", occurredAt: 1_700_000_000_000_001, newRecords: 1..<4,
                changedRecords: [])
        ]
        return batch
    }

    /// Takes the lease, adds a source and commits `batch`.
    static func fill(_ session: inout RegistrySession) throws -> CommitBatch {
        let source = try session.add(Source(code: "clinic"))
        guard let base = try session.acquireLease(holder: "test", address: "") else {
            throw StoreError.leaseLost
        }
        let batch = batch(base: base, source: source.number)
        try session.commit(batch)
        return batch
    }
}
