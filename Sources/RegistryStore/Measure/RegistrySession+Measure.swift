internal import PostgresClient

/// What a database has taken up.
package struct DatabaseVolume: Hashable, Sendable {
    /// Bytes of all tables and indexes.
    package var bytes: Int64
    /// Bytes written ahead since the cluster was made.
    package var logBytes: Int64
}

// What benchmarks ask of a database beside the registry's own work.
extension RegistrySession {
    /// How large the database is, and how much has been written ahead.
    package mutating func volume() throws -> DatabaseVolume {
        let row = try connection.query(
            """
            SELECT pg_database_size(current_database()),
                pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint
            """
        ).single
        return DatabaseVolume(bytes: try row.int64(0), logBytes: try row.int64(1))
    }

    /// The number of source records.
    package mutating func recordCount() throws -> Int {
        try connection.query("SELECT count(*) FROM padron.source_record").single.int(0)
    }

    /// Has the server write all that it holds in memory.
    package mutating func checkpoint() throws {
        try connection.executeScript("CHECKPOINT")
    }

    /// The tables that grow with the records.
    private static let copiedTables = [
        "source_record", "source_record_version", "golden_record", "event", "review_task",
    ]

    /// Writes the rows of the patient tables to files of the server, by which `copyPlainly` reads them.
    ///
    /// `folder` is one that the server's user may write to.
    package mutating func exportPlainly(to folder: String) throws {
        for table in Self.copiedTables {
            try connection.executeScript(
                unsafeSQL: """
                    COPY (SELECT * FROM padron.\(table)) TO '\(folder)/\(table)' (FORMAT binary)
                    """)
        }
    }

    /// Copies the exported rows into tables of the same definition, indexes and checks included.
    ///
    /// Each table is one COPY in one durable transaction of its own, the least that PostgreSQL can
    /// do for these rows. The tables go away again. What is returned is the time of the copying.
    package mutating func copyPlainly(from folder: String) throws -> Duration {
        try connection.executeScript(
            "DROP SCHEMA IF EXISTS padron_copy CASCADE; CREATE SCHEMA padron_copy")
        for table in Self.copiedTables {
            try connection.executeScript(
                unsafeSQL:
                    "CREATE TABLE padron_copy.\(table) (LIKE padron.\(table) INCLUDING ALL)")
        }
        let clock = ContinuousClock()
        let start = clock.now
        for table in Self.copiedTables {
            try connection.executeScript(
                unsafeSQL: "COPY padron_copy.\(table) FROM '\(folder)/\(table)' (FORMAT binary)")
        }
        let elapsed = clock.now - start
        try connection.executeScript("DROP SCHEMA padron_copy CASCADE")
        return elapsed
    }
}
