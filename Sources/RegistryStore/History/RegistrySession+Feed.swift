internal import PostgresClient
package import RegistryModel

extension RegistrySession {
    /// The events behind a position, at most those up to `end`, each with the persons that it
    /// concerns.
    ///
    /// A part ends before the event with which it would name too many persons; the first one stands
    /// in it whatever it names, since a chunk and a decision are bounded themselves. Asked within
    /// `snapshot`.
    ///
    /// - Throws: `unavailable` for a position that lies ahead of the log, `conflict` for one of another
    ///   log: a database that was restored from an older state goes on otherwise.
    package mutating func feed(_ question: FeedQuestion, upTo end: Int64) throws -> FeedPage {
        try check(question.since)
        let limit = min(question.limit, Int(StoreLimits.eventsReadMax))
        var events: [Event] = []
        var concerned = 0
        for event in try self.events(after: question.since.sequence).prefix(limit) {
            concerned += event.newRecords.count + event.changedRecords.count
            guard event.position.sequence <= end else { break }
            guard events.isEmpty || concerned <= StoreLimits.feedRecordsMax else { break }
            events.append(event)
        }
        guard let first = events.first, let last = events.last else {
            return FeedPage(events: [], next: question.since)
        }
        let persons = try persons(
            concernedBy: first.position.sequence...last.position.sequence)
        let releases =
            events.contains { $0.kind == .released }
            ? try releases(changedBy: first.position.sequence...last.position.sequence) : [:]
        let told = events.map { event in
            FeedEvent(
                position: event.position, kind: event.kind, occurredAt: event.occurredAt,
                operation: event.operation, persons: persons[event.position.sequence] ?? [],
                release: releases[event.position.sequence])
        }
        return FeedPage(events: told, next: last.position)
    }

    /// The releases that events made live or took back, by event.
    private mutating func releases(
        changedBy sequences: ClosedRange<Int64>
    ) throws -> [Int64: FeedRelease] {
        let rows = try connection.query(
            """
            SELECT e.sequence, r.release, c.kind, c.authority, r.operation = e.operation
            FROM padron.event e
            JOIN padron.operation o USING (operation)
            JOIN padron.catalog_release r ON r.release = (o.detail::jsonb ->> 'release')::bigint
            JOIN padron.catalog c USING (catalog)
            WHERE e.sequence BETWEEN \(sequences.lowerBound) AND \(sequences.upperBound)
                AND e.kind = \(Int64(EventKind.released.rawValue))
            """)
        var releases: [Int64: FeedRelease] = [:]
        for row in rows {
            guard let kind = CatalogKind(rawValue: try row.text(2)) else {
                throw StoreError.damaged("a catalog of an unknown kind")
            }
            releases[try row.int64(0)] = FeedRelease(
                catalog: CatalogKey(kind, try row.text(3)), number: try row.int64(1),
                isLive: try row.bool(4))
        }
        return releases
    }

    /// Refuses a position at which this log never was.
    ///
    /// Epochs never fall: the event at the position is of its epoch or, where a writer took over
    /// and has written nothing yet, of an earlier one; and the one behind it is not of an earlier
    /// one.
    private mutating func check(_ since: LogPosition) throws {
        let row = try connection.query(
            """
            SELECT l.epoch, l.sequence,
                (SELECT epoch FROM padron.event WHERE sequence = \(since.sequence)),
                (SELECT epoch FROM padron.event WHERE sequence = \(since.sequence + 1))
            FROM padron.lease l
            """
        ).single
        let end = LogPosition(epoch: try row.int64(0), sequence: try row.int64(1))
        guard since.sequence <= end.sequence else {
            throw RegistryError(
                .unavailable, "the log ends at \(end) here; ask the writer, or look at the position"
            )
        }
        let epoch = try row.optionalInt64(2) ?? 0
        let nextEpoch = try row.optionalInt64(3) ?? end.epoch
        guard since.sequence == 0 || (epoch...max(epoch, nextEpoch)).contains(since.epoch) else {
            throw RegistryError(
                .conflict, "the position is not of this log; begin again from 0:0")
        }
    }

    /// The persons of the records that events made or changed, or held or released, as they were
    /// linked then, and those whom records left; by event.
    ///
    /// Links are replayed backwards, so that the answer is the same whenever it is asked for.
    private mutating func persons(
        concernedBy sequences: ClosedRange<Int64>
    ) throws -> [Int64: [EnterpriseIdentifier]] {
        var persons: [Int64: [EnterpriseIdentifier]] = [:]
        let rows = try connection.query(
            """
            SELECT e.sequence, x.euid
            FROM padron.event e
            CROSS JOIN LATERAL (
                SELECT COALESCE(
                    (SELECT c.from_euid FROM padron.link_change c
                    WHERE c.record = r.record AND c.sequence > e.sequence
                    ORDER BY c.sequence LIMIT 1), r.euid) AS euid
                FROM (
                    SELECT record, euid FROM padron.source_record
                    WHERE record >= e.record AND record < e.record + e.records
                    UNION ALL
                    SELECT record, euid FROM padron.source_record
                    WHERE record = ANY (e.changed_records)) r
                UNION
                SELECT c.from_euid FROM padron.link_change c WHERE c.sequence = e.sequence
                UNION
                SELECT COALESCE(
                    (SELECT m.from_euid FROM padron.link_change m
                    WHERE m.record = r.record AND m.sequence > e.sequence
                    ORDER BY m.sequence LIMIT 1), r.euid)
                FROM padron.record_constraint c
                JOIN padron.source_record r ON r.record IN (c.left_record, c.right_record)
                WHERE e.kind = \(Int64(EventKind.decision.rawValue))
                    AND (c.operation = e.operation OR c.retracted_by = e.operation)
                UNION
                SELECT e.euid WHERE e.euid IS NOT NULL) x
            WHERE e.sequence BETWEEN \(sequences.lowerBound) AND \(sequences.upperBound)
            ORDER BY e.sequence, x.euid
            """)
        for row in rows {
            persons[try row.int64(0), default: []].append(
                EnterpriseIdentifier(bits: UInt64(try row.int64(1))))
        }
        return persons
    }
}
