internal import RegistryModel
internal import RegistryStore

/// What became of one row.
struct RowOutcome: Sendable {
    var person: EnterpriseIdentifier
    var outcome: SubmissionOutcome
    var weight: Double?
}

/// Why a batch is written, which shapes its events.
enum BatchPurpose: Sendable {
    /// Submissions of clients: an event each. The actors, one a row.
    case live([String])
    /// Chunks of a load: one event for all.
    case chunk(LoadChunkPurpose)
}

/// Which chunks of which load a batch registers.
struct LoadChunkPurpose: Sendable {
    var load: Int64
    var chunks: Range<Int32>
    var isLast: Bool
    var operation: Int64
    var actor: String
    /// The time of rows that tell none, in microseconds since 1970.
    var recordedAtWhenUnknown: Int64
    /// Rows of records that were erased, which are passed over.
    var erasedRows = 0
}

/// The numbers that the writer counts on from.
struct WriterNumbers: Sendable {
    /// The epoch and last event.
    var position: LogPosition
    var lastTask: Int64
    var lastOperation: Int64
}

/// What people decided and are asked, as the writer holds it.
struct StewardState: Sendable {
    var constraints = ConstraintTable()
    var openTasks = OpenTasks()
}

/// The outcome of planning: what to write, and what the index takes once it is written.
struct BatchPlan: Sendable {
    var commit: CommitBatch
    /// New records whose content the matcher has already.
    var newRecords: [SourceRecord]
    /// The same as the index takes them, in stretches of `RegistryLimits.applyRowsMax`.
    var batches: [RecordBatch]
    /// `PatientIndex.readings` when these were made.
    var readings: Int
    /// Whether each new record changed within the batch, so that the matcher has old content.
    var isMatcherOutdated: [Bool]
    var changedRecords: [SourceRecord]
    var outcomes: [RowOutcome]
    var numbers: WriterNumbers

    /// Whether the matcher takes other content of records that it has, once the plan is applied.
    var changesMatcher: Bool { !changedRecords.isEmpty || isMatcherOutdated.contains(true) }
}
