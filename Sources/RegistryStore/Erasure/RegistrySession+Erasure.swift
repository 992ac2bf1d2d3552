internal import Identity
internal import PostgresClient
package import RegistryModel

// What the writer writes of an erasure; part of its one transaction.
extension RegistrySession {
    /// Takes what records said out of every column that holds it, and remembers their names as digests.
    ///
    /// The table refuses the row where requester and grantor are one.
    static func write(
        _ erasure: ErasureStep, of step: DecisionStep, _ connection: inout PostgresConnection
    ) throws {
        let done = try connection.execute(
            """
            UPDATE padron.erasure SET state = 'done', decided_by = \(step.actor),
                decided_at = now(), operation = \(step.operation)
            WHERE erasure = \(erasure.erasure) AND state = 'requested'
            """)
        guard done == 1 else { throw StoreError.notFound("erasure request that waits") }
        try connection.execute(
            """
            UPDATE padron.source_record SET local_id = 'erased-' || record
            WHERE record = ANY (\(erasure.records))
            """)
        let digest = ContentDigest(of: Array("{}".utf8)).bytes
        try connection.execute(
            """
            UPDATE padron.source_record_version SET content = '{}',
                digest = encode(\(digest)::bytea, 'hex')::uuid
            WHERE record = ANY (\(erasure.records))
            """)
        try forgetReasons(erasure, &connection)
        try connection.execute(
            "UPDATE padron.pinned_value SET value = NULL WHERE record = ANY (\(erasure.records))")
        try remember(erasure, &connection)
        try forgetRequests(erasure, &connection)
        try forgetEntries(erasure, &connection)
        for chunk in erasure.chunks {
            try connection.execute(
                """
                UPDATE padron.load_chunk SET content = \(chunk.content)
                WHERE load = \(chunk.load) AND chunk = \(chunk.chunk)
                """)
        }
    }

    private static func remember(
        _ erasure: ErasureStep, _ connection: inout PostgresConnection
    ) throws {
        let salt = try connection.query("SELECT uuid_send(salt) FROM padron.erasure_salt")
            .single.bytes(0)
        let names = ErasedNames(salt: salt)
        for name in Set(erasure.names) {
            let digest = try names.digest(source: name.source, localID: name.localID)
            try connection.execute(
                """
                INSERT INTO padron.erased_local_id (digest, source, erasure)
                VALUES (\(digest), \(name.source), \(erasure.erasure))
                """)
        }
    }

    /// Empties the reasons that people gave for decisions about the records: free text may name anybody.
    private static func forgetReasons(
        _ erasure: ErasureStep, _ connection: inout PostgresConnection
    ) throws {
        let records = erasure.records
        try connection.execute(
            """
            UPDATE padron.operation SET reason = 'erased'
            WHERE reason <> '' AND kind NOT IN ('load', 'rematch', 'import', 'revert', 'erase')
                AND operation IN (
                    SELECT e.operation FROM padron.event e WHERE e.sequence IN (
                        SELECT sequence FROM padron.link_change WHERE record = ANY (\(records))
                        UNION SELECT sequence FROM padron.record_withdrawal
                            WHERE record = ANY (\(records))
                        UNION SELECT ended_sequence FROM padron.record_withdrawal
                            WHERE record = ANY (\(records))
                        UNION SELECT sequence FROM padron.pinned_value
                            WHERE record = ANY (\(records))
                        UNION SELECT ended_sequence FROM padron.pinned_value
                            WHERE record = ANY (\(records))
                        UNION SELECT sequence FROM padron.former_local_id
                            WHERE record = ANY (\(records)))
                    UNION SELECT unnest(ARRAY[operation, retracted_by])
                        FROM padron.record_constraint
                        WHERE left_record = ANY (\(records)) OR right_record = ANY (\(records)))
            """)
        try connection.execute(
            "DELETE FROM padron.former_local_id WHERE record = ANY (\(records))")
    }

