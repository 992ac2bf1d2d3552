import PostgresClient

/// Sees, by SQL, which records have been committed last.
struct CommittedRecords {
    private let registry: RegistryRun
    private var last: Int64 = 0

    /// Begins to watch a registry.
    init(_ registry: RegistryRun) { self.registry = registry }

    /// The newest record, as `source:local id`, where there is one that was not seen before.
    mutating func newest() throws -> String? {
        var connection = try PostgresConnection(registry.address)
        let rows = try connection.query(
            """
            SELECT r.record, s.code || ':' || r.local_id
            FROM padron.source_record r JOIN padron.source s USING (source)
            WHERE r.record > \(last) ORDER BY r.record DESC LIMIT 1
            """)
        guard let row = rows.first else { return nil }
        last = try row.int64(0)
        return try row.text(1)
    }
}
