internal import PostgresClient
internal import RegistryModel

// The events behind the rows of an archive.
extension RegistrySession {
    /// Reads the events that the rows of an archive name, those of some operations, and all their
    /// operations.
    mutating func readEvents(into archive: inout PersonArchive, operations: [Int64]) throws {
        var sequences = Set(archive.records.flatMap(\.sequences))
        sequences.formUnion(archive.tasks.map(\.task.sequence))
        sequences.formUnion(archive.tasks.compactMap(\.closedSequence))
        let rows = try connection.query(
            """
            SELECT sequence, epoch, (extract(epoch FROM occurred_at) * 1000000)::bigint, actor,
                operation
            FROM padron.event WHERE sequence = ANY (\(sequences.sorted()))
            UNION
            SELECT sequence, epoch, (extract(epoch FROM occurred_at) * 1000000)::bigint, actor,
                operation
            FROM padron.event WHERE operation = ANY (\(Set(operations).sorted()))
            """)
        for row in rows {
            let event = try Self.archivedEvent(row)
            sequences.remove(event.position.sequence)
            archive.events[event.position.sequence] = event
        }
        guard sequences.isEmpty else { throw StoreError.damaged("changes without their event") }
        try readOperations(
            Set(archive.events.values.compactMap(\.operation)).union(operations), into: &archive)
    }

    /// Reads which versions were taken back with their loads, and when.
    ///
    /// A record that something later held when a load was taken back is not among those that the event
    /// of it changed, and keeps its version.
    mutating func readReverts(into archive: inout PersonArchive) throws {
        let reverts = archive.operations.values.filter { $0.kind == .load }.compactMap(\.undoneBy)
        let records = archive.records.map(\.record)
        guard !reverts.isEmpty else { return }
        var voided: [Int64: [Int64: Int64]] = [:]
        for row in try connection.query(
            """
            SELECT e.sequence, e.epoch, (extract(epoch FROM e.occurred_at) * 1000000)::bigint,
                e.actor, e.operation, t.record
            FROM padron.reverted_record t JOIN padron.event e USING (sequence)
            WHERE t.record = ANY (\(records)) AND e.operation = ANY (\(reverts))
            ORDER BY e.sequence DESC
            """)
        {
            let event = try Self.archivedEvent(row)
            archive.events[event.position.sequence] = event
            guard let operation = event.operation else { continue }
            voided[operation, default: [:]][try row.int64(5)] = event.position.sequence
        }
        for place in archive.records.indices {
            let record = archive.records[place]
            for (index, version) in record.versions.enumerated() {
                guard let load = archive.events[version.sequence]?.operation,
                    let revert = archive.operations[load]?.undoneBy
                else { continue }
                let sequence = voided[revert]?[record.record]
                archive.records[place].versions[index].voidedSequence = sequence
                guard sequence == nil else { continue }
                archive.records[place].versions[index].coveredSequence =
                    record.versions.first { archive.covers($0, version, at: revert) }?.sequence
            }
        }
        try readOperations(Set(reverts), into: &archive)
    }

    private static func archivedEvent(_ row: PostgresRow) throws -> ArchivedEvent {
        ArchivedEvent(
            position: LogPosition(epoch: try row.int64(1), sequence: try row.int64(0)),
            occurredAt: try row.int64(2), actor: try row.text(3),
            operation: try row.optionalInt64(4))
    }

    private mutating func readOperations(
        _ numbers: Set<Int64>, into archive: inout PersonArchive
    ) throws {
        for operation in try operations(numbers.sorted()) {
            archive.operations[operation.operation] = operation
        }
    }
}

extension PersonArchive {
    /// Whether a version of a load that stood lay over one whose load a revert took back.
    ///
    /// The condition is that of `revertRows`.
    fileprivate func covers(
        _ version: ArchivedVersion, _ covered: ArchivedVersion, at revert: Int64
    ) -> Bool {
        guard version.version > covered.version, version.recordedAt >= covered.recordedAt,
            let load = events[version.sequence]?.operation, load < revert
        else { return false }
        return operations[load]?.undoneBy.map { $0 > revert } ?? true
    }
}

extension ArchivedRecord {
    /// The events that changed it.
    fileprivate var sequences: [Int64] {
        versions.map(\.sequence) + moves.map(\.sequence) + renumberings.map(\.sequence)
            + withdrawals.flatMap { [$0.sequence] + ($0.endedSequence.map { [$0] } ?? []) }
            + pins.flatMap { [$0.sequence] + ($0.endedSequence.map { [$0] } ?? []) }
    }
}
