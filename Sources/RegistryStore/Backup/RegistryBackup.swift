package import PostgresClient
package import RegistryModel

/// What a backup holds.
package struct BackupSummary: Hashable, Sendable {
    /// The log's last event in it.
    package var position: LogPosition
    package var records: Int
    /// The bytes of the archive.
    package var byteCount: Int
}

/// What a restored registry is.
package struct RestoreSummary: Hashable, Sendable {
    /// The log's last event, under the epoch that begins.
    package var position: LogPosition
    package var records: Int
    /// The migrations that the backup did not have yet.
    package var migrations: [String]
}

/// A registry's database in an archive, and a registry from one.
///
/// The archive is `pg_dump`'s: it needs no right but to read, holds no page of another version or
/// cluster, and leaves out what is deleted. It shows one snapshot, whoever writes meanwhile. The
/// writer's lease is not in it: so what is read back belongs to nobody until a new epoch begins.
package enum RegistryBackup {
    private static let schema = "padron"
    /// What lies in the schema and is not dumped with it unless it is named.
    private static let extensions = ["btree_gist", "cube"]

    /// Writes the registry to an archive.
    package static func write(
        _ address: DatabaseAddress, to archive: DatabaseArchive, jobs: Int,
        progress: (Int) -> Void
    ) throws -> BackupSummary {
        var session = try RegistrySession(address, applicationName: "padron db backup")
        guard try session.hasRegistry() else {
            throw RegistryError(.notFound, "the database holds no registry")
        }
        return try session.snapshot { session in
            let position = try session.counters().position
            let records = try session.connection.query(
                "SELECT count(*) FROM padron.source_record"
            ).single.int(0)
            let snapshot = try session.connection.query("SELECT pg_export_snapshot()")
                .single.text(0)
            try archive.write(
                schema, of: session.connection, snapshot: snapshot, emptyTables: ["lease"],
                extensions: extensions,
                jobs: jobs, progress: progress)
            return BackupSummary(
                position: position, records: records, byteCount: archive.byteCount)
        }
    }

    /// Makes a registry from an archive, in a database that has none, and begins its next epoch.
    ///
    /// - Throws: `conflict` where the database holds a registry; the database is then as it was, as
    ///   it is after any other failure.
    package static func restore(
        _ archive: DatabaseArchive, into address: DatabaseAddress, jobs: Int,
        whileWaiting: () -> Void
    ) throws -> RestoreSummary {
        var session = try RegistrySession(address, applicationName: "padron db restore")
        guard try !session.hasSchema(schema) else {
            throw RegistryError(
                .conflict,
                try session.hasRegistry()
                    ? "the database holds a registry already; name an empty one by --database or"
                        + " --data"
                    : "the database holds part of a registry; drop its schema padron, or name an"
                        + " empty database")
        }
        do {
            try archive.read(
                into: session.connection, jobs: jobs, whileWaiting: whileWaiting)
            let migrations = try MigrationRunner.migrate(address)
            let position = try session.beginEpoch()
            try session.connection.query("ANALYZE")
            let records = try session.connection.query(
                "SELECT count(*) FROM padron.source_record"
            ).single.int(0)
            return RestoreSummary(position: position, records: records, migrations: migrations)
        } catch {
            // There was no such schema before.
            try? session.connection.executeScript("DROP SCHEMA IF EXISTS padron CASCADE")
            throw error
        }
    }
}

extension RegistrySession {
    fileprivate mutating func hasSchema(_ name: String) throws -> Bool {
        try connection.query("SELECT to_regnamespace(\(name)) IS NOT NULL").single.bool(0)
    }

    /// Whether there is a registry that somebody can write.
    fileprivate mutating func hasRegistry() throws -> Bool {
        let isThere = try connection.query("SELECT to_regclass('padron.lease') IS NOT NULL")
            .single.bool(0)
        guard isThere else { return false }
        return try !connection.query("SELECT FROM padron.lease").isEmpty
    }

    /// Gives a restored registry its lease, which nobody holds.
    ///
    /// Its epoch is the time in seconds: no writer of the registry's other lives has reached that by
    /// counting takeovers, nor has one restored at another time. So a node that wrote before cannot
    /// write here, and a position of the log that this registry has lost is known for what it is.
    fileprivate mutating func beginEpoch() throws -> LogPosition {
        let row = try connection.query(
            """
            INSERT INTO padron.lease (epoch, sequence, holder, address, renewed_at)
            SELECT GREATEST(COALESCE(max(epoch), 0) + 1,
                    extract(epoch FROM clock_timestamp())::int8),
                COALESCE(max(sequence), 0), 'restored', '', '-infinity'
            FROM padron.event RETURNING epoch, sequence
            """
        ).single
        return LogPosition(epoch: try row.int64(0), sequence: try row.int64(1))
    }
}
