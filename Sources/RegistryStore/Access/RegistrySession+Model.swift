internal import PostgresClient

extension RegistrySession {
    /// The linkage model in force: its number, name and JSON; nil in a database that has none yet.
    package mutating func activeModel() throws -> (number: Int64, name: String, json: String)? {
        let row = try connection.query(
            "SELECT model, name, content FROM padron.index_model ORDER BY model DESC LIMIT 1"
        ).first
        guard let row else { return nil }
        return (try row.int64(0), try row.text(1), try row.text(2))
    }

    /// Puts the first model in force, unless another command has done so meanwhile.
    package mutating func addFirstModel(name: String, json: String) throws {
        try connection.execute(
            """
            INSERT INTO padron.index_model (model, name, content) VALUES (1, \(name), \(json))
            ON CONFLICT (model) DO NOTHING
            """)
    }
}
