internal import RegistryModel

/// The doubts that stewards are asked about, so that none is asked twice.
struct OpenTasks: Sendable {
    private struct Doubt: Hashable {
        var kind: ReviewTaskKind
        var record: Int64
        var other: Int64

        init(_ kind: ReviewTaskKind, _ record: Int64, _ other: Int64) {
            self.kind = kind
            self.record = min(record, other)
            self.other = max(record, other)
        }
    }

    private var doubts: Set<Doubt> = []

    /// The doubts of tasks that are open.
    init(_ tasks: [ReviewTask] = []) {
        for task in tasks { insert(task) }
    }

    /// Whether a doubt between two records is open.
    func contains(_ kind: ReviewTaskKind, _ record: Int64, _ other: Int64) -> Bool {
        doubts.contains(Doubt(kind, record, other))
    }

    /// Takes an open task.
    mutating func insert(_ task: ReviewTask) {
        doubts.insert(Doubt(task.kind, task.record, task.otherRecord))
    }

    /// Forgets a task that was closed.
    mutating func remove(_ task: ReviewTask) {
        doubts.remove(Doubt(task.kind, task.record, task.otherRecord))
    }
}
