package import Identity

/// Everything that is kept of a person: the records it has and had, and what was done to them.
///
/// Rows as the database holds them; `PersonHistory` and `PersonSnapshot` make sense of them.
package struct PersonArchive: Hashable, Sendable {
    package var person: EnterpriseIdentifier
    /// Set where the person has no records now.
    package var retirement: ArchivedRetirement?
    /// All records that are or once were its, in the order of their numbers.
    package var records: [ArchivedRecord] = []
    /// Events that the rows name, by sequence.
    package var events: [Int64: ArchivedEvent] = [:]
    /// Operations that events and constraints name, by number.
    package var operations: [Int64: ArchivedOperation] = [:]
    /// Tasks, closed ones included, in which one of the records stands.
    package var tasks: [ArchivedTask] = []
    /// Constraints, retracted ones included, on one of the records.
    package var constraints: [ArchivedConstraint] = []
    /// The names of records by number, of those too that only tasks and constraints mention.
    package var names: [Int64: LocalIdentifier] = [:]

    /// Creates an archive that holds nothing yet.
    package init(of person: EnterpriseIdentifier) { self.person = person }
}

/// One record of a source, with all its versions and moves.
package struct ArchivedRecord: Hashable, Sendable {
    package var record: Int64
    /// The source's code and the local identifier.
    package var name: LocalIdentifier
    /// The person it is linked to now.
    package var person: EnterpriseIdentifier
    package var origin: LinkOrigin
    package var weight: Double?
    /// The number of the version that is current now.
    package var version: Int32
    /// The last event that changed its version, its link, its state or its name.
    package var sequence: Int64
    /// In the order of their numbers.
    package var versions: [ArchivedVersion] = []
    /// In the order of their events.
    package var moves: [LinkMove] = []
    /// In the order of their events.
    package var withdrawals: [ArchivedWithdrawal] = []
    /// In the order of their events.
    package var renumberings: [ArchivedRenumbering] = []
    /// What stewards pinned by way of it, in the order of their events.
    package var pins: [ArchivedPin] = []
    /// Whether what it said was erased for good.
    package var isErased = false
    /// Whether the person who has it now is restricted: then what it says is told to nobody, under
    /// whatever person it once stood.
    package var isRestricted = false

    /// Creates a record without versions and moves.
    package init(
        record: Int64, name: LocalIdentifier, person: EnterpriseIdentifier, origin: LinkOrigin,
        weight: Double?, version: Int32, sequence: Int64
    ) {
        self.record = record
        self.name = name
        self.person = person
        self.origin = origin
        self.weight = weight
        self.version = version
        self.sequence = sequence
    }
}

/// A local identifier that a record's source has replaced by another.
package struct ArchivedRenumbering: Hashable, Sendable {
    package var sequence: Int64
    package var formerLocalID: String

    /// Creates a change.
    package init(sequence: Int64, formerLocalID: String) {
        self.sequence = sequence
        self.formerLocalID = formerLocalID
    }
}

/// A time in which a record did not count, though it kept its link.
package struct ArchivedWithdrawal: Hashable, Sendable {
    package var sequence: Int64
    /// The event by which it counts again; nil while it does not.
    package var endedSequence: Int64?

    /// Creates a withdrawal.
    package init(sequence: Int64, endedSequence: Int64?) {
        self.sequence = sequence
        self.endedSequence = endedSequence
    }
}

/// What a source said of a record at one time.
package struct ArchivedVersion: Hashable, Sendable {
    package var version: Int32
    /// The event that brought it.
    package var sequence: Int64
    /// When the source recorded it, in microseconds since 1970.
    package var recordedAt: Int64
    package var content: PersonRecord
    /// The event that took it back with its load; nil while it stands.
    package var voidedSequence: Int64?
    /// The event of the version that lay over it when its load was taken back, which left the record as
    /// it was; nil while it stands.
    package var coveredSequence: Int64?

    /// Creates a version that stands.
    package init(version: Int32, sequence: Int64, recordedAt: Int64, content: PersonRecord) {
        self.version = version
        self.sequence = sequence
        self.recordedAt = recordedAt
        self.content = content
    }
}

/// An event of the log, as far as history tells it.
package struct ArchivedEvent: Hashable, Sendable {
    package var position: LogPosition
    /// When it was committed, in microseconds since 1970.
    package var occurredAt: Int64
    package var actor: String
    package var operation: Int64?

    /// Creates an event.
    package init(position: LogPosition, occurredAt: Int64, actor: String, operation: Int64?) {
        self.position = position
        self.occurredAt = occurredAt
        self.actor = actor
        self.operation = operation
    }
}

/// What was done in one go, by whom and why.
package struct ArchivedOperation: Hashable, Sendable {
    package var operation: Int64
    package var kind: OperationKind
    package var reason: String
    /// The operation that took it back; nil while it stands.
    package var undoneBy: Int64?

    /// Creates an operation.
    package init(operation: Int64, kind: OperationKind, reason: String, undoneBy: Int64?) {
        self.operation = operation
        self.kind = kind
        self.reason = reason
        self.undoneBy = undoneBy
    }
}

/// A review task with its end.
package struct ArchivedTask: Hashable, Sendable {
    package var task: ReviewTask
    /// The event that closed it; nil while it is open.
    package var closedSequence: Int64?
    /// What closed it, empty while it is open.
    package var resolution: String

    /// Creates a task.
    package init(task: ReviewTask, closedSequence: Int64?, resolution: String) {
        self.task = task
        self.closedSequence = closedSequence
        self.resolution = resolution
    }
}

/// A steward's constraint with the events that made and released it.
package struct ArchivedConstraint: Hashable, Sendable {
    package var constraint: RecordConstraint
    /// The event of the operation that made it.
    package var sequence: Int64
    /// The event of the operation that released it; nil while it stands.
    package var retractedSequence: Int64?

    /// Creates a constraint.
    package init(constraint: RecordConstraint, sequence: Int64, retractedSequence: Int64?) {
        self.constraint = constraint
        self.sequence = sequence
        self.retractedSequence = retractedSequence
    }
}

/// When and why a person was left without records.
package struct ArchivedRetirement: Hashable, Sendable {
    package var sequence: Int64
    /// `replaced`, `split` or `withdrawn`.
    package var reason: String
    package var survivors: [EnterpriseIdentifier]

    /// Creates a retirement.
    package init(sequence: Int64, reason: String, survivors: [EnterpriseIdentifier]) {
        self.sequence = sequence
        self.reason = reason
        self.survivors = survivors
    }
}
