package import Identity
internal import PostgresClient
package import RegistryModel

/// One source record of a patient that counts, as an export gives it away.
package struct ExportedRecord: Sendable {
    package var person: EnterpriseIdentifier
    package var record: Int64
    /// The number of its source.
    package var source: Int32
    package var localID: String
    package var version: Int32
    /// When the source recorded the current version, in microseconds since 1970.
    package var recordedAt: Int64
    package var content: PersonRecord
    /// Whether the person has a restricted record.
    package var isRestricted: Bool
}

/// What an export gives away: records in the order of their numbers, or gathered by person.
package enum ExportOrder: Hashable, Sendable {
    case byRecord
    case byPerson
}

// Reading all that counts, for a file. Asked within `snapshot`, so that the parts fit each other.
extension RegistrySession {
    /// The number of records that an export streams: those of some sources, by number, nil for all.
    ///
    /// By person, everything of each person counts who has a record of one of the sources.
    package mutating func exportedCount(
        of sources: [Int32]?, _ order: ExportOrder
    ) throws -> Int {
        try connection.query(
            SQL(
                unsafeSQL: """
                    SELECT count(*) FROM padron.source_record r
                    WHERE r.state = 0\(Self.condition(sources, order))
                    """)
        ).single.int(0)
    }

    /// The authorities that number somebody in the records of an export, in the order of their codes.
    package mutating func exportedAuthorities(
        of sources: [Int32]?, _ order: ExportOrder
    ) throws -> [String] {
        try connection.query(
            SQL(
                unsafeSQL: """
                    SELECT DISTINCT COALESCE(i->>'authority', '')
                    FROM padron.source_record r
                    JOIN padron.source_record_version v
                        ON v.record = r.record AND v.version = r.version,
                    json_array_elements(v.content->'identifiers') i
                    WHERE r.state = 0\(Self.condition(sources, order))
                    """)
        ).map { try $0.text(0) }.sorted()
    }

    /// Streams the records that count, each with its current version; those of a person together
    /// where the order asks for it.
    package mutating func exportRecords(
        of sources: [Int32]?, _ order: ExportOrder, _ body: (ExportedRecord) throws -> Void
    ) throws {
        let query = """
            SELECT r.euid, r.record, r.source, r.local_id, r.version, v.recorded_at, v.content,
                r.euid IN (\(Self.restrictedPersons))
            FROM padron.source_record r
            JOIN padron.source_record_version v ON v.record = r.record AND v.version = r.version
            WHERE r.state = 0\(Self.condition(sources, order))
            ORDER BY \(order == .byPerson ? "r.euid, " : "")r.record
            """
        try connection.copyOut(unsafeSQL: query) { row in
            let euid = try row.int64()
            guard euid >= 0, euid < 1 << 60 else {
                throw StoreError.damaged("an EUID out of range")
            }
            let record = try row.int64()
            let source = Int32(truncatingIfNeeded: try row.int64())
            let localID = try row.text()
            let version = Int32(truncatingIfNeeded: try row.int64())
            let recordedAt = try row.unixMicroseconds()
            guard let json = try row.optionalBytes(),
                let content = PersonRecord(canonicalJSON: json)
            else { throw StoreError.damaged("a version whose content is no patient") }
            try body(
                ExportedRecord(
                    person: EnterpriseIdentifier(bits: UInt64(euid)), record: record,
                    source: source, localID: localID, version: version, recordedAt: recordedAt,
                    content: content, isRestricted: try row.bool()))
        }
    }

    /// What narrows an export to patients, and to sources; COPY takes no bound values, and numbers need no quotes.
    private static func condition(_ sources: [Int32]?, _ order: ExportOrder) -> String {
        let ofPatients = " AND r.source < \(Realm.firstProviderSource)"
        guard let sources else { return ofPatients }
        let list = "'{\(sources.map(String.init).joined(separator: ","))}'::int4[]"
        switch order {
        case .byRecord: return ofPatients + " AND r.source = ANY (\(list))"
        case .byPerson:
            return ofPatients + """
                 AND r.euid IN (SELECT o.euid FROM padron.source_record o
                    WHERE o.source = ANY (\(list)) AND o.state = 0)
                """
        }
    }
}
