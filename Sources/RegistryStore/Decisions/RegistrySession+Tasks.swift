internal import PostgresClient
package import RegistryModel

// Review tasks as they are opened, settled by the data, taken on, and become more urgent.
extension RegistrySession {
    /// Opens the tasks of a batch and closes those that its data has settled; part of the writer's
    /// transaction.
    static func write(tasks batch: CommitBatch, _ connection: inout PostgresConnection) throws {
        try open(batch, &connection)
        guard !batch.settled.isEmpty else { return }
        let settled = try connection.query(settle, parameters(ofSettled: batch.settled))
            .affectedRowCount
        guard settled == batch.settled.count else {
            throw StoreError.damaged("fewer open tasks than the writer")
        }
    }

    static func parameters(ofSettled settled: [SettledDoubt]) -> PostgresParameters {
        [
            settled.map(\.kind.rawValue), settled.map(\.record), settled.map(\.otherRecord),
            settled.map(\.sequence), settled.map(\.resolution.rawValue),
        ]
    }

    private static func open(
        _ batch: CommitBatch, _ connection: inout PostgresConnection
    ) throws {
        guard !batch.tasks.isEmpty else { return }
        guard let openedAt = batch.events.first?.occurredAt else {
            throw StoreError.damaged("tasks without the event that opens them")
        }
        try connection.copyIn(
            into: "padron.review_task",
            columns: [
                "task", "sequence", "kind", "record", "other_record", "weight", "reason",
                "territory", "priority", "due_at",
            ],
            format: .binary
        ) { copy in
            for task in batch.tasks {
                copy.encoder.beginRow(columnCount: 10)
                copy.encoder.append(task.task)
                copy.encoder.append(task.sequence)
                copy.encoder.append(task.kind.rawValue)
                copy.encoder.append(task.record)
                copy.encoder.append(task.otherRecord)
                if let weight = task.weight {
                    copy.encoder.append(weight)
                } else {
                    copy.encoder.appendNull()
                }
                copy.encoder.append(task.reason.rawValue)
                copy.encoder.append(task.territory)
                copy.encoder.append(task.priority)
                copy.encoder.append(
                    unixMicroseconds: ReviewSchedule.due(task.priority, from: openedAt))
                try copy.endRow()
            }
        }
    }

    static let settle = PreparedStatement(
        """
        UPDATE padron.review_task t SET closed_sequence = c.sequence, resolution = c.resolution
        FROM unnest($1::text[], $2::int8[], $3::int8[], $4::int8[], $5::text[])
            AS c (kind, record, other_record, sequence, resolution)
        WHERE t.closed_sequence IS NULL AND t.kind = c.kind
            AND LEAST(t.record, t.other_record) = LEAST(c.record, c.other_record)
            AND GREATEST(t.record, t.other_record) = GREATEST(c.record, c.other_record)
        """)

    /// Opens tasks again; part of the writer's transaction.
    static func reopen(
        _ tasks: [ReviewTask], _ connection: inout PostgresConnection
    ) throws {
        guard !tasks.isEmpty else { return }
        try connection.query(
            """
            UPDATE padron.review_task SET closed_sequence = NULL, resolution = NULL
            WHERE task = ANY ($1::int8[])
            """, [tasks.map(\.task)])
    }

    /// Keeps how the tasks were closed that an operation opens again, for who takes that back.
    ///
    /// Of those that take another back an unmerge alone can be taken back itself.
    static func keepReopened(
        _ step: DecisionStep, _ connection: inout PostgresConnection
    ) throws {
        guard step.kind == .unmerge, !step.reopenedTasks.isEmpty else { return }
        try connection.query(
            """
            UPDATE padron.operation SET detail = json_build_object('reopened_tasks', (
                SELECT json_agg(json_build_object('task', task,
                    'closed_sequence', closed_sequence, 'resolution', resolution) ORDER BY task)
                FROM padron.review_task WHERE task = ANY ($1::int8[])))
            WHERE operation = $2
            """, [step.reopenedTasks.map(\.task), step.operation])
    }

