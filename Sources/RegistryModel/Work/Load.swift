/// How far a load is.
package enum LoadState: String, CaseIterable, Hashable, Sendable {
    /// Rows are being copied in; what is there of a dead command is thrown away.
    case staging
    /// All rows are there; the writer has not begun.
    case staged
    case registering
    case done
    case failed
    /// The writer takes it back.
    case reverting
    case reverted

    /// Whether somebody still has to work on it.
    package var isUnfinished: Bool {
        switch self {
        case .staging, .staged, .registering, .reverting: true
        case .done, .failed, .reverted: false
        }
    }
}

/// What became of a load's rows.
package struct LoadCounts: Hashable, Sendable {
    package var created: Int64 = 0
    package var linked: Int64 = 0
    package var review: Int64 = 0
    package var updated: Int64 = 0
    package var unchanged: Int64 = 0
    package var stale: Int64 = 0

    /// Creates counts of zero.
    package init() {}

    /// Rows that brought new records.
    package var newRecords: Int64 { created + linked + review }

    /// All rows registered.
    package var total: Int64 { created + linked + review + updated + unchanged + stale }

    /// Counts one row.
    package mutating func count(_ outcome: SubmissionOutcome) {
        switch outcome {
        case .created: created += 1
        case .linked: linked += 1
        case .review: review += 1
        case .updated: updated += 1
        case .unchanged: unchanged += 1
        case .stale: stale += 1
        }
    }
}

/// One load: what it reads, how far it is, what it did.
package struct Load: Hashable, Sendable {
    package var load: Int64
    package var extractName: String
    package var state: LoadState
    package var actor: String
    package var operation: Int64?
    /// When the job was made, in microseconds since 1970; the record time of rows that give none.
    package var createdAt: Int64
    package var rowsStaged: Int64
    package var rowsRejected: Int64
    package var chunks: Int32
    package var chunksDone: Int32
    package var counts: LoadCounts
    /// Why it failed; nil unless it did.
    package var failure: String?

    /// Creates a load as stored.
    package init(
        load: Int64, extractName: String, state: LoadState, actor: String, operation: Int64?,
        createdAt: Int64, rowsStaged: Int64, rowsRejected: Int64, chunks: Int32, chunksDone: Int32,
        counts: LoadCounts, failure: String?
    ) {
        self.load = load
        self.extractName = extractName
        self.state = state
        self.actor = actor
        self.operation = operation
        self.createdAt = createdAt
        self.rowsStaged = rowsStaged
        self.rowsRejected = rowsRejected
        self.chunks = chunks
        self.chunksDone = chunksDone
        self.counts = counts
        self.failure = failure
    }
}
