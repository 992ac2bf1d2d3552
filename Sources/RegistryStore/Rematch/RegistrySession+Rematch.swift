internal import Identity
internal import PostgresClient
package import RegistryModel

// Rematches: what commands ask for and the writer carries out.
extension RegistrySession {
    private static let rematchColumns: SQL = """
        rematch, state, actor, reason, operation, undoes, model_name, changes_planned, changes,
        moved, skipped, tasks_opened, tasks_closed, steps, next_sequence
        """

    private static func job(_ row: PostgresRow) throws -> RematchJobRow {
        guard let state = RematchState(rawValue: try row.text(1)) else {
            throw StoreError.damaged("a rematch of an unknown state")
        }
        var counts = RematchCounts()
        counts.changes = try row.int64(8)
        counts.moved = try row.int64(9)
        counts.skipped = try row.int64(10)
        counts.tasksOpened = try row.int64(11)
        counts.tasksClosed = try row.int64(12)
        return RematchJobRow(
            rematch: Rematch(
                rematch: try row.int64(0), state: state, actor: try row.text(2),
                reason: try row.text(3), operation: try row.optionalInt64(4),
                undoes: try row.optionalInt64(5), modelName: try row.text(6),
                changesPlanned: try row.int64(7), counts: counts),
            steps: try row.int64(13), nextSequence: try row.optionalInt64(14))
    }

    /// The rematch, or the undo of one, that is not done; nil where there is none.
    package mutating func unfinishedRematch() throws -> RematchJobRow? {
        try connection.query(
            "SELECT \(Self.rematchColumns) FROM padron.rematch WHERE state <> 'done'"
        ).first.map(Self.job)
    }

    /// How far a rematch is, with some of the records that an undo leaves where they are.
    package mutating func rematch(_ number: Int64) throws -> RematchJobRow {
        let row = try connection.query(
            "SELECT \(Self.rematchColumns) FROM padron.rematch WHERE rematch = \(number)"
        ).first
        guard let row else { throw StoreError.notFound("rematch \(number)") }
        var job = try Self.job(row)
        job.rematch.stays = try connection.query(
            """
            SELECT s.code, r.local_id, t.holder
            FROM padron.rematch v
            CROSS JOIN unnest(v.stayed_records, v.stayed_holders) AS t (record, holder)
            JOIN padron.source_record r USING (record) JOIN padron.source s USING (source)
            WHERE v.rematch = \(number)
            """
        ).map { row in
            RecordStay(
                record: LocalIdentifier(authority: try row.text(0), value: try row.text(1)),
                operation: try row.int64(2))
        }
        return job
    }

    /// Whether a load waits or is under way, so that the links are about to change.
    package mutating func isLoading() throws -> Bool {
        try connection.query(
            """
            SELECT EXISTS (SELECT FROM padron.load
                WHERE state IN ('staged', 'registering', 'reverting'))
            """
        ).single.bool(0)
    }

    /// Stores a planned rematch and hands it to the writer, all in one transaction.
    ///
    /// - Returns: its number; nil where another is under way.
    package mutating func stage(
        _ changes: [RematchChange], _ tasks: [RematchTask], model: (name: String, json: String),
        actor: String, reason: String
    ) throws -> Int64? {
        try connection.transaction { connection in
            let made = try connection.query(
                """
                INSERT INTO padron.rematch
                    (state, actor, reason, model_name, model_content, changes_planned)
                VALUES ('staged', \(actor), \(reason), \(model.name), \(model.json), \
                \(Int64(changes.count)))
                ON CONFLICT DO NOTHING RETURNING rematch
                """)
            guard let number = try made.first?.int64(0) else { return nil }
            try Self.copy(changes, of: number, &connection)
            try Self.copy(tasks, of: number, &connection)
            try connection.query("NOTIFY padron_work")
            return number
        }
    }

