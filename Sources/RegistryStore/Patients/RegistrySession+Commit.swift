internal import PostgresClient
package import RegistryModel

extension RegistrySession {
    /// Writes a batch as one transaction, under the writer's lease.
    ///
    /// `meanwhile` is done while the server writes a batch of registrations, again and again while it answers
    /// true and the server has not answered; of other batches it is not.
    ///
    /// - Throws: `StoreError.leaseLost` where another has taken over; a `PostgresError` with
    ///   `isCommitOutcomeUnknown` where the connection broke while it was being committed.
    package mutating func commit(
        _ batch: CommitBatch, meanwhile: () -> Bool = { false }
    ) throws {
        guard try !commitInOneRoundTrip(batch, meanwhile: meanwhile) else { return }
        try commitStepByStep(batch)
    }

    /// Writes a batch of any size and kind as one transaction, table after table.
    package mutating func commitStepByStep(_ batch: CommitBatch) throws {
        let records = batch.newRecords.first.map {
            $0.record...$0.record - 1 + Int64(batch.newRecords.count)
        }
        try connection.transaction { connection in
            try Self.take(lease: batch.base, to: batch.position, records, &connection)
            try Self.copy(versions: batch.versions, &connection)
            try Self.copy(newRecords: batch.newRecords, &connection)
            try Self.write(batch, &connection)
        }
    }

    /// Writes a batch whose versions are known first, then whose its records are: they are on their way while
    /// the rest is worked out.
    ///
    /// - Throws: as `commit(_:)`; where `records` or `rest` throws, that, and nothing is written.
    package mutating func commit(
        _ head: CommitHead, records newRecords: () throws -> [SourceRecord],
        then rest: () throws -> CommitBatch
    ) throws {
        let records = head.versions.first.map {
            $0.record...$0.record - 1 + Int64(head.versions.count)
        }
        try connection.transaction { connection in
            try Self.take(lease: head.base, to: head.position, records, &connection)
            try Self.copy(versions: head.versions, &connection)
            let written = try newRecords()
            try Self.copy(newRecords: written, &connection)
            let batch = try rest()
            precondition(
                head.begins(batch) && batch.newRecords == written,
                "a batch is what its head said")
            try Self.write(batch, &connection)
        }
    }

    /// Moves the log on under the writer's lease, and makes the partitions that are reached first.
    private static func take(
        lease base: LogPosition, to position: LogPosition, _ newRecords: ClosedRange<Int64>?,
        _ connection: inout PostgresConnection
    ) throws {
        let moved = try connection.query(
            moveLease, [base.epoch, base.sequence, position.sequence]
        ).affectedRowCount
        guard moved == 1 else { throw StoreError.leaseLost }
        if let newRecords {
            try makePartitions(of: "source_record_version", for: newRecords, &connection)
        }
        if position.sequence > base.sequence {
            try makePartitions(
                of: "event", for: base.sequence + 1...position.sequence, &connection)
        }
    }

    /// Writes all of a batch but its versions and new records.
    private static func write(
        _ batch: CommitBatch, _ connection: inout PostgresConnection
    ) throws {
        if let step = batch.loadStep { try write(step, &connection) }
        try update(batch.changedRecords, &connection)
        try write(moves: batch, &connection)
        try write(states: batch, &connection)
        try write(batch.golden, &connection)
        try copy(events: batch.events, &connection)
        try write(tasks: batch, &connection)
        if let decision = batch.decision {
            try write(decision, batch.position.sequence, &connection)
        }
        if let step = batch.revertStep {
            try write(step, of: batch, &connection)
        }
        if let step = batch.rematchStep {
            try write(step, batch.position.sequence, &connection)
        }
    }

    static let moveLease = PreparedStatement(
        """
        UPDATE padron.lease SET sequence = $3, renewed_at = clock_timestamp()
        WHERE epoch = $1 AND sequence = $2
        """)

