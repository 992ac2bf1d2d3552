import Dispatch
import PostgresClient
import Testing

/// A connection that is lost says so, and whether a commit may have taken effect.
///
/// Method: the server's processes are ended for real, between statements, within a transaction, and by a
/// deferred trigger that ends its own session while COMMIT is under way.
@Suite(.timeLimit(.minutes(10))) struct ConnectionLossTests {
    /// Ends a connection's server process and waits until it is gone.
    private func terminate(
        _ process: Int32, from connection: inout PostgresConnection
    ) throws {
        let isGone = try connection.query("SELECT pg_terminate_backend(\(process), 5000)")
        #expect(try isGone.single.bool(0))
    }

    /// Makes a table in which a row of zero ends the session that commits it.
    private func makeDeadlyTable(_ connection: inout PostgresConnection) throws {
        try connection.executeScript(
            """
            CREATE TABLE t (id int8);
            CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.id = 0 THEN
                    PERFORM pg_terminate_backend(pg_backend_pid());
                    PERFORM pg_sleep(10);
                END IF;
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER leave AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION leave();
            """)
    }

    @Test func `a session ended between statements is a lost connection`() throws {
        try ThrowAwayCluster.withDatabase { address in
            var other = try PostgresConnection(address)
            var connection = try PostgresConnection(address)
            try terminate(connection.backendProcess, from: &other)
            let lost = #expect(throws: PostgresError.self) { try connection.query("SELECT 1") }
            #expect(lost?.isConnectionLost == true)
            #expect(lost?.isCommitOutcomeUnknown == false)
            let isLost = connection.isLost
            #expect(isLost)
            let again = #expect(throws: PostgresError.self) { try connection.query("SELECT 1") }
            #expect(again?.isConnectionLost == true)
            let pipelined = #expect(throws: PostgresError.self) {
                try connection.pipeline { try $0.send("SELECT 1") }
            }
            #expect(pipelined?.isConnectionLost == true)
        }
    }

    @Test func `a session ended before COMMIT was not committed`() throws {
        try ThrowAwayCluster.withDatabase { address in
            var other = try PostgresConnection(address)
            try other.query("CREATE TABLE t (id int8)")
            var connection = try PostgresConnection(address)
            let lost = #expect(throws: PostgresError.self) {
                try connection.transaction { connection in
                    try connection.execute("INSERT INTO t VALUES (1)")
                    try terminate(connection.backendProcess, from: &other)
                    try connection.execute("INSERT INTO t VALUES (2)")
                }
            }
            #expect(lost?.isConnectionLost == true)
            #expect(lost?.isCommitOutcomeUnknown == false)
            #expect(try other.query("SELECT FROM t").isEmpty)
        }
    }

    @Test func `a session ended during COMMIT leaves its outcome unknown`() throws {
        try ThrowAwayCluster.withDatabase { address in
            var other = try PostgresConnection(address)
            try makeDeadlyTable(&other)
            var connection = try PostgresConnection(address)
            let lost = #expect(throws: PostgresError.self) {
                try connection.transaction { try $0.execute("INSERT INTO t VALUES (0)") }
            }
            #expect(lost?.isConnectionLost == true)
            #expect(lost?.isCommitOutcomeUnknown == true)

            var pipelining = try PostgresConnection(address)
            let lostInPipeline = #expect(throws: PostgresError.self) {
                try pipelining.pipelinedTransaction { try $0.send("INSERT INTO t VALUES (\(0))") }
            }
            #expect(lostInPipeline?.isConnectionLost == true)
            #expect(lostInPipeline?.isCommitOutcomeUnknown == true)
            #expect(try other.query("SELECT FROM t").isEmpty)
        }
    }

    @Test func `a COPY under way learns that its session has ended`() throws {
        try ThrowAwayCluster.withDatabase { address in
            var other = try PostgresConnection(address)
            try other.query("CREATE TABLE t (id int8)")
            var connection = try PostgresConnection(address)
            let process = connection.backendProcess
            let lost = #expect(throws: PostgresError.self) {
                try connection.copyIn(into: "t", columns: ["id"]) { copy in
                    try terminate(process, from: &other)
                    for id in 1...1_000_000 as ClosedRange<Int64> {
                        copy.encoder.beginRow(columnCount: 1)
                        copy.encoder.append(id)
                        try copy.endRow()
                    }
                }
            }
            #expect(lost?.isConnectionLost == true)
            #expect(try other.query("SELECT FROM t").isEmpty)
        }
    }

    @Test func `a killed server loses connections, keeps what was committed`() throws {
        let cluster = try ThrowAwayCluster()
        var connection = try PostgresConnection(cluster.address)
        var listener = try PostgresConnection(cluster.address)
        try listener.listen("events")
        try connection.query("CREATE TABLE t (id int8)")
        try connection.transaction { try $0.execute("INSERT INTO t VALUES (1)") }
        try connection.query("BEGIN")
        try connection.query("INSERT INTO t VALUES (2)")
        try cluster.killServer()
        // A session outlives its postmaster until it next waits for its client.
        let lost = #expect(throws: PostgresError.self) {
            for _ in 0..<6_000 {
                _ = try listener.waitForNotifications(timeoutMilliseconds: 10)
            }
        }
        #expect(lost?.isConnectionLost == true)
        let refused = #expect(throws: PostgresError.self) {
            _ = try PostgresConnection(cluster.address)
        }
        #expect(refused?.kind == .connectionFailed)
        try cluster.restart()
        var after = try PostgresConnection(cluster.address)
        #expect(try after.query("SELECT id FROM t").single.int(0) == 1)
    }

    @Test func `a statement is cancelled from another thread`() throws {
        try ThrowAwayCluster.withDatabase { address in
            var connection = try PostgresConnection(address)
            let cancellation = try connection.cancellation()
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(100)) {
                try? cancellation.cancel()
            }
            let cancelled = #expect(throws: PostgresError.self) {
                try connection.query("SELECT pg_sleep(30)")
            }
            #expect(cancelled?.isCancelled == true)
            #expect(cancelled?.isConnectionLost == false)
            #expect(try connection.query("SELECT 1").single.int(0) == 1)
        }
    }
}