    /// Asks the writer to take a rematch back.
    ///
    /// - Returns: the number of the undo; nil where a rematch or an undo is under way.
    package mutating func stageUndo(
        of operation: Int64, actor: String, reason: String
    ) throws -> Int64? {
        let events = Int64(try eventCount(of: operation))
        return try connection.transaction { connection in
            let made = try connection.query(
                """
                INSERT INTO padron.rematch (state, actor, reason, undoes, changes_planned)
                VALUES ('staged', \(actor), \(reason), \(operation), \(events))
                ON CONFLICT DO NOTHING RETURNING rematch
                """)
            guard let number = try made.first?.int64(0) else { return nil }
            try connection.query("NOTIFY padron_work")
            return number
        }
    }

    /// Ends a rematch where it is, and forgets the rest of its plan; what it did can be taken back.
    ///
    /// - Returns: false for the undo of one that has begun, which must go on to its end.
    package mutating func abandonRematch(_ number: Int64) throws -> Bool {
        try connection.transaction { connection in
            let forgotten = try connection.execute(
                """
                UPDATE padron.rematch SET state = CASE WHEN operation IS NULL THEN state ELSE 'done' END,
                    finished_at = now()
                WHERE rematch = \(number) AND (undoes IS NULL OR operation IS NULL)
                """)
            guard forgotten == 1 else { return false }
            for table in ["rematch_member", "rematch_task"] as [SQL] {
                try connection.execute("DELETE FROM padron.\(table) WHERE rematch = \(number)")
            }
            try connection.execute(
                """
                UPDATE padron.operation SET ended_at = now() WHERE operation =
                    (SELECT operation FROM padron.rematch WHERE rematch = \(number))
                """)
            try connection.execute(
                "DELETE FROM padron.rematch WHERE rematch = \(number) AND operation IS NULL")
            return true
        }
    }

    private static func copy(
        _ changes: [RematchChange], of rematch: Int64, _ connection: inout PostgresConnection
    ) throws {
        guard !changes.isEmpty else { return }
        try connection.copyIn(
            into: "padron.rematch_member",
            columns: ["rematch", "change", "record", "sequence", "from_euid", "to_euid", "weight"],
            format: .binary
        ) { copy in
            for (place, change) in changes.enumerated() {
                for member in change.members {
                    copy.encoder.beginRow(columnCount: 7)
                    copy.encoder.append(rematch)
                    copy.encoder.append(Int64(place) + 1)
                    copy.encoder.append(member.record)
                    copy.encoder.append(member.sequence)
                    copy.encoder.append(Int64(member.from.bits))
                    copy.encoder.append(Int64(member.to.bits))
                    if let weight = member.weight {
                        copy.encoder.append(weight)
                    } else {
                        copy.encoder.appendNull()
                    }
                    try copy.endRow()
                }
            }
        }
    }

    private static func copy(
        _ tasks: [RematchTask], of rematch: Int64, _ connection: inout PostgresConnection
    ) throws {
        guard !tasks.isEmpty else { return }
        try connection.copyIn(
            into: "padron.rematch_task",
            columns: ["rematch", "item", "task", "record", "other_record", "weight"],
            format: .binary
        ) { copy in
            for (place, task) in tasks.enumerated() {
                copy.encoder.beginRow(columnCount: 6)
                copy.encoder.append(rematch)
                copy.encoder.append(Int64(place) + 1)
                copy.encoder.append(task.task)
                copy.encoder.append(task.record)
                copy.encoder.append(task.otherRecord)
                if let weight = task.weight {
                    copy.encoder.append(weight)
                } else {
                    copy.encoder.appendNull()
                }
                try copy.endRow()
            }
        }
    }
}

// What the writer reads of a plan.
extension RegistrySession {
    /// The next changes of a plan, of about so many records, and the number of the last of them.
    package mutating func nextRematchChanges(
        of rematch: Int64, recordsMax: Int
    ) throws -> (changes: [RematchChange], last: Int64)? {
        let rows = try connection.query(
            """
            SELECT change, record, sequence, from_euid, to_euid, weight FROM padron.rematch_member
            WHERE rematch = \(rematch) AND change <= (SELECT max(change) FROM (
                SELECT change FROM padron.rematch_member WHERE rematch = \(rematch)
                ORDER BY change, record LIMIT \(recordsMax)) first)
            ORDER BY change, record
            """)
        var changes: [RematchChange] = []
        var last: Int64 = 0
        for row in rows {
            let change = try row.int64(0)
            let member = RematchMember(
                record: try row.int64(1), sequence: try row.int64(2),
                from: EnterpriseIdentifier(bits: UInt64(try row.int64(3))),
                to: EnterpriseIdentifier(bits: UInt64(try row.int64(4))),
                weight: try row.optionalDouble(5))
            if change == last {
                changes[changes.count - 1].members.append(member)
            } else {
                changes.append(RematchChange(members: [member]))
                last = change
            }
        }
        return changes.isEmpty ? nil : (changes, last)
    }

