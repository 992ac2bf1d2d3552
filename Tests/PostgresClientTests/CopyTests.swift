import PostgresClient
import Testing

/// COPY in both formats carries every value there and back.
///
/// Method: the same awkward rows by both encoders, read by query and by COPY out, against literals.
@Suite(.timeLimit(.minutes(10))) struct CopyTests {
    @Test(arguments: [PostgresFormat.text, .binary])
    func `rows come back as they went`(format: PostgresFormat) throws {
        let awkward = "tab\t line\n back\\slash \\N return\r سلام"
        try ThrowAwayCluster.withDatabase { address in
            var connection = try PostgresConnection(address)
            try connection.query(
                """
                CREATE TABLE t (a int8, b int4, c text, d bytea, e bool, f float8, g timestamptz,
                    h text[], i int8[], j jsonb)
                """)
            let count = try connection.copyIn(
                into: "t", columns: ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"],
                format: format
            ) { copy in
                copy.encoder.beginRow(columnCount: 10)
                copy.encoder.append(Int64.min)
                copy.encoder.append(Int32(-5))
                copy.encoder.append(awkward)
                copy.encoder.append(bytea: [0, 92, 255])
                copy.encoder.append(true)
                copy.encoder.append(0.1)
                copy.encoder.append(unixMicroseconds: 1_709_210_096_123_456)
                copy.encoder.append(array: ["a\"b", "c\\,{d}", ""])
                copy.encoder.append(array: [1, -2] as [Int64])
                copy.encoder.append(jsonb: Array("{\"k\": \"a\\nb\"}".utf8))
                try copy.endRow()
                copy.encoder.beginRow(columnCount: 10)
                for _ in 0..<10 { copy.encoder.appendNull() }
                try copy.endRow()
            }
            #expect(count == 2)
            let rows = try connection.query("SELECT *, h[2], j->>'k' FROM t")
            #expect(try rows[0].int64(0) == Int64.min)
            #expect(try rows[0].text(2) == awkward)
            #expect(try rows[0].bytes(3) == [0, 92, 255])
            #expect(try rows[0].double(5) == 0.1)
            #expect(try rows[0].text(6) == "2024-02-29 12:34:56.123456+00")
            #expect(try rows[0].text(8) == "{1,-2}")
            #expect(try rows[0].text(10) == "c\\,{d}")
            #expect(try rows[0].text(11) == "a\nb")
            #expect((0..<10).allSatisfy { rows[1].isNull($0) })

            var read = 0
            try connection.copyOut("SELECT a, b, c, d, e, f, g FROM t WHERE a < 0") { row in
                let integers = (try row.int64(), try row.int64())
                let text = try row.text()
                let bytes = try row.optionalBytes()
                let others = (try row.bool(), try row.double(), try row.unixMicroseconds())
                let left = row.columnsLeft
                #expect(integers == (Int64.min, -5))
                #expect(text == awkward)
                #expect(bytes == [0, 92, 255])
                #expect(others == (true, 0.1, 1_709_210_096_123_456))
                #expect(left == 0)
                read += 1
            }
            #expect(read == 1)
            #expect(try connection.copyOut("SELECT 1 WHERE false") { _ in } == 0)
        }
    }

    @Test func `many rows pass through several buffers and encoders`() throws {
        try ThrowAwayCluster.withDatabase { address in
            var connection = try PostgresConnection(address)
            try connection.query("CREATE TABLE t (id int8, name text)")
            var other = CopyRowEncoder(format: .binary)
            for id in 50_001...60_000 as ClosedRange<Int64> {
                other.beginRow(columnCount: 2)
                other.append(id)
                other.append("n\(id)")
                other.endRow()
            }
            try connection.copyIn(into: "t", columns: ["id", "name"], format: .binary) { copy in
                for id in 1...50_000 as ClosedRange<Int64> {
                    copy.encoder.beginRow(columnCount: 2)
                    copy.encoder.append(id)
                    copy.encoder.append("n\(id)")
                    try copy.endRow()
                }
                try copy.write(other)
            }
            var sum: Int64 = 0
            let count = try connection.copyOut("SELECT id, name FROM t") { row in
                sum += try row.int64()
                try row.skip()
            }
            #expect(count == 60_000)
            #expect(sum == 60_000 * 60_001 / 2)
        }
    }

    @Test func `a COPY given up keeps no row and the connection goes on`() throws {
        struct Failure: Error {}
        try ThrowAwayCluster.withDatabase { address in
            var connection = try PostgresConnection(address)
            try connection.query("CREATE TABLE t (id int8 CHECK (id < 10))")
            #expect(throws: Failure.self) {
                try connection.copyIn(into: "t", columns: ["id"]) { copy in
                    copy.encoder.beginRow(columnCount: 1)
                    copy.encoder.append(Int64(1))
                    try copy.endRow()
                    throw Failure()
                }
            }
            let refused = #expect(throws: PostgresError.self) {
                try connection.copyIn(into: "t", columns: ["id"]) { copy in
                    copy.encoder.beginRow(columnCount: 1)
                    copy.encoder.append(Int64(11))
                    try copy.endRow()
                }
            }
            #expect(refused?.isCheckViolation == true)
            #expect(throws: Failure.self) {
                try connection.copyOut("SELECT generate_series(1, 1000000)") { _ in
                    throw Failure()
                }
            }
            #expect(try connection.query("SELECT count(*) FROM t").single.int(0) == 0)
        }
    }
}
