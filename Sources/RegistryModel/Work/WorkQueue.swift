package import Identity

/// Which open tasks are meant.
package struct QueueFilter: Hashable, Sendable {
    /// Tasks of one kind alone; nil for all, here and below.
    package var kind: ReviewTaskKind?
    package var territory: String?
    /// The name of a steward; the empty one for tasks that nobody has.
    package var assignee: String?
    /// Tasks alone whose term is over.
    package var isOverdue: Bool

    /// Creates a filter.
    package init(
        kind: ReviewTaskKind? = nil, territory: String? = nil, assignee: String? = nil,
        isOverdue: Bool = false
    ) {
        self.kind = kind
        self.territory = territory
        self.assignee = assignee
        self.isOverdue = isOverdue
    }
}

/// Which open tasks a steward asks for.
package struct QueueQuestion: Hashable, Sendable {
    package var filter: QueueFilter
    package var limit: Int
    /// Tasks behind this one in the order of the queue; nil from its head.
    package var after: Int64?

    /// Creates a question.
    package init(_ filter: QueueFilter = QueueFilter(), limit: Int, after: Int64? = nil) {
        self.filter = filter
        self.limit = limit
        self.after = after
    }
}

/// An open task as a steward sees it.
package struct QueuedTask: Hashable, Sendable {
    /// One record of the doubt, and whose it is now.
    package struct Side: Hashable, Sendable {
        package var record: LocalIdentifier
        package var person: EnterpriseIdentifier

        /// Creates a side.
        package init(record: LocalIdentifier, person: EnterpriseIdentifier) {
            self.record = record
            self.person = person
        }
    }

    package var task: Int64
    package var kind: ReviewTaskKind
    package var priority: Int
    /// The weight of the pair in bits; nil where none was found.
    package var weight: Double?
    /// When it was opened, in microseconds since 1970.
    package var openedAt: Int64
    package var reason: ReviewReason
    package var territory: String
    /// Who has taken it on; empty while nobody has.
    package var assignee: String
    /// By when it should be settled, in microseconds since 1970; nil for one without a term.
    package var dueAt: Int64?
    /// How often a term of it has passed.
    package var escalations: Int
    package var left: Side
    /// The same record as `left` for an overlay.
    package var right: Side
    /// Whom the records are of.
    package var realm: Realm

    /// Creates a task.
    package init(
        task: Int64, kind: ReviewTaskKind, priority: Int, weight: Double?, openedAt: Int64,
        reason: ReviewReason, territory: String, assignee: String, dueAt: Int64?,
        escalations: Int, left: Side, right: Side, realm: Realm = .patient
    ) {
        self.task = task
        self.kind = kind
        self.priority = priority
        self.weight = weight
        self.openedAt = openedAt
        self.reason = reason
        self.territory = territory
        self.assignee = assignee
        self.dueAt = dueAt
        self.escalations = escalations
        self.left = left
        self.right = right
        self.realm = realm
    }

    /// Writes the task as the object of the line protocol.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("task")
        writer.integer(task)
        writer.key("kind")
        writer.string(kind.rawValue)
        writer.key("realm")
        writer.string(realm.rawValue)
        writer.key("priority")
        writer.integer(Int64(priority))
        writer.key("weight")
        if let weight { writer.decimal(weight, places: 2) } else { writer.null() }
        writer.key("reason")
        writer.string(reason.rawValue)
        writer.key("territory")
        writer.string(territory)
        writer.key("assignee")
        writer.string(assignee)
        writer.key("since")
        writer.string(Timestamp.text(of: openedAt))
        writer.key("due")
        if let dueAt { writer.string(Timestamp.text(of: dueAt)) } else { writer.null() }
        writer.key("escalations")
        writer.integer(Int64(escalations))
        writer.key("records")
        writer.beginArray()
        for side in [left, right] {
            writer.beginObject()
            writer.key("record")
            writer.string("\(side.record.authority):\(side.record.value)")
            writer.key("euid")
            writer.string(side.person.description)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}

/// A part of the review queue.
package struct QueuePage: Hashable, Sendable {
    /// Of the highest priority first, then the heaviest, then the oldest.
    package var tasks: [QueuedTask]
    /// Open tasks of each kind, those of the whole queue.
    package var counts: [ReviewTaskKind: Int]
    /// The task behind which the next part begins; nil where this is the last.
    package var next: Int64?

    /// Creates a part.
    package init(tasks: [QueuedTask], counts: [ReviewTaskKind: Int], next: Int64?) {
        self.tasks = tasks
        self.counts = counts
        self.next = next
    }
}
