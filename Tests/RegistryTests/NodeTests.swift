import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Testing

/// Nodes over one database agree, one of them writes, and a lost connection loses nothing.
///
/// Method: several nodes in this process over a real database; sessions ended by the server.
@Suite struct NodeTests {
    private let ana = TestRegistry.person(
        [.given: "Ana", .family: "Huenchullán", .birthDate: "1984-03-17", .sex: "F"],
        run: "12345678-5")

    private func wait(for isDone: () throws -> Bool) rethrows -> Bool {
        let deadline = Date().addingTimeInterval(60)
        while Date() < deadline {
            if try isDone() { return true }
            Thread.sleep(forTimeInterval: 0.01)
        }
        return false
    }

    @Test func aReaderFollows() throws {
        try TestRegistry.withNode { writer, url in
            let reader = try RegistryNode.open(
                databaseURL: url, options: TestRegistry.options("reader", role: .reader))
            defer { reader.close() }
            let receipt = try TestRegistry.submit(writer, "clinic", "A-1", ana)
            let isSeen = wait { reader.status().position >= receipt.position }
            #expect(isSeen)
            let answer = try reader.patient(
                .enterpriseIdentifier(receipt.enterpriseIdentifier))
            #expect(answer.person == ana)
            #expect(throws: RegistryError.self) {
                _ = try TestRegistry.submit(reader, "clinic", "A-2", ana)
            }
        }
    }

    @Test func anotherWriterIsRefused() throws {
        try TestRegistry.withNode { _, url in
            let refusal = #expect(throws: RegistryError.self) {
                _ = try RegistryNode.open(
                    databaseURL: url, options: TestRegistry.options("second"))
            }
            #expect(refusal?.code == .notWriter)
        }
    }

    @Test func aNodeOpenedAgainKnowsEverything() throws {
        try TestRegistry.withDatabase { url in
            let path = try TestRegistry.extract(persons: 500, seed: 3)
            defer { try? FileManager.default.removeItem(atPath: path) }
            _ = try TestRegistry.load(path, into: url)
            let first = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            let before = first.status()
            first.close()
            let second = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            defer { second.close() }
            #expect(second.status().records == before.records)
            #expect(second.status().persons == before.persons)
            #expect(second.status().reviewTasks == before.reviewTasks)
            #expect(second.status().position.sequence == before.position.sequence)
            #expect(second.status().position.epoch == before.position.epoch + 1)
        }
    }

    @Test func endedSessionsLoseNothing() throws {
        try TestRegistry.withNode { node, url in
            var admin = try PostgresConnection(DatabaseAddress(url))
            for number in 0..<20 {
                var person = ana
                person.identifiers = []
                person[.given] = "Ana \(number)"
                person[.birthDate] = "19\(50 + number)-01-0\(1 + number % 9)"
                let answer = Promised<SubmissionReceipt>()
                node.submit(
                    PatientSubmission(source: "clinic", localID: "\(number)", person: person),
                    actor: "test"
                ) { answer.set($0) }
                _ = try admin.query(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND application_name LIKE 'padron writer %'
                    """)
                _ = try answer.wait().get()
            }
            #expect(node.status().records == 20)
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func anOldWriterCannotWrite() throws {
        try TestRegistry.withNode { old, url in
            _ = try TestRegistry.submit(old, "clinic", "A-1", ana)
            // What a takeover does while the old writer sleeps: the epoch rises.
            var admin = try PostgresConnection(DatabaseAddress(url))
            try admin.execute("UPDATE padron.lease SET epoch = epoch + 1, holder = 'other'")
            var second = ana
            second[.given] = "Rosa"
            let refusal = #expect(throws: RegistryError.self) {
                try TestRegistry.submit(old, "clinic", "A-2", second)
            }
            #expect(refusal?.code == .notWriter)
            let isReader = wait { old.status().role == .reader }
            #expect(isReader)
            let rows = try admin.query("SELECT count(*) FROM padron.source_record")
            #expect(try rows.single.int(0) == 1)
        }
    }

    @Test func aFollowerKnowsAnEpochWithoutEvents() throws {
        try TestRegistry.withDatabase { url in
            try DecisionRegistry.addSource(url)
            let first = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            let receipt = try TestRegistry.submit(
                first, "clinic", "a", DecisionRegistry.person(0))
            let follower = try RegistryNode.open(
                databaseURL: url, options: TestRegistry.options("follower", role: .reader))
            defer { follower.close() }
            first.close()
            let second = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            defer { second.close() }
            let position = second.status().position
            #expect(position.sequence == receipt.position.sequence)
            #expect(position.epoch == receipt.position.epoch + 1)
            let deadline = Date(timeIntervalSinceNow: 60)
            while follower.status().position != position {
                try #require(Date() < deadline, "the follower is in the old epoch")
                usleep(5_000)
            }
        }
    }

    @Test func aFollowerTakesOver() throws {
        try TestRegistry.withNode { writer, url in
            let receipt = try TestRegistry.submit(writer, "clinic", "A-1", ana)
            let follower = try RegistryNode.open(
                databaseURL: url, options: TestRegistry.options("follower", role: .either))
            defer { follower.close() }
            #expect(follower.status().role == .reader)
            writer.close()
            let isWriter = wait { follower.status().role == .writer }
            #expect(isWriter)
            let again = try TestRegistry.submit(follower, "hospital", "7", ana)
            #expect(again.enterpriseIdentifier == receipt.enterpriseIdentifier)
            #expect(again.outcome == .linked)
        }
    }

    @Test func clientsAreSeenAndRevoked() throws {
        try TestRegistry.withNode { node, url in
            var session = try RegistrySession(DatabaseAddress(url))
            try session.add(
                Client(
                    name: "ehr", role: .feeder, sources: ["clinic"], tokenSalt: [1, 2],
                    tokenDigest: [3, 4]))
            #expect(wait { node.clients().contains { $0.name == "ehr" && !$0.isRevoked } })
            try session.revokeClient(named: "ehr")
            #expect(wait { node.clients().contains { $0.name == "ehr" && $0.isRevoked } })
            var isRefused = false
            do {
                try session.revokeClient(named: "nobody")
            } catch StoreError.notFound {
                isRefused = true
            }
            #expect(isRefused)
        }
    }
}
