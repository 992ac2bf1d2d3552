internal import PostgresClient
package import RegistryModel

// What there is of catalogs and releases.
extension RegistrySession {
    private static let releaseColumns: SQL = """
        r.release, c.kind, c.authority, r.state, r.scope, COALESCE(r.parent, 0), r.file_name,
        r.actor, r.reason, r.effective_day - DATE '1970-01-01', r.new_codes, r.changed_codes,
        r.closed_codes, r.unchanged_codes, r.refused_rows, r.operation
        """

    private static func catalogKey(_ row: PostgresRow, _ column: Int) throws -> CatalogKey {
        guard let kind = CatalogKind(rawValue: try row.text(column)) else {
            throw StoreError.damaged("a catalog of an unknown kind")
        }
        return CatalogKey(kind, try row.text(column + 1))
    }

    private static func release(_ row: PostgresRow) throws -> CatalogRelease {
        guard let state = ReleaseState(rawValue: try row.text(3)),
            let scope = ReleaseScope(rawValue: try row.text(4))
        else { throw StoreError.damaged("a release of an unknown state") }
        var counts = ReleaseCounts()
        counts.new = try row.int64(10)
        counts.changed = try row.int64(11)
        counts.closed = try row.int64(12)
        counts.unchanged = try row.int64(13)
        counts.refused = try row.int64(14)
        return CatalogRelease(
            number: try row.int64(0), catalog: try catalogKey(row, 1), state: state, scope: scope,
            parent: try row.int64(5), fileName: try row.text(6), actor: try row.text(7),
            reason: try row.text(8), effectiveDay: Int32(try row.int64(9)), counts: counts,
            operation: try row.optionalInt64(15))
    }

    private mutating func releases(where condition: SQL, order: SQL) throws -> [CatalogRelease] {
        try connection.query(
            """
            SELECT \(Self.releaseColumns)
            FROM padron.catalog_release r JOIN padron.catalog c USING (catalog)
            WHERE \(condition) ORDER BY \(order)
            """
        ).map(Self.release)
    }

    /// All catalogs, by kind and authority.
    package mutating func catalogs() throws -> [CatalogKey] {
        try connection.query(
            "SELECT kind, authority FROM padron.catalog ORDER BY kind, authority COLLATE \"C\""
        ).map { try Self.catalogKey($0, 0) }
    }

    /// The releases of one catalog or of all, the latest first.
    package mutating func releases(
        of catalog: CatalogKey? = nil, limit: Int64 = StoreLimits.releasesReadMax
    ) throws -> [CatalogRelease] {
        guard let catalog else {
            return try releases(where: "true", order: "r.release DESC LIMIT \(limit)")
        }
        return try releases(
            where: "c.kind = \(catalog.kind.rawValue) AND c.authority = \(catalog.authority)",
            order: "r.release DESC LIMIT \(limit)")
    }

    /// One release.
    package mutating func release(_ number: Int64) throws -> CatalogRelease {
        guard let release = try releases(where: "r.release = \(number)", order: "1").first else {
            throw StoreError.notFound("release \(number)")
        }
        return release
    }

    /// The live releases of all catalogs, in the order of their numbers.
    package mutating func liveReleases() throws -> [CatalogRelease] {
        try releases(where: "r.state = 'live'", order: "r.release")
    }

    /// The live releases of one catalog, in the order of their numbers.
    package mutating func liveReleases(of catalog: CatalogKey) throws -> [CatalogRelease] {
        try releases(
            where: """
                r.state = 'live' AND c.kind = \(catalog.kind.rawValue)
                AND c.authority = \(catalog.authority)
                """, order: "r.release")
    }

    /// The releases that events behind a position made live or took back, in the order of their
    /// numbers; their states are those of now.
    package mutating func releases(changedAfter sequence: Int64) throws -> [CatalogRelease] {
        let kind = Int64(EventKind.released.rawValue)
        return try releases(
            where: """
                EXISTS (SELECT FROM padron.event e JOIN padron.operation o
                        ON o.operation = e.operation OR o.undone_by = e.operation
                    WHERE e.sequence > \(sequence) AND e.kind = \(kind)
                        AND o.operation = r.operation)
                """, order: "r.release")
    }

    /// The release that an operation made live; nil where it made none.
    package mutating func release(activatedBy operation: Int64) throws -> CatalogRelease? {
        try releases(where: "r.operation = \(operation)", order: "1").first
    }
}
