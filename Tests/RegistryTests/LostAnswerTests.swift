import Foundation
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Testing

/// A commit that stands is answered as one that stands, though its answer and the lease are lost.
///
/// Method: a server of its own that waits for a standby that does not exist, so that a commit is
/// durable and unanswered; then the session is ended and the epoch raised, as a takeover does. The
/// renewal of the lease waits for the standby too, and would hold up the commit that is to wait: it
/// is ended whenever it does.
@Suite(.timeLimit(.minutes(10))) struct LostAnswerTests {
    @Test func whatStandsIsAcknowledgedWhoeverWritesNow() throws {
        let cluster = try ThrowAwayCluster()
        let url = cluster.address.connectionString
        try RegistryNode.migrate(databaseURL: url)
        var admin = try PostgresConnection(cluster.address)
        try admin.query("SET synchronous_commit = local")
        try admin.query("INSERT INTO padron.source (code, name) VALUES ('clinic', 'clinic')")
        let node = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
        defer { node.close() }
        try admin.query("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        try admin.query("SELECT pg_reload_conf()")
        let answers = try submitUntilOneWaits(node, &admin)
        let (isTakenOver, isOver) = (
            DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)
        )
        defer { isOver.signal() }
        Thread.detachNewThread {
            guard var other = try? PostgresConnection(cluster.address) else { return }
            _ = try? other.query("SET synchronous_commit = local")
            // A session of the new epoch and a long renewal: the node must not take the lease back.
            _ = try? other.query("SET application_name = 'padron writer 2'")
            _ = try? other.execute(
                """
                UPDATE padron.lease SET epoch = 2, address = 'x:1',
                    renewed_at = clock_timestamp() + interval '1 hour'
                """)
            isTakenOver.signal()
            isOver.wait()
        }
        try waitUntil(
            """
            SELECT EXISTS (SELECT FROM pg_stat_activity
                WHERE wait_event_type = 'Lock' AND application_name = 'padron writer 2')
            """, &admin)
        try admin.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
        // Whoever has the row next waits for the standby too, until nobody must any more.
        try admin.query("ALTER SYSTEM RESET synchronous_standby_names")
        try admin.query("SELECT pg_reload_conf()")
        isTakenOver.wait()
        for answer in answers { _ = try answer.wait().get() }
        let refused = Promised<SubmissionReceipt>()
        submit(node, 1_000, refused)
        let refusal = #expect(throws: RegistryError.self) { try refused.wait().get() }
        #expect(refusal == RegistryError(.notWriter, "x:1"))
        let stored = try admin.query("SELECT count(*) FROM padron.source_record").single.int(0)
        #expect(stored == answers.count)
        #expect(try TestRegistry.findings(in: url) == [])
    }

    /// Registers persons until the commit of one waits for the standby, and nothing else does.
    private func submitUntilOneWaits(
        _ node: RegistryNode, _ admin: inout PostgresConnection
    ) throws -> [Promised<SubmissionReceipt>] {
        var answers: [Promised<SubmissionReceipt>] = []
        while true {
            let answer = Promised<SubmissionReceipt>()
            answers.append(answer)
            submit(node, answers.count, answer)
            // The next one comes only when this one has its answer: what is queued behind a commit
            // that waits does not stand yet.
            while !answer.isSet {
                try admin.query(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE wait_event = 'SyncRep' AND application_name <> 'padron writer 1'
                    """)
                let waits = try admin.query(
                    """
                    SELECT EXISTS (SELECT FROM pg_stat_activity
                        WHERE wait_event = 'SyncRep' AND application_name = 'padron writer 1')
                    """)
                if try waits.single.bool(0) { return answers }
                usleep(5_000)
            }
            try #require(answers.count < 10_000, "no commit waits for the standby")
        }
    }

    private func submit(
        _ node: RegistryNode, _ place: Int, _ answer: Promised<SubmissionReceipt>
    ) {
        node.submit(
            PatientSubmission(
                source: "clinic", localID: "\(place)", person: DecisionRegistry.person(place)),
            actor: "test"
        ) { answer.set($0) }
    }

    private func waitUntil(_ query: SQL, _ admin: inout PostgresConnection) throws {
        let deadline = Date(timeIntervalSinceNow: 60)
        while try !admin.query(query).single.bool(0) {
            try #require(Date() < deadline, "the takeover does not wait")
            usleep(5_000)
        }
    }
}
