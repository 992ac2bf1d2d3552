package import RegistryModel

/// The part of a batch that moves a rematch, or the taking back of one, on by one transaction.
package struct RematchStep: Sendable {
    /// What the step does beside the records that the batch moves.
    package enum Phase: Sendable {
        /// Opens the operation; puts the rematch's model in force.
        case begin
        /// Carries out the changes up to a number, which leave the plan.
        case changes(through: Int64)
        /// Opens and closes tasks up to an item, which leave the plan.
        case tasks(through: Int64)
        /// Takes one event of the rematch back.
        case event(sequence: Int64)
        /// Ends the operation; puts the model before the rematch's in force again where it is taken back.
        case end
    }

    package var rematch: Rematch
    /// How many steps went before.
    package var number: Int64
    package var phase: Phase
    package var operation: Int64
    /// What the step adds to the counts.
    package var counts = RematchCounts()
    /// Tasks that it closes, and those that it opens again.
    package var closedTasks: [ReviewTask] = []
    package var reopenedTasks: [ReviewTask] = []
    /// Records that an undo leaves where they are, with the operations that hold them.
    package var stays: [(record: Int64, operation: Int64)] = []

    /// Creates a step that does nothing yet.
    package init(_ job: RematchJobRow, phase: Phase, operation: Int64) {
        rematch = job.rematch
        number = job.steps
        self.phase = phase
        self.operation = operation
    }
}

/// A rematch with how far its job is.
package struct RematchJobRow: Hashable, Sendable {
    package var rematch: Rematch
    /// Transactions carried out.
    package var steps: Int64
    /// Of an undo: the last event of the rematch that was taken back; nil before the first one.
    package var nextSequence: Int64?
}

/// A linkage model as it was put in force.
package struct ActivatedModel: Hashable, Sendable {
    package var number: Int64
    package var name: String
    package var actor: String
    /// In microseconds since 1970.
    package var activatedAt: Int64
    /// The rematch, or the undo of one, that put it in force.
    package var operation: Int64?
}
