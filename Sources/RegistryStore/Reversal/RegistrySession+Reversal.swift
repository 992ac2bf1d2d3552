internal import Identity
internal import PostgresClient
package import RegistryModel

// Loads that are taken back.
extension RegistrySession {
    private static let revertColumns: SQL = """
        v.load, l.operation, v.actor, v.reason, v.operation, v.next_sequence, v.next_record
        """

    private static func revert(_ row: PostgresRow) throws -> LoadRevertRow {
        LoadRevertRow(
            load: try row.int64(0), loadOperation: try row.optionalInt64(1),
            actor: try row.text(2), reason: try row.text(3), operation: try row.optionalInt64(4),
            nextSequence: try row.optionalInt64(5), nextRecord: try row.int64(6))
    }

    /// Asks the writer to take a load back; a load that is being taken back already goes on.
    ///
    /// - Throws: `conflict` for a load that is not registered to its end, or was taken back before.
    package mutating func requestRevert(_ load: Int64, actor: String, reason: String) throws {
        let known = try self.load(load)
        try known.checkRevertible()
        try connection.transaction { connection in
            let changed = try connection.execute(
                """
                UPDATE padron.load SET state = 'reverting'
                WHERE load = \(load) AND state IN ('done', 'failed')
                """)
            if changed == 1 {
                try connection.execute(
                    """
                    INSERT INTO padron.load_revert (load, actor, reason)
                    VALUES (\(load), \(actor), \(reason))
                    """)
            }
            try connection.query("NOTIFY padron_work")
        }
    }

    /// The oldest load that waits to be taken back.
    package mutating func nextRevert() throws -> LoadRevertRow? {
        try connection.query(
            """
            SELECT \(Self.revertColumns) FROM padron.load_revert v JOIN padron.load l USING (load)
            WHERE l.state = 'reverting' ORDER BY v.requested_at, v.load LIMIT 1
            """
        ).first.map(Self.revert)
    }

    /// How far the taking back of a load is; nil where nobody asked for it.
    package mutating func revert(of load: Int64) throws -> LoadRevertRow? {
        try connection.query(
            """
            SELECT \(Self.revertColumns) FROM padron.load_revert v JOIN padron.load l USING (load)
            WHERE v.load = \(load)
            """
        ).first.map(Self.revert)
    }

    /// What the taking back of a load did so far.
    package mutating func revertSummary(of load: Int64) throws -> LoadRevertSummary? {
        let found = try connection.query(
            """
            SELECT operation, withdrawn, restored, returned, stayed FROM padron.load_revert
            WHERE load = \(load)
            """
        ).first
        guard let row = found else { return nil }
        var summary = LoadRevertSummary(load: load, operation: try row.optionalInt64(0))
        summary.counts.withdrawn = try row.int64(1)
        summary.counts.restored = try row.int64(2)
        summary.counts.returned = try row.int64(3)
        summary.counts.stayed = try row.int64(4)
        summary.stays = try connection.query(
            """
            SELECT s.code, r.local_id, t.holder
            FROM padron.load_revert v
            CROSS JOIN unnest(v.stayed_records, v.stayed_holders) AS t (record, holder)
            JOIN padron.source_record r USING (record) JOIN padron.source s USING (source)
            WHERE v.load = \(load)
            """
        ).map { row in
            RecordStay(
                record: LocalIdentifier(authority: try row.text(0), value: try row.text(1)),
                operation: try row.int64(2))
        }
        return summary
    }

    /// The last event of an operation before a position, and whether it has an earlier one.
    package mutating func lastEvent(
        of operation: Int64, before sequence: Int64?
    ) throws -> (event: Event, isFirst: Bool)? {
        let limit = sequence ?? .max
        let sequences = try connection.query(
            """
            SELECT sequence FROM padron.event
            WHERE operation = \(operation) AND sequence < \(limit)
            ORDER BY sequence DESC LIMIT 2
            """
        ).map { try $0.int64(0) }
        guard let last = sequences.first,
            let event = try events(after: last - 1, limit: 1).first
        else { return nil }
        return (event, sequences.count == 1)
    }

