internal import PostgresClient
package import RegistryModel

// A release before it is live: begun, filled, staged, abandoned.
extension RegistrySession {
    /// Begins a release of a catalog, and the catalog where there is none yet.
    ///
    /// The session keeps an advisory lock on the release while it lasts, so that others see that
    /// somebody is at work on it.
    package mutating func beginRelease(
        of catalog: CatalogKey, scope: ReleaseScope, fileName: String, actor: String,
        reason: String, effectiveDay: Int32
    ) throws -> CatalogRelease {
        let number = try connection.transaction { connection in
            try connection.execute(
                """
                INSERT INTO padron.catalog (kind, authority)
                VALUES (\(catalog.kind.rawValue), \(catalog.authority))
                ON CONFLICT (kind, authority) DO NOTHING
                """)
            let number = try connection.query(
                """
                INSERT INTO padron.catalog_release
                    (catalog, scope, parent, file_name, actor, reason, effective_day)
                SELECT c.catalog, \(scope.rawValue), (SELECT max(l.release)
                        FROM padron.catalog_release l
                        WHERE l.catalog = c.catalog AND l.state = 'live'),
                    \(fileName), \(actor), \(reason), DATE '1970-01-01' + \(Int32(effectiveDay))
                FROM padron.catalog c
                WHERE c.kind = \(catalog.kind.rawValue) AND c.authority = \(catalog.authority)
                RETURNING release
                """
            ).single.int64(0)
            // Within the transaction, so that no release that others see lacks its lock.
            try connection.query("SELECT pg_advisory_lock(\(Self.stagingLock), \(Int32(number)))")
            return number
        }
        return try release(number)
    }

    /// The first key of the advisory locks on releases.
    private static let stagingLock: Int32 = 7_774

    /// Abandons what imports of a catalog that have died left behind.
    ///
    /// Those are releases that are not live and that no session works on. Their entries go, some in each
    /// transaction.
    ///
    /// - Returns: the numbers of the releases.
    package mutating func abandonLeftovers(of catalog: CatalogKey) throws -> [Int64] {
        var abandoned: [Int64] = []
        let unfinished = try releases(of: catalog).filter {
            $0.state == .staging || $0.state == .staged
        }
        for release in unfinished {
            guard try takeLeftover(release.number) else { continue }
            try abandon(release.number)
            abandoned.append(release.number)
        }
        return abandoned
    }

    /// Abandons a release that an import left behind which died or was told no.
    ///
    /// - Throws: `conflict` for one that is or was live, and while an import is at work on it.
    package mutating func abandonLeftover(_ number: Int64) throws {
        let state = try release(number).state
        guard state == .staging || state == .staged else {
            throw RegistryError(
                .conflict, "release \(number) is \(state.rawValue), not waiting to be made live")
        }
        guard try takeLeftover(number) else {
            throw RegistryError(.conflict, "an import is at work on release \(number)")
        }
        try abandon(number)
    }

    /// Which of some releases wait to be made live and have nobody who is at work on them.
    package mutating func leftovers(among releases: [CatalogRelease]) throws -> [CatalogRelease] {
        let underWay = Set(
            try connection.query(
                """
                SELECT objid::int8 FROM pg_locks
                WHERE locktype = 'advisory' AND classid = \(Self.stagingLock) AND objsubid = 2
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """
            ).map { try $0.int64(0) })
        return releases.filter {
            ($0.state == .staging || $0.state == .staged) && !underWay.contains($0.number)
        }
    }

    private mutating func takeLeftover(_ release: Int64) throws -> Bool {
        try connection.outwaitingTheDead(
            "SELECT pg_try_advisory_lock(\(Self.stagingLock), \(Int32(release)))")
    }

    /// Abandons a release that is not live, and gives up the lock on it.
    ///
    /// Its entries go first: killed in between, the release is as it was, and the next import goes on.
    package mutating func abandon(_ release: Int64) throws {
        let begun = try connection.execute(
            """
            UPDATE padron.catalog_release SET state = 'staging'
            WHERE release = \(release) AND state IN ('staging', 'staged')
            """)
        if begun == 1 {
            while try connection.execute(
                """
                DELETE FROM padron.catalog_entry WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM padron.catalog_entry WHERE release = \(release)
                    LIMIT \(StoreLimits.stagedEntriesMax)))
                """) > 0
            {}
            try connection.execute(
                """
                UPDATE padron.catalog_release SET state = 'abandoned'
                WHERE release = \(release) AND state = 'staging'
                """)
        }
        try endStaging(of: release)
    }

    /// Gives up the lock on a release.
    package mutating func endStaging(of release: Int64) throws {
        try connection.query("SELECT pg_advisory_unlock(\(Self.stagingLock), \(Int32(release)))")
    }

    /// Says that all entries of a release are there.
    package mutating func finishRelease(_ release: Int64, _ counts: ReleaseCounts) throws {
        let staged = try connection.execute(
            """
            UPDATE padron.catalog_release SET state = 'staged', new_codes = \(counts.new),
                changed_codes = \(counts.changed), closed_codes = \(counts.closed),
                unchanged_codes = \(counts.unchanged), refused_rows = \(counts.refused)
            WHERE release = \(release) AND state = 'staging'
            """)
        guard staged == 1 else { throw StoreError.notFound("release \(release) in staging") }
        // What was copied since is summed up now, so that who reads the release need not read all.
        try connection.query(
            "SELECT brin_summarize_new_values('padron.catalog_entry_release'::regclass)")
    }

    /// Closes codes in a release on its day: what other releases say of the days before it stands.
    ///
    /// A code of which nothing is left is no more. At most so many codes as one transaction takes.
    package mutating func close(
        _ codes: [(code: String, release: Int64)], in release: Int64, on day: Int32
    ) throws {
        precondition(codes.count <= StoreLimits.entryCodesMax, "too many codes at once")
        try connection.transaction { connection in
            try Self.holdStaging(release, &connection)
            try connection.query(
                """
                INSERT INTO padron.catalog_entry (release, code, validity, entries, content, position)
                SELECT $3, s.code, COALESCE(e.validity, 'empty'), greatest(1, count(e.code) OVER
                        (PARTITION BY s.code)), COALESCE(e.content, '{}'), e.position
                FROM unnest($1::text[], $2::int8[]) AS s (code, release)
                LEFT JOIN LATERAL (
                    SELECT o.code, o.validity * daterange(NULL, DATE '1970-01-01' + $4) AS validity,
                        o.content, o.position
                    FROM padron.catalog_entry o
                    WHERE o.code_key = hashtextextended(s.code, s.release)
                        AND o.release = s.release AND o.code = s.code
                        AND NOT isempty(o.validity * daterange(NULL, DATE '1970-01-01' + $4))
                ) e ON true
                """, [codes.map(\.code), codes.map(\.release), release, Int32(day)])
        }
    }

    /// Sees to it that a release is being staged until the transaction ends.
    static func holdStaging(
        _ release: Int64, _ connection: inout PostgresConnection
    ) throws {
        let held = try connection.query(
            """
            SELECT FROM padron.catalog_release WHERE release = \(release) AND state = 'staging'
            FOR SHARE
            """)
        guard !held.isEmpty else { throw StoreError.notFound("release \(release) in staging") }
    }
}
