internal import PostgresClient
internal import RegistryModel

extension RegistrySession {
    /// Every entry's content is canonical by its kind's schema, and its position is what it says.
    mutating func verifyEntries(_ report: inout VerificationReport) throws {
        var kinds: [Int64: CatalogKind] = [:]
        for row in try connection.query(
            """
            SELECT r.release, c.kind FROM padron.catalog_release r JOIN padron.catalog c USING (catalog)
            """)
        {
            kinds[try row.int64(0)] = CatalogKind(rawValue: try row.text(1))
        }
        var wrong: [Int64: (contents: Int, positions: Int)] = [:]
        try connection.copyOut(
            """
            SELECT release, content, isempty(validity), position IS NOT NULL,
                COALESCE(padron.cube_ll_coord(position, 1), 0),
                COALESCE(padron.cube_ll_coord(position, 2), 0),
                COALESCE(padron.cube_ll_coord(position, 3), 0)
            FROM padron.catalog_entry
            """
        ) { row in
            let release = try row.int64()
            let bytes = try row.optionalBytes() ?? []
            let isGone = try row.bool()
            let hasPosition = try row.bool()
            let position = SpherePoint(
                x: try row.double(), y: try row.double(), z: try row.double())
            guard let kind = kinds[release] else { return }
            guard isGone || Self.isCanonical(bytes, kind) else {
                wrong[release, default: (0, 0)].contents += 1
                return
            }
            let stated = isGone ? nil : Self.point(of: bytes, kind)
            let isRight = stated.map { hasPosition && $0.isNear(position) } ?? !hasPosition
            if !isRight { wrong[release, default: (0, 0)].positions += 1 }
        }
        for (release, counts) in wrong.sorted(by: { $0.key < $1.key }) {
            let problems = [
                (counts.contents, "have content that is not canonical"),
                (counts.positions, "lie elsewhere than they say"),
            ]
            for (count, problem) in problems where count > 0 {
                report.findings.append(
                    VerificationFinding(
                        check: "entry contents",
                        finding: "\(count) entries of release \(release) \(problem)"))
            }
        }
    }

    private static func isCanonical(_ bytes: [UInt8], _ kind: CatalogKind) -> Bool {
        guard let stored = try? EntryContent(stored: bytes),
            let canonical = try? EntryContent(stored.members, schema: kind.schema)
        else { return false }
        return canonical.json == bytes
    }

    private static func point(of bytes: [UInt8], _ kind: CatalogKind) -> SpherePoint? {
        guard kind.schema.field(named: "latitude") != nil,
            let content = try? EntryContent(stored: bytes),
            let latitude = content["latitude"]?.string.flatMap(Double.init),
            let longitude = content["longitude"]?.string.flatMap(Double.init)
        else { return nil }
        return SpherePoint(latitude: latitude, longitude: longitude)
    }
}

extension SpherePoint {
    /// Whether two points are one, but for the last digits.
    fileprivate func isNear(_ other: SpherePoint) -> Bool {
        abs(x - other.x) < 1e-9 && abs(y - other.y) < 1e-9 && abs(z - other.z) < 1e-9
    }
}
