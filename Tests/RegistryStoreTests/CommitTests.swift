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

    @Test func oneRoundTripWritesWhatTheStepsWrite() throws {
        func written(
            _ commit: (inout RegistrySession, CommitBatch) throws -> Void
        ) throws -> [String] {
            var rows: [String] = []
            try TestStore.withSession { session, _ in
                let first = try TestStore.fill(&session)
                try commit(&session, Self.registrations(behind: first))
                for table in [
                    "source_record", "source_record_version", "golden_record", "event",
                    "review_task",
                ] {
                    let found = try session.connection.query(
                        "SELECT t::text FROM padron.\(unsafeSQL: table) t ORDER BY 1")
                    rows += try found.map { try "\(table) \($0.text(0))" }
                }
            }
            return rows
        }
        let atOnce = try written { try $0.commit($1) }
        #expect(atOnce == (try written { try $0.commitStepByStep($1) }))
        #expect(atOnce.contains { $0.hasPrefix("review_task") && $0.contains("linked") })
    }

    /// New records with and without a weight, a change, a golden record, tasks opened and settled.
    private static func registrations(behind first: CommitBatch) -> CommitBatch {
        var batch = CommitBatch(base: first.position)
        let count = Int64(first.newRecords.count)
        var changed = first.newRecords[2]
        changed.version = 2
        changed.versions = 2
        changed.sequence = first.position.sequence + 1
        batch.changedRecords = [changed]
        let content = TestStore.person("Zoë \\ \"quoted\", {braces}", phone: "٣")
        var alone = first.newRecords[0]
        alone.record = count + 1
        alone.localID = "a, \"b\" \\ {c} NULL"
        alone.sequence = first.position.sequence + 2
        alone.weight = nil
        var linked = alone
        linked.record = count + 2
        linked.localID = "NULL"
        linked.weight = 12.25
        linked.sequence += 1
        batch.newRecords = [alone, linked]
        batch.versions = [(3, 2), (count + 1, 1), (count + 2, 1)].enumerated().map {
            RecordVersion(
                record: $1.0, version: Int32($1.1),
                sequence: first.position.sequence + Int64($0) + 1,
                recordedAt: -86_400_000_001 + Int64($0), json: content.json)
        }
        batch.golden = [
            GoldenRow(
                person: alone.person, sequence: linked.sequence, records: 4, json: content.json)
        ]
        batch.events = [
            (EventKind.updated, 0, 3), (.created, count + 1, 0), (.linked, count + 2, 0),
        ].enumerated().map { place, event in
            Event(
                position: LogPosition(
                    epoch: 1, sequence: first.position.sequence + Int64(place) + 1),
                kind: event.0, actor: "fé, \"x\"", occurredAt: 7, person: alone.person,
                newRecords: event.1 == 0 ? 0..<0 : event.1..<event.1 + 1,
                changedRecords: event.2 == 0 ? [] : [Int64(event.2)])
        }
        let task = first.tasks[0]
        batch.settled = [
            SettledDoubt(
                kind: task.kind, record: task.otherRecord, otherRecord: task.record,
                sequence: batch.position.sequence, resolution: .linked)
        ]
        batch.tasks = [
            ReviewTask(
                task: task.task + 1, sequence: batch.position.sequence, kind: .overlay,
                record: count + 1, otherRecord: count + 1, weight: nil, reason: .contradiction,
                territory: "norte")
        ]
        return batch
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
