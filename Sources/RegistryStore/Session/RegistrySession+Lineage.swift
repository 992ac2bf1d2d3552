internal import PostgresClient
package import RegistryModel

/// One history of one database, up to a position of its log.
///
/// What was derived from it is true of a database that has it as a part of its own history; not of
/// another one, of one that was restored from an older state, or of one that began anew.
package struct DatabaseLineage: Hashable, Sendable {
    /// The number that `initdb` gave the server's files, which its replicas have too.
    package var system: Int64
    /// The number of the database among the server's.
    package var database: Int64
    /// An end that the log had.
    package var position: LogPosition
    /// When the last event of it was written, in microseconds since 1970; 0 where there is none.
    package var occurredAt: Int64

    /// Creates a lineage.
    package init(system: Int64, database: Int64, position: LogPosition, occurredAt: Int64) {
        self.system = system
        self.database = database
        self.position = position
        self.occurredAt = occurredAt
    }
}

extension RegistrySession {
    /// The history of the database up to now.
    package mutating func lineage() throws -> DatabaseLineage {
        let row = try connection.query(
            """
            SELECT (SELECT system_identifier FROM pg_control_system()),
                (SELECT oid::int8 FROM pg_database WHERE datname = current_database()),
                l.epoch, l.sequence,
                COALESCE((SELECT (extract(epoch FROM occurred_at) * 1000000)::bigint
                    FROM padron.event WHERE sequence = l.sequence), 0)
            FROM padron.lease l
            """
        ).single
        return DatabaseLineage(
            system: try row.int64(0), database: try row.int64(1),
            position: LogPosition(epoch: try row.int64(2), sequence: try row.int64(3)),
            occurredAt: try row.int64(4))
    }

    /// Whether the database's history goes on from another one.
    package mutating func continues(_ other: DatabaseLineage) throws -> Bool {
        let mine = try lineage()
        guard mine.system == other.system, mine.database == other.database,
            try hasPassed(other.position)
        else { return false }
        let occurredAt = try connection.query(
            """
            SELECT COALESCE((SELECT (extract(epoch FROM occurred_at) * 1000000)::bigint
                FROM padron.event WHERE sequence = \(other.position.sequence)), 0)
            """
        ).single.int64(0)
        return occurredAt == other.occurredAt
    }

    /// Whether anything was erased behind a position.
    package mutating func hasErased(after sequence: Int64) throws -> Bool {
        try connection.query(
            """
            SELECT EXISTS (SELECT FROM padron.event
                WHERE sequence > \(sequence) AND kind = \(Int64(EventKind.erased.rawValue)))
            """
        ).single.bool(0)
    }
}
