/// How far a rematch, or the taking back of one, is.
package enum RematchState: String, CaseIterable, Hashable, Sendable {
    /// All is planned and stored; the writer has not begun.
    case staged
    case applying
    case done
}

/// What a rematch did so far, or what taking it back did.
package struct RematchCounts: Hashable, Sendable {
    /// Changes carried out: sets of persons whose records were distributed anew, or events taken back.
    package var changes: Int64 = 0
    /// Records that went to another person.
    package var moved: Int64 = 0
    /// Changes left out since a record, a person or a decision of theirs had changed meanwhile; of an
    /// undo the records that stay.
    package var skipped: Int64 = 0
    package var tasksOpened: Int64 = 0
    package var tasksClosed: Int64 = 0

    /// Creates counts of zero.
    package init() {}
}

/// One rematch, or the taking back of one, as the database knows it.
package struct Rematch: Hashable, Sendable {
    package var rematch: Int64
    package var state: RematchState
    package var actor: String
    package var reason: String
    /// The operation that it is; nil before its first step.
    package var operation: Int64?
    /// The operation that it takes back; nil for a rematch itself.
    package var undoes: Int64?
    /// The name of the model that it puts in force.
    package var modelName: String
    /// Changes planned, of an undo events.
    package var changesPlanned: Int64
    package var counts: RematchCounts
    /// Some of the records that an undo leaves where they are.
    package var stays: [RecordStay]

    /// Creates a rematch as stored.
    package init(
        rematch: Int64, state: RematchState, actor: String, reason: String, operation: Int64?,
        undoes: Int64?, modelName: String, changesPlanned: Int64, counts: RematchCounts,
        stays: [RecordStay] = []
    ) {
        self.rematch = rematch
        self.state = state
        self.actor = actor
        self.reason = reason
        self.operation = operation
        self.undoes = undoes
        self.modelName = modelName
        self.changesPlanned = changesPlanned
        self.counts = counts
        self.stays = stays
    }
}

/// One record of a person that a rematch changes, and where it belongs.
package struct RematchMember: Hashable, Sendable {
    package var record: Int64
    /// The last event that had changed the record when the rematch was planned.
    package var sequence: Int64
    package var from: EnterpriseIdentifier
    package var to: EnterpriseIdentifier
    /// The weight in bits of the best pair with a record of its person to be; nil where it has none.
    package var weight: Double?

    /// Creates a member.
    package init(
        record: Int64, sequence: Int64, from: EnterpriseIdentifier, to: EnterpriseIdentifier,
        weight: Double? = nil
    ) {
        self.record = record
        self.sequence = sequence
        self.from = from
        self.to = to
        self.weight = weight
    }

    /// Whether it leaves its person.
    package var isMoving: Bool { from != to }
}

/// Persons who together are to have their records distributed anew, among themselves and new ones.
///
/// No record outside belongs to any of them, so that each change is carried out or left out by itself.
package struct RematchChange: Hashable, Sendable {
    /// All records of all its persons, in the order of their numbers.
    package var members: [RematchMember]

    /// Creates a change.
    package init(members: [RematchMember]) { self.members = members }

    /// The persons before, in the order of their first records.
    package var before: [EnterpriseIdentifier] { Self.distinct(members.map(\.from)) }

    /// The persons after, in the order of their first records.
    package var after: [EnterpriseIdentifier] { Self.distinct(members.map(\.to)) }

    private static func distinct(_ persons: [EnterpriseIdentifier]) -> [EnterpriseIdentifier] {
        var seen: Set<EnterpriseIdentifier> = []
        return persons.filter { seen.insert($0).inserted }
    }
}

/// A review task that a rematch opens or closes.
package struct RematchTask: Hashable, Sendable {
    /// The open task to close; nil where one is to be opened.
    package var task: Int64?
    package var record: Int64
    package var otherRecord: Int64
    package var weight: Double?

    /// Creates a task to open or to close.
    package init(task: Int64? = nil, record: Int64, otherRecord: Int64, weight: Double?) {
        self.task = task
        self.record = record
        self.otherRecord = otherRecord
        self.weight = weight
    }
}
