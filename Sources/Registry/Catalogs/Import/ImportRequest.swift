package import RegistryModel

/// What an import is to do.
package struct ImportRequest: Sendable {
    package var catalog: CatalogKey
    package var scope: ReleaseScope
    /// The file's name without its folders.
    package var fileName: String
    /// The day from which a full file's missing codes are closed, in days since 1970-01-01.
    package var effectiveDay: Int32
    /// Whether one refused row refuses the file.
    package var isStrict: Bool
    /// The most codes that a full file may close by not having them; nil for any number, as long as the
    /// file has rows at all.
    package var closedMax: Int64?
    /// Whether to compare and store nothing.
    package var isDryRun: Bool
    package var actor: String
    package var reason: String

    /// Creates a request.
    package init(
        catalog: CatalogKey, scope: ReleaseScope = .full, fileName: String, effectiveDay: Int32,
        isStrict: Bool = false, closedMax: Int64? = nil, isDryRun: Bool = false, actor: String,
        reason: String = ""
    ) {
        self.catalog = catalog
        self.scope = scope
        self.fileName = fileName
        self.effectiveDay = effectiveDay
        self.isStrict = isStrict
        self.closedMax = closedMax
        self.isDryRun = isDryRun
        self.actor = actor
        self.reason = reason
    }
}

/// How far an import is.
package struct ImportProgress: Sendable {
    /// What it is doing.
    package enum Phase: String, Sendable {
        case comparing, checking, staging
    }

    package var phase: Phase
    /// Rows read, or codes staged.
    package var done: Int
    /// How many there are; nil where nobody knows yet.
    package var total: Int?
}

/// One field of a code that a file changes.
package struct FieldDifference: Hashable, Sendable {
    /// The field, with the days for which it is said where a code has several entries.
    package var field: String
    /// A text or JSON, empty where nothing is said.
    package var before: String
    package var after: String

    /// Creates a difference.
    package init(field: String, before: String, after: String) {
        self.field = field
        self.before = before
        self.after = after
    }
}

/// A code that a file adds, changes or closes.
package struct CodeDifference: Hashable, Sendable {
    /// What becomes of a code.
    package enum Change: String, CaseIterable, Hashable, Sendable {
        case new, changed, closed
    }

    package var code: String
    package var change: Change
    /// What changed, for a changed code.
    package var fields: [FieldDifference]

    /// Creates a difference.
    package init(code: String, change: Change, fields: [FieldDifference] = []) {
        self.code = code
        self.change = change
        self.fields = fields
    }
}

/// Why nothing of a file is kept.
package enum ImportRefusal: Hashable, Sendable {
    /// Rows were refused, and the import is strict.
    case rows
    /// References lead nowhere, and the import is strict.
    case references
    /// The file has no rows: it would close all that the catalog has.
    case noRows
    /// It would close more codes than the request lets it.
    case closures
}

/// What an import did, or would do.
package struct ImportReport: Hashable, Sendable {
    package var catalog: CatalogKey
    /// The staged release; nil where nothing was staged: for a dry run, a strict one that
    /// refused rows, or a file that changes nothing.
    package var release: Int64?
    package var rowsRead = 0
    package var counts = ReleaseCounts()
    /// Refused rows by the category of their problem.
    package var refusals: [String: Int64] = [:]
    /// Why nothing is kept; nil where it is, or nothing was to be.
    package var refusal: ImportRefusal?
    /// Whether nothing is kept.
    package var isRefused: Bool { refusal != nil }
    /// What the release names and nobody has, and what others name that it closes.
    package var references = ReferenceFindings()
    /// Whether the catalog is new, and of who numbers its codes nothing is known.
    package var isOfUnknownAuthority = false
    /// Lines without a readable code; where there are any, no code of a full file is closed.
    package var linesWithoutCode = 0
    /// The first codes of each kind of change; none of insurers' members, whose codes are persons'
    /// identifiers.
    package var samples: [CodeDifference] = []
    /// Releases of imports that had died, abandoned by this one.
    package var abandoned: [Int64] = []

    /// Creates a report of nothing.
    package init(catalog: CatalogKey) { self.catalog = catalog }

    /// Whether the file says what the catalog says already.
    package var changesNothing: Bool {
        counts.new == 0 && counts.changed == 0 && counts.closed == 0
    }
}
