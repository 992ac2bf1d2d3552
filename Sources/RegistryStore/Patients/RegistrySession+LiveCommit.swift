internal import PostgresClient
internal import RegistryModel

// The transaction of the live feed: its batches are small, so that round trips and the parsing of statements
// would take longer than the rows. One pipeline of prepared statements, BEGIN and COMMIT included,
// takes their place.
extension RegistrySession {
    /// Writes a batch of registrations as one transaction in one round trip.
    ///
    /// A statement that does not touch the rows that it should divides by zero, so that the server
    /// carries out nothing behind it, COMMIT included. What a server refuses is tried again in the
    /// general way, which tells what was wrong.
    ///
    /// - Returns: false where nothing was written, and the batch is to be written in the general way.
    /// - Throws: a `PostgresError` where the connection broke, with `isCommitOutcomeUnknown` where it
    ///   did while the batch was being committed.
    mutating func commitInOneRoundTrip(
        _ batch: CommitBatch, meanwhile: () -> Bool
    ) throws -> Bool {
        guard batch.isOfRegistrations, batch.versions.count <= StoreLimits.pipelinedRowsMax,
            !Self.reachesNewPartition(batch)
        else { return false }
        do {
            try connection.pipelinedTransaction(meanwhile: meanwhile) { pipeline in
                try pipeline.send(
                    Self.moveLeaseOrFail,
                    [batch.base.epoch, batch.base.sequence, batch.position.sequence])
                try Self.send(records: batch.newRecords, &pipeline)
                try Self.send(versions: batch.versions, &pipeline)
                try Self.send(changes: batch.changedRecords, &pipeline)
                try Self.send(golden: batch.golden, &pipeline)
                try Self.send(events: batch.events, &pipeline)
                try Self.send(tasks: batch, &pipeline)
            }
            return true
        } catch let error as PostgresError where error.kind == .server {
            return false
        }
    }

    private static func reachesNewPartition(_ batch: CommitBatch) -> Bool {
        let events = batch.base.sequence + 1...batch.position.sequence
        guard newPartitions(for: events).isEmpty else { return true }
        guard let first = batch.newRecords.first, let last = batch.newRecords.last else {
            return false
        }
        return !newPartitions(for: first.record...last.record).isEmpty
    }

    /// A statement that fails unless it touches so many rows as the expression says.
    private static func failing(
        _ statement: PreparedStatement, unlessRowsAre count: StaticString
    ) -> PreparedStatement {
        PreparedStatement(
            unsafeSQL: """
                WITH touched AS (\(statement.text) RETURNING 1)
                SELECT 1 / (count(*) = \(count))::integer FROM touched
                """)
    }

    private static let moveLeaseOrFail = failing(moveLease, unlessRowsAre: "1")
    private static let updateRecordsOrFail = failing(updateRecords, unlessRowsAre: "$9::int8")
    private static let settleOrFail = failing(settle, unlessRowsAre: "$6::int8")

    private static let insertRecords = PreparedStatement(
        """
        INSERT INTO padron.source_record (record, euid, sequence, link_weight, source, version,
            versions, link_origin, local_id)
        SELECT * FROM unnest($1::int8[], $2::int8[], $3::int8[], $4::float8[], $5::int4[],
            $6::int4[], $7::int4[], $8::int4[], $9::text[])
        """)

    private static func send(
        records: [SourceRecord], _ pipeline: inout PostgresPipeline
    ) throws {
        guard !records.isEmpty else { return }
        try pipeline.send(
            insertRecords,
            [
                records.map(\.record), records.map { Int64($0.person.bits) },
                records.map(\.sequence), records.map(\.weight), records.map(\.source),
                records.map(\.version), records.map(\.versions),
                records.map { Int32($0.origin.rawValue) }, records.map(\.localID),
            ])
    }

    private static let insertVersions = PreparedStatement(
        """
        INSERT INTO padron.source_record_version (record, recorded_at, sequence, version, digest,
            content)
        SELECT c.record, c.recorded_at, c.sequence, c.version, encode(c.digest, 'hex')::uuid,
            c.content::json
        FROM unnest($1::int8[], $2::timestamptz[], $3::int8[], $4::int4[], $5::bytea[], $6::text[])
            AS c (record, recorded_at, sequence, version, digest, content)
        """)

