internal import Identity
internal import PostgresClient
package import RegistryModel

// Values that stewards have pinned.
extension RegistrySession {
    /// Writes which pinned values stand from now on and which no longer; part of the writer's
    /// transaction.
    static func write(
        _ step: PinStep, _ sequence: Int64, _ connection: inout PostgresConnection
    ) throws {
        if !step.ended.isEmpty {
            let ended = try connection.query(
                """
                UPDATE padron.pinned_value p SET ended_sequence = $3
                FROM unnest($1::int8[], $2::text[]) AS c (record, field)
                WHERE p.record = c.record AND p.field = c.field AND p.ended_sequence IS NULL
                """,
                [
                    step.ended.map(\.record), step.ended.map(\.field.name.description), sequence,
                ]
            ).affectedRowCount
            guard ended == step.ended.count else {
                throw StoreError.damaged("fewer pinned values than the writer")
            }
        }
        guard !step.begun.isEmpty else { return }
        try connection.query(
            """
            INSERT INTO padron.pinned_value
                (record, field, sequence, operation, pinned_at, actor, value)
            SELECT record, field, $7, operation,
                to_timestamp(0) + pinned_at * interval '1 microsecond', actor, value
            FROM unnest($1::int8[], $2::text[], $3::int8[], $4::int8[], $5::text[], $6::text[])
                AS c (record, field, operation, pinned_at, actor, value)
            """,
            [
                step.begun.map(\.record), step.begun.map(\.field.name.description),
                step.begun.map(\.operation), step.begun.map(\.pinnedAt), step.begun.map(\.actor),
                step.begun.map(\.value), sequence,
            ])
    }

    private static let pinColumns: SQL = """
        p.record, p.field, COALESCE(p.value, ''), p.operation, p.actor,
        (extract(epoch FROM p.pinned_at) * 1000000)::int8
        """

    private static func pin(_ row: PostgresRow) throws -> PinnedValue {
        guard let field = DemographicField(name: try row.text(1)) else {
            throw StoreError.damaged("a pinned value of an unknown field")
        }
        return PinnedValue(
            record: try row.int64(0), field: field, value: try row.text(2),
            operation: try row.int64(3), actor: try row.text(4), pinnedAt: try row.int64(5))
    }

    /// The pinned values that stand, by their records.
    package mutating func standingPins() throws -> [Int64: [PinnedValue]] {
        let pins = try connection.query(
            """
            SELECT \(Self.pinColumns) FROM padron.pinned_value p
            WHERE p.ended_sequence IS NULL ORDER BY p.record, p.field
            """
        ).map(Self.pin)
        return Dictionary(grouping: pins, by: \.record)
    }

    /// The pinned values that stand, by the persons whose records they name.
    package mutating func standingPinsByPerson() throws -> [EnterpriseIdentifier: [PinnedValue]] {
        var persons: [EnterpriseIdentifier: [PinnedValue]] = [:]
        for row in try connection.query(
            """
            SELECT \(Self.pinColumns), r.euid FROM padron.pinned_value p
            JOIN padron.source_record r USING (record)
            WHERE p.ended_sequence IS NULL ORDER BY p.record, p.field
            """)
        {
            let person = EnterpriseIdentifier(bits: UInt64(try row.int64(6)))
            persons[person, default: []].append(try Self.pin(row))
        }
        return persons
    }

    /// The values that an operation pinned, each as it last stood.
    package mutating func pins(by operation: Int64) throws -> [OperationPin] {
        try connection.query(
            """
            SELECT DISTINCT ON (p.record, p.field) \(Self.pinColumns),
                o.undone_by IS NOT NULL, e.operation
            FROM padron.pinned_value p JOIN padron.operation o USING (operation)
            LEFT JOIN padron.event e ON e.sequence = p.ended_sequence
            WHERE p.operation = \(operation) ORDER BY p.record, p.field, p.sequence DESC
            """
        ).map(Self.operationPin)
    }

    /// The values that an operation ended and that are not erased.
    package mutating func pins(endedBy operation: Int64) throws -> [OperationPin] {
        try connection.query(
            """
            SELECT \(Self.pinColumns), o.undone_by IS NOT NULL, e.operation
            FROM padron.event e JOIN padron.pinned_value p ON p.ended_sequence = e.sequence
            JOIN padron.operation o ON o.operation = p.operation
            WHERE e.operation = \(operation) AND p.value IS NOT NULL
            ORDER BY p.record, p.field
            """
        ).map(Self.operationPin)
    }

    private static func operationPin(_ row: PostgresRow) throws -> OperationPin {
        OperationPin(
            pin: try pin(row), isTakenBack: try row.bool(6), endedBy: try row.optionalInt64(7))
    }

    /// All that was ever pinned by way of some records, by record, in the order of its events.
    mutating func archivedPins(of records: [Int64]) throws -> [Int64: [ArchivedPin]] {
        var archived: [Int64: [ArchivedPin]] = [:]
        for row in try connection.query(
            """
            SELECT \(Self.pinColumns), p.sequence, p.ended_sequence, p.value IS NULL
            FROM padron.pinned_value p WHERE p.record = ANY (\(records))
            ORDER BY p.sequence, p.field
            """)
        {
            let pin = try Self.pin(row)
            archived[pin.record, default: []].append(
                ArchivedPin(
                    pin: pin, sequence: try row.int64(6), endedSequence: try row.optionalInt64(7),
                    isErased: try row.bool(8)))
        }
        return archived
    }
}
