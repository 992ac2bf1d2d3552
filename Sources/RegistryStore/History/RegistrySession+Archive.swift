package import Identity
internal import PostgresClient
package import RegistryModel

// What is kept of one person. No question reads more than the person's own rows, but for
// `records(of:)` where nobody knows the records.
extension RegistrySession {
    /// The record of a source's local identifier, with the person who has it; nil where there is
    /// none.
    package mutating func record(
        named name: LocalIdentifier
    ) throws -> (record: Int64, person: EnterpriseIdentifier)? {
        try connection.query(
            """
            SELECT r.record, r.euid FROM padron.source_record r JOIN padron.source s USING (source)
            WHERE s.code = \(name.authority) AND r.local_id = \(name.value)
            UNION ALL
            SELECT r.record, r.euid FROM padron.former_local_id f
            JOIN padron.source s USING (source) JOIN padron.source_record r USING (record)
            WHERE s.code = \(name.authority) AND f.local_id = \(name.value)
            """
        ).first.map { row in
            (try row.int64(0), EnterpriseIdentifier(bits: UInt64(try row.int64(1))))
        }
    }

    /// The records of a person, in the order of their numbers; empty for one that has none.
    ///
    /// `known` are records among which they are: a node's index tells them. Without that the table
    /// of records is read through, about 50 ms a million records, since it has no index by person:
    /// with one, each registration would dirty a page at random.
    package mutating func records(
        of person: EnterpriseIdentifier, among known: [Int64]? = nil
    ) throws -> [Int64] {
        var condition: SQL = "euid = \(Int64(person.bits))"
        if let known { condition.append(" AND record = ANY (\(known))") }
        return try connection.query(
            "SELECT record FROM padron.source_record WHERE \(condition) ORDER BY record"
        ).map { try $0.int64(0) }
    }

    /// All that is kept of a person whose present records are known.
    ///
    /// It holds no record where nobody was ever known by that identifier.
    ///
    /// - Throws: `bad-request` where it is too much for one answer.
    package mutating func archive(
        of person: EnterpriseIdentifier, records members: [Int64]
    ) throws -> PersonArchive {
        var archive = PersonArchive(of: person)
        let key = Int64(person.bits)
        let former = try connection.query(
            """
            SELECT record FROM padron.link_change WHERE from_euid = \(key)
            UNION SELECT record FROM padron.link_change WHERE to_euid = \(key)
            """
        ).map { try $0.int64(0) }
        let records = Set(members + former).sorted()
        guard records.count <= StoreLimits.archiveRecordsMax else { throw Self.tooMuch }
        archive.retirement = try retirement(of: person)
        archive.records = try archivedRecords(records)
        archive.tasks = try archivedTasks(of: records)
        let constraints = try connection.query(
            """
            SELECT left_record, right_record, must_link, operation, retracted_by
            FROM padron.record_constraint
            WHERE left_record = ANY (\(records)) OR right_record = ANY (\(records))
            ORDER BY constraint_number
            """
        ).map { row in
            (
                constraint: RecordConstraint(
                    try row.int64(0), try row.int64(1), isMustLink: try row.bool(2)),
                operation: try row.int64(3), retractedBy: try row.optionalInt64(4)
            )
        }
        try readEvents(
            into: &archive,
            operations: constraints.map(\.operation) + constraints.compactMap(\.retractedBy))
        try readReverts(into: &archive)
        var sequences: [Int64: Int64] = [:]
        for (sequence, event) in archive.events {
            guard let operation = event.operation else { continue }
            sequences[operation] = min(sequences[operation] ?? sequence, sequence)
        }
        archive.constraints = try constraints.map { row in
            guard let sequence = sequences[row.operation] else {
                throw StoreError.damaged("a constraint whose operation has no event")
            }
            return ArchivedConstraint(
                constraint: row.constraint, sequence: sequence,
                retractedSequence: row.retractedBy.flatMap { sequences[$0] })
        }
        let mentioned =
            records + archive.tasks.flatMap { [$0.task.record, $0.task.otherRecord] }
            + constraints.flatMap { [$0.constraint.left, $0.constraint.right] }
        archive.names = try names(of: Set(mentioned).sorted())
        return archive
    }

    static let tooMuch = RegistryError(
        .badRequest, "the person's history is too long for one answer; split the person first")

    private mutating func retirement(
        of person: EnterpriseIdentifier
    ) throws -> ArchivedRetirement? {
        try connection.query(
            """
            SELECT sequence, reason, array_to_string(survivors, ' ') FROM padron.retired_person
            WHERE euid = \(Int64(person.bits))
            """
        ).first.map { row in
            ArchivedRetirement(
                sequence: try row.int64(0), reason: try row.text(1),
                survivors: try row.text(2).split(separator: " ").compactMap { text in
                    UInt64(text).map { EnterpriseIdentifier(bits: $0) }
                })
        }
    }

