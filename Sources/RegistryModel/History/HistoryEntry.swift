package import Identity

/// One change in a person's history.
package struct HistoryEntry: Hashable, Sendable {
    package var position: LogPosition
    /// When it was committed, in microseconds since 1970.
    package var occurredAt: Int64
    package var actor: String
    /// What it was part of; nil for a single submission.
    package var operation: ArchivedOperation?
    /// The record that it concerns: the source's code and the local identifier.
    package var record: LocalIdentifier
    package var change: HistoryChange

    /// Creates an entry.
    package init(
        position: LogPosition, occurredAt: Int64, actor: String, operation: ArchivedOperation?,
        record: LocalIdentifier, change: HistoryChange
    ) {
        self.position = position
        self.occurredAt = occurredAt
        self.actor = actor
        self.operation = operation
        self.record = record
        self.change = change
    }
}

/// What happened to a record.
package enum HistoryChange: Hashable, Sendable {
    /// Its source named it for the first time; it was linked to a person at a weight, or founded
    /// one.
    case registered(
        ArchivedVersion, [FieldChange], person: EnterpriseIdentifier, weight: Double?)
    case updated(ArchivedVersion, [FieldChange])
    /// A version came that is older than the current one.
    case late(ArchivedVersion)
    case moved(from: EnterpriseIdentifier, to: EnterpriseIdentifier)
    /// Its source took it back, or a load that stated it was: it keeps its link and counts no more.
    case withdrawn
    /// What it said was erased for good.
    case erased
    /// It counts again.
    case reinstated
    /// The load that brought a later version was taken back; this one is current again.
    case restored(ArchivedVersion)
    /// Its source gave it another local identifier; the old one goes on answering.
    case renumbered(from: String)
    /// A steward states a value of its person.
    case pinned(FieldChange)
    /// Such a value stands no longer.
    case unpinned(FieldChange)
    /// A steward holds it together with another record, or apart from it.
    case held(other: LocalIdentifier, isMustLink: Bool)
    /// Such a hold ended.
    case released(other: LocalIdentifier, isMustLink: Bool)
    case taskOpened(ReviewTask, other: LocalIdentifier)
    case taskClosed(ReviewTask, other: LocalIdentifier, resolution: String)

    /// The word for the change in JSON.
    package var name: StaticString {
        switch self {
        case .registered: "registered"
        case .updated: "updated"
        case .late: "late"
        case .moved: "moved"
        case .withdrawn: "withdrawn"
        case .erased: "erased"
        case .reinstated: "reinstated"
        case .restored: "restored"
        case .renumbered: "renumbered"
        case .pinned: "pinned"
        case .unpinned: "unpinned"
        case .held(_, let isMustLink): isMustLink ? "held-together" : "held-apart"
        case .released: "released"
        case .taskOpened: "task-opened"
        case .taskClosed: "task-closed"
        }
    }
}

extension HistoryEntry {
    /// Writes the entry as an object of the line protocol; fields are named, and have values where
    /// the reader may see demographics.
    package func write(to writer: inout JSONWriter, withValues: Bool) {
        writer.beginObject()
        writer.key("position")
        writer.string("\(position)")
        writer.key("at")
        writer.string(Timestamp.text(of: occurredAt))
        writer.key("actor")
        writer.string(actor)
        writer.key("change")
        writer.string(change.name.description)
        writer.key("record")
        writer.string("\(record.authority):\(record.value)")
        change.writeMembers(to: &writer, withValues: withValues)
        if let operation {
            writer.key("operation")
            operation.write(to: &writer)
        }
        writer.endObject()
    }
}

extension HistoryChange {
    fileprivate func writeMembers(to writer: inout JSONWriter, withValues: Bool) {
        func other(_ name: LocalIdentifier) {
            writer.key("other")
            writer.string("\(name.authority):\(name.value)")
        }
        func task(_ task: ReviewTask) {
            writer.key("task")
            writer.integer(task.task)
            writer.key("kind")
            writer.string(task.kind.rawValue)
            if let weight = task.weight {
                writer.key("weight")
                writer.decimal(weight, places: 2)
            }
        }
        switch self {
        case .registered(let version, let changes, let person, let weight):
            version.writeMembers(to: &writer)
            writer.key("euid")
            writer.string(person.description)
            if let weight {
                writer.key("weight")
                writer.decimal(weight, places: 2)
            }
            FieldChange.write(changes, to: &writer, withValues: withValues)
        case .updated(let version, let changes):
            version.writeMembers(to: &writer)
            FieldChange.write(changes, to: &writer, withValues: withValues)
        case .late(let version), .restored(let version): version.writeMembers(to: &writer)
        case .renumbered(let former):
            writer.key("former_local_id")
            writer.string(former)
        case .moved(let from, let to):
            writer.key("from")
            writer.string(from.description)
            writer.key("to")
            writer.string(to.description)
        case .pinned(let change), .unpinned(let change):
            FieldChange.write([change], to: &writer, withValues: withValues)
        case .withdrawn, .erased, .reinstated: break
        case .held(let name, _): other(name)
        case .released(let name, let isMustLink):
            other(name)
            writer.key("was")
            writer.string(isMustLink ? "held-together" : "held-apart")
        case .taskOpened(let opened, let name):
            other(name)
            task(opened)
        case .taskClosed(let closed, let name, let resolution):
            other(name)
            task(closed)
            writer.key("resolution")
            writer.string(resolution)
        }
    }
}

extension ArchivedVersion {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        writer.key("version")
        writer.integer(Int64(version))
        writer.key("recorded_at")
        writer.string(Timestamp.text(of: recordedAt))
    }
}

extension FieldChange {
    fileprivate static func write(
        _ changes: [FieldChange], to writer: inout JSONWriter, withValues: Bool
    ) {
        writer.key("fields")
        writer.beginArray()
        for change in changes {
            writer.beginObject()
            writer.key("field")
            writer.string(change.field)
            if withValues {
                writer.key("before")
                writer.string(change.before)
                writer.key("after")
                writer.string(change.after)
            }
            writer.endObject()
        }
        writer.endArray()
    }
}

extension ArchivedOperation {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("operation")
        writer.integer(operation)
        writer.key("kind")
        writer.string(kind.rawValue)
        writer.key("reason")
        writer.string(reason)
        if let undoneBy {
            writer.key("undone_by")
            writer.integer(undoneBy)
        }
        writer.endObject()
    }
}