    /// Deletes what catalogs say of the records: professions under their names, and coverage under their
    /// names and under identifiers that nobody else has.
    ///
    /// All releases lose them, as if their files had never named these codes.
    private static func forgetEntries(
        _ erasure: ErasureStep, _ connection: inout PostgresConnection
    ) throws {
        let identifiers = erasure.identifiers.map { "\($0.authority):\($0.value)" }
        try connection.execute(
            """
            WITH named AS (
                SELECT s.code AS source, n.local_id
                FROM unnest(\(erasure.names.map(\.source))::int4[],
                    \(erasure.names.map(\.localID))::text[]) AS n (source, local_id)
                JOIN padron.source s USING (source)),
            wanted AS (
                SELECT c.catalog, n.local_id AS code FROM named n
                JOIN padron.catalog c ON c.kind = 'provider' AND c.authority = n.source
                UNION SELECT c.catalog, n.source || ':' || n.local_id FROM named n
                JOIN padron.catalog c ON c.kind = 'coverage'
                UNION SELECT c.catalog, i.code FROM unnest(\(identifiers)::text[]) AS i (code)
                JOIN padron.catalog c ON c.kind = 'coverage')
            DELETE FROM padron.catalog_entry e
            USING wanted w JOIN padron.catalog_release r USING (catalog)
            WHERE e.code_key = hashtextextended(w.code, r.release) AND e.release = r.release
                AND e.code = w.code
            """)
    }

    /// Deletes the requests of commands that name the records, and all whose command is long gone.
    private static func forgetRequests(
        _ erasure: ErasureStep, _ connection: inout PostgresConnection
    ) throws {
        let secondsMax = Double(StoreLimits.decisionWaitMillisecondsMax) / 1_000
        let names = erasure.names.map { name in
            var writer = JSONWriter()
            writer.string(name.localID)
            return String(writer.text.dropFirst().dropLast())
        }
        try connection.execute(
            """
            DELETE FROM padron.decision_request
            WHERE state <> 'waiting' AND (made_at < now() - make_interval(secs => \(secondsMax))
                OR EXISTS (SELECT FROM unnest(\(names)::text[]) AS n (local_id)
                    WHERE strpos(content::text, local_id) > 0
                        OR strpos(answer::text, local_id) > 0))
            """)
    }
}

// Requests to erase, and what is known of those that were granted.
extension RegistrySession {
    private static let erasureColumns: SQL = """
        erasure, euid, array_to_string(records, ' '), is_whole, basis, requested_by,
        (extract(epoch FROM requested_at) * 1000000)::int8, state, decided_by,
        (extract(epoch FROM decided_at) * 1000000)::int8, operation
        """

    private static func erasure(_ row: PostgresRow) throws -> Erasure {
        guard let state = ErasureState(rawValue: try row.text(7)) else {
            throw StoreError.damaged("an erasure of an unknown state")
        }
        return Erasure(
            number: try row.int64(0),
            person: EnterpriseIdentifier(bits: UInt64(try row.int64(1))),
            records: try row.text(2).split(separator: " ").compactMap { Int64($0) },
            isWhole: try row.bool(3), basis: try row.text(4), requestedBy: try row.text(5),
            requestedAt: try row.int64(6), state: state, decidedBy: try row.optionalText(8),
            decidedAt: try row.optionalInt64(9), operation: try row.optionalInt64(10))
    }

    /// A request to erase.
    ///
    /// - Throws: `not-found` where there is none of that number.
    package mutating func erasure(_ number: Int64) throws -> Erasure {
        let row = try connection.query(
            "SELECT \(Self.erasureColumns) FROM padron.erasure WHERE erasure = \(number)"
        ).first
        guard let row else {
            throw RegistryError(
                .notFound, "there is no erasure \(number); padron erase list has them")
        }
        return try Self.erasure(row)
    }

    /// The requests to erase, the latest first, those that wait before the others.
    package mutating func erasures() throws -> [Erasure] {
        try connection.query(
            """
            SELECT \(Self.erasureColumns) FROM padron.erasure
            ORDER BY state = 'requested' DESC, erasure DESC LIMIT \(StoreLimits.erasuresReadMax)
            """
        ).map(Self.erasure)
    }

