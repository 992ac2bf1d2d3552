internal import PostgresClient
package import RegistryModel

// What the writer writes of decisions; part of its one transaction.
extension RegistrySession {
    /// Writes the moves of a batch, the persons they leave without records, and those who have some again.
    static func write(moves batch: CommitBatch, _ connection: inout PostgresConnection) throws {
        if !batch.moves.isEmpty {
            try connection.query(
                insertMoves,
                [
                    batch.moves.map(\.record), batch.moves.map(\.sequence),
                    batch.moves.map { Int64($0.from.bits) }, batch.moves.map { Int64($0.to.bits) },
                    batch.moves.map { Int32($0.fromOrigin.rawValue) },
                    batch.moves.map(\.fromWeight),
                ])
        }
        if !batch.revived.isEmpty {
            let revived = batch.revived.map { Int64($0.bits) }
            try connection.query(
                "DELETE FROM padron.retired_person WHERE euid = ANY ($1::int8[])", [revived])
        }
        for retired in batch.retired {
            let reason = retired.survivors.count > 1 ? "split" : "replaced"
            try connection.execute(
                """
                INSERT INTO padron.retired_person (euid, sequence, reason, survivors)
                VALUES (\(Int64(retired.person.bits)), \(batch.position.sequence), \(reason),
                    \(retired.survivors.map { Int64($0.bits) }))
                """)
        }
        if !batch.goldenRemoved.isEmpty {
            let removed = batch.goldenRemoved.map { Int64($0.bits) }
            try connection.query(
                "DELETE FROM padron.golden_record WHERE euid = ANY ($1::int8[])", [removed])
        }
    }

    private static let insertMoves = PreparedStatement(
        """
        INSERT INTO padron.link_change (record, sequence, from_euid, to_euid, from_origin, from_weight)
        SELECT * FROM unnest($1::int8[], $2::int8[], $3::int8[], $4::int8[], $5::int4[], $6::float8[])
        """)

