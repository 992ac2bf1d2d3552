extension VerificationCheck {
    /// That releases are what operations made of them, and entries what releases count.
    static let catalogs: [VerificationCheck] = [
        VerificationCheck(
            name: "releases",
            query: """
                SELECT 'release ' || r.release || ' is ' || r.state || ' and operation '
                    || r.operation || CASE WHEN o.kind <> 'import' THEN ' is no import'
                        WHEN o.undone_by IS NULL THEN ' was not taken back'
                        ELSE ' was taken back' END
                FROM padron.catalog_release r JOIN padron.operation o USING (operation)
                WHERE o.kind <> 'import' OR (o.undone_by IS NULL) <> (r.state = 'live')
                """),
        VerificationCheck(
            name: "releases",
            query: """
                SELECT 'operation ' || o.operation || ' imports no release'
                FROM padron.operation o
                WHERE o.kind = 'import' AND (SELECT count(*) FROM padron.catalog_release r
                    WHERE r.operation = o.operation) <> 1
                """),
        VerificationCheck(
            name: "releases",
            query: """
                SELECT 'no event tells of operation ' || o.operation || ' on release ' || r.release
                FROM padron.catalog_release r
                JOIN padron.operation i USING (operation)
                JOIN padron.operation o ON o.operation IN (i.operation, i.undone_by)
                WHERE NOT EXISTS (SELECT FROM padron.event e
                    WHERE e.operation = o.operation AND e.kind = 10)
                """),
        VerificationCheck(
            name: "releases",
            query: """
                SELECT 'release ' || r.release || ' does not stand on the live one before it'
                FROM (SELECT release, parent, lag(release) OVER
                        (PARTITION BY catalog ORDER BY release) AS before
                    FROM padron.catalog_release WHERE state = 'live') r
                WHERE r.parent IS DISTINCT FROM r.before
                """),
        VerificationCheck(
            name: "releases",
            query: """
                SELECT 'release ' || r.release || ' has ' || COALESCE(e.codes, 0)
                    || ' codes and counts ' || r.new_codes + r.changed_codes + r.closed_codes
                FROM padron.catalog_release r JOIN padron.catalog c USING (catalog)
                LEFT JOIN (SELECT release, count(DISTINCT code) AS codes
                    FROM padron.catalog_entry GROUP BY release) e USING (release)
                WHERE r.state IN ('staged', 'live', 'reverted')
                    AND COALESCE(e.codes, 0) <> r.new_codes + r.changed_codes + r.closed_codes
                    -- What an erasure took out of catalogs about persons is counted still.
                    AND NOT (c.kind IN ('provider', 'coverage')
                        AND COALESCE(e.codes, 0) < r.new_codes + r.changed_codes + r.closed_codes
                        AND EXISTS (SELECT FROM padron.erasure WHERE state = 'done'))
                """),
        VerificationCheck(
            name: "entries",
            query: """
                SELECT DISTINCT 'there are entries of release ' || e.release
                    || CASE WHEN r.release IS NULL THEN ', which does not exist'
                        ELSE ', which is abandoned' END
                FROM padron.catalog_entry e LEFT JOIN padron.catalog_release r USING (release)
                WHERE r.release IS NULL OR r.state = 'abandoned'
                """),
        VerificationCheck(
            name: "entries",
            query: """
                SELECT 'release ' || e.release || ' has codes with other numbers of entries than'
                    || ' they count'
                FROM (SELECT release FROM padron.catalog_entry GROUP BY release, code
                    HAVING min(entries) <> count(*) OR max(entries) <> count(*)
                        OR (bool_or(isempty(validity)) AND count(*) > 1)) e
                GROUP BY e.release
                """),
        VerificationCheck(
            name: "entries",
            query: """
                SELECT 'release ' || release || ' has two entries of a code for one day'
                FROM (SELECT release, validity, lag(validity) OVER
                        (PARTITION BY release, code ORDER BY validity) AS before
                    FROM padron.catalog_entry WHERE entries > 1) e
                WHERE before && validity GROUP BY release
                """),
    ]
}
