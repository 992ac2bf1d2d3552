internal import RegistryModel
internal import RegistryStore

/// The constraints between records that stand, as the writer holds them.
struct ConstraintTable: Sendable {
    /// What holds two records together or apart.
    struct Hold: Hashable, Sendable {
        var isMustLink: Bool
        /// The operation that decided it.
        var operation: Int64
    }

    private var holds: [Int64: [Int64: Hold]] = [:]

    /// A table without constraints.
    init() {}

    /// A table of what the database holds.
    init(_ standing: [StandingConstraint]) {
        for constraint in standing { insert(constraint.constraint, by: constraint.operation) }
    }

    /// What holds a pair; nil where nothing does.
    func hold(_ record: Int64, _ other: Int64) -> Hold? { holds[record]?[other] }

    /// What holds a record, by the other record.
    func holds(of record: Int64) -> [Int64: Hold] { holds[record] ?? [:] }

    /// Whether a decision holds the record to another, so that nothing automatic moves it.
    func isPinned(_ record: Int64) -> Bool {
        holds(of: record).values.contains(where: \.isMustLink)
    }

    /// The constraints that an operation made and that stand.
    func constraints(by operation: Int64) -> [RecordConstraint] {
        holds.flatMap { record, others in
            others.compactMap { other, hold in
                hold.operation == operation && record < other
                    ? RecordConstraint(record, other, isMustLink: hold.isMustLink) : nil
            }
        }.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
    }

    /// Adds a constraint.
    mutating func insert(_ constraint: RecordConstraint, by operation: Int64) {
        let hold = Hold(isMustLink: constraint.isMustLink, operation: operation)
        holds[constraint.left, default: [:]][constraint.right] = hold
        holds[constraint.right, default: [:]][constraint.left] = hold
    }

    /// Takes a constraint out.
    mutating func remove(_ constraint: RecordConstraint) {
        for (record, other) in [
            (constraint.left, constraint.right), (constraint.right, constraint.left),
        ] {
            holds[record]?[other] = nil
            if holds[record]?.isEmpty == true { holds[record] = nil }
        }
    }
}
