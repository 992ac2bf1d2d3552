internal import Identity
internal import PostgresClient
package import RegistryModel

/// What the index must know beside the records themselves.
package struct RegistryCounters: Hashable, Sendable {
    /// The epoch and last event of the log.
    package var position: LogPosition
    /// The number of the last review task.
    package var lastTask: Int64
    package var openTasks: Int
    /// The number of the last operation.
    package var lastOperation: Int64
}

extension RegistrySession {
    private static let recordQuery = """
        SELECT r.record, r.euid, r.sequence, r.link_weight IS NOT NULL, COALESCE(r.link_weight, 0),
            r.source, r.version, r.versions, r.link_origin, r.local_id, r.state, v.recorded_at,
            v.content
        FROM padron.source_record r
        JOIN padron.source_record_version v ON v.record = r.record AND v.version = r.version
        """

    /// Streams all records in the order of their numbers, each with its current version.
    ///
    /// - Returns: the number of records.
    @discardableResult
    package mutating func readRecords(_ body: (SourceRecord) throws -> Void) throws -> Int {
        try read(Self.recordQuery + " ORDER BY r.record", body)
    }

    /// Streams the records of a range, in the order of their numbers, each with its current version.
    ///
    /// The versions' range is told too: the planner does not carry it over from the records'.
    ///
    /// - Returns: the number of records.
    @discardableResult
    package mutating func readRecords(
        in range: Range<Int64>, _ body: (SourceRecord) throws -> Void
    ) throws -> Int {
        let (first, end) = (range.lowerBound, range.upperBound)
        return try read(
            Self.recordQuery
                + " WHERE r.record >= \(first) AND r.record < \(end)"
                + " AND v.record >= \(first) AND v.record < \(end) ORDER BY r.record", body)
    }

    /// The number of the last record; 0 where there is none.
    package mutating func lastRecord() throws -> Int64 {
        try connection.query("SELECT COALESCE(max(record), 0) FROM padron.source_record")
            .single.int64(0)
    }

    /// Streams the records of a range and those of a list, in the order of their numbers.
    @discardableResult
    package mutating func readRecords(
        in range: Range<Int64>, and others: [Int64], _ body: (SourceRecord) throws -> Void
    ) throws -> Int {
        let list = others.map(String.init).joined(separator: ",")
        return try read(
            Self.recordQuery
                + " WHERE r.record >= \(range.lowerBound) AND r.record < \(range.upperBound)"
                + " OR r.record = ANY ('{\(list)}'::bigint[]) ORDER BY r.record", body)
    }

    private mutating func read(_ query: String, _ body: (SourceRecord) throws -> Void) throws
        -> Int
    {
        try connection.copyOut(unsafeSQL: query) { row in
            let record = try row.int64()
            let euid = try row.int64()
            guard euid >= 0, euid < 1 << 60 else {
                throw StoreError.damaged("an EUID out of range")
            }
            let sequence = try row.int64()
            let hasWeight = try row.bool()
            let weight = try row.double()
            let source = Int32(truncatingIfNeeded: try row.int64())
            let version = Int32(truncatingIfNeeded: try row.int64())
            let versions = Int32(truncatingIfNeeded: try row.int64())
            let originNumber = Int16(truncatingIfNeeded: try row.int64())
            guard let origin = LinkOrigin(rawValue: originNumber) else {
                throw StoreError.damaged("a link of unknown origin")
            }
            let localID = try row.text()
            let stateNumber = Int16(truncatingIfNeeded: try row.int64())
            guard let state = RecordState(rawValue: stateNumber) else {
                throw StoreError.damaged("a record of an unknown state")
            }
            let recordedAt = try row.unixMicroseconds()
            guard let json = try row.optionalBytes(),
                let person = PersonRecord(canonicalJSON: json)
            else { throw StoreError.damaged("a version whose content is no patient") }
            try body(
                SourceRecord(
                    record: record, source: source, localID: localID, version: version,
                    versions: versions, person: EnterpriseIdentifier(bits: UInt64(euid)),
                    origin: origin, weight: hasWeight ? weight : nil, sequence: sequence,
                    recordedAt: recordedAt, content: PackedPerson.bytes(of: person),
                    state: state))
        }
    }