    /// The partitions that numbers are the first to reach.
    static func newPartitions(for numbers: ClosedRange<Int64>) -> Range<Int64> {
        let known = max(0, numbers.lowerBound - 1) / StoreLimits.partitionRows
        return known + 1..<max(known, numbers.upperBound / StoreLimits.partitionRows) + 1
    }

    /// Makes the partitions of a table that numbers are the first to reach.
    private static func makePartitions(
        of table: StaticString, for numbers: ClosedRange<Int64>,
        _ connection: inout PostgresConnection
    ) throws {
        let size = StoreLimits.partitionRows
        for partition in newPartitions(for: numbers) {
            try connection.executeScript(
                unsafeSQL: """
                    CREATE TABLE IF NOT EXISTS padron.\(table)_\(partition)
                    PARTITION OF padron.\(table)
                    FOR VALUES FROM (\(partition * size)) TO (\((partition + 1) * size))
                    """)
        }
    }

    private static func copy(
        newRecords: [SourceRecord], _ connection: inout PostgresConnection
    ) throws {
        guard !newRecords.isEmpty else { return }
        try connection.copyIn(
            into: "padron.source_record",
            columns: [
                "record", "euid", "sequence", "link_weight", "source", "version", "versions",
                "link_origin", "local_id",
            ], format: .binary
        ) { copy in
            for record in newRecords {
                copy.encoder.beginRow(columnCount: 9)
                copy.encoder.append(record.record)
                copy.encoder.append(Int64(record.person.bits))
                copy.encoder.append(record.sequence)
                if let weight = record.weight {
                    copy.encoder.append(weight)
                } else {
                    copy.encoder.appendNull()
                }
                copy.encoder.append(record.source)
                copy.encoder.append(record.version)
                copy.encoder.append(record.versions)
                copy.encoder.append(record.origin.rawValue)
                copy.encoder.append(record.localID)
                try copy.endRow()
            }
        }
    }

    private static func copy(
        versions: [RecordVersion], _ connection: inout PostgresConnection
    ) throws {
        guard !versions.isEmpty else { return }
        try connection.copyIn(
            into: "padron.source_record_version",
            columns: ["record", "recorded_at", "sequence", "version", "digest", "content"],
            format: .binary
        ) { copy in
            for version in versions {
                copy.encoder.beginRow(columnCount: 6)
                copy.encoder.append(version.record)
                copy.encoder.append(unixMicroseconds: version.recordedAt)
                copy.encoder.append(version.sequence)
                copy.encoder.append(version.version)
                copy.encoder.append(uuid: version.content.digest.bits)
                copy.encoder.append(utf8: version.content.json.span)
                try copy.endRow()
            }
        }
    }

    static let updateRecords = PreparedStatement(
        """
        UPDATE padron.source_record r
        SET euid = c.euid, sequence = c.sequence, link_weight = c.link_weight, version = c.version,
            versions = c.versions, link_origin = c.link_origin, state = c.state
        FROM unnest($1::int8[], $2::int8[], $3::int8[], $4::float8[], $5::int4[], $6::int4[],
            $7::int4[], $8::int4[])
            AS c (record, euid, sequence, link_weight, version, versions, link_origin, state)
        WHERE r.record = c.record
        """)

    private static func update(
        _ records: [SourceRecord], _ connection: inout PostgresConnection
    ) throws {
        guard !records.isEmpty else { return }
        let updated = try connection.query(updateRecords, parameters(ofChanges: records))
            .affectedRowCount
        guard updated == records.count else {
            throw StoreError.damaged("fewer records than the index")
        }
    }

    static func parameters(ofChanges records: [SourceRecord]) -> PostgresParameters {
        [
            records.map(\.record), records.map { Int64($0.person.bits) },
            records.map(\.sequence), records.map(\.weight), records.map(\.version),
            records.map(\.versions), records.map { Int32($0.origin.rawValue) },
            records.map { Int32($0.state.rawValue) },
        ]
    }

