import PostgresClient
import RegistryModel
import RegistryStore
import Testing

/// A batch is written whole, under the lease alone, and read back as it was.
///
/// Method: literal batches through a real database.
@Suite struct CommitTests {
    @Test func whatIsWrittenIsRead() throws {
        try TestStore.withSession { session, _ in
            let batch = try TestStore.fill(&session)
            var read: [SourceRecord] = []
            try session.readRecords { read.append($0) }
            #expect(read == batch.newRecords)
            #expect(try session.events(after: 0) == batch.events)
            let counters = try session.counters()
            #expect(counters.position == batch.position)
            #expect(counters.lastTask == 1)
            #expect(counters.openTasks == 1)
            let digests = try session.digests(of: [1, 2])
            #expect(
                digests == [
                    1: [batch.versions[0].content.digest], 2: [batch.versions[1].content.digest],
                ])
            #expect(try session.verify().findings == [])
        }
    }

    @Test func changesReplaceWhatWasThere() throws {
        try TestStore.withSession { session, _ in
            let first = try TestStore.fill(&session)
            var second = CommitBatch(base: first.position)
            var changed = first.newRecords[2]
            let content = TestStore.person("Rosa", phone: "3")
            changed.version = 2
            changed.versions = 2
            changed.sequence = 2
            changed.recordedAt = 2_000_000
            changed.content = PackedPerson.bytes(of: content)
            second.changedRecords = [changed]
            second.versions = [
                RecordVersion(
                    record: 3, version: 2, sequence: 2, recordedAt: 2_000_000,
                    json: content.json)
            ]
            second.events = [
                Event(
                    position: LogPosition(epoch: 1, sequence: 2), kind: .updated, actor: "test",
                    occurredAt: 5, person: changed.person, newRecords: 0..<0,
                    changedRecords: [3])
            ]
            try session.commit(second)
            var read: [SourceRecord] = []
            try session.readRecords(in: 4..<4, and: [3]) { read.append($0) }
            #expect(read == [changed])
            #expect(try session.events(after: 1) == second.events)
            #expect(try session.verify().findings == [])
        }
    }

    @Test func aBatchOfAnotherEpochOrPlaceIsRefused() throws {
        try TestStore.withSession { session, address in
            let batch = try TestStore.fill(&session)
            for base in [
                LogPosition(epoch: 1, sequence: 0), LogPosition(epoch: 0, sequence: 1),
                LogPosition(epoch: 2, sequence: 1),
            ] {
                var again = batch
                again.base = base
                var isRefused = false
                do {
                    try session.commit(again)
                } catch StoreError.leaseLost {
                    isRefused = true
                }
                #expect(isRefused)
            }
            var other = try RegistrySession(address)
            #expect(try other.counters().position == batch.position)
            #expect(try session.verify().findings == [])
        }
    }

    @Test func aBatchThatFailsLeavesNothing() throws {
        try TestStore.withSession { session, _ in
            let batch = try TestStore.fill(&session)
            var again = TestStore.batch(base: batch.position, source: 1)
            again.events[0].position.sequence = 2
            again.events[0].newRecords = 4..<7
            #expect(throws: PostgresError.self) { try session.commit(again) }
            #expect(try session.counters().position == batch.position)
            #expect(try session.verify().findings == [])
        }
    }

    @Test func partitionsComeWhenTheyAreReached() throws {
        try TestStore.withSession { session, _ in
            let batch = try TestStore.fill(&session)
            var admin = batch
            admin.base = batch.position
            let size = StoreLimits.partitionRows
            admin.newRecords = [batch.newRecords[2]]
            admin.newRecords[0].record = size
            admin.newRecords[0].localID = "far"
            admin.versions = [batch.versions[2]]
            admin.versions[0].record = size
            admin.golden = []
            admin.tasks = []
            admin.events[0].position.sequence = 2
            admin.events[0].newRecords = size..<size + 1
            try session.commit(admin)
            let rows = try session.connection.query(
                "SELECT count(*) FROM padron.source_record_version_1")
            #expect(try rows.single.int(0) == 1)
        }
    }
}
