/// What a steward is asked.
package enum ReviewTaskKind: String, CaseIterable, Hashable, Sendable {
    /// Are these two records one person?
    case duplicate
    /// Did this record become another person with its last version?
    case overlay
    /// Do these two people carry one national identifier? Of a record against itself: it has a bad
    /// identifier, and its source wants it looked at.
    case identifierConflict = "identifier-conflict"
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

    /// Creates an open task.
    package init(
        task: Int64, sequence: Int64, kind: ReviewTaskKind, record: Int64, otherRecord: Int64,
        weight: Double?
    ) {
        self.task = task
        self.sequence = sequence
        self.kind = kind
        self.record = record
        self.otherRecord = otherRecord
        self.weight = weight
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
