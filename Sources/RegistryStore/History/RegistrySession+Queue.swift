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
        var condition: SQL = "t.closed_sequence IS NULL"
        if let kind = question.kind { condition.append(" AND t.kind = \(kind.rawValue)") }
        if let after = question.after {
            // A task that was closed meanwhile still has its place.
            condition.append(
                """
                 AND (t.priority, COALESCE(t.weight, '-Infinity'), -t.task)
                    < (SELECT a.priority, COALESCE(a.weight, '-Infinity'), -a.task
                        FROM padron.review_task a WHERE a.task = \(after))
                """)
        }
        return try connection.query(
            """
            SELECT t.task, t.kind, t.priority, t.weight,
                (extract(epoch FROM e.occurred_at) * 1000000)::bigint,
                ls.code, l.local_id, l.euid, rs.code, r.local_id, r.euid
            FROM (SELECT * FROM padron.review_task t WHERE \(condition)
                ORDER BY t.priority DESC, COALESCE(t.weight, '-Infinity') DESC, -t.task DESC
                LIMIT \(question.limit + 1)) t
            JOIN padron.event e ON e.sequence = t.sequence
            JOIN padron.source_record l ON l.record = t.record
            JOIN padron.source ls ON ls.source = l.source
            JOIN padron.source_record r ON r.record = t.other_record
            JOIN padron.source rs ON rs.source = r.source
            ORDER BY t.priority DESC, COALESCE(t.weight, '-Infinity') DESC, t.task
            """
        ).map { row in
            guard let kind = ReviewTaskKind(rawValue: try row.text(1)) else {
                throw StoreError.damaged("a review task of an unknown kind")
            }
            return QueuedTask(
                task: try row.int64(0), kind: kind, priority: try row.int(2),
                weight: try row.optionalDouble(3), openedAt: try row.int64(4),
                left: try Self.side(row, 5), right: try Self.side(row, 8))
        }
    }

    private static func side(_ row: PostgresRow, _ column: Int) throws -> QueuedTask.Side {
        QueuedTask.Side(
            record: LocalIdentifier(
                authority: try row.text(column), value: try row.text(column + 1)),
            person: EnterpriseIdentifier(bits: UInt64(try row.int64(column + 2))))
    }
}
