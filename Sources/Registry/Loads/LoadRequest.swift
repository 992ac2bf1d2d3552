package import Extracts
package import Linkage
package import RegistryModel

/// What `padron load` is asked to do.
package struct LoadRequest: Sendable {
    /// The extract's file, `-` for standard input.
    package var path: String
    package var columns: ColumnOverrides
    /// Fills an empty source; empty where each row names its own.
    package var source: String
    /// Whether sources that do not exist are made.
    package var createsSources: Bool
    /// More rejected rows than this end the load before anything is registered; nil for no limit.
    package var rejectsMax: Int?
    /// The model of a registry that has no records yet; nil to have the extract choose it.
    package var model: LinkageModel?
    /// Who loads, as the log tells.
    package var actor: String

    /// Creates a request.
    package init(
        path: String, columns: ColumnOverrides = [], source: String = "",
        createsSources: Bool = false, rejectsMax: Int? = nil, model: LinkageModel? = nil,
        actor: String
    ) {
        self.model = model
        self.path = path
        self.columns = columns
        self.source = source
        self.createsSources = createsSources
        self.rejectsMax = rejectsMax
        self.actor = actor
    }
}

/// How far a load is.
package struct LoadProgress: Hashable, Sendable {
    /// What is under way.
    package enum Phase: String, Hashable, Sendable {
        /// Rows are read and copied in; counted in bytes of the extract.
        case staging
        /// Rows are linked and written; counted in rows.
        case registering
    }

    package var phase: Phase
    package var done: Int
    /// Nil for standard input.
    package var total: Int?
}

/// What a load did.
package struct LoadSummary: Hashable, Sendable {
    package var load: Int64
    /// Rows of the extract, rejected ones included.
    package var rowsRead: Int64
    package var rejected: Int64
    package var counts: LoadCounts
    /// Whether an earlier command had staged the extract and this one finished its job.
    package var isResumed: Bool
    /// Rows that were registered before this command came to it.
    package var registeredBefore: Int64 = 0

    /// Persons that came into being.
    package var newPersons: Int64 { counts.created + counts.review }
    /// Records that came into being.
    package var newRecords: Int64 { counts.newRecords }
}
