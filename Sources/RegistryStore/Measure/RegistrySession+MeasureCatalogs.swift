internal import PostgresClient
package import RegistryModel

// The searches that a benchmark compares `FIND` with: the extensions that come with PostgreSQL.
extension RegistrySession {
    /// Makes a table of the entries of a kind with a trigram index of names and an index of positions.
    package mutating func prepareCatalogPeers(kind: CatalogKind) throws {
        try connection.executeScript(
            """
            CREATE SCHEMA padron_peer;
            CREATE EXTENSION pg_trgm WITH SCHEMA padron_peer;
            CREATE EXTENSION earthdistance WITH SCHEMA padron;
            """)
        try connection.executeScript(
            unsafeSQL: """
                CREATE TABLE padron_peer.entry AS
                SELECT e.code, lower(e.content::jsonb #>> '{name,und}') AS name,
                    e.content::jsonb ->> 'status' AS status,
                    (e.content::jsonb ->> 'latitude')::float8 AS latitude,
                    (e.content::jsonb ->> 'longitude')::float8 AS longitude, e.content
                FROM padron.catalog_entry e
                JOIN padron.catalog_release r USING (release)
                JOIN padron.catalog c USING (catalog)
                WHERE r.state = 'live' AND c.kind = '\(kind.rawValue)';
                CREATE INDEX ON padron_peer.entry USING gin (name padron_peer.gin_trgm_ops);
                SET search_path = padron, padron_peer, public;
                CREATE INDEX ON padron_peer.entry
                    USING gist (ll_to_earth(latitude, longitude));
                RESET search_path;
                ANALYZE padron_peer.entry
                """)
    }

    /// Finds names by their trigrams, the likest first.
    package mutating func findPeer(text: String, limit: Int64) throws {
        _ = try connection.query(Self.peerText, [text.lowercased(), limit])
    }

    /// Finds what is near, the nearest first.
    package mutating func findPeer(
        latitude: Double, longitude: Double, kilometres: Double, limit: Int64
    ) throws {
        _ = try connection.query(
            Self.peerNear, [latitude, longitude, kilometres * 1_000, limit])
    }

    /// Takes table and extensions away.
    package mutating func dropCatalogPeers() throws {
        try connection.executeScript(
            """
            DROP SCHEMA padron_peer CASCADE;
            DROP EXTENSION IF EXISTS earthdistance
            """)
    }

    /// Has functions of the extensions find each other in this session.
    package mutating func useCatalogPeers() throws {
        try connection.executeScript("SET search_path = padron, padron_peer, public")
    }

    private static let peerText = PreparedStatement(
        """
        SELECT code, content, padron_peer.word_similarity($1, name) AS likeness
        FROM padron_peer.entry
        WHERE $1::text OPERATOR(padron_peer.<%) name
        ORDER BY likeness DESC, code LIMIT $2
        """)

    private static let peerNear = PreparedStatement(
        """
        SELECT code, content,
            earth_distance(ll_to_earth(latitude, longitude), ll_to_earth($1, $2)) AS metres
        FROM padron_peer.entry
        WHERE earth_box(ll_to_earth($1, $2), $3) @> ll_to_earth(latitude, longitude)
            AND earth_distance(ll_to_earth(latitude, longitude), ll_to_earth($1, $2)) <= $3
        ORDER BY metres, code LIMIT $4
        """)
}
