internal import Identity

/// By what open tasks are counted.
package enum QueueGrouping: String, CaseIterable, Hashable, Sendable {
    case kind, reason, priority, territory, assignee
}

/// How many tasks of one group wait, for planning.
package struct QueueCount: Hashable, Sendable {
    /// The kind, the territory, or what else is counted by; empty for tasks without one.
    package var group: String
    package var open: Int
    package var unassigned: Int
    package var overdue: Int
    /// When the oldest was opened, in microseconds since 1970.
    package var oldestAt: Int64

    /// Creates a count.
    package init(group: String, open: Int, unassigned: Int, overdue: Int, oldestAt: Int64) {
        self.group = group
        self.open = open
        self.unassigned = unassigned
        self.overdue = overdue
        self.oldestAt = oldestAt
    }
}

/// The open tasks, counted.
package struct QueueSummary: Hashable, Sendable {
    package var grouping: QueueGrouping
    /// Those of the highest priority first where that is counted by, else the largest first.
    package var counts: [QueueCount]

    /// Creates a summary.
    package init(_ grouping: QueueGrouping, _ counts: [QueueCount]) {
        self.grouping = grouping
        self.counts = counts
    }

    /// Writes one count as the object of the line protocol.
    package func write(_ count: QueueCount, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key(dynamic: grouping.rawValue)
        if grouping == .priority, let number = Int64(count.group) {
            writer.integer(number)
        } else {
            writer.string(count.group)
        }
        for (key, number) in [
            ("open", count.open), ("unassigned", count.unassigned), ("overdue", count.overdue),
        ] as [(StaticString, Int)] {
            writer.key(key)
            writer.integer(Int64(number))
        }
        writer.key("oldest")
        writer.string(Timestamp.text(of: count.oldestAt))
        writer.endObject()
    }
}

/// Who takes open tasks on, and by when.
package struct TaskAssignment: Hashable, Sendable {
    /// The most tasks of one assignment.
    package static let tasksMax = 1_000
    /// The longest name of an assignee in bytes.
    package static let assigneeBytesMax = 64

    package var tasks: [Int64]
    /// The steward's name, the empty one for nobody; nil leaves it as it is, here and below.
    package var assignee: String?
    /// In microseconds since 1970.
    package var dueAt: Int64?
    package var priority: Int16?

    /// Creates an assignment.
    package init(
        tasks: [Int64], assignee: String? = nil, dueAt: Int64? = nil, priority: Int16? = nil
    ) {
        self.tasks = tasks
        self.assignee = assignee
        self.dueAt = dueAt
        self.priority = priority
    }

    /// The time of a text, in microseconds since 1970: a day means its end in UTC; nil for no time.
    package static func time(of text: String) -> Int64? {
        Timestamp.microseconds(of: text.utf8.count == 10 ? text + "T23:59:59Z" : text)
    }

    /// Why it cannot be carried out, whatever the tasks are; nil where it can.
    package var problem: String? {
        guard (1...Self.tasksMax).contains(tasks.count) else {
            return "name 1 to \(Self.tasksMax) tasks"
        }
        if assignee == nil, dueAt == nil, priority == nil {
            return "say who takes the tasks on, by when, or how urgent they are"
        }
        if let assignee {
            let isVisible = assignee.utf8.allSatisfy { (0x21...0x7E).contains($0) || $0 >= 0x80 }
            guard isVisible, assignee.utf8.count <= Self.assigneeBytesMax else {
                return
                    "an assignee is a name without spaces, at most \(Self.assigneeBytesMax) bytes"
            }
        }
        if let priority, !(0...ReviewSchedule.priorityMax).contains(priority) {
            return "priority is a number from 0 to \(ReviewSchedule.priorityMax)"
        }
        return nil
    }
}
