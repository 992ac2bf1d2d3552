internal import PostgresClient
package import RegistryModel

/// An erasure that was done, and by which names the erased records were known.
package struct DoneErasure: Hashable, Sendable {
    package var operation: Int64
    /// In microseconds since 1970.
    package var decidedAt: Int64
    package var basis: String
    package var requestedBy: String
    package var decidedBy: String
    /// The digests of the local identifiers, former ones included, salted by the registry's own salt.
    package var digests: Set<[UInt8]>

    /// Creates an erasure.
    package init(
        operation: Int64, decidedAt: Int64, basis: String, requestedBy: String,
        decidedBy: String, digests: Set<[UInt8]>
    ) {
        self.operation = operation
        self.decidedAt = decidedAt
        self.basis = basis
        self.requestedBy = requestedBy
        self.decidedBy = decidedBy
        self.digests = digests
    }
}

// What was erased, for whoever keeps a list of it outside the database.
extension RegistrySession {
    /// The erasures that were done, the first one first.
    package mutating func doneErasures() throws -> [DoneErasure] {
        // A backup is taken of a registry of an older schema too, which could erase nobody.
        let couldErase = try connection.query(
            "SELECT to_regclass('padron.erased_local_id') IS NOT NULL"
        ).single.bool(0)
        guard couldErase else { return [] }
        var done: [DoneErasure] = []
        for row in try connection.query(
            """
            SELECT e.operation, (extract(epoch FROM e.decided_at) * 1000000)::int8, e.basis,
                e.requested_by, e.decided_by, n.digest
            FROM padron.erasure e LEFT JOIN padron.erased_local_id n USING (erasure)
            WHERE e.state = 'done' ORDER BY e.operation, n.digest
            """)
        {
            let operation = try row.int64(0)
            if done.last?.operation != operation {
                done.append(
                    DoneErasure(
                        operation: operation, decidedAt: try row.int64(1),
                        basis: try row.text(2), requestedBy: try row.text(3),
                        decidedBy: try row.text(4), digests: []))
            }
            if let digest = try row.optionalBytes(5) { done[done.count - 1].digests.insert(digest) }
        }
        return done
    }

    /// The digests of names that a steward has allowed again.
    package mutating func allowedErasedNames() throws -> Set<[UInt8]> {
        Set(
            try connection.query(
                "SELECT digest FROM padron.erased_local_id WHERE allowed_at IS NOT NULL"
            ).map { try $0.bytes(0) })
    }

    /// Refuses names of erased records that the registry does not hold, whatever source sends them;
    /// how many it did not refuse before.
    package mutating func refuseErasedNames(_ digests: Set<[UInt8]>) throws -> Int {
        var refused = 0
        for digest in digests {
            refused += try connection.execute(
                """
                INSERT INTO padron.erased_local_id (digest, source, erasure)
                SELECT \(digest), \(ErasedNames.anySource), 0
                WHERE NOT EXISTS (SELECT FROM padron.erased_local_id WHERE digest = \(digest))
                """)
        }
        return refused
    }

    /// The records, not erased, of whose names, present or former, one has a digest that is wanted.
    ///
    /// Every name of the registry is digested.
    package mutating func records(
        named wanted: Set<[UInt8]>
    ) throws -> [[UInt8]: (record: Int64, person: EnterpriseIdentifier)] {
        let names = try erasedNames()
        var found: [[UInt8]: (record: Int64, person: EnterpriseIdentifier)] = [:]
        try connection.copyOut(
            """
            SELECT r.record, r.euid, r.source, r.local_id FROM padron.source_record r
            WHERE r.state <> 3
            UNION ALL SELECT r.record, r.euid, f.source, f.local_id
            FROM padron.former_local_id f JOIN padron.source_record r USING (record)
            """
        ) { row in
            let record = try row.int64()
            let person = EnterpriseIdentifier(bits: UInt64(try row.int64()))
            let source = Int32(truncatingIfNeeded: try row.int64())
            let digest = try names.digest(source: source, localID: try row.text())
            if wanted.contains(digest) { found[digest] = (record, person) }
        }
        return found
    }
}
