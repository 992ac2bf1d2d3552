import Identity
import RegistryModel

/// A person's history for a steward to read: a line each change, the fields that it changed below
/// it.
enum HistoryText {
    /// The lines; without what the records say where the person is restricted.
    static func lines(
        _ history: PersonHistory, _ entries: [HistoryEntry], withValues: Bool
    ) -> [String] {
        var table = TextTable(["time (UTC)", "position", "by", "record", "what", "operation"])
        for entry in entries {
            table.add([
                RecordText.time(entry.occurredAt), "\(entry.position)", entry.actor,
                RecordText.name(entry.record), what(entry.change), operation(entry),
            ])
        }
        let rows = table.lines
        var lines = [headline(history), "", rows[0]]
        for (row, entry) in zip(rows.dropFirst(), entries) {
            lines.append(row)
            lines += details(entry, withValues: withValues)
        }
        if !withValues { lines += ["", RestrictedAccess.refusal] }
        return lines
    }

    private static func headline(_ history: PersonHistory) -> String {
        guard let retirement = history.retirement else { return "\(history.person)" }
        let survivors = retirement.survivors.map(\.description).joined(separator: " and ")
        return "\(history.person)  \(retirement.reason)"
            + (survivors.isEmpty ? "" : " by \(survivors)")
    }

    private static func what(_ change: HistoryChange) -> String {
        switch change {
        case .registered(let version, _, let person, let weight):
            let link = weight.map { " at \(Figures.signed($0, places: 1)) bits" } ?? ""
            return "version \(version.version), of \(person)\(link)"
        case .updated(let version, _): return "version \(version.version)"
        case .late(let version): return "version \(version.version), too late to be current"
        case .moved(let from, let to): return "\(from) → \(to)"
        case .withdrawn: return "withdrawn: counts no more"
        case .erased: return "erased: what it said is gone for good"
        case .reinstated: return "counts again"
        case .restored(let version): return "version \(version.version) again"
        case .renumbered(let former):
            return "renumbered, before \(VisibleText.of(former))"
        case .pinned(let change):
            return change.after.isEmpty
                ? "pinned: no \(change.field)" : "pinned \(change.field)"
        case .unpinned(let change): return "\(change.field) no longer pinned"
        case .held(let other, let isMustLink):
            return "held \(isMustLink ? "together with" : "apart from") \(RecordText.name(other))"
        case .released(let other, let isMustLink):
            return "no longer held \(isMustLink ? "together with" : "apart from") "
                + RecordText.name(other)
        case .taskOpened(let task, let other):
            let weight = task.weight.map { ", \(Figures.signed($0, places: 1)) bits" } ?? ""
            return "task \(task.task) opened: \(task.kind.rawValue)"
                + (task.record == task.otherRecord ? "" : " with \(RecordText.name(other))")
                + weight
        case .taskClosed(let task, _, let resolution):
            return "task \(task.task) closed: \(resolution)"
        }
    }

    private static func operation(_ entry: HistoryEntry) -> String {
        guard let operation = entry.operation else { return "" }
        let end = operation.undoneBy.map { ", undone by \($0)" } ?? ""
        return "\(operation.operation) \(operation.kind.rawValue)\(end)"
    }

    private static func transition(_ change: FieldChange) -> String {
        let (before, after) = (text(change.before), text(change.after))
        return "    \(change.field): \(before) → \(after)"
    }

    private static func text(_ value: String) -> String {
        VisibleText.of(
            value.split(separator: String(UnicodeScalar(PersonRecord.valueSeparator)))
                .joined(separator: "; "))
    }

    private static func details(_ entry: HistoryEntry, withValues: Bool) -> [String] {
        var lines: [String] = []
        switch entry.change {
        case _ where !withValues: break
        case .registered(_, let changes, _, _):
            lines = changes.map { "    \($0.field): \(VisibleText.of($0.after))" }
        case .updated(_, let changes): lines = changes.map(transition)
        case .pinned(let change), .unpinned(let change): lines = [transition(change)]
        case .late, .moved, .withdrawn, .erased, .reinstated, .restored, .renumbered, .held,
            .released, .taskOpened, .taskClosed:
            break
        }
        if let reason = entry.operation?.reason, !reason.isEmpty {
            lines.append("    because: \(VisibleText.of(reason))")
        }
        return lines
    }
}
