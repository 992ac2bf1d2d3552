/// What a steward is asked.
package enum ReviewTaskKind: String, CaseIterable, Hashable, Sendable {
    /// Are these two records one person?
    case duplicate
    /// Did this record become another person with its last version?
    case overlay
    /// Do these two people carry one national identifier? Of a record against itself: it has a bad
    /// identifier, and its source wants it looked at.
    case identifierConflict = "identifier-conflict"
    /// Has the person of this record died, or does it live?
    case death
}

/// A doubt that a steward settles; between records, whatever becomes of their persons meanwhile.
package struct ReviewTask: Hashable, Sendable {
    /// Dense number, from 1.
    package var task: Int64
    /// The event that opened it.
    package var sequence: Int64
    package var kind: ReviewTaskKind
    package var record: Int64
    /// The record it is doubted against; the same one for an overlay.
    package var otherRecord: Int64
    /// The weight in bits of the pair.
    package var weight: Double?
    package var reason: ReviewReason
    /// Whose stewards are asked: the territory of the record's source; empty where it has none.
    package var territory: String

    /// Creates an open task.
    package init(
        task: Int64, sequence: Int64, kind: ReviewTaskKind, record: Int64, otherRecord: Int64,
        weight: Double?, reason: ReviewReason = .weight, territory: String = ""
    ) {
        self.task = task
        self.sequence = sequence
        self.kind = kind
        self.record = record
        self.otherRecord = otherRecord
        self.weight = weight
        self.reason = reason
        self.territory = territory
    }

    /// How urgent it is when it is opened.
    package var priority: Int16 { ReviewSchedule.priority(kind, reason) }
}

/// A doubt that the data itself has settled, so that nobody need be asked any more.
package struct SettledDoubt: Hashable, Sendable {
    package var kind: ReviewTaskKind
    package var record: Int64
    package var otherRecord: Int64
    /// The event that settled it.
    package var sequence: Int64
    package var resolution: Resolution

    /// How the data settled it.
    package enum Resolution: String, Hashable, Sendable {
        /// The record's identifiers are as they should be now, or what is said of a death.
        case mended
        /// The two records are of one person now.
        case linked
        /// The two records are no longer alike enough to ask.
        case unlike
    }

    /// Creates a doubt that is settled.
    package init(
        kind: ReviewTaskKind, record: Int64, otherRecord: Int64, sequence: Int64,
        resolution: Resolution
    ) {
        self.kind = kind
        self.record = record
        self.otherRecord = otherRecord
        self.sequence = sequence
        self.resolution = resolution
    }
}

/// What is told of two records whatever their weight.
package struct RecordConstraint: Hashable, Sendable {
    package var left: Int64
    package var right: Int64
    /// Whether they are one person; otherwise they are not.
    package var isMustLink: Bool

    /// Creates a constraint; the order of the records means nothing.
    package init(_ left: Int64, _ right: Int64, isMustLink: Bool) {
        self.left = min(left, right)
        self.right = max(left, right)
        self.isMustLink = isMustLink
    }
}
