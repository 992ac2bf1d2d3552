internal import PostgresClient
internal import RegistryModel

// What the writer writes of a rematch; part of its one transaction.
extension RegistrySession {
    /// Moves a rematch on by one step.
    static func write(
        _ step: RematchStep, _ sequence: Int64, _ connection: inout PostgresConnection
    ) throws {
        switch step.phase {
        case .begin: try begin(step, &connection)
        case .changes(let last):
            try connection.execute(
                """
                DELETE FROM padron.rematch_member
                WHERE rematch = \(step.rematch.rematch) AND change <= \(last)
                """)
        case .tasks(let last):
            try connection.execute(
                """
                DELETE FROM padron.rematch_task
                WHERE rematch = \(step.rematch.rematch) AND item <= \(last)
                """)
        case .event: break
        case .end: try end(step, &connection)
        }
        try moveOn(step, &connection)
        if !step.closedTasks.isEmpty {
            let resolution = step.rematch.undoes == nil ? "rematch" : "undo"
            try connection.query(
                """
                UPDATE padron.review_task SET closed_sequence = $2, resolution = $3
                WHERE task = ANY ($1::int8[])
                """, [step.closedTasks.map(\.task), sequence, resolution])
        }
        if !step.reopenedTasks.isEmpty {
            try connection.query(
                """
                UPDATE padron.review_task SET closed_sequence = NULL, resolution = NULL
                WHERE task = ANY ($1::int8[])
                """, [step.reopenedTasks.map(\.task)])
        }
    }

    private static func moveOn(
        _ step: RematchStep, _ connection: inout PostgresConnection
    ) throws {
        let (counts, number) = (step.counts, step.rematch.rematch)
        let state: RematchState = if case .end = step.phase { .done } else { .applying }
        let next: Int64 = if case .event(let sequence) = step.phase { sequence } else { 0 }
        let sample = SQL(unsafeSQL: "\(StoreLimits.revertSampleMax)")
        let moved = try connection.execute(
            """
            UPDATE padron.rematch SET state = \(state.rawValue), operation = \(step.operation),
                steps = steps + 1, next_sequence = COALESCE(NULLIF(\(next)::bigint, 0), next_sequence),
                changes = changes + \(counts.changes), moved = moved + \(counts.moved),
                skipped = skipped + \(counts.skipped),
                tasks_opened = tasks_opened + \(counts.tasksOpened),
                tasks_closed = tasks_closed + \(counts.tasksClosed),
                finished_at = CASE WHEN \(state == .done) THEN now() END,
                stayed_records = (stayed_records || \(step.stays.map { $0.record }))[1:\(sample)],
                stayed_holders = (stayed_holders || \(step.stays.map { $0.operation }))[1:\(sample)]
            WHERE rematch = \(number) AND steps = \(step.number) AND state <> 'done'
            """)
        guard moved == 1 else { throw StoreError.notFound("rematch \(number) at this step") }
    }

    private static func begin(
        _ step: RematchStep, _ connection: inout PostgresConnection
    ) throws {
        let (rematch, operation) = (step.rematch, step.operation)
        let kind: OperationKind = rematch.undoes == nil ? .rematch : .undo
        try connection.execute(
            """
            INSERT INTO padron.operation (operation, kind, actor, reason, begun_at)
            VALUES (\(operation), \(kind.rawValue), \(rematch.actor), \(rematch.reason), now())
            """)
        if let undone = rematch.undoes {
            let marked = try connection.execute(
                """
                UPDATE padron.operation SET undone_by = \(operation)
                WHERE operation = \(undone) AND undone_by IS NULL
                """)
            guard marked == 1 else { throw StoreError.damaged("operation \(undone) twice undone") }
            return
        }
        try connection.execute(
            """
            INSERT INTO padron.index_model (model, name, content, operation, actor)
            SELECT (SELECT COALESCE(max(model), 0) + 1 FROM padron.index_model), model_name,
                model_content, \(operation), actor
            FROM padron.rematch WHERE rematch = \(rematch.rematch)
            """)
    }

    /// Ends the operation.
    ///
    /// An undo puts the model in force again that its rematch replaced, unless
    /// another one has come into force since.
    private static func end(
        _ step: RematchStep, _ connection: inout PostgresConnection
    ) throws {
        try connection.execute(
            "UPDATE padron.operation SET ended_at = now() WHERE operation = \(step.operation)")
        guard let undone = step.rematch.undoes else { return }
        try connection.execute(
            """
            INSERT INTO padron.index_model (model, name, content, operation, actor)
            SELECT last.model + 1, earlier.name, earlier.content, \(step.operation),
                \(step.rematch.actor)
            FROM (SELECT model, operation FROM padron.index_model ORDER BY model DESC LIMIT 1) last
            JOIN padron.index_model earlier ON earlier.model = last.model - 1
            WHERE last.operation = \(undone)
            """)
    }
}