    /// The digests of all versions of some records, by record.
    package mutating func digests(of records: [Int64]) throws -> [Int64: Set<ContentDigest>] {
        var digests: [Int64: Set<ContentDigest>] = [:]
        let rows = try connection.query(
            """
            SELECT record, uuid_send(digest) FROM padron.source_record_version
            WHERE record = ANY ($1::int8[])
            """, [records], format: .binary)
        for row in rows {
            guard let digest = ContentDigest(bytes: try row.bytes(1)) else { continue }
            digests[try row.int64(0), default: []].insert(digest)
        }
        return digests
    }

    /// The numbers from which the writer counts on.
    package mutating func counters() throws -> RegistryCounters {
        let row = try connection.query(
            """
            SELECT epoch, sequence, (SELECT COALESCE(max(task), 0) FROM padron.review_task),
                (SELECT count(*) FROM padron.review_task WHERE closed_sequence IS NULL),
                (SELECT COALESCE(max(operation), 0) FROM padron.operation)
            FROM padron.lease
            """
        ).single
        return RegistryCounters(
            position: LogPosition(epoch: try row.int64(0), sequence: try row.int64(1)),
            lastTask: try row.int64(2), openTasks: try row.int(3),
            lastOperation: try row.int64(4))
    }

    /// Persons without records, those retired by events behind a position.
    package mutating func retiredPersons(after sequence: Int64 = 0) throws -> [RetiredPerson] {
        try connection.query(
            """
            SELECT euid, array_to_string(survivors, ' ') FROM padron.retired_person
            WHERE sequence > \(sequence)
            """
        ).map { row in
            RetiredPerson(
                person: EnterpriseIdentifier(bits: UInt64(try row.int64(0))),
                survivors: try row.text(1).split(separator: " ").compactMap { text in
                    UInt64(text).map { EnterpriseIdentifier(bits: $0) }
                })
        }
    }

    /// The last departures of records from each person, those by events behind a position.
    package mutating func departures(after sequence: Int64 = 0) throws -> [Departure] {
        try connection.query(
            """
            SELECT from_euid, max(sequence) FROM padron.link_change
            WHERE sequence > \(sequence) GROUP BY from_euid
            """
        ).map { row in
            Departure(
                person: EnterpriseIdentifier(bits: UInt64(try row.int64(0))),
                sequence: try row.int64(1))
        }
    }

    /// The events behind a position, in order, at most as many as one read brings.
    package mutating func events(
        after sequence: Int64, limit: Int64 = StoreLimits.eventsReadMax
    ) throws -> [Event] {
        try connection.query(
            """
            SELECT sequence, epoch, kind, actor,
                (extract(epoch FROM occurred_at) * 1000000)::bigint,
                operation, euid, record, records, array_to_string(changed_records, ' ')
            FROM padron.event WHERE sequence > \(sequence)
            ORDER BY sequence LIMIT \(limit)
            """
        ).map { row in
            guard let kind = EventKind(rawValue: Int16(truncatingIfNeeded: try row.int64(2)))
            else { throw StoreError.damaged("an event of an unknown kind") }
            let first = try row.optionalInt64(7) ?? 0
            return Event(
                position: LogPosition(epoch: try row.int64(1), sequence: try row.int64(0)),
                kind: kind, actor: try row.text(3), occurredAt: try row.int64(4),
                operation: try row.optionalInt64(5),
                person: try row.optionalInt64(6).map { EnterpriseIdentifier(bits: UInt64($0)) },
                newRecords: first..<first + (try row.int64(8)),
                changedRecords: (try row.optionalText(9) ?? "").split(separator: " ")
                    .compactMap { Int64($0) })
        }
    }
}
