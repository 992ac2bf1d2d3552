internal import PostgresClient

/// The withdrawal of a record by an operation.
package struct WithdrawalRow: Hashable, Sendable {
    package var record: Int64
    /// Whether no later event made the record count again.
    package var isStanding: Bool
}

// Records that their sources took back, and those that were renumbered.
extension RegistrySession {
    /// Writes which records are withdrawn from now on and which no longer; part of the writer's transaction.
    static func write(states batch: CommitBatch, _ connection: inout PostgresConnection) throws {
        if !batch.withdrawn.isEmpty {
            try connection.query(
                insertWithdrawals,
                [batch.withdrawn.map(\.record), batch.withdrawn.map(\.sequence)])
        }
        if !batch.reinstated.isEmpty {
            let ended = try connection.query(
                endWithdrawals,
                [batch.reinstated.map(\.record), batch.reinstated.map(\.sequence)]
            ).affectedRowCount
            guard ended == batch.reinstated.count else {
                throw StoreError.damaged("fewer withdrawn records than the index")
            }
        }
    }

    private static let insertWithdrawals = PreparedStatement(
        """
        INSERT INTO padron.record_withdrawal (record, sequence)
        SELECT * FROM unnest($1::int8[], $2::int8[])
        """)

    private static let endWithdrawals = PreparedStatement(
        """
        UPDATE padron.record_withdrawal w SET ended_sequence = c.sequence
        FROM unnest($1::int8[], $2::int8[]) AS c (record, sequence)
        WHERE w.record = c.record AND w.ended_sequence IS NULL
        """)

    /// The records that an operation withdrew.
    package mutating func withdrawals(by operation: Int64) throws -> [WithdrawalRow] {
        try connection.query(
            """
            SELECT w.record, w.ended_sequence IS NULL
            FROM padron.event e
            JOIN padron.record_withdrawal w
                ON w.record = ANY (e.changed_records) AND w.sequence = e.sequence
            WHERE e.operation = \(operation) ORDER BY 1
            """
        ).map { WithdrawalRow(record: try $0.int64(0), isStanding: try $0.bool(1)) }
    }

    /// Writes the change of a record's local identifier; part of the writer's transaction.
    static func write(
        _ renumbering: Renumbering, _ sequence: Int64, _ connection: inout PostgresConnection
    ) throws {
        if renumbering.isTakenBack {
            try connection.execute(
                """
                DELETE FROM padron.former_local_id
                WHERE source = \(renumbering.source) AND local_id = \(renumbering.to)
                """)
        } else {
            try connection.execute(
                """
                INSERT INTO padron.former_local_id (source, local_id, record, sequence)
                VALUES (\(renumbering.source), \(renumbering.from), \(renumbering.record),
                    \(sequence))
                """)
        }
        let changed = try connection.execute(
            """
            UPDATE padron.source_record SET local_id = \(renumbering.to)
            WHERE record = \(renumbering.record) AND local_id = \(renumbering.from)
            """)
        guard changed == 1 else {
            throw StoreError.damaged("another local identifier than the index")
        }
    }

    /// All local identifiers that records had before.
    package mutating func formerLocalIDs() throws -> [FormerLocalID] {
        try formerLocalIDs(
            "SELECT source, local_id, record FROM padron.former_local_id ORDER BY sequence")
    }

    /// The local identifiers that some records had before.
    package mutating func formerLocalIDs(of records: [Int64]) throws -> [FormerLocalID] {
        try formerLocalIDs(
            """
            SELECT source, local_id, record FROM padron.former_local_id
            WHERE record = ANY (\(records)) ORDER BY sequence
            """)
    }

    /// The identifier that an operation took from a record, and whether no later one has renumbered it.
    package mutating func renumbering(
        by operation: Int64
    ) throws -> (former: FormerLocalID, isLast: Bool)? {
        try connection.query(
            """
            SELECT f.source, f.local_id, f.record,
                NOT EXISTS (SELECT FROM padron.former_local_id l
                    WHERE l.record = f.record AND l.sequence > f.sequence)
            FROM padron.former_local_id f JOIN padron.event e USING (sequence)
            WHERE e.operation = \(operation)
            """
        ).first.map { row in
            (
                FormerLocalID(
                    source: Int32(truncatingIfNeeded: try row.int64(0)), localID: try row.text(1),
                    record: try row.int64(2)), try row.bool(3)
            )
        }
    }

    private mutating func formerLocalIDs(_ query: SQL) throws -> [FormerLocalID] {
        try connection.query(query).map { row in
            FormerLocalID(
                source: Int32(truncatingIfNeeded: try row.int64(0)), localID: try row.text(1),
                record: try row.int64(2))
        }
    }
}
