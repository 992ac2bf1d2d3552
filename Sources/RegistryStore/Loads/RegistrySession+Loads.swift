internal import PostgresClient
package import RegistryModel

extension RegistrySession {
    private static let loadColumns: SQL = """
        load, extract_name, state, actor, operation,
        (extract(epoch FROM created_at) * 1000000)::bigint, rows_staged, rows_rejected, chunks,
        chunks_done,
        created, linked, review, updated, unchanged, stale, failure
        """

    private static func load(_ row: PostgresRow) throws -> Load {
        guard let state = LoadState(rawValue: try row.text(2)) else {
            throw StoreError.damaged("a load of an unknown state")
        }
        var counts = LoadCounts()
        counts.created = try row.int64(10)
        counts.linked = try row.int64(11)
        counts.review = try row.int64(12)
        counts.updated = try row.int64(13)
        counts.unchanged = try row.int64(14)
        counts.stale = try row.int64(15)
        return Load(
            load: try row.int64(0), extractName: try row.text(1), state: state,
            actor: try row.text(3), operation: try row.optionalInt64(4),
            createdAt: try row.int64(5), rowsStaged: try row.int64(6),
            rowsRejected: try row.int64(7), chunks: Int32(try row.int64(8)),
            chunksDone: Int32(try row.int64(9)), counts: counts, failure: try row.optionalText(16))
    }

    /// Loads, the latest first.
    package mutating func loads(limit: Int = 100) throws -> [Load] {
        try connection.query(
            "SELECT \(Self.loadColumns) FROM padron.load ORDER BY load DESC LIMIT \(limit)"
        ).map(Self.load)
    }

    /// One load.
    package mutating func load(_ number: Int64) throws -> Load {
        let row = try connection.query(
            "SELECT \(Self.loadColumns) FROM padron.load WHERE load = \(number)"
        ).first
        guard let row else { throw StoreError.notFound("load \(number)") }
        return try Self.load(row)
    }

    /// The oldest load that waits for the writer.
    package mutating func nextStagedLoad() throws -> Load? {
        try connection.query(
            """
            SELECT \(Self.loadColumns) FROM padron.load WHERE state IN ('staged', 'registering')
            ORDER BY load LIMIT 1
            """
        ).first.map(Self.load)
    }

    /// Whether a load waits to be registered or to be taken back, or a rematch to be carried out.
    package mutating func hasLoadWork() throws -> Bool {
        try connection.query(
            """
            SELECT EXISTS (SELECT FROM padron.load
                WHERE state IN ('staged', 'registering', 'reverting'))
                OR EXISTS (SELECT FROM padron.rematch WHERE state <> 'done')
            """
        ).single.bool(0)
    }

    /// The unfinished load of an extract, or a new one in state `staging`.
    ///
    /// A new one, and one whose command died while it staged, has no rows: the caller stages them.
    /// The session keeps an advisory lock meanwhile, so that two commands do not stage one extract.
    ///
    /// - Throws: `alreadyExists` where another command is staging this extract.
    package mutating func beginLoad(extractName: String, digest: String, actor: String) throws
        -> Load
    {
        let isMine = try connection.outwaitingTheDead(
            "SELECT pg_try_advisory_lock(hashtextextended(\(digest), 7771))")
        guard isMine else { throw StoreError.alreadyExists("a load of this extract under way") }
        return try connection.transaction { connection in
            let found = try connection.query(
                """
                SELECT \(Self.loadColumns) FROM padron.load WHERE extract_digest = \(digest)
                    AND state IN ('staging', 'staged', 'registering')
                """
            ).first.map(Self.load)
            if let found {
                if found.state == .staging {
                    // What a dead command had under way has ended when its lock is gone.
                    try connection.query(
                        "SELECT FROM padron.load WHERE load = \(found.load) FOR UPDATE")
                    try connection.execute(
                        "DELETE FROM padron.load_chunk WHERE load = \(found.load)")
                }
                return found
            }
            let row = try connection.query(
                """
                INSERT INTO padron.load (extract_name, extract_digest, state, actor)
                VALUES (\(extractName), \(digest), 'staging', \(actor))
                RETURNING \(Self.loadColumns)
                """
            ).single
            return try Self.load(row)
        }
    }