    /// How many events an operation has.
    package mutating func eventCount(of operation: Int64) throws -> Int {
        try connection.query(
            "SELECT count(*) FROM padron.event WHERE operation = \(operation)"
        ).single.int(0)
    }

    /// What is known of records that a load touched, in the order of their numbers.
    ///
    /// The version that remains is the one that is current where the load, and others that were taken
    /// back, never were: the latest by the source's own time, of equal ones the last to come. One of a
    /// load that was taken back remains where a decision held it then: the revert left the record as
    /// it was, and no version of a load that stood lay over it.
    package mutating func revertRows(
        of records: [Int64], loadOperation: Int64
    ) throws -> [RevertRow] {
        // Whatever the planner knows of tables that a load has just filled, each row is found by its
        // key: a query within a query that ends with OFFSET or stands for a value is made a join of
        // no other kind. So a step costs what its records cost, and not what the registry holds.
        try connection.query(
            """
            WITH stated AS MATERIALIZED (
                SELECT r.record, r.state, v.version, v.version = r.version AS is_current, v.sequence,
                    v.recorded_at, v.operation, (SELECT undone_by FROM padron.operation o
                        WHERE o.operation = v.operation) AS undone_by
                FROM unnest(\(records)) AS asked (record)
                CROSS JOIN LATERAL (SELECT record, state, version FROM padron.source_record r
                    WHERE r.record = asked.record OFFSET 0) r
                CROSS JOIN LATERAL (SELECT version, sequence, recorded_at,
                        (SELECT operation FROM padron.event e
                            WHERE e.sequence = v.sequence) AS operation
                    FROM padron.source_record_version v WHERE v.record = asked.record OFFSET 0) v),
            covered AS (
                SELECT v.record, v.version FROM stated v JOIN stated w ON w.record = v.record
                    AND w.version > v.version AND w.recorded_at >= v.recorded_at
                    AND w.operation < v.undone_by
                    AND (w.undone_by IS NULL OR w.undone_by > v.undone_by)),
            said AS (
                SELECT record, bool_or(state <> 0) AS is_withdrawn,
                    min(sequence) FILTER (WHERE operation = \(loadOperation)) AS first_sequence,
                    min(sequence) FILTER (WHERE is_current) AS sequence,
                    min(operation) FILTER (WHERE is_current) AS operation,
                    (array_agg(version ORDER BY recorded_at DESC, version DESC) FILTER (
                        WHERE operation IS DISTINCT FROM \(loadOperation)
                            AND (undone_by IS NULL OR (
                                (record, version) NOT IN (SELECT record, version FROM covered)
                                AND (SELECT true FROM padron.reverted_record t
                                    WHERE t.record = v.record AND (SELECT operation
                                        FROM padron.event e WHERE e.sequence = t.sequence)
                                        = v.undone_by LIMIT 1) IS NULL))))[1] AS kept
                FROM stated v GROUP BY record)
            SELECT said.record, said.is_withdrawn, said.first_sequence, said.sequence,
                COALESCE(said.operation, 0), kept.version,
                (extract(epoch FROM kept.recorded_at) * 1000000)::bigint, kept.content,
                (SELECT true FROM padron.record_withdrawal w
                    WHERE w.record = said.record
                        AND (SELECT b.operation FROM padron.event b
                            WHERE b.sequence = w.ended_sequence) = \(loadOperation)
                        AND (SELECT o.undone_by FROM padron.event a JOIN padron.operation o
                            USING (operation) WHERE a.sequence = w.sequence) IS NULL
                    LIMIT 1) IS NOT NULL,
                (SELECT COALESCE(m.operation, 0) FROM padron.link_change later
                    JOIN padron.event m USING (sequence)
                    LEFT JOIN padron.operation o ON o.operation = m.operation
                    WHERE later.record = said.record AND later.sequence > said.first_sequence
                        AND m.operation IS DISTINCT FROM \(loadOperation) AND o.undone_by IS NULL
                        AND (o.kind IS NULL OR o.kind NOT IN ('undo', 'unmerge', 'revert'))
                    ORDER BY later.sequence LIMIT 1)
            FROM said LEFT JOIN LATERAL (
                SELECT version, recorded_at, content FROM padron.source_record_version v
                WHERE v.record = said.record AND v.version = said.kept OFFSET 0) kept ON true
            ORDER BY said.record
            """
        ).map(Self.revertRow)
    }