    static let writeGolden = PreparedStatement(
        """
        INSERT INTO padron.golden_record (euid, sequence, records, content)
        SELECT c.euid, c.sequence, c.records, c.content::json
        FROM unnest($1::int8[], $2::int8[], $3::int4[], $4::text[])
            AS c (euid, sequence, records, content)
        ON CONFLICT (euid) DO UPDATE
        SET sequence = EXCLUDED.sequence, records = EXCLUDED.records, content = EXCLUDED.content
        """)

    private static func write(_ golden: [GoldenRow], _ connection: inout PostgresConnection) throws
    {
        let (known, new) = (golden.filter { !$0.isNew }, golden.filter(\.isNew))
        if !known.isEmpty { try connection.query(writeGolden, parameters(ofGolden: known)) }
        guard !new.isEmpty else { return }
        try connection.copyIn(
            into: "padron.golden_record", columns: ["euid", "sequence", "records", "content"],
            format: .binary
        ) { copy in
            for row in new {
                copy.encoder.beginRow(columnCount: 4)
                copy.encoder.append(Int64(row.person.bits))
                copy.encoder.append(row.sequence)
                copy.encoder.append(row.records)
                copy.encoder.append(utf8: row.json.span)
                try copy.endRow()
            }
        }
    }

    static func parameters(ofGolden golden: [GoldenRow]) -> PostgresParameters {
        [
            golden.map { Int64($0.person.bits) }, golden.map(\.sequence), golden.map(\.records),
            golden.map { String(decoding: $0.json, as: UTF8.self) },
        ]
    }

    private static func copy(events: [Event], _ connection: inout PostgresConnection) throws {
        guard !events.isEmpty else { return }
        try connection.copyIn(
            into: "padron.event",
            columns: [
                "sequence", "epoch", "occurred_at", "operation", "euid", "record", "records",
                "kind", "actor", "changed_records",
            ], format: .binary
        ) { copy in
            for event in events {
                copy.encoder.beginRow(columnCount: 10)
                copy.encoder.append(event.position.sequence)
                copy.encoder.append(event.position.epoch)
                copy.encoder.append(unixMicroseconds: event.occurredAt)
                copy.encoder.append(event.operation)
                copy.encoder.append(event.person.map { Int64($0.bits) })
                copy.encoder.append(event.newRecords.first)
                copy.encoder.append(Int64(event.newRecords.count))
                copy.encoder.append(event.kind.rawValue)
                copy.encoder.append(event.actor)
                if event.changedRecords.isEmpty {
                    copy.encoder.appendNull()
                } else {
                    copy.encoder.append(array: event.changedRecords)
                }
                try copy.endRow()
            }
        }
    }

    /// Moves a load's job on by some chunks; the first one opens its operation, the last ends it.
    private static func write(_ step: LoadStep, _ connection: inout PostgresConnection) throws {
        if step.chunk == 0 {
            try connection.execute(
                """
                INSERT INTO padron.operation (operation, kind, actor, begun_at)
                VALUES (\(step.operation), 'load', \(step.actor), now())
                """)
        }
        let state: LoadState = step.isLast ? .done : .registering
        let counts = step.counts
        let moved = try connection.execute(
            """
            UPDATE padron.load SET state = \(state.rawValue), operation = \(step.operation),
                chunks_done = chunks_done + \(step.chunks), rows_done = rows_done + \(counts.total),
                created = created + \(counts.created), linked = linked + \(counts.linked),
                review = review + \(counts.review), updated = updated + \(counts.updated),
                unchanged = unchanged + \(counts.unchanged), stale = stale + \(counts.stale),
                finished_at = CASE WHEN \(step.isLast) THEN now() END
            WHERE load = \(step.load) AND chunks_done = \(step.chunk)
                AND state IN ('staged', 'registering')
            """)
        guard moved == 1 else { throw StoreError.notFound("load \(step.load) at this chunk") }
        try connection.execute(
            """
            DELETE FROM padron.load_chunk WHERE load = \(step.load)
                AND chunk BETWEEN \(step.chunk) AND \(step.chunk + step.chunks - 1)
            """)
        if step.isLast {
            try connection.execute(
                """
                UPDATE padron.operation SET ended_at = now() WHERE operation = \(step.operation)
                """)
        }
    }
}
