/// What an event did.
package enum EventKind: Int16, CaseIterable, Hashable, Sendable {
    /// A new record, a person of its own.
    case created = 1
    /// A new record, linked to a known person.
    case linked = 2
    /// A new record under review.
    case review = 3
    /// A new version of a known record.
    case updated = 4
    /// A version that came too late to be current.
    case stale = 5
    /// A chunk of a load: a range of new records, and older ones that changed.
    case loadChunk = 6
    /// What a steward decided; the operation tells what.
    case decision = 7
    /// Records were erased for good: whoever has copies of them must erase those too.
    case erased = 9
    /// A release of a catalog became part of what it says, or was taken back; the operation tells which.
    case released = 10

    /// The kind of event that a submission's outcome makes; nil for one that changes nothing.
    package init?(_ outcome: SubmissionOutcome) {
        switch outcome {
        case .created: self = .created
        case .linked: self = .linked
        case .review: self = .review
        case .updated: self = .updated
        case .stale: self = .stale
        case .unchanged: return nil
        }
    }
}

/// One entry of the event log, by which readers follow and history is told; without demographics.
package struct Event: Hashable, Sendable {
    package var position: LogPosition
    package var kind: EventKind
    /// Who caused it: a client's name, or the operating system's user of a command.
    package var actor: String
    /// When it was committed, in microseconds since 1970.
    package var occurredAt: Int64
    /// The operation that it is part of; nil for a single submission.
    package var operation: Int64?
    /// The person that it concerns; nil where it concerns many.
    package var person: EnterpriseIdentifier?
    /// The records that it made; empty where it made none.
    package var newRecords: Range<Int64>
    /// Older records whose version or link it changed.
    package var changedRecords: [Int64]

    /// Creates an event.
    package init(
        position: LogPosition, kind: EventKind, actor: String, occurredAt: Int64,
        operation: Int64? = nil, person: EnterpriseIdentifier? = nil, newRecords: Range<Int64>,
        changedRecords: [Int64]
    ) {
        self.position = position
        self.kind = kind
        self.actor = actor
        self.occurredAt = occurredAt
        self.operation = operation
        self.person = person
        self.newRecords = newRecords
        self.changedRecords = changedRecords
    }
}
