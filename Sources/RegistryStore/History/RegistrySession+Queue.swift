internal import Identity
internal import PostgresClient
package import RegistryModel

extension RegistrySession {
    /// A part of the review queue, with how many tasks of each kind are open.
    package mutating func queue(_ question: QueueQuestion) throws -> QueuePage {
        var counts = Dictionary(uniqueKeysWithValues: ReviewTaskKind.allCases.map { ($0, 0) })
        for row in try connection.query(
            """
            SELECT kind, count(*) FROM padron.review_task WHERE closed_sequence IS NULL
            GROUP BY kind
            """)
        {
            guard let kind = ReviewTaskKind(rawValue: try row.text(0)) else { continue }
            counts[kind] = try row.int(1)
        }
        let tasks = try queuedTasks(question)
        let isCut = tasks.count > question.limit
        let page = Array(tasks.prefix(question.limit))
        return QueuePage(tasks: page, counts: counts, next: isCut ? page.last?.task : nil)
    }

    /// One task more than is asked for, where there is one.
    private mutating func queuedTasks(_ question: QueueQuestion) throws -> [QueuedTask] {
        var condition = Self.condition(question.filter)
        if let after = question.after {
            // A task that was closed meanwhile still has its place.
            condition.append(
                """
                 AND (t.priority, COALESCE(t.weight, '-Infinity'), -t.task)
                    < (SELECT a.priority, COALESCE(a.weight, '-Infinity'), -a.task
                        FROM padron.review_task a WHERE a.task = \(after))
                """)
        }
        return try Self.queuedTasks(condition, limit: question.limit + 1, &connection)
    }

    /// The condition under which an open task is meant.
    private static func condition(_ filter: QueueFilter) -> SQL {
        var condition: SQL = "t.closed_sequence IS NULL"
        if let kind = filter.kind { condition.append(" AND t.kind = \(kind.rawValue)") }
        if let territory = filter.territory {
            condition.append(" AND t.territory = \(territory)")
        }
        if let assignee = filter.assignee {
            condition.append(" AND COALESCE(t.assignee, '') = \(assignee)")
        }
        if filter.isOverdue { condition.append(" AND t.due_at < now()") }
        return condition
    }

    /// The tasks that a condition on `t` means, in the order of the queue.
    static func queuedTasks(
        _ condition: SQL, limit: Int, _ connection: inout PostgresConnection
    ) throws -> [QueuedTask] {
        try connection.query(
            """
            SELECT t.task, t.kind, t.priority, t.weight,
                (extract(epoch FROM e.occurred_at) * 1000000)::bigint, t.reason, t.territory,
                COALESCE(t.assignee, ''), (extract(epoch FROM t.due_at) * 1000000)::bigint,
                t.escalations, ls.code, l.local_id, l.euid, rs.code, r.local_id, r.euid, ls.source
            FROM (SELECT * FROM padron.review_task t WHERE \(condition)
                ORDER BY t.priority DESC, COALESCE(t.weight, '-Infinity') DESC, -t.task DESC
                LIMIT \(limit)) t
            JOIN padron.event e ON e.sequence = t.sequence
            JOIN padron.source_record l ON l.record = t.record
            JOIN padron.source ls ON ls.source = l.source
            JOIN padron.source_record r ON r.record = t.other_record
            JOIN padron.source rs ON rs.source = r.source
            ORDER BY t.priority DESC, COALESCE(t.weight, '-Infinity') DESC, t.task
            """
        ).map { row in
            guard let kind = ReviewTaskKind(rawValue: try row.text(1)),
                let reason = ReviewReason(rawValue: try row.text(5))
            else { throw StoreError.damaged("a review task of an unknown kind") }
            return QueuedTask(
                task: try row.int64(0), kind: kind, priority: try row.int(2),
                weight: try row.optionalDouble(3), openedAt: try row.int64(4), reason: reason,
                territory: try row.text(6), assignee: try row.text(7),
                dueAt: try row.optionalInt64(8), escalations: try row.int(9),
                left: try Self.side(row, 10), right: try Self.side(row, 13),
                realm: Realm(ofSource: Int32(try row.int64(16))))
        }
    }

    /// The open tasks that are meant, counted by what they have in common.
    package mutating func queueSummary(
        _ filter: QueueFilter, by grouping: QueueGrouping
    ) throws -> QueueSummary {
        let group: SQL =
            switch grouping {
            case .kind: "t.kind"
            case .reason: "t.reason"
            case .priority: "t.priority::text"
            case .territory: "t.territory"
            case .assignee: "COALESCE(t.assignee, '')"
            }
        let order: SQL = grouping == .priority ? "1 DESC" : "2 DESC, 1"
        let counts = try connection.query(
            """
            SELECT \(group), count(*), count(*) FILTER (WHERE t.assignee IS NULL),
                count(*) FILTER (WHERE t.due_at < now()),
                (extract(epoch FROM min(e.occurred_at)) * 1000000)::bigint
            FROM padron.review_task t JOIN padron.event e ON e.sequence = t.sequence
            WHERE \(Self.condition(filter))
            GROUP BY 1 ORDER BY \(order) LIMIT \(StoreLimits.queueGroupsMax)
            """
        ).map { row in
            QueueCount(
                group: try row.text(0), open: try row.int(1), unassigned: try row.int(2),
                overdue: try row.int(3), oldestAt: try row.int64(4))
        }
        return QueueSummary(grouping, counts)
    }

    private static func side(_ row: PostgresRow, _ column: Int) throws -> QueuedTask.Side {
        QueuedTask.Side(
            record: LocalIdentifier(
                authority: try row.text(column), value: try row.text(column + 1)),
            person: EnterpriseIdentifier(bits: UInt64(try row.int64(column + 2))))
    }
}
