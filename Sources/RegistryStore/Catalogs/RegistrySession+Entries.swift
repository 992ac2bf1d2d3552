internal import PostgresClient
package import RegistryModel

// What releases say of codes.
extension RegistrySession {
    /// Streams the entries of a release, those of a code one behind the other in the order of their
    /// days; a nil period says that the code is no more and never was.
    ///
    /// The content is the JSON that `EntryContent` wrote.
    package mutating func readEntries(
        release: Int64,
        _ body: (_ code: String, _ period: EntryPeriod?, _ content: [UInt8]) throws -> Void
    ) throws {
        var gathering = EntryGathering()
        try connection.copyOut(
            unsafeSQL: """
                SELECT \(Self.entryColumns) FROM padron.catalog_entry e
                WHERE e.release = \(release)
                """
        ) { row in
            try gathering.take(try Self.entry(&row), body)
        }
        guard gathering.isEmpty else {
            throw StoreError.damaged("a release with fewer entries of a code than it counts")
        }
    }

    /// Streams what a catalog says of each code in the order of codes and days, whatever the order in
    /// which its entries were stored: of a code, the entries of the last of the releases that has it.
    package mutating func readEntriesInOrder(
        of releases: [Int64],
        _ body: (_ code: String, _ period: EntryPeriod?, _ content: [UInt8]) throws -> Void
    ) throws {
        var said: (code: String, release: Int64)?
        try connection.copyOut(
            unsafeSQL: """
                SELECT \(Self.entryColumns), e.release FROM padron.catalog_entry e
                WHERE e.release IN (\(releases.map(String.init).joined(separator: ", ")))
                ORDER BY e.code COLLATE "C", e.release DESC, lower(e.validity) NULLS FIRST
                """
        ) { row in
            let entry = try Self.entry(&row)
            let release = try row.int64()
            if let said, said.code == entry.code, said.release != release { return }
            said = (entry.code, release)
            try body(entry.code, entry.period, entry.content)
        }
    }

    /// Streams the codes of a release, each once or more, with whether what it says of them counts on a day
    /// or later.
    package mutating func readCodes(
        release: Int64, on day: Int32, _ body: (_ code: String, _ counts: Bool) throws -> Void
    ) throws {
        try connection.copyOut(
            unsafeSQL: """
                SELECT code, NOT isempty(validity) AND (upper_inf(validity)
                    OR upper(validity) > DATE '1970-01-01' + \(day))
                FROM padron.catalog_entry WHERE release = \(release)
                """
        ) { row in try body(try row.text(), try row.bool()) }
    }

    /// The entries of some codes as their catalog says them now.
    ///
    /// Those of the last live release that has the code, the entries of a code one behind the other. Codes
    /// that it never had are left out.
    package mutating func readEntries(
        catalog: CatalogKey, codes: [String],
        _ body: (
            _ release: Int64, _ code: String, _ period: EntryPeriod?, _ content: [UInt8]
        ) throws -> Void
    ) throws {
        let releases = try liveReleases(of: catalog).map(\.number)
        guard !releases.isEmpty else { return }
        var start = 0
        while start < codes.count {
            let end = min(start + StoreLimits.entryCodesMax, codes.count)
            try read(Array(codes[start..<end]), releases, body)
            start = end
        }
    }

    private mutating func read(
        _ codes: [String], _ releases: [Int64],
        _ body: (Int64, String, EntryPeriod?, [UInt8]) throws -> Void
    ) throws {
        // OFFSET keeps the planner from looking for the release of a code twice: to find its rows, and to
        // compare them.
        let rows = try connection.query(
            """
            SELECT e.release, e.code, isempty(e.validity), lower(e.validity) - DATE '1970-01-01',
                upper(e.validity) - DATE '1970-01-01', e.content
            FROM (SELECT c.code, (SELECT max(l.release)
                    FROM unnest($2::int8[]) AS l (release)
                    WHERE EXISTS (SELECT FROM padron.catalog_entry e
                        WHERE e.code_key = hashtextextended(c.code, l.release)
                            AND e.release = l.release AND e.code = c.code)) AS release
                FROM unnest($1::text[]) AS c (code) OFFSET 0) said
            JOIN padron.catalog_entry e
                ON e.code_key = hashtextextended(said.code, said.release)
                    AND e.release = said.release AND e.code = said.code
            ORDER BY e.code COLLATE "C", lower(e.validity) NULLS FIRST
            """, [codes, releases])
        for row in rows {
            let isEmpty = try row.bool(2)
            let from = try row.optionalInt64(3)
            let until = try row.optionalInt64(4)
            try body(
                try row.int64(0), try row.text(1),
                isEmpty ? nil : try Self.period(from, until), try row.textBytes(5))
        }
    }

    private static let entryColumns = """
        e.code, e.entries, isempty(e.validity),
        lower(e.validity) - DATE '1970-01-01', upper(e.validity) - DATE '1970-01-01', e.content
        """

    private static func entry(_ row: inout CopyRowReader) throws -> StoredEntry {
        let code = try row.text()
        let entries = Int(try row.int64())
        let isEmpty = try row.bool()
        let from = try row.optionalInt64()
        let until = try row.optionalInt64()
        guard let content = try row.optionalBytes() else {
            throw StoreError.damaged("an entry without content")
        }
        return StoredEntry(
            code: code, entries: entries, period: isEmpty ? nil : try period(from, until),
            content: content)
    }

    /// The period of a range that begins on one day and ends before another.
    private static func period(_ from: Int64?, _ until: Int64?) throws -> EntryPeriod {
        guard
            let period = EntryPeriod(
                from: from.map { Int32(truncatingIfNeeded: $0) },
                through: until.map { Int32(truncatingIfNeeded: $0 - 1) })
        else { throw StoreError.damaged("an entry that ends before it begins") }
        return period
    }
}

/// One entry as its table has it.
private struct StoredEntry {
    var code: String
    /// How many entries its release has of the code.
    var entries: Int
    var period: EntryPeriod?
    var content: [UInt8]
}

/// Brings the entries of a code together, which two sessions may have written into pages apart.
private struct EntryGathering {
    private var waiting: [String: [StoredEntry]] = [:]

    /// Whether no code lacks an entry.
    var isEmpty: Bool { waiting.isEmpty }

    /// Takes an entry, and hands on those of its code once they are all there.
    mutating func take(
        _ entry: StoredEntry, _ body: (String, EntryPeriod?, [UInt8]) throws -> Void
    ) throws {
        if entry.entries == 1 { return try body(entry.code, entry.period, entry.content) }
        waiting[entry.code, default: []].append(entry)
        guard waiting[entry.code]?.count == entry.entries,
            let entries = waiting.removeValue(forKey: entry.code)
        else { return }
        for entry in entries.sorted(by: { ($0.period?.from ?? .min) < ($1.period?.from ?? .min) }) {
            try body(entry.code, entry.period, entry.content)
        }
    }
}
