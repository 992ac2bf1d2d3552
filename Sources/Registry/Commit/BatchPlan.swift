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
    /// The same as the index takes them, in stretches of `RegistryLimits.applyRowsMax`, once `makeBatches` was
    /// called.
    private(set) var batches: [RecordBatch] = []
    /// `PatientIndex.readings` when these were made.
    private(set) var readings = 0
    /// Whether each new record changed within the batch, so that the matcher has old content.
    var isMatcherOutdated: [Bool]
    var changedRecords: [SourceRecord]
    var outcomes: [RowOutcome]
    var numbers: WriterNumbers

    /// Creates a plan, without what the index will take of the new records.
    init(
        commit: CommitBatch, newRecords: [SourceRecord], isMatcherOutdated: [Bool],
        changedRecords: [SourceRecord], outcomes: [RowOutcome], numbers: WriterNumbers
    ) {
        self.commit = commit
        self.newRecords = newRecords
        self.isMatcherOutdated = isMatcherOutdated
        self.changedRecords = changedRecords
        self.outcomes = outcomes
        self.numbers = numbers
    }

    /// Makes of the new records what the index will take, on all cores.
    ///
    /// Writing needs nothing of it, so that it can be done while the plan is written.
    mutating func makeBatches(for index: Guarded<PatientIndex>) {
        guard let first = newRecords.first else { return }
        let (records, firstSlot) = (newRecords, Int(first.record) - 1)
        let (authorities, readings, packing) = index.read {
            ($0.authorities, $0.readings, $0.packing)
        }
        // A record that came once is decided once, and founds nobody who is known.
        let foundersAreNew = !changesMatcher
        batches = concurrentSlices(
            count: records.count, sliceMin: RegistryLimits.applyRowsMax
        ) { range in
            var batch = RecordBatch(
                first: UInt32(firstSlot + range.lowerBound), packing, encodes: false,
                foundersAreNew: foundersAreNew)
            for place in range { batch.append(records[place], authorities) }
            return batch
        }
        self.readings = readings
    }

    /// Whether the matcher takes other content of records that it has, once the plan is applied.
    var changesMatcher: Bool { !changedRecords.isEmpty || isMatcherOutdated.contains(true) }
}
