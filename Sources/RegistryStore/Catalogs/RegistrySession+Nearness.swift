internal import PostgresClient
package import RegistryModel

/// An entry that lies near a point.
package struct NearEntry: Hashable, Sendable {
    package var release: Int64
    package var code: String
    package var period: EntryPeriod?
    package var kilometres: Double
}

extension RegistrySession {
    /// The entries of some releases that lie within a distance of a point, the nearest first.
    ///
    /// The database's index of positions gives them in this order. An entry that a later release of
    /// its catalog has replaced is among them, where both releases are asked for.
    package mutating func nearestEntries(
        to latitude: Double, longitude: Double, withinKilometres: Double, releases: [Int64],
        limit: Int64, offset: Int64 = 0
    ) throws -> [NearEntry] {
        let point = SpherePoint(latitude: latitude, longitude: longitude)
        let chord = SpherePoint.chord(kilometres: withinKilometres)
        let rows = try connection.query(
            Self.nearest, [[point.x, point.y, point.z], chord, releases, limit, offset])
        return try rows.map { row in
            let isEmpty = try row.bool(2)
            let from = try row.optionalInt64(3)
            let until = try row.optionalInt64(4)
            return NearEntry(
                release: try row.int64(0), code: try row.text(1),
                period: isEmpty
                    ? nil
                    : EntryPeriod(
                        from: from.map { Int32(truncatingIfNeeded: $0) },
                        through: until.map { Int32(truncatingIfNeeded: $0 - 1) }),
                kilometres: SpherePoint.kilometres(chord: try row.double(5)))
        }
    }

    private static let nearest = PreparedStatement(
        """
        SELECT release, code, isempty(validity), lower(validity) - DATE '1970-01-01',
            upper(validity) - DATE '1970-01-01', chord
        FROM (SELECT release, code, validity,
                padron.cube_distance(position, padron.cube($1::float8[])) AS chord
            FROM padron.catalog_entry
            WHERE position OPERATOR(padron.<@)
                    padron.cube_enlarge(padron.cube($1::float8[]), $2, 3)
                AND release = ANY ($3::int8[])
            ORDER BY position OPERATOR(padron.<->) padron.cube($1::float8[]), release, code
            LIMIT $4 + $5) near
        WHERE chord <= $2 ORDER BY chord, release, code OFFSET $5
        """)
}
