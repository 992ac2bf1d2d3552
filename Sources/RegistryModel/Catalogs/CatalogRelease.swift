/// How far a release is.
package enum ReleaseState: String, CaseIterable, Hashable, Sendable {
    /// Its rows are on their way; nobody sees them.
    case staging
    /// All its rows are there and nobody sees them yet.
    case staged
    /// It is part of what its catalog says.
    case live
    /// It was live and was taken back.
    case reverted
    /// It was never live and will not be.
    case abandoned
}

/// What a file speaks of.
package enum ReleaseScope: String, CaseIterable, Hashable, Sendable {
    /// All of its catalog: a code that it does not have is closed.
    case full
    /// Only the codes that it has.
    case partial
}

/// What a release does to its catalog, in codes.
package struct ReleaseCounts: Hashable, Sendable {
    package var new: Int64 = 0
    package var changed: Int64 = 0
    package var closed: Int64 = 0
    package var unchanged: Int64 = 0
    /// Rows of the file that were refused.
    package var refused: Int64 = 0

    /// Creates counts of nothing.
    package init() {}
}

/// One import into a catalog: the codes whose entries it replaces as a whole.
///
/// What a catalog says of a code is what the last live release that has the code says.
package struct CatalogRelease: Hashable, Sendable {
    package var number: Int64
    package var catalog: CatalogKey
    package var state: ReleaseState
    package var scope: ReleaseScope
    /// The last live release of the catalog when this one was staged; 0 where there was none.
    package var parent: Int64
    /// The file's name without its folders.
    package var fileName: String
    package var actor: String
    package var reason: String
    /// The day from which a full file's missing codes are closed, in days since 1970-01-01.
    package var effectiveDay: Int32
    package var counts: ReleaseCounts
    /// The operation that made it live; nil where it never was.
    package var operation: Int64?

    /// Creates a release.
    package init(
        number: Int64, catalog: CatalogKey, state: ReleaseState, scope: ReleaseScope, parent: Int64,
        fileName: String, actor: String, reason: String, effectiveDay: Int32,
        counts: ReleaseCounts, operation: Int64?
    ) {
        self.number = number
        self.catalog = catalog
        self.state = state
        self.scope = scope
        self.parent = parent
        self.fileName = fileName
        self.actor = actor
        self.reason = reason
        self.effectiveDay = effectiveDay
        self.counts = counts
        self.operation = operation
    }
}
