internal import Identity

/// Which part of the log is asked for.
package struct FeedQuestion: Hashable, Sendable {
    /// The last event that the asker has.
    package var since: LogPosition
    /// Events of one answer.
    package var limit: Int
    /// How long to wait for an event, in seconds.
    package var waitSeconds: Int

    /// Creates a question.
    package init(since: LogPosition, limit: Int, waitSeconds: Int = 0) {
        self.since = since
        self.limit = limit
        self.waitSeconds = waitSeconds
    }
}

/// One event as the change feed tells it: whom it concerns, and nothing that they are.
package struct FeedEvent: Hashable, Sendable {
    package var position: LogPosition
    package var kind: EventKind
    /// When it was committed, in microseconds since 1970.
    package var occurredAt: Int64
    package var operation: Int64?
    /// The persons whose records it made, changed or moved, in the order of their bits.
    ///
    /// Those whom records left are among them.
    package var persons: [EnterpriseIdentifier]
    /// The release of a catalog that it made live or took back; nil where it did neither.
    package var release: FeedRelease?

    /// Creates an event.
    package init(
        position: LogPosition, kind: EventKind, occurredAt: Int64, operation: Int64?,
        persons: [EnterpriseIdentifier], release: FeedRelease? = nil
    ) {
        self.release = release
        self.position = position
        self.kind = kind
        self.occurredAt = occurredAt
        self.operation = operation
        self.persons = persons
    }
}

/// What became of a release of a catalog.
package struct FeedRelease: Hashable, Sendable {
    package var catalog: CatalogKey
    package var number: Int64
    /// Whether it became part of what its catalog says; else it is no longer.
    package var isLive: Bool

    /// Creates a change.
    package init(catalog: CatalogKey, number: Int64, isLive: Bool) {
        self.catalog = catalog
        self.number = number
        self.isLive = isLive
    }
}

/// A part of the change feed.
package struct FeedPage: Hashable, Sendable {
    /// Events in order, without gap.
    package var events: [FeedEvent]
    /// Where the next part begins: the position of the last event, or the one asked for.
    package var next: LogPosition

    /// Creates a part.
    package init(events: [FeedEvent], next: LogPosition) {
        self.events = events
        self.next = next
    }
}

extension FeedEvent {
    /// Writes the event as the object of the line protocol.
    ///
    /// `version` is the version that its persons have from it on.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("position")
        writer.string("\(position)")
        writer.key("kind")
        writer.string(kind.name.description)
        writer.key("at")
        writer.string(Timestamp.text(of: occurredAt))
        writer.key("version")
        writer.integer(position.sequence)
        if let operation {
            writer.key("operation")
            writer.integer(operation)
        }
        if let release {
            writer.key("catalog")
            writer.string(release.catalog.text)
            writer.key("release")
            writer.integer(release.number)
            writer.key("state")
            writer.string((release.isLive ? ReleaseState.live : .reverted).rawValue)
        }
        writer.key("euids")
        writer.beginArray()
        for person in persons { writer.string(person.description) }
        writer.endArray()
        writer.endObject()
    }
}

extension EventKind {
    /// The word for it in the change feed.
    package var name: StaticString {
        switch self {
        case .created: "created"
        case .linked: "linked"
        case .review: "review"
        case .updated: "updated"
        case .stale: "stale"
        case .loadChunk: "load"
        case .decision: "decision"
        case .erased: "erased"
        case .released: "released"
        }
    }
}