    private mutating func archivedRecords(_ numbers: [Int64]) throws -> [ArchivedRecord] {
        var versions = try versions(of: numbers)
        var moves = try moves(of: numbers)
        var withdrawals = try archivedWithdrawals(of: numbers)
        var renumberings = try renumberings(of: numbers)
        var pins = try archivedPins(of: numbers)
        let masked = try maskedRecords(among: numbers)
        return try connection.query(
            """
            SELECT r.record, s.code, r.local_id, r.euid, r.link_origin, r.link_weight, r.version,
                r.sequence, r.state
            FROM padron.source_record r JOIN padron.source s USING (source)
            WHERE r.record = ANY (\(numbers)) ORDER BY r.record
            """
        ).map { row in
            guard let origin = LinkOrigin(rawValue: Int16(truncatingIfNeeded: try row.int64(4)))
            else { throw StoreError.damaged("a link of unknown origin") }
            let number = try row.int64(0)
            var record = ArchivedRecord(
                record: number,
                name: LocalIdentifier(authority: try row.text(1), value: try row.text(2)),
                person: EnterpriseIdentifier(bits: UInt64(try row.int64(3))), origin: origin,
                weight: try row.optionalDouble(5), version: Int32(try row.int64(6)),
                sequence: try row.int64(7))
            record.versions = versions.removeValue(forKey: number) ?? []
            record.moves = moves.removeValue(forKey: number) ?? []
            record.withdrawals = withdrawals.removeValue(forKey: number) ?? []
            record.renumberings = renumberings.removeValue(forKey: number) ?? []
            record.pins = pins.removeValue(forKey: number) ?? []
            record.isErased = try row.int64(8) == Int64(RecordState.erased.rawValue)
            record.isRestricted = masked.contains(number)
            return record
        }
    }

    private mutating func versions(of records: [Int64]) throws -> [Int64: [ArchivedVersion]] {
        var versions: [Int64: [ArchivedVersion]] = [:]
        let rows = try connection.query(
            """
            SELECT record, version, sequence, (extract(epoch FROM recorded_at) * 1000000)::bigint,
                content
            FROM padron.source_record_version WHERE record = ANY (\(records))
            ORDER BY record, version LIMIT \(StoreLimits.archiveVersionsMax + 1)
            """)
        guard rows.rowCount <= StoreLimits.archiveVersionsMax else { throw Self.tooMuch }
        for row in rows {
            guard let content = PersonRecord(canonicalJSON: try row.textBytes(4)) else {
                throw StoreError.damaged("a version whose content is no patient")
            }
            versions[try row.int64(0), default: []].append(
                ArchivedVersion(
                    version: Int32(try row.int64(1)), sequence: try row.int64(2),
                    recordedAt: try row.int64(3), content: content))
        }
        return versions
    }

    private mutating func moves(of records: [Int64]) throws -> [Int64: [LinkMove]] {
        try byRecord(
            """
            SELECT record, sequence, from_euid, to_euid, from_origin, from_weight
            FROM padron.link_change WHERE record = ANY (\(records)) ORDER BY record, sequence
            """
        ) { row in
            guard let origin = LinkOrigin(rawValue: Int16(truncatingIfNeeded: try row.int64(4)))
            else { throw StoreError.damaged("a move from a link of unknown origin") }
            return LinkMove(
                record: try row.int64(0), sequence: try row.int64(1),
                from: EnterpriseIdentifier(bits: UInt64(try row.int64(2))),
                to: EnterpriseIdentifier(bits: UInt64(try row.int64(3))), fromOrigin: origin,
                fromWeight: try row.optionalDouble(5))
        }
    }

    private mutating func archivedWithdrawals(
        of records: [Int64]
    ) throws -> [Int64: [ArchivedWithdrawal]] {
        try byRecord(
            """
            SELECT record, sequence, ended_sequence FROM padron.record_withdrawal
            WHERE record = ANY (\(records)) ORDER BY record, sequence
            """
        ) { row in
            ArchivedWithdrawal(
                sequence: try row.int64(1), endedSequence: try row.optionalInt64(2))
        }
    }

    private mutating func renumberings(
        of records: [Int64]
    ) throws -> [Int64: [ArchivedRenumbering]] {
        try byRecord(
            """
            SELECT record, sequence, local_id FROM padron.former_local_id
            WHERE record = ANY (\(records)) ORDER BY record, sequence
            """
        ) { row in
            ArchivedRenumbering(sequence: try row.int64(1), formerLocalID: try row.text(2))
        }
    }

    /// What a query tells of records, by the record that stands in its first column.
    private mutating func byRecord<Told>(
        _ query: SQL, _ told: (PostgresRow) throws -> Told
    ) throws -> [Int64: [Told]] {
        var byRecord: [Int64: [Told]] = [:]
        for row in try connection.query(query) {
            byRecord[try row.int64(0), default: []].append(try told(row))
        }
        return byRecord
    }

    private mutating func archivedTasks(of records: [Int64]) throws -> [ArchivedTask] {
        try connection.query(
            """
            SELECT task, sequence, kind, record, other_record, weight, closed_sequence,
                COALESCE(resolution, ''), reason, territory
            FROM padron.review_task
            WHERE record = ANY (\(records)) OR other_record = ANY (\(records)) ORDER BY task
            """
        ).map { row in
            ArchivedTask(
                task: try Self.task(row, reason: 8), closedSequence: try row.optionalInt64(6),
                resolution: try row.text(7))
        }
    }

    /// Records as people know them, by their numbers.
    package mutating func names(of records: [Int64]) throws -> [Int64: LocalIdentifier] {
        var names: [Int64: LocalIdentifier] = [:]
        for row in try connection.query(
            """
            SELECT r.record, s.code, r.local_id
            FROM padron.source_record r JOIN padron.source s USING (source)
            WHERE r.record = ANY (\(records))
            """)
        {
            names[try row.int64(0)] = LocalIdentifier(
                authority: try row.text(1), value: try row.text(2))
        }
        return names
    }
}
