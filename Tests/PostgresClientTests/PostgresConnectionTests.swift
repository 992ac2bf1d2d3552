import PostgresClient
import Testing

/// Statements, values and errors against a real server.
///
/// Method: a database of its own for each test; values go there and back in both formats.
@Suite(.timeLimit(.minutes(10))) struct PostgresConnectionTests {
    @Test func `values bind and come back in both formats`() throws {
        try ThrowAwayCluster.withDatabase { address in
            var connection = try PostgresConnection(address)
            for format in [PostgresFormat.text, .binary] {
                let row = try connection.query(
                    """
                    SELECT \(Int64.min)::int8, \(true), \(1.5), \("Ñandú 'ﷺ'")::text, \([0, 255, 39] as [UInt8]),
                    \([1, nil, 3] as [Int64?]), \(nil as String?)::text, \(Int32(-7)), \([UInt8]()) , \("")::text
                    """, format: format
                ).single
                #expect(try row.int64(0) == Int64.min)
                #expect(try row.bool(1))
                #expect(try row.double(2) == 1.5)
                #expect(try row.text(3) == "Ñandú 'ﷺ'")
                #expect(try row.bytes(4) == [0, 255, 39])
                #expect(row.isNull(6))
                #expect(try row.optionalText(6) == nil)
                #expect(try row.int64(7) == -7)
                #expect(try row.bytes(8) == [])
                #expect(try row.text(9).isEmpty)
                #expect(throws: PostgresError.self) { try row.text(6) }
                #expect(throws: PostgresError.self) { try row.int64(1) }
            }
        }
    }

    @Test func `arrays serve any and unnest`() throws {
        try ThrowAwayCluster.withDatabase { address in
            var connection = try PostgresConnection(address)
            let rows = try connection.query(
                "SELECT a, b FROM unnest($1::int8[], $2::text[]) AS t(a, b) WHERE a = ANY($3)",
                [[1, 2, 3], ["x", nil, "{\"z\""] as [String?], [2, 3]])
            #expect(rows.rowCount == 2)
            #expect(rows[0].isNull(1))
            #expect(try rows[1].text(1) == "{\"z\"")
        }
    }

    @Test func `fragments are numbered anew and names quoted`() {
        let condition: SQL = "a = \(1) AND b = \("x")"
        let statement: SQL = "SELECT \(2) FROM \(identifier: "o\"dd") WHERE \(condition) LIMIT \(3)"
        #expect(
            statement.text == "SELECT $1 FROM \"o\"\"dd\" WHERE a = $2 AND b = $3 LIMIT $4")
        #expect(statement.parameters.count == 4)
        #expect(!"\(statement)".contains("x"))
    }

    @Test func `a prepared statement is prepared once and keeps its types`() throws {
        let statement = PreparedStatement("SELECT $1 + 1")
        try ThrowAwayCluster.withDatabase { address in
            var connection = try PostgresConnection(address)
            for value in 1...3 {
                #expect(try connection.query(statement, [value]).single.int(0) == value + 1)
            }
            #expect(try connection.query(statement, [nil as Int?]).single.isNull(0))
            #expect(throws: PostgresError.self) { try connection.query(statement, [1.5]) }
            let count = try connection.query("SELECT count(*) FROM pg_prepared_statements")
            #expect(try count.single.int(0) == 1)
        }
    }

    @Test func `errors name the constraint and never show a value`() throws {
        try ThrowAwayCluster.withDatabase { address in
            var connection = try PostgresConnection(address)
            try connection.query("CREATE TABLE person (name text PRIMARY KEY)")
            try connection.query("INSERT INTO person VALUES (\("Salvador"))")
            let duplicate = #expect(throws: PostgresError.self) {
                try connection.query("INSERT INTO person VALUES (\("Salvador"))")
            }
            #expect(duplicate?.isUniqueViolation == true)
            #expect(duplicate?.constraint == "person_pkey")
            #expect(duplicate.map { "\($0)" }?.contains("Salvador") == false)
            let badDate = #expect(throws: PostgresError.self) {
                try connection.query("SELECT \("Salvador")::date")
            }
            #expect(badDate?.sqlState == "22007")
            #expect(badDate.map { "\($0)" }?.contains("Salvador") == false)
            let zero = #expect(throws: PostgresError.self) {
                try connection.query("SELECT \("a\0b")::text")
            }
            #expect(zero?.kind == .invalidRequest)
            #expect(try connection.query("SELECT 1").single.int(0) == 1)
        }
    }

    @Test func `a transaction is whole or nothing`() throws {
        struct Failure: Error {}
        try ThrowAwayCluster.withDatabase { address in
            var connection = try PostgresConnection(address)
            try connection.query("CREATE TABLE t (id int8 UNIQUE DEFERRABLE INITIALLY DEFERRED)")
            try connection.transaction { try $0.execute("INSERT INTO t VALUES (1)") }
            #expect(throws: Failure.self) {
                try connection.transaction { connection in
                    try connection.execute("INSERT INTO t VALUES (2)")
                    throw Failure()
                }
            }
            let atCommit = #expect(throws: PostgresError.self) {
                try connection.transaction { try $0.execute("INSERT INTO t VALUES (1)") }
            }
            #expect(atCommit?.isUniqueViolation == true)
            #expect(atCommit?.isCommitOutcomeUnknown == false)
            #expect(connection.transactionStatus == .idle)
            #expect(try connection.query("SELECT count(*) FROM t").single.int(0) == 1)
        }
    }

    @Test func `a pipeline answers in order and undoes a failed batch`() throws {
        let insert = PreparedStatement("INSERT INTO t VALUES ($1) RETURNING id")
        try ThrowAwayCluster.withDatabase { address in
            var connection = try PostgresConnection(address)
            try connection.query("CREATE TABLE t (id int8 PRIMARY KEY)")
            let results = try connection.pipelinedTransaction { pipeline in
                for id in 1...1_000 { try pipeline.send(insert, [id]) }
            }
            #expect(try results.map { try $0.single.int(0) } == Array(1...1_000))
            let failure = #expect(throws: PostgresError.self) {
                try connection.pipelinedTransaction { pipeline in
                    try pipeline.send(insert, [2_000])
                    try pipeline.send(insert, [1])
                    try pipeline.send(insert, [2_001])
                }
            }
            #expect(failure?.isUniqueViolation == true)
            #expect(throws: PostgresError.self) {
                try connection.pipeline { pipeline in
                    try pipeline.send("INSERT INTO t VALUES (\(3_000))")
                    throw PostgresError(.invalidRequest, "given up")
                }
            }
            #expect(connection.transactionStatus == .idle)
            let count = try connection.query("SELECT count(*), max(id) FROM t").single
            #expect(try count.int(0) == 1_000)
            #expect(try count.int(1) == 1_000)
        }
    }

    @Test func `a pipeline with large results both ways does not lock up`() throws {
        try ThrowAwayCluster.withDatabase { address in
            var connection = try PostgresConnection(address)
            let text = String(repeating: "x", count: 20_000)
            let results = try connection.pipeline { pipeline in
                for _ in 0..<500 { try pipeline.send("SELECT repeat(\(text)::text, 2)") }
            }
            #expect(results.count == 500)
            #expect(try results[499].single.text(0).utf8.count == 40_000)
        }
    }

    @Test func `a notification reaches a listener`() throws {
        try ThrowAwayCluster.withDatabase { address in
            var listener = try PostgresConnection(address)
            var sender = try PostgresConnection(address)
            try listener.listen("events")
            #expect(try listener.waitForNotifications(timeoutMilliseconds: 10).isEmpty)
            try sender.query("SELECT pg_notify('events', \("17"))")
            let received = try listener.waitForNotifications(timeoutMilliseconds: 60_000)
            #expect(received.map(\.payload) == ["17"])
            #expect(received.first?.process == sender.backendProcess)
        }
    }
}
