internal import RegistryModel

/// The doubts that stewards are asked about, so that none is asked twice.
struct OpenTasks: Sendable {
    /// A doubt between two records, or about one alone.
    struct Doubt: Hashable, Sendable {
        var kind: ReviewTaskKind
        /// The smaller number of the two.
        var record: Int64
        var other: Int64

        init(_ kind: ReviewTaskKind, _ record: Int64, _ other: Int64) {
            self.kind = kind
            self.record = min(record, other)
            self.other = max(record, other)
        }

        init(_ task: ReviewTask) { self.init(task.kind, task.record, task.otherRecord) }

        init(_ settled: SettledDoubt) {
            self.init(settled.kind, settled.record, settled.otherRecord)
        }
    }

    private var reasons: [Doubt: ReviewReason] = [:]
    private var doubtsByRecord: [Int64: [Doubt]] = [:]
    /// How many of the doubts are about deaths.
    private(set) var deaths = 0

    /// The doubts of tasks that are open.
    init(_ tasks: [ReviewTask] = []) {
        for task in tasks { insert(task) }
    }

    /// Whether a doubt is open.
    func contains(_ doubt: Doubt) -> Bool { reasons[doubt] != nil }

    /// Whether a doubt between two records is open.
    func contains(_ kind: ReviewTaskKind, _ record: Int64, _ other: Int64) -> Bool {
        contains(Doubt(kind, record, other))
    }

    /// Why a doubt was opened; nil where it is not open.
    func reason(of doubt: Doubt) -> ReviewReason? { reasons[doubt] }

    /// The open doubts about a record, in the order in which they were opened.
    func doubts(about record: Int64) -> [Doubt] { doubtsByRecord[record] ?? [] }

    /// Takes an open task.
    mutating func insert(_ task: ReviewTask) {
        let doubt = Doubt(task)
        guard reasons.updateValue(task.reason, forKey: doubt) == nil else { return }
        if doubt.kind == .death { deaths += 1 }
        for record in Set([doubt.record, doubt.other]) {
            doubtsByRecord[record, default: []].append(doubt)
        }
    }

    /// Forgets a task that was closed.
    mutating func remove(_ task: ReviewTask) { remove(Doubt(task)) }

    /// Forgets a doubt whose task was closed.
    mutating func remove(_ doubt: Doubt) {
        guard reasons.removeValue(forKey: doubt) != nil else { return }
        if doubt.kind == .death { deaths -= 1 }
        for record in [doubt.record, doubt.other] {
            doubtsByRecord[record]?.removeAll { $0 == doubt }
            if doubtsByRecord[record]?.isEmpty == true { doubtsByRecord[record] = nil }
        }
    }
}