    /// Asks that records of a person be erased.
    ///
    /// - Throws: `conflict` where that was asked for before and nobody has decided.
    package mutating func requestErasure(
        of records: [Int64], _ person: EnterpriseIdentifier, isWhole: Bool, basis: String,
        actor: String
    ) throws -> Erasure {
        let row = try connection.query(
            """
            INSERT INTO padron.erasure (euid, records, is_whole, basis, requested_by)
            VALUES (\(Int64(person.bits)), \(records), \(isWhole), \(basis), \(actor))
            ON CONFLICT (euid, records) WHERE state = 'requested' DO NOTHING RETURNING erasure
            """
        ).first
        guard let row else {
            throw RegistryError(
                .conflict, "this was requested already; padron erase list has it")
        }
        return try erasure(try row.int64(0))
    }

    /// Refuses a request, or takes it back.
    package mutating func refuseErasure(_ number: Int64, actor: String) throws {
        try erasure(number).checkDecision(by: actor, isGrant: false)
        let refused = try connection.execute(
            """
            UPDATE padron.erasure SET state = 'refused', decided_by = \(actor), decided_at = now()
            WHERE erasure = \(number) AND state = 'requested'
            """)
        guard refused == 1 else {
            throw RegistryError(.conflict, "somebody else has just decided erasure \(number)")
        }
    }

    /// The operations that erased some records, by record.
    package mutating func erasingOperations(of records: [Int64]) throws -> [Int64: Int64] {
        guard !records.isEmpty else { return [:] }
        var operations: [Int64: Int64] = [:]
        let rows = try connection.query(
            """
            SELECT r.record, e.operation FROM padron.erasure e, unnest(e.records) AS r (record)
            WHERE e.state = 'done' AND e.records && \(records)
            """)
        for row in rows { operations[try row.int64(0)] = try row.int64(1) }
        return operations
    }

    /// The local identifiers of erased records that nobody has allowed again.
    package mutating func erasedNames() throws -> ErasedNames {
        let head = try connection.query(
            """
            SELECT uuid_send(salt), (SELECT count(*) + count(allowed_at)
                FROM padron.erased_local_id)
            FROM padron.erasure_salt
            """
        ).single
        var names = ErasedNames(salt: try head.bytes(0), stamp: try head.int64(1))
        guard names.stamp > 0 else { return names }
        let rows = try connection.query(
            "SELECT digest, source FROM padron.erased_local_id WHERE allowed_at IS NULL")
        for row in rows {
            names.insert(try row.bytes(0), of: Int32(truncatingIfNeeded: try row.int64(1)))
        }
        return names
    }

    /// Allows a source to send the local identifier of an erased record again.
    ///
    /// - Throws: `not-found` where no such record was erased.
    package mutating func allowErasedName(
        source: Int32, localID: String, actor: String, reason: String
    ) throws {
        let digest = try erasedNames().digest(source: source, localID: localID)
        let allowed = try connection.execute(
            """
            UPDATE padron.erased_local_id SET allowed_by = \(actor), allowed_at = now(),
                allowed_because = \(reason)
            WHERE digest = \(digest) AND allowed_at IS NULL
            """)
        guard allowed > 0 else {
            throw RegistryError(
                .notFound, "no record of this name was erased, or it is allowed already")
        }
    }

    /// Every staged chunk, one after the other.
    package mutating func forEachStagedChunk(
        _ body: (_ load: Int64, _ chunk: Int32, _ content: [UInt8]) throws -> Void
    ) throws {
        let keys = try connection.query(
            "SELECT load, chunk FROM padron.load_chunk ORDER BY load, chunk"
        ).map { (load: try $0.int64(0), chunk: Int32(truncatingIfNeeded: try $0.int64(1))) }
        for key in keys {
            let row = try connection.query(
                """
                SELECT content FROM padron.load_chunk
                WHERE load = \(key.load) AND chunk = \(key.chunk)
                """, format: .binary
            ).first
            if let row { try body(key.load, key.chunk, try row.bytes(0)) }
        }
    }

    /// Frees what erased rows leave in the tables, and replaces the planner's samples of their values.
    package mutating func cleanAfterErasure() throws {
        for table in [
            "source_record", "source_record_version", "former_local_id", "golden_record",
            "pinned_value",
            "operation", "decision_request", "load_chunk", "catalog_entry",
        ] {
            try connection.query(SQL(unsafeSQL: "VACUUM (ANALYZE) padron.\(table)"))
        }
    }
}