    /// The next tasks of a plan, and the item of the last of them.
    package mutating func nextRematchTasks(
        of rematch: Int64, limit: Int
    ) throws -> (tasks: [RematchTask], last: Int64)? {
        var last: Int64 = 0
        let tasks = try connection.query(
            """
            SELECT item, task, record, other_record, weight FROM padron.rematch_task
            WHERE rematch = \(rematch) ORDER BY item LIMIT \(limit)
            """
        ).map { row in
            last = try row.int64(0)
            return RematchTask(
                task: try row.optionalInt64(1), record: try row.int64(2),
                otherRecord: try row.int64(3), weight: try row.optionalDouble(4))
        }
        return tasks.isEmpty ? nil : (tasks, last)
    }

    /// The persons of some records.
    package mutating func persons(of records: [Int64]) throws -> Set<EnterpriseIdentifier> {
        guard !records.isEmpty else { return [] }
        return Set(
            try connection.query(
                "SELECT DISTINCT euid FROM padron.source_record WHERE record = ANY (\(records))"
            ).map { EnterpriseIdentifier(bits: UInt64(try $0.int64(0))) })
    }

    /// The model that a rematch puts in force, as JSON.
    package mutating func rematchModel(_ rematch: Int64) throws -> String? {
        try connection.query(
            "SELECT model_content FROM padron.rematch WHERE rematch = \(rematch)"
        ).first.flatMap { try $0.optionalText(0) }
    }

    /// The first event of an operation behind a position.
    package mutating func nextEvent(of operation: Int64, after sequence: Int64) throws -> Event? {
        let next = try connection.query(
            """
            SELECT sequence FROM padron.event
            WHERE operation = \(operation) AND sequence > \(sequence) ORDER BY sequence LIMIT 1
            """
        ).first.map { try $0.int64(0) }
        guard let next else { return nil }
        return try events(after: next - 1, limit: 1).first
    }

    /// The persons of some records, by record.
    package mutating func links(of records: [Int64]) throws -> [Int64: EnterpriseIdentifier] {
        guard !records.isEmpty else { return [:] }
        var links: [Int64: EnterpriseIdentifier] = [:]
        for row in try connection.query(
            "SELECT record, euid FROM padron.source_record WHERE record = ANY (\(records))")
        {
            links[try row.int64(0)] = EnterpriseIdentifier(bits: UInt64(try row.int64(1)))
        }
        return links
    }

    /// The tasks that an event opened and that are open.
    package mutating func openTasks(openedBy sequence: Int64) throws -> [ReviewTask] {
        try tasks(
            """
            SELECT task, sequence, kind, record, other_record, weight, reason, territory
            FROM padron.review_task
            WHERE sequence = \(sequence) AND closed_sequence IS NULL ORDER BY task
            """)
    }

    /// The tasks that an event closed and that no open one stands in for.
    package mutating func tasks(closedBy sequence: Int64) throws -> [ReviewTask] {
        try tasks(
            """
            SELECT task, sequence, kind, record, other_record, weight, reason, territory
            FROM padron.review_task t
            WHERE closed_sequence = \(sequence)
                AND NOT EXISTS (SELECT FROM padron.review_task o
                    WHERE o.closed_sequence IS NULL AND o.kind = t.kind
                        AND LEAST(o.record, o.other_record) = LEAST(t.record, t.other_record)
                        AND GREATEST(o.record, o.other_record)
                            = GREATEST(t.record, t.other_record))
            ORDER BY task
            """)
    }
}