    /// Writes the operation of a decision with its constraints and tasks.
    static func write(
        _ step: DecisionStep, _ sequence: Int64, _ connection: inout PostgresConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO padron.operation (operation, kind, actor, reason, begun_at, ended_at)
            VALUES (\(step.operation), \(step.kind.rawValue), \(step.actor), \(step.reason), now(),
                now())
            """)
        if let undone = step.undone {
            let marked = try connection.execute(
                """
                UPDATE padron.operation SET undone_by = \(step.operation)
                WHERE operation = \(undone) AND undone_by IS NULL
                """)
            guard marked == 1 else { throw StoreError.damaged("operation \(undone) twice undone") }
        }
        if let standing = step.standingAgain {
            try connection.execute(
                "UPDATE padron.operation SET undone_by = NULL WHERE operation = \(standing)")
        }
        if let request = step.request, let outcome = step.outcome {
            try answer(request, .success(outcome), &connection)
        }
        if let renumbering = step.renumbering { try write(renumbering, sequence, &connection) }
        try write(step.pins, sequence, &connection)
        if let erasure = step.erasure { try write(erasure, of: step, &connection) }
        if let release = step.release {
            try write(release, operation: step.operation, &connection)
        }
        try writeRestrictions(of: step, sequence, &connection)
        try retract(step, &connection)
        try restore(step, &connection)
        try add(step, &connection)
        if !step.closedTasks.isEmpty {
            try connection.query(
                """
                UPDATE padron.review_task SET closed_sequence = $2, resolution = $3
                WHERE task = ANY ($1::int8[])
                """, [step.closedTasks.map(\.task), sequence, step.kind.rawValue])
        }
        try closeAgain(step, &connection)
        try keepReopened(step, &connection)
        try reopen(step.reopenedTasks, &connection)
    }

    private static func add(
        _ step: DecisionStep, _ connection: inout PostgresConnection
    ) throws {
        guard !step.constraints.isEmpty else { return }
        try connection.query(
            """
            INSERT INTO padron.record_constraint (left_record, right_record, must_link, operation)
            SELECT c.left_record, c.right_record, c.must_link, $4
            FROM unnest($1::int8[], $2::int8[], $3::bool[]) AS c (left_record, right_record, must_link)
            """,
            [
                step.constraints.map(\.left), step.constraints.map(\.right),
                step.constraints.map(\.isMustLink), step.operation,
            ])
    }

    private static func retract(
        _ step: DecisionStep, _ connection: inout PostgresConnection
    ) throws {
        guard !step.retracted.isEmpty else { return }
        let retracted = try connection.query(
            """
            UPDATE padron.record_constraint r SET retracted_by = $3
            FROM unnest($1::int8[], $2::int8[]) AS c (left_record, right_record)
            WHERE r.left_record = c.left_record AND r.right_record = c.right_record
                AND r.retracted_by IS NULL
            """,
            [step.retracted.map(\.left), step.retracted.map(\.right), step.operation]
        ).affectedRowCount
        guard retracted == step.retracted.count else {
            throw StoreError.damaged("fewer constraints than the writer")
        }
    }

    private static func restore(
        _ step: DecisionStep, _ connection: inout PostgresConnection
    ) throws {
        guard let undone = step.undone, !step.restored.isEmpty else { return }
        try connection.query(
            """
            UPDATE padron.record_constraint r SET retracted_by = NULL
            FROM unnest($1::int8[], $2::int8[]) AS c (left_record, right_record)
            WHERE r.left_record = c.left_record AND r.right_record = c.right_record
                AND r.retracted_by = $3
            """,
            [
                step.restored.map(\.constraint.left), step.restored.map(\.constraint.right), undone,
            ])
    }
}

// What the planner of a decision asks.
extension RegistrySession {
    /// All constraints that stand.
    package mutating func standingConstraints() throws -> [StandingConstraint] {
        try connection.query(
            """
            SELECT left_record, right_record, must_link, operation FROM padron.record_constraint
            WHERE retracted_by IS NULL
            """
        ).map { row in
            StandingConstraint(
                constraint: RecordConstraint(
                    try row.int64(0), try row.int64(1), isMustLink: try row.bool(2)),
                operation: try row.int64(3))
        }
    }

    /// The pairs that an operation had released.
    package mutating func constraints(retractedBy operation: Int64) throws -> [StandingConstraint] {
        try connection.query(
            """
            SELECT left_record, right_record, must_link, operation FROM padron.record_constraint
            WHERE retracted_by = \(operation)
            """
        ).map { row in
            StandingConstraint(
                constraint: RecordConstraint(
                    try row.int64(0), try row.int64(1), isMustLink: try row.bool(2)),
                operation: try row.int64(3))
        }
    }

    /// An operation; nil where there is none of that number.
    package mutating func operation(_ number: Int64) throws -> ArchivedOperation? {
        try operations([number]).first
    }

    /// The operations of some numbers, as far as there are.
    mutating func operations(_ numbers: [Int64]) throws -> [ArchivedOperation] {
        try connection.query(
            """
            SELECT operation, kind, reason, undone_by FROM padron.operation
            WHERE operation = ANY (\(numbers))
            """
        ).map { row in
            guard let kind = OperationKind(rawValue: try row.text(1)) else {
                throw StoreError.damaged("an operation of an unknown kind")
            }
            return ArchivedOperation(
                operation: try row.int64(0), kind: kind, reason: try row.text(2),
                undoneBy: try row.optionalInt64(3))
        }
    }

    /// The operation that an operation took back; nil where it took none back.
    package mutating func operation(undoneBy number: Int64) throws -> Int64? {
        try connection.query(
            "SELECT operation FROM padron.operation WHERE undone_by = \(number)"
        ).first.map { try $0.int64(0) }
    }

    /// What an operation did to each record that it moved, in the order of their numbers.
    ///
    /// A later move holds a record where its operation stands; moves that take another operation
    /// back hold nothing, since with that one they cancel out.
    package mutating func moves(of operation: Int64) throws -> [OperationMove] {
        try moves(of: operation, where: "true")
    }

    /// What an operation did to some records, as `moves(of:)` tells of all.
    package mutating func moves(
        of operation: Int64, among records: [Int64]
    ) throws -> [OperationMove] {
        try moves(of: operation, where: "c.record = ANY (\(records))")
    }

    private mutating func moves(
        of operation: Int64, where condition: SQL
    ) throws -> [OperationMove] {
        try connection.query(
            """
            WITH made AS (
                SELECT DISTINCT ON (c.record) c.record, c.from_euid, c.from_origin, c.from_weight,
                    last_value(c.to_euid) OVER whole AS to_euid,
                    last_value(c.sequence) OVER whole AS sequence
                FROM padron.event e JOIN padron.link_change c USING (sequence)
                WHERE e.operation = \(operation) AND \(condition)
                WINDOW whole AS (PARTITION BY c.record ORDER BY c.sequence
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
                ORDER BY c.record, c.sequence)
            SELECT m.record, m.sequence, m.from_euid, m.to_euid, m.from_origin, m.from_weight,
                (SELECT COALESCE(e.operation, 0)
                FROM padron.link_change later JOIN padron.event e USING (sequence)
                LEFT JOIN padron.operation o ON o.operation = e.operation
                WHERE later.record = m.record AND later.sequence > m.sequence
                    AND o.undone_by IS NULL
                    AND (o.kind IS NULL OR o.kind NOT IN ('undo', 'unmerge', 'revert'))
                ORDER BY later.sequence LIMIT 1)
            FROM made m ORDER BY m.record
            """
        ).map { row in
            guard let origin = LinkOrigin(rawValue: Int16(truncatingIfNeeded: try row.int64(4)))
            else { throw StoreError.damaged("a move from a link of unknown origin") }
            return OperationMove(
                move: LinkMove(
                    record: try row.int64(0), sequence: try row.int64(1),
                    from: EnterpriseIdentifier(bits: UInt64(try row.int64(2))),
                    to: EnterpriseIdentifier(bits: UInt64(try row.int64(3))), fromOrigin: origin,
                    fromWeight: try row.optionalDouble(5)),
                heldBy: try row.optionalInt64(6))
        }
    }

    /// All open tasks.
    package mutating func openTasks() throws -> [ReviewTask] {
        try tasks(
            """
            SELECT task, sequence, kind, record, other_record, weight, reason, territory
            FROM padron.review_task
            WHERE closed_sequence IS NULL ORDER BY task
            """)
    }

    /// The open tasks in which one of some records stands.
    package mutating func openTasks(of records: [Int64]) throws -> [ReviewTask] {
        try tasks(
            """
            SELECT task, sequence, kind, record, other_record, weight, reason, territory
            FROM padron.review_task
            WHERE closed_sequence IS NULL
                AND (record = ANY (\(records)) OR other_record = ANY (\(records)))
            ORDER BY task
            """)
    }

    /// The open tasks that an operation opened.
    package mutating func openTasks(
        openedByOperation operation: Int64
    ) throws -> [ReviewTask] {
        try tasks(
            """
            SELECT task, sequence, kind, record, other_record, weight, reason, territory
            FROM padron.review_task
            WHERE closed_sequence IS NULL AND sequence IN (SELECT sequence FROM padron.event
                WHERE operation = \(operation))
            ORDER BY task
            """)
    }

    /// The records whose current version tells when their source saw them: a row of a load that has no
    /// such time has the load's.
    package mutating func recordsSeen(_ records: [Int64]) throws -> Set<Int64> {
        Set(
            try connection.query(
                """
                SELECT r.record FROM padron.source_record r
                JOIN padron.source_record_version v USING (record, version)
                JOIN padron.event e ON e.sequence = v.sequence
                LEFT JOIN padron.load l ON l.operation = e.operation
                WHERE r.record = ANY (\(records)) AND v.recorded_at IS DISTINCT FROM l.created_at
                """
            ).map { try $0.int64(0) })
    }

    /// The tasks that an operation closed and that no other task stands in for.
    package mutating func tasksClosed(by operation: Int64) throws -> [ReviewTask] {
        try tasksClosed(by: operation, where: "true")
    }

    /// The tasks about some records that a load's data settled, those aside that it had opened itself.
    package mutating func tasksSettled(
        by operation: Int64, about records: [Int64]
    ) throws -> [ReviewTask] {
        try tasksClosed(
            by: operation,
            where: """
                (t.record = ANY (\(records)) OR t.other_record = ANY (\(records)))
                AND NOT EXISTS (SELECT FROM padron.event b
                    WHERE b.sequence = t.sequence AND b.operation = \(operation))
                """)
    }

    private mutating func tasksClosed(
        by operation: Int64, where condition: SQL
    ) throws -> [ReviewTask] {
        try tasks(
            """
            SELECT task, sequence, kind, record, other_record, weight, reason, territory
            FROM padron.review_task t
            WHERE closed_sequence IN (SELECT sequence FROM padron.event
                    WHERE operation = \(operation))
                AND \(condition)
                AND NOT EXISTS (SELECT FROM padron.review_task o
                    WHERE o.closed_sequence IS NULL AND o.kind = t.kind
                        AND LEAST(o.record, o.other_record) = LEAST(t.record, t.other_record)
                        AND GREATEST(o.record, o.other_record)
                            = GREATEST(t.record, t.other_record))
            ORDER BY task
            """)
    }

    /// The tasks that a query selects, each with its reason and territory behind its weight.
    mutating func tasks(_ query: SQL) throws -> [ReviewTask] {
        try connection.query(query).map { try Self.task($0, reason: 6) }
    }

    /// The task of a row that begins with its number, event, kind, records and weight.
    static func task(_ row: PostgresRow, reason column: Int) throws -> ReviewTask {
        guard let kind = ReviewTaskKind(rawValue: try row.text(2)),
            let reason = ReviewReason(rawValue: try row.text(column))
        else { throw StoreError.damaged("a review task of an unknown kind") }
        return ReviewTask(
            task: try row.int64(0), sequence: try row.int64(1), kind: kind,
            record: try row.int64(3), otherRecord: try row.int64(4),
            weight: try row.optionalDouble(5), reason: reason,
            territory: try row.text(column + 1))
    }
}
