internal import PostgresClient

// Records that stewards have restricted.
extension RegistrySession {
    /// Writes which records are restricted from now on and which no longer; part of the writer's
    /// transaction.
    static func writeRestrictions(
        of step: DecisionStep, _ sequence: Int64, _ connection: inout PostgresConnection
    ) throws {
        if !step.restricted.isEmpty {
            try connection.query(
                """
                INSERT INTO padron.record_restriction (record, sequence)
                SELECT record, $2 FROM unnest($1::int8[]) AS c (record)
                """, [step.restricted, sequence])
        }
        guard !step.released.isEmpty else { return }
        let released = try connection.query(
            """
            UPDATE padron.record_restriction SET ended_sequence = $2
            WHERE record = ANY ($1::int8[]) AND ended_sequence IS NULL
            """, [step.released, sequence]
        ).affectedRowCount
        guard released == step.released.count else {
            throw StoreError.damaged("fewer restricted records than the writer")
        }
    }

    /// The records that are restricted.
    package mutating func restrictedRecords() throws -> [Int64] {
        try connection.query(
            "SELECT record FROM padron.record_restriction WHERE ended_sequence IS NULL"
        ).map { try $0.int64(0) }
    }

    /// The records, of some, whose persons have a restricted record now.
    package mutating func maskedRecords(among records: [Int64]) throws -> Set<Int64> {
        Set(
            try connection.query(
                """
                SELECT r.record FROM padron.source_record r
                WHERE r.record = ANY (\(records)) AND r.euid IN (\(unsafeSQL: Self.restrictedPersons))
                """
            ).map { try $0.int64(0) })
    }

    /// The persons who have a restricted record, as a query.
    static let restrictedPersons = """
        SELECT o.euid FROM padron.source_record o JOIN padron.record_restriction x USING (record)
        WHERE x.ended_sequence IS NULL
        """

    /// The records that an operation restricted and that still are.
    package mutating func restrictions(by operation: Int64) throws -> [Int64] {
        try connection.query(
            """
            SELECT r.record FROM padron.record_restriction r JOIN padron.event e USING (sequence)
            WHERE e.operation = \(operation) AND r.ended_sequence IS NULL ORDER BY 1
            """
        ).map { try $0.int64(0) }
    }
}