    private static let reopenedTasks: SQL = """
        padron.operation o CROSS JOIN LATERAL json_to_recordset(o.detail->'reopened_tasks')
            AS r (task bigint, closed_sequence bigint, resolution text)
        """

    /// Closes tasks as they were before the operation that is taken back had opened them again.
    static func closeAgain(
        _ step: DecisionStep, _ connection: inout PostgresConnection
    ) throws {
        guard let undone = step.undone, !step.closedAgain.isEmpty else { return }
        try connection.execute(
            """
            UPDATE padron.review_task t
            SET closed_sequence = r.closed_sequence, resolution = r.resolution
            FROM \(reopenedTasks)
            WHERE o.operation = \(undone) AND r.task = t.task
                AND t.task = ANY (\(step.closedAgain.map(\.task)))
            """)
    }

    /// The tasks that an operation opened again and that are open still.
    package mutating func tasksReopened(by operation: Int64) throws -> [ReviewTask] {
        try tasks(
            """
            SELECT t.task, t.sequence, t.kind, t.record, t.other_record, t.weight, t.reason,
                t.territory
            FROM \(Self.reopenedTasks) JOIN padron.review_task t ON t.task = r.task
            WHERE o.operation = \(operation) AND t.closed_sequence IS NULL ORDER BY t.task
            """)
    }

    /// Raises the priority of tasks whose term is over, and gives them the term of the new one.
    ///
    /// - Returns: how many it raised, at most as many as one turn takes.
    @discardableResult
    package mutating func escalateTasks() throws -> Int {
        var escalated = 0
        for priority in (0..<Int(ReviewSchedule.priorityMax)).reversed() {
            let seconds = Double(ReviewSchedule.termDays[priority + 1] * 86_400)
            escalated += try connection.execute(
                """
                UPDATE padron.review_task
                SET priority = \(priority + 1), escalations = escalations + 1,
                    due_at = clock_timestamp() + make_interval(secs => \(seconds))
                WHERE task IN (SELECT task FROM padron.review_task
                    WHERE closed_sequence IS NULL AND priority = \(priority)
                        AND due_at < clock_timestamp()
                    ORDER BY due_at LIMIT \(StoreLimits.escalationsMax) FOR UPDATE SKIP LOCKED)
                """)
        }
        return escalated
    }

    /// Gives open tasks to a steward, or another term or priority; all of them or none.
    ///
    /// - Returns: the tasks as they are then, in the order of the queue.
    /// - Throws: `bad-request` for what cannot be, `not-found` for a task that is not open.
    package mutating func assign(_ assignment: TaskAssignment) throws -> [QueuedTask] {
        if let problem = assignment.problem { throw RegistryError(.badRequest, problem) }
        let tasks = Set(assignment.tasks).sorted()
        return try connection.transaction { connection in
            let open = try connection.query(
                """
                SELECT task FROM padron.review_task
                WHERE task = ANY (\(tasks)) AND closed_sequence IS NULL ORDER BY task FOR UPDATE
                """
            ).map { try $0.int64(0) }
            if let missing = Set(tasks).subtracting(open).min() {
                throw RegistryError(
                    .notFound, "there is no open task \(missing); nothing was assigned")
            }
            if let assignee = assignment.assignee {
                try connection.execute(
                    """
                    UPDATE padron.review_task SET assignee = NULLIF(\(assignee), '')
                    WHERE task = ANY (\(tasks))
                    """)
            }
            if let priority = assignment.priority.map({ Int($0) }) {
                try connection.execute(
                    """
                    UPDATE padron.review_task SET priority = \(priority)
                    WHERE task = ANY (\(tasks))
                    """)
            }
            if let dueAt = assignment.dueAt {
                try connection.execute(
                    """
                    UPDATE padron.review_task
                    SET due_at = to_timestamp(0) + \(dueAt) * interval '1 microsecond'
                    WHERE task = ANY (\(tasks))
                    """)
            }
            return try Self.queuedTasks(
                "t.task = ANY (\(tasks))", limit: tasks.count, &connection)
        }
    }
}
