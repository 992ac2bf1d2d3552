package import RegistryModel

/// The part of a batch that a decision makes beside the records that it moves.
package struct DecisionStep: Hashable, Sendable {
    package var operation: Int64
    package var kind: OperationKind
    package var actor: String
    package var reason: String
    /// Pairs of records that are held together or apart from now on.
    package var constraints: [RecordConstraint] = []
    /// Pairs of records that are no longer held.
    package var retracted: [RecordConstraint] = []
    /// Pairs that the operation taken back had released, and that are held again.
    package var restored: [StandingConstraint] = []
    /// The operation that is taken back.
    package var undone: Int64?
    /// The operation that `undone` had taken back, and that stands again.
    package var standingAgain: Int64?
    /// Records that are restricted from now on, and those that are no longer.
    package var restricted: [Int64] = []
    package var released: [Int64] = []
    /// What becomes of pinned values.
    package var pins = PinStep()
    /// The change of a record's local identifier.
    package var renumbering: Renumbering?
    /// The records whose content goes for good.
    package var erasure: ErasureStep?
    /// The release that is made live or taken back.
    package var release: ReleaseStep?
    package var closedTasks: [ReviewTask] = []
    /// Tasks that `undone` had opened again, and that are closed as they were before it.
    package var closedAgain: [ReviewTask] = []
    package var reopenedTasks: [ReviewTask] = []
    /// The request of a command that is answered with it, and the answer.
    package var request: Int64?
    package var outcome: DecisionOutcome?

    /// All tasks that are closed then.
    package var allClosedTasks: [ReviewTask] { closedTasks + closedAgain }

    /// Creates a step that leaves nothing but its operation.
    package init(operation: Int64, kind: OperationKind, actor: String, reason: String) {
        self.operation = operation
        self.kind = kind
        self.actor = actor
        self.reason = reason
    }
}

/// The change of a record's local identifier.
package struct Renumbering: Hashable, Sendable {
    package var record: Int64
    package var source: Int32
    package var from: String
    package var to: String
    /// Whether an earlier change is undone, so that `from` is forgotten instead of remembered.
    package var isTakenBack: Bool

    /// Creates a change.
    package init(record: Int64, source: Int32, from: String, to: String, isTakenBack: Bool) {
        self.record = record
        self.source = source
        self.from = from
        self.to = to
        self.isTakenBack = isTakenBack
    }
}

/// A local identifier that a record had before it was renumbered.
package struct FormerLocalID: Hashable, Sendable {
    package var source: Int32
    package var localID: String
    package var record: Int64
}

/// A constraint that stands, with the operation that made it.
package struct StandingConstraint: Hashable, Sendable {
    package var constraint: RecordConstraint
    package var operation: Int64
}

/// What an operation did to one record, and what has held the record since.
package struct OperationMove: Hashable, Sendable {
    /// From where the operation first took the record to where it last left it.
    package var move: LinkMove
    /// The first later operation that moved the record and stands; 0 for an update of its content.
    package var heldBy: Int64?
}