    private static func send(
        versions: [RecordVersion], _ pipeline: inout PostgresPipeline
    ) throws {
        guard !versions.isEmpty else { return }
        try pipeline.send(
            insertVersions,
            [
                versions.map(\.record), versions.map { UnixMicroseconds($0.recordedAt) },
                versions.map(\.sequence), versions.map(\.version),
                versions.map { Array($0.content.digest.bytes) },
                versions.map { String(decoding: $0.content.json, as: UTF8.self) },
            ])
    }

    private static func send(
        changes records: [SourceRecord], _ pipeline: inout PostgresPipeline
    ) throws {
        guard !records.isEmpty else { return }
        var parameters = parameters(ofChanges: records)
        parameters.append(Int64(records.count))
        try pipeline.send(updateRecordsOrFail, parameters)
    }

    private static func send(
        golden: [GoldenRow], _ pipeline: inout PostgresPipeline
    ) throws {
        guard !golden.isEmpty else { return }
        try pipeline.send(writeGolden, parameters(ofGolden: golden))
    }

    private static let insertEvents = PreparedStatement(
        """
        INSERT INTO padron.event (sequence, epoch, occurred_at, euid, record, records, kind, actor,
            changed_records)
        SELECT c.sequence, c.epoch, c.occurred_at, c.euid, c.record, c.records, c.kind, c.actor,
            CASE WHEN c.changed IS NOT NULL THEN ARRAY[c.changed] END
        FROM unnest($1::int8[], $2::int8[], $3::timestamptz[], $4::int8[], $5::int8[], $6::int8[],
            $7::int4[], $8::text[], $9::int8[])
            AS c (sequence, epoch, occurred_at, euid, record, records, kind, actor, changed)
        """)

    private static func send(events: [Event], _ pipeline: inout PostgresPipeline) throws {
        guard !events.isEmpty else { return }
        try pipeline.send(
            insertEvents,
            [
                events.map(\.position.sequence), events.map(\.position.epoch),
                events.map { UnixMicroseconds($0.occurredAt) },
                events.map { event in event.person.map { Int64($0.bits) } },
                events.map(\.newRecords.first), events.map { Int64($0.newRecords.count) },
                events.map { Int32($0.kind.rawValue) }, events.map(\.actor),
                events.map(\.changedRecords.first),
            ])
    }

    private static let insertTasks = PreparedStatement(
        """
        INSERT INTO padron.review_task (task, sequence, kind, record, other_record, weight, reason,
            territory, priority, due_at)
        SELECT * FROM unnest($1::int8[], $2::int8[], $3::text[], $4::int8[], $5::int8[],
            $6::float8[], $7::text[], $8::text[], $9::int4[], $10::timestamptz[])
        """)

    private static func send(tasks batch: CommitBatch, _ pipeline: inout PostgresPipeline) throws {
        let (tasks, settled) = (batch.tasks, batch.settled)
        if let openedAt = batch.events.first?.occurredAt, !tasks.isEmpty {
            try pipeline.send(
                insertTasks,
                [
                    tasks.map(\.task), tasks.map(\.sequence), tasks.map(\.kind.rawValue),
                    tasks.map(\.record), tasks.map(\.otherRecord), tasks.map(\.weight),
                    tasks.map(\.reason.rawValue), tasks.map(\.territory),
                    tasks.map { Int32($0.priority) },
                    tasks.map {
                        UnixMicroseconds(ReviewSchedule.due($0.priority, from: openedAt))
                    },
                ])
        }
        guard !settled.isEmpty else { return }
        var parameters = parameters(ofSettled: settled)
        parameters.append(Int64(settled.count))
        try pipeline.send(settleOrFail, parameters)
    }
}

extension CommitBatch {
    /// Whether it holds nothing but what most registrations bring.
    fileprivate var isOfRegistrations: Bool {
        loadStep == nil && decision == nil && revertStep == nil && rematchStep == nil
            && moves.isEmpty && retired.isEmpty && revived.isEmpty && goldenRemoved.isEmpty
            && withdrawn.isEmpty && reinstated.isEmpty
            && !events.isEmpty
            && events.allSatisfy { $0.operation == nil && $0.changedRecords.count <= 1 }
    }
}
