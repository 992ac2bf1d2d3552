package import Identity
package import RegistryModel

/// The content of a version as it is stored.
package struct VersionContent: Hashable, Sendable {
    /// The canonical JSON.
    package let json: [UInt8]
    /// The digest of `json`.
    package let digest: ContentDigest

    /// Takes canonical JSON.
    package init(json: [UInt8]) {
        self.json = json
        digest = ContentDigest(of: json)
    }

    /// Writes the content of a record.
    package init(of person: PersonRecord) { self.init(json: person.json) }
}

/// One version of a source record, as the table of versions takes it.
package struct RecordVersion: Hashable, Sendable {
    package var record: Int64
    package var version: Int32
    package var sequence: Int64
    /// In microseconds since 1970.
    package var recordedAt: Int64
    package var content: VersionContent

    /// Creates a version.
    package init(
        record: Int64, version: Int32, sequence: Int64, recordedAt: Int64, content: VersionContent
    ) {
        self.record = record
        self.version = version
        self.sequence = sequence
        self.recordedAt = recordedAt
        self.content = content
    }

    /// Creates a version from its canonical JSON.
    package init(
        record: Int64, version: Int32, sequence: Int64, recordedAt: Int64, json: [UInt8]
    ) {
        self.init(
            record: record, version: version, sequence: sequence, recordedAt: recordedAt,
            content: VersionContent(json: json))
    }
}

/// The golden record of a person of several records, as stored.
package struct GoldenRow: Hashable, Sendable {
    package var person: EnterpriseIdentifier
    package var sequence: Int64
    package var records: Int32
    /// The canonical JSON of the golden record.
    package var json: [UInt8]
    /// Whether the person is known to have none stored, so that nothing need be looked for.
    package var isNew: Bool

    /// Creates a row.
    package init(
        person: EnterpriseIdentifier, sequence: Int64, records: Int32, json: [UInt8],
        isNew: Bool = false
    ) {
        self.person = person
        self.sequence = sequence
        self.records = records
        self.json = json
        self.isNew = isNew
    }
}

/// The step of a load's job that goes with the rows of some chunks.
package struct LoadStep: Hashable, Sendable {
    package var load: Int64
    /// The first staged chunk that the batch registers, from 0.
    package var chunk: Int32
    /// How many chunks it registers.
    package var chunks: Int32
    package var isLast: Bool
    package var operation: Int64
    package var actor: String
    /// What became of the chunks' rows.
    package var counts: LoadCounts

    /// Creates a step.
    package init(
        load: Int64, chunk: Int32, chunks: Int32 = 1, isLast: Bool, operation: Int64,
        actor: String, counts: LoadCounts
    ) {
        self.load = load
        self.chunk = chunk
        self.chunks = chunks
        self.isLast = isLast
        self.operation = operation
        self.actor = actor
        self.counts = counts
    }
}

/// One event that withdraws a record, or that makes it count again.
package struct RecordStateChange: Hashable, Sendable {
    package var record: Int64
    package var sequence: Int64

    /// Creates a change.
    package init(record: Int64, sequence: Int64) {
        self.record = record
        self.sequence = sequence
    }
}

/// What is known of a batch of new records before it is known whose they are.
package struct CommitHead: Sendable {
    /// The epoch, and the log's last event before the batch.
    package var base: LogPosition
    /// How many events the batch will have.
    package var events: Int
    /// The first versions of the records: all versions of the batch.
    package var versions: [RecordVersion]

    /// Creates the head of a batch.
    package init(base: LogPosition, events: Int, versions: [RecordVersion]) {
        self.base = base
        self.events = events
        self.versions = versions
    }

    /// The log's last event once the batch is committed.
    package var position: LogPosition {
        LogPosition(epoch: base.epoch, sequence: base.sequence + Int64(events))
    }

    /// Whether a batch is what the head said.
    package func begins(_ batch: CommitBatch) -> Bool {
        batch.base == base && batch.position == position
            && batch.newRecords.map(\.record) == versions.map(\.record)
            && batch.versions.count == versions.count
    }
}

/// Everything that one transaction of the writer changes.
package struct CommitBatch: Sendable {
    /// The epoch, and the log's last event before the batch.
    package var base: LogPosition
    /// Records that did not exist before, in the order of their numbers.
    package var newRecords: [SourceRecord] = []
    /// Older records whose version or link changes.
    package var changedRecords: [SourceRecord] = []
    package var versions: [RecordVersion] = []
    package var golden: [GoldenRow] = []
    /// Events numbered from `base` on without gap.
    package var events: [Event] = []
    package var tasks: [ReviewTask] = []
    /// Doubts of open tasks that the batch's data settles.
    package var settled: [SettledDoubt] = []
    /// Records that leave a person for another; they stand among `changedRecords` too.
    package var moves: [LinkMove] = []
    /// Persons whom the batch leaves without records.
    package var retired: [RetiredPerson] = []
    /// Retired persons who have records again.
    package var revived: [EnterpriseIdentifier] = []
    /// Persons who have fewer than two records left, and so no stored golden record.
    package var goldenRemoved: [EnterpriseIdentifier] = []
    /// Records withdrawn, and withdrawn ones that count again; they stand among `changedRecords` too.
    package var withdrawn: [RecordStateChange] = []
    package var reinstated: [RecordStateChange] = []
    package var loadStep: LoadStep?
    package var decision: DecisionStep?
    package var revertStep: RevertStep?
    package var rematchStep: RematchStep?

    /// Creates a batch without changes.
    package init(base: LogPosition) { self.base = base }

    /// The log's last event once the batch is committed.
    package var position: LogPosition {
        LogPosition(epoch: base.epoch, sequence: base.sequence + Int64(events.count))
    }
}
