import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Synchronization
import Testing

/// A backup beside a living writer is one state of the log, and what is restored has one writer.
///
/// Method: a node registers without pause while `pg_dump` runs; a node that wrote before its
/// database was replaced by a backup must not write any more, nor one position of the feed be lost.
@Suite(.timeLimit(.minutes(10))) struct BackupTests {
    private func withArchive<Value>(_ body: (DatabaseArchive) throws -> Value) throws -> Value {
        let path = NSTemporaryDirectory() + "backup-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(DatabaseArchive(path: path))
    }

    private func register(_ node: RegistryNode, _ number: Int) throws -> SubmissionReceipt {
        try TestRegistry.submit(
            node, "clinic", "\(number)",
            TestRegistry.person([
                .given: "Ana \(number)", .family: "Soto \(number)", .birthDate: "1980-02-29",
            ]))
    }

    @Test func aBackupBesideAWriterIsOneStateOfTheLog() throws {
        try withArchive { archive in
            try TestRegistry.withNode { node, url in
                for number in 0..<50 { _ = try register(node, number) }
                let isDone = Atomic(false)
                let written = Atomic(0)
                let writer = Thread {
                    var number = 50
                    while !isDone.load(ordering: .acquiring) {
                        guard (try? register(node, number)) != nil else { return }
                        number += 1
                        written.store(number, ordering: .releasing)
                    }
                }
                writer.start()
                while written.load(ordering: .acquiring) < 60 { usleep(1_000) }
                let summary = try RegistryBackup.write(
                    DatabaseAddress(url), to: archive, jobs: 1, progress: { _ in })
                let after = written.load(ordering: .acquiring)
                isDone.store(true, ordering: .releasing)
                #expect((60...after + 1).contains(summary.records))
                #expect(summary.position.sequence == Int64(summary.records))
                try ThrowAwayCluster.withDatabase { address in
                    let restored = try RegistryBackup.restore(
                        archive, into: address, jobs: 1, whileWaiting: {})
                    #expect(restored.records == summary.records)
                    #expect(restored.position.sequence == summary.position.sequence)
                    #expect(restored.position.epoch > summary.position.epoch)
                    #expect(try TestRegistry.findings(in: address.connectionString) == [])
                }
            }
        }
    }

    /// A node at work, and a backup of its database that lacks the last record.
    private struct AgedBackup {
        let node: RegistryNode
        let address: DatabaseAddress
        let archive: DatabaseArchive
        /// The position of the backup.
        let before: LogPosition
        /// What the backup lacks.
        let lost: SubmissionReceipt

        var lostPerson: PatientSelector { .enterpriseIdentifier(lost.enterpriseIdentifier) }

        /// Puts the backup in the place of the registry; where nodes are in its way, they give way.
        @discardableResult func restore(
            by session: inout RegistrySession
        ) throws -> RestoreSummary {
            try session.connection.query("SET deadlock_timeout = '10min'")
            try session.connection.executeScript("DROP SCHEMA padron CASCADE")
            return try RegistryBackup.restore(
                archive, into: address, jobs: 1, whileWaiting: {})
        }
    }

    private func withAgedBackup(_ body: (AgedBackup) throws -> Void) throws {
        try withArchive { archive in
            try TestRegistry.withNode { node, url in
                let address = DatabaseAddress(url)
                let before = try register(node, 1).position
                _ = try RegistryBackup.write(address, to: archive, jobs: 1, progress: { _ in })
                try body(
                    AgedBackup(
                        node: node, address: address, archive: archive, before: before,
                        lost: try register(node, 2)))
            }
        }
    }

    @Test func theWriterOfTheOldRegistryCannotWriteTheRestored() throws {
        try withAgedBackup { backup in
            let (node, before) = (backup.node, backup.before)
            var session = try RegistrySession(backup.address)
            let restored = try backup.restore(by: &session)
            #expect(restored.position.sequence == before.sequence)
            if let third = try? register(node, 3) {
                // It had the time to find its lease gone, to read what was restored, and to take that.
                #expect(third.position.epoch > restored.position.epoch)
                #expect(third.position.sequence == before.sequence + 1)
                #expect(throws: RegistryError.self) { try node.patient(backup.lostPerson) }
            }
            let events = try session.connection.query(
                """
                SELECT count(*), count(*) FILTER (WHERE epoch <= \(before.epoch))
                FROM padron.event WHERE epoch <= \(restored.position.epoch)
                """
            ).single
            #expect(try events.int64(0) == before.sequence)
            #expect(try events.int64(1) == before.sequence)
        }
    }

    @Test func positionsThatARestoreLostAreKnown() throws {
        try withAgedBackup { backup in
            backup.node.close()
            var session = try RegistrySession(backup.address)
            let restored = try backup.restore(by: &session)
            try expectFeed(
                &session, before: backup.before, lost: backup.lost.position,
                end: restored.position)
        }
    }

    /// A node that follows does not go on with what the restored registry never knew, and does not mix the
    /// two: it reads the database anew, and follows that.
    @Test func aFollowerOfARestoredDatabaseKnowsWhatThatKnows() throws {
        try withAgedBackup { backup in
            let url = backup.address.connectionString
            _ = try register(backup.node, 3)
            let reader = try RegistryNode.open(
                databaseURL: url, options: TestRegistry.options("reader", role: .reader))
            defer { reader.close() }
            #expect(reader.status().records == 3)
            backup.node.close()
            var session = try RegistrySession(backup.address)
            try backup.restore(by: &session)
            let writer = try RegistryNode.open(
                databaseURL: url, options: TestRegistry.options("writer"))
            defer { writer.close() }
            // The log has come further than where the reader was before it looks.
            var last = try register(writer, 4).position
            for number in 5...7 { last = try register(writer, number).position }
            let deadline = Date(timeIntervalSinceNow: 60)
            while reader.status().position != last, Date() < deadline { usleep(5_000) }
            #expect(reader.status().records == writer.status().records)
            for node in [reader, writer] {
                #expect(throws: RegistryError.self) { try node.patient(backup.lostPerson) }
                let name = LocalIdentifier(authority: "clinic", value: "7")
                #expect(try node.patient(.identifier(name)).sourceCount == 1)
            }
        }
    }

    /// Positions up to the backup are answered, later ones are known to be of another log.
    private func expectFeed(
        _ session: inout RegistrySession, before: LogPosition, lost: LogPosition, end: LogPosition
    ) throws {
        for since in [LogPosition.origin, before, end] {
            let page = try session.feed(FeedQuestion(since: since, limit: 100), upTo: end.sequence)
            #expect(page.next.sequence == before.sequence)
        }
        #expect(throws: RegistryError.self) {
            try session.feed(FeedQuestion(since: lost, limit: 100), upTo: end.sequence)
        }
        // Once the log has come that far again, the position is told from the new one.
        let base = try #require(try session.acquireLease(holder: "test", address: ""))
        var batch = CommitBatch(base: base)
        batch.events = [
            Event(
                position: LogPosition(epoch: base.epoch, sequence: base.sequence + 1),
                kind: .stale, actor: "test", occurredAt: 0, newRecords: 0..<0,
                changedRecords: [])
        ]
        try session.commit(batch)
        do {
            _ = try session.feed(
                FeedQuestion(since: lost, limit: 100), upTo: batch.position.sequence)
            Issue.record("a lost position is answered")
        } catch let error as RegistryError {
            #expect(error.code == .conflict)
        }
    }
}
