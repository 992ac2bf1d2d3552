import PostgresClient

extension RegistryRun {
    /// What two registries that went through the same have in common, one text a line.
    ///
    /// Persons stand by their members, since EUIDs and sequence numbers may differ.
    func endState() throws -> [String] {
        var connection = try PostgresConnection(address)
        let rows = try connection.query(
            """
            WITH named AS (
                SELECT r.record, r.euid, r.version, s.code || ':' || r.local_id AS name
                FROM padron.source_record r JOIN padron.source s USING (source)),
            person AS (
                SELECT euid, string_agg(name, ' ' ORDER BY name) AS members
                FROM named GROUP BY euid)
            SELECT 'person ' || members FROM person
            UNION ALL SELECT 'version ' || n.name || ' ' || v.version || ' of ' || n.version || ' '
                || v.digest
                FROM padron.source_record_version v JOIN named n USING (record)
            UNION ALL SELECT 'golden ' || p.members || ' ' || g.content::text
                FROM padron.golden_record g JOIN person p USING (euid)
            UNION ALL SELECT 'task ' || t.kind || ' ' || l.name || ' ' || r.name || ' '
                || COALESCE(t.weight, 0)
                FROM padron.review_task t JOIN named l ON l.record = t.record
                JOIN named r ON r.record = t.other_record
            """)
        return try rows.map { try $0.text(0) }.sorted()
    }
}