    /// Hands a load whose rows are all staged to the writer.
    package mutating func finishStaging(
        _ load: Int64, chunks: Int32, rows: Int64, rejected: Int64
    ) throws {
        let state: LoadState = chunks == 0 ? .done : .staged
        try connection.transaction { connection in
            let changed = try connection.execute(
                """
                UPDATE padron.load SET state = \(state.rawValue), chunks = \(chunks),
                    rows_staged = \(rows), rows_rejected = \(rejected),
                    finished_at = CASE WHEN \(state == .done) THEN now() END
                WHERE load = \(load) AND state = 'staging'
                """)
            guard changed == 1 else { throw StoreError.notFound("load \(load) in staging") }
            try connection.query("NOTIFY padron_work")
        }
        try endStaging()
    }

    /// Lets another command stage the extract that this session staged.
    package mutating func endStaging() throws {
        try connection.query("SELECT pg_advisory_unlock_all()")
    }

    /// Forgets a load that was never staged to its end.
    package mutating func abandonLoad(_ load: Int64) throws {
        try connection.execute(
            "DELETE FROM padron.load WHERE load = \(load) AND state = 'staging'")
        try endStaging()
    }

    /// Has the database look at the tables that loads fill, so that it plans by what they hold now.
    package mutating func analyzePatients() throws {
        try connection.execute(
            """
            ANALYZE padron.source_record, padron.source_record_version, padron.golden_record,
                padron.review_task, padron.event
            """)
    }

    /// Ends a load that cannot go on; what it registered stays.
    package mutating func failLoad(_ load: Int64, _ failure: String) throws {
        try connection.transaction { connection in
            try connection.execute(
                """
                UPDATE padron.load SET state = 'failed', failure = \(failure), finished_at = now()
                WHERE load = \(load) AND state IN ('staging', 'staged', 'registering')
                """)
            try connection.execute("DELETE FROM padron.load_chunk WHERE load = \(load)")
        }
    }

    /// The staged chunks of a load from one on: that one, and those behind it while their rows together
    /// are no more than `rowsMax`.
    package mutating func loadChunks(_ load: Int64, from chunk: Int32, rowsMax: Int) throws
        -> [[UInt8]]
    {
        let rows = try connection.query(
            """
            SELECT content FROM (
                SELECT chunk, content, sum(rows) OVER (ORDER BY chunk) AS rows_so_far
                FROM padron.load_chunk
                WHERE load = $1 AND chunk >= $2 AND chunk < $2::bigint + $3) staged
            WHERE chunk = $2 OR rows_so_far <= $3 ORDER BY chunk
            """,
            [load, Int64(chunk), Int64(rowsMax)], format: .binary
        ).map { try $0.bytes(0) }
        guard !rows.isEmpty else { throw StoreError.damaged("a load whose staged rows are gone") }
        return rows
    }

    /// Stages the chunks that a closure hands out, in one transaction, until it answers nil.
    ///
    /// Where the closure throws none of them is kept.
    package mutating func stageChunks(_ load: Int64, _ next: () throws -> StagedChunkRow?) throws {
        try connection.transaction { connection in
            try connection.query("SELECT FROM padron.load WHERE load = \(load) FOR SHARE")
            try connection.copyIn(
                into: "padron.load_chunk", columns: ["load", "chunk", "rows", "content"],
                format: .binary
            ) { copy in
                while let chunk = try next() {
                    copy.encoder.beginRow(columnCount: 4)
                    copy.encoder.append(load)
                    copy.encoder.append(chunk.chunk)
                    copy.encoder.append(chunk.rows)
                    copy.encoder.append(bytea: chunk.content)
                    try copy.endRow()
                }
            }
        }
    }
}

/// A chunk of packed rows as it is staged.
package struct StagedChunkRow: Sendable {
    /// Its place in the load, from 0.
    package var chunk: Int32
    /// How many rows it holds.
    package var rows: Int32
    package var content: [UInt8]

    /// Creates a chunk.
    package init(chunk: Int32, rows: Int32, content: [UInt8]) {
        self.chunk = chunk
        self.rows = rows
        self.content = content
    }
}

extension RegistrySession {
    /// Begins to hear of loads that have been staged.
    package mutating func listenForWork() throws {
        try connection.listen("padron_work")
    }

    /// Waits for a time; true where a load was staged meanwhile.
    package mutating func waitForWork(timeoutMilliseconds: Int) throws -> Bool {
        try !connection.waitForNotifications(timeoutMilliseconds: timeoutMilliseconds).isEmpty
    }
}
