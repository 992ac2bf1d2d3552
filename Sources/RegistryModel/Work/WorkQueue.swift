package import Identity

/// Which open tasks a steward asks for.
package struct QueueQuestion: Hashable, Sendable {
    /// Tasks of one kind alone; nil for all.
    package var kind: ReviewTaskKind?
    package var limit: Int
    /// Tasks behind this one in the order of the queue; nil from its head.
    package var after: Int64?

    /// Creates a question.
    package init(kind: ReviewTaskKind? = nil, limit: Int, after: Int64? = nil) {
        self.kind = kind
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
    package var left: Side
    /// The same record as `left` for an overlay.
    package var right: Side

    /// Creates a task.
    package init(
        task: Int64, kind: ReviewTaskKind, priority: Int, weight: Double?, openedAt: Int64,
        left: Side, right: Side
    ) {
        self.task = task
        self.kind = kind
        self.priority = priority
        self.weight = weight
        self.openedAt = openedAt
        self.left = left
        self.right = right
    }

    /// Writes the task as the object of the line protocol.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("task")
        writer.integer(task)
        writer.key("kind")
        writer.string(kind.rawValue)
        writer.key("priority")
        writer.integer(Int64(priority))
        writer.key("weight")
        if let weight { writer.decimal(weight, places: 2) } else { writer.null() }
        writer.key("since")
        writer.string(Timestamp.text(of: openedAt))
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