    private static func revertRow(_ row: PostgresRow) throws -> RevertRow {
        var kept: RevertRow.Version?
        if let version = try row.optionalInt64(5), let recordedAt = try row.optionalInt64(6) {
            guard let json = try row.optionalText(7),
                let person = PersonRecord(canonicalJSON: Array(json.utf8))
            else { throw StoreError.damaged("a version whose content is no patient") }
            kept = RevertRow.Version(
                version: Int32(truncatingIfNeeded: version), recordedAt: recordedAt,
                content: PackedPerson.bytes(of: person))
        }
        return RevertRow(
            record: try row.int64(0), isWithdrawn: try row.bool(1),
            firstSequence: try row.optionalInt64(2) ?? 0, currentSequence: try row.int64(3),
            currentOperation: try row.int64(4), remaining: kept, wasWithdrawn: try row.bool(8),
            laterMove: try row.optionalInt64(9))
    }

    /// Moves the taking back of a load on; part of the writer's transaction.
    static func write(
        _ step: RevertStep, of batch: CommitBatch, _ connection: inout PostgresConnection
    ) throws {
        let sequence = batch.position.sequence
        if step.isFirst {
            try connection.execute(
                """
                INSERT INTO padron.operation (operation, kind, actor, reason, begun_at)
                VALUES (\(step.operation), 'revert', \(step.actor), \(step.reason), now())
                """)
            if let undone = step.loadOperation {
                try connection.execute(
                    """
                    UPDATE padron.operation SET undone_by = \(step.operation)
                    WHERE operation = \(undone)
                    """)
            }
        }
        let counts = step.counts
        let sample = SQL(unsafeSQL: "\(StoreLimits.revertSampleMax)")
        let moved = try connection.execute(
            """
            UPDATE padron.load_revert SET operation = \(step.operation),
                next_sequence = \(step.nextSequence), next_record = \(step.nextRecord),
                withdrawn = withdrawn + \(counts.withdrawn), restored = restored + \(counts.restored),
                returned = returned + \(counts.returned), stayed = stayed + \(counts.stayed),
                stayed_records = (stayed_records || \(step.stays.map { $0.record }))[1:\(sample)],
                stayed_holders = (stayed_holders || \(step.stays.map { $0.operation }))[1:\(sample)]
            WHERE load = \(step.load) AND COALESCE(next_sequence > \(step.sequence), true)
            """)
        guard moved == 1 else { throw StoreError.notFound("load \(step.load) at this step") }
        if !batch.changedRecords.isEmpty {
            try connection.query(
                "INSERT INTO padron.reverted_record (record, sequence) SELECT unnest($1::int8[]), $2",
                [batch.changedRecords.map(\.record), sequence])
        }
        if !step.closedTasks.isEmpty {
            try connection.query(
                """
                UPDATE padron.review_task SET closed_sequence = $2, resolution = 'revert'
                WHERE task = ANY ($1::int8[])
                """, [step.closedTasks.map(\.task), sequence])
        }
        try reopen(step.reopenedTasks, &connection)
        guard step.isLast else { return }
        try connection.execute(
            "UPDATE padron.operation SET ended_at = now() WHERE operation = \(step.operation)")
        try connection.execute(
            "UPDATE padron.load SET state = 'reverted' WHERE load = \(step.load)")
    }
}

extension Load {
    /// Refuses a load that cannot be taken back.
    package func checkRevertible() throws(RegistryError) {
        switch state {
        case .done, .failed, .reverting: return
        case .reverted: throw RegistryError(.conflict, "load \(load) was taken back already")
        case .staging, .staged, .registering:
            throw RegistryError(
                .conflict, "load \(load) is not registered to its end; run it to its end first")
        }
    }
}
