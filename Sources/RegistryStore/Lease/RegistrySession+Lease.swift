internal import PostgresClient
package import RegistryModel

extension RegistrySession {
    /// The name under which a writer's sessions of an epoch are seen by the server.
    package static func writerName(epoch: Int64) -> String { "padron writer \(epoch)" }

    /// Who writes, and where the log ends.
    ///
    /// A lease is alive while it was renewed in the last seconds and its epoch still has a session:
    /// a writer that was killed loses its sessions at once, one that hangs loses the lease by time. A
    /// transaction of its own keeps the row from being renewed as long as it lasts; then it counts that
    /// the session that renews, its keeper, has asked for anything in the last seconds.
    package mutating func lease() throws -> WriterLease {
        let secondsMax = Double(StoreLimits.leaseMillisecondsMax) / 1_000
        let row = try connection.query(
            """
            SELECT epoch, sequence, holder, address,
                renewed_at > '-infinity' AND EXISTS (SELECT FROM pg_stat_activity
                    WHERE datname = current_database()
                        AND application_name = 'padron writer ' || epoch)
                AND (renewed_at > clock_timestamp() - make_interval(secs => \(secondsMax))
                    OR EXISTS (SELECT FROM pg_stat_activity
                        WHERE datname = current_database()
                            AND application_name = 'padron keeper ' || epoch
                            AND query_start
                                > clock_timestamp() - make_interval(secs => \(secondsMax))))
            FROM padron.lease
            """
        ).single
        return WriterLease(
            position: LogPosition(epoch: try row.int64(0), sequence: try row.int64(1)),
            holder: try row.text(2), address: try row.text(3), isAlive: try row.bool(4))
    }

    /// The epoch of who writes, or wrote last, and the log's last event.
    package mutating func logEnd() throws -> LogPosition {
        let row = try connection.query("SELECT epoch, sequence FROM padron.lease").single
        return LogPosition(epoch: try row.int64(0), sequence: try row.int64(1))
    }

    /// Takes the lease if no writer lives, and makes this session the writer's.
    ///
    /// Sessions that the old writer may still have in this database are ended first, so that none
    /// of its transactions is under way when the epoch rises.
    ///
    /// - Returns: the new epoch with the log's last event; nil where a writer lives.
    package mutating func acquireLease(holder: String, address: String) throws -> LogPosition? {
        let seen = try lease()
        guard !seen.isAlive else { return nil }
        let oldName = Self.writerName(epoch: seen.position.epoch)
        try connection.query(
            """
            SELECT pg_terminate_backend(pid, \(StoreLimits.terminationMillisecondsMax))
            FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = \(oldName)
                AND pid <> pg_backend_pid()
            """)
        return try connection.transaction { connection in
            let epoch = seen.position.epoch + 1
            let taken = try connection.query(
                """
                UPDATE padron.lease SET epoch = \(epoch), holder = \(holder), address = \(address),
                    renewed_at = clock_timestamp()
                WHERE epoch = \(seen.position.epoch) RETURNING sequence
                """)
            guard let row = taken.first else { return nil }
            try connection.query(
                "SELECT set_config('application_name', \(Self.writerName(epoch: epoch)), false)")
            return LogPosition(epoch: epoch, sequence: try row.int64(0))
        }
    }

    /// Whether the log went through a position: a database restored from an older state did not.
    ///
    /// The event at the position is of its epoch, or of an earlier one where nothing was written since
    /// a takeover; the one behind it is not of an earlier one.
    package mutating func hasPassed(_ position: LogPosition) throws -> Bool {
        try connection.query(
            """
            SELECT l.sequence >= \(position.sequence)
                AND COALESCE((SELECT epoch FROM padron.event
                    WHERE sequence = \(position.sequence)), 0) <= \(position.epoch)
                AND COALESCE((SELECT epoch FROM padron.event
                    WHERE sequence = \(position.sequence + 1)), l.epoch) >= \(position.epoch)
            FROM padron.lease l
            """
        ).single.bool(0)
    }

    /// Makes this session one of the writer's, so that a takeover ends it.
    package mutating func joinWriter(epoch: Int64) throws {
        try connection.query(
            "SELECT set_config('application_name', \(Self.writerName(epoch: epoch)), false)")
    }

    /// Makes this session the keeper of an epoch's lease: the one by which the writer is seen to live while
    /// a long transaction of its own holds the lease's row.
    package mutating func keepLease(epoch: Int64) throws {
        try connection.query(
            "SELECT set_config('application_name', \("padron keeper \(epoch)"), false)")
    }

    /// Says that the writer lives; false where another has taken over, or where it has given the lease up.
    ///
    /// It waits for nobody: where a transaction has the row, to have asked is enough for a keeper.
    package mutating func renewLease(epoch: Int64) throws -> Bool {
        let renewed = try connection.execute(
            """
            UPDATE padron.lease SET renewed_at = clock_timestamp()
            WHERE ctid = (SELECT ctid FROM padron.lease
                WHERE epoch = \(epoch) AND renewed_at > '-infinity' FOR UPDATE SKIP LOCKED)
            """)
        guard renewed == 0 else { return true }
        return try !connection.query(
            "SELECT FROM padron.lease WHERE epoch = \(epoch) AND renewed_at > '-infinity'"
        ).isEmpty
    }

    /// Gives the lease up, so that another node need not wait.
    package mutating func releaseLease(epoch: Int64) throws {
        try connection.execute(
            "UPDATE padron.lease SET renewed_at = '-infinity', address = '' WHERE epoch = \(epoch)")
    }

    /// The epoch that holds the lease once no transaction of a writer is under way any more.
    ///
    /// A commit whose answer was lost may still be running: each of them holds the row until it ends.
    package mutating func settledEpoch() throws -> Int64 {
        try connection.query("SELECT epoch FROM padron.lease FOR SHARE").single.int64(0)
    }

    /// Whether an event was written by an epoch: asked after a commit whose answer was lost.
    package mutating func hasEvent(_ position: LogPosition) throws -> Bool {
        let found = try connection.query(
            """
            SELECT FROM padron.event
            WHERE sequence = \(position.sequence) AND epoch = \(position.epoch)
            """)
        return !found.isEmpty
    }
}
