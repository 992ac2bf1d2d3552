package import RegistryModel

/// A load that is being taken back, and how far that is.
package struct LoadRevertRow: Hashable, Sendable {
    package var load: Int64
    /// The operation of the load; nil for one that registered nothing.
    package var loadOperation: Int64?
    package var actor: String
    package var reason: String
    /// The operation of the revert; nil before its first step.
    package var operation: Int64?
    /// Events of the load from here on are taken back; 0 once all are; nil before the first step.
    package var nextSequence: Int64?
    /// Of the event before those, records below this one are taken back; 0 where none is.
    package var nextRecord: Int64
}

/// What the database knows of one record that a load touched.
package struct RevertRow: Hashable, Sendable {
    /// The version that is the record's where the load never was.
    package struct Version: Hashable, Sendable {
        package var version: Int32
        /// In microseconds since 1970.
        package var recordedAt: Int64
        /// In the form of `PackedPerson`.
        package var content: [UInt8]
    }

    package var record: Int64
    package var isWithdrawn: Bool
    /// The first event of the load that touched the record.
    package var firstSequence: Int64
    /// The event of the current version, and the operation of that, 0 for an update of its own.
    package var currentSequence: Int64
    package var currentOperation: Int64
    /// Nil where no version stands that is not the load's.
    package var remaining: Version?
    /// Whether the load ended a withdrawal that stands but for that.
    package var wasWithdrawn: Bool
    /// The operation of a later move that stands, 0 for an update; nil where there is none.
    package var laterMove: Int64?
}

/// The part of a batch that takes one event of a load back.
package struct RevertStep: Sendable {
    package var load: Int64
    package var loadOperation: Int64?
    package var operation: Int64
    package var actor: String
    package var reason: String
    package var isFirst: Bool
    package var isLast: Bool
    /// The event of the load that is taken back; 0 where it has none.
    package var sequence: Int64
    /// The first record of the event that is left for the next step; 0 where none is.
    package var nextRecord: Int64 = 0
    package var counts = LoadRevertCounts()
    /// Records that stay with the operations that hold them, the first few.
    package var stays: [(record: Int64, operation: Int64)] = []
    package var closedTasks: [ReviewTask] = []
    /// Tasks that the load's data had settled and that are open again.
    package var reopenedTasks: [ReviewTask] = []

    /// Creates a step that takes nothing back yet.
    package init(
        _ revert: LoadRevertRow, operation: Int64, sequence: Int64, isLast: Bool
    ) {
        load = revert.load
        loadOperation = revert.loadOperation
        self.operation = operation
        actor = revert.actor
        reason = revert.reason
        isFirst = revert.operation == nil
        self.isLast = isLast
        self.sequence = sequence
    }

    /// Where the taking back stands once the step is done.
    package var nextSequence: Int64 {
        isLast ? 0 : nextRecord > 0 ? sequence + 1 : sequence
    }
}
