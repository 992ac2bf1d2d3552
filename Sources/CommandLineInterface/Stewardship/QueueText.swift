import Identity
import RegistryModel

/// The review queue as a table.
enum QueueText {
    /// The lines: tasks in the order of the queue, then how many there are of each kind.
    static func lines(_ page: QueuePage) -> [String] {
        var lines = table(page.tasks)
        let total = page.counts.values.reduce(0, +)
        let kinds = ReviewTaskKind.allCases.compactMap { kind in
            page.counts[kind].flatMap { $0 > 0 ? "\(Figures.grouped($0)) \(kind.rawValue)" : nil }
        }
        let parts = kinds.isEmpty ? "" : ": " + kinds.joined(separator: ", ")
        lines.append("\(Figures.counted(total, "open task"))\(parts)")
        if let next = page.next { lines.append("more behind them: --after \(next)") }
        return lines
    }

    /// The tasks as a table; no line where there is none.
    static func table(_ tasks: [QueuedTask]) -> [String] {
        guard !tasks.isEmpty else { return [] }
        var table = TextTable([
            "task", "realm", "kind", "reason", "prio", "weight", "due", "assignee", "record", "of",
            "record", "of",
        ])
        for task in tasks {
            let isPair = task.left.record != task.right.record
            table.add([
                "\(task.task)", task.realm.rawValue, task.kind.rawValue, task.reason.rawValue,
                "\(task.priority)",
                task.weight.map { Figures.decimal($0, places: 1) } ?? "",
                task.dueAt.map { String(Timestamp.text(of: $0).prefix(10)) } ?? "",
                VisibleText.of(task.assignee), RecordText.name(task.left.record),
                task.left.person.description,
                isPair ? RecordText.name(task.right.record) : "itself",
                isPair ? task.right.person.description : "",
            ])
        }
        return table.lines
    }

    /// The counts as a table, then their sum.
    static func lines(_ summary: QueueSummary) -> [String] {
        let total = summary.counts.map(\.open).reduce(0, +)
        guard total > 0 else { return ["no open task"] }
        var table = TextTable([
            summary.grouping.rawValue, "open", "unassigned", "overdue", "oldest",
        ])
        for count in summary.counts {
            table.add([
                count.group.isEmpty ? "none" : VisibleText.of(count.group),
                Figures.grouped(count.open), Figures.grouped(count.unassigned),
                Figures.grouped(count.overdue),
                String(Timestamp.text(of: count.oldestAt).prefix(10)),
            ])
        }
        return table.lines + [Figures.counted(total, "open task")]
    }
}

/// Records and times as tables show them.
enum RecordText {
    /// A record as a steward writes it, safe to look at.
    static func name(_ name: LocalIdentifier) -> String {
        VisibleText.of("\(name.authority):\(name.value)")
    }

    /// A time to the second, in UTC.
    static func time(_ microseconds: Int64) -> String {
        String(Timestamp.text(of: microseconds).prefix(19)).replacing("T", with: " ")
    }

    /// A value cut to the width of a column.
    static func cell(_ value: String, width: Int) -> String {
        let visible = VisibleText.of(value)
        return visible.count > width ? visible.prefix(width - 1) + "…" : visible
    }
}
