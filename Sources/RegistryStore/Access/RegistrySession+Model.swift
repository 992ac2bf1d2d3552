internal import Identity
internal import PostgresClient
internal import RegistryModel

extension RegistrySession {
    /// The linkage model in force: its number, name and JSON; nil in a database that has none yet.
    package mutating func activeModel() throws -> (number: Int64, name: String, json: String)? {
        let row = try connection.query(
            "SELECT model, name, content FROM padron.index_model ORDER BY model DESC LIMIT 1"
        ).first
        guard let row else { return nil }
        return (try row.int64(0), try row.text(1), try row.text(2))
    }

    /// The models that were put in force, the last one first; that one decides.
    package mutating func activatedModels() throws -> [ActivatedModel] {
        try connection.query(
            """
            SELECT model, name, actor, (extract(epoch FROM activated_at) * 1000000)::int8, operation
            FROM padron.index_model ORDER BY model DESC LIMIT \(StoreLimits.policiesReadMax)
            """
        ).map { row in
            ActivatedModel(
                number: try row.int64(0), name: try row.text(1), actor: try row.text(2),
                activatedAt: try row.int64(3), operation: try row.optionalInt64(4))
        }
    }

    /// The number of the model in force; 0 in a database that has none yet.
    package mutating func activeModelNumber() throws -> Int64 {
        try connection.query(
            "SELECT COALESCE(max(model), 0) FROM padron.index_model"
        ).single.int64(0)
    }

    /// Whether there is a record.
    package mutating func hasRecords() throws -> Bool {
        try connection.query(
            "SELECT EXISTS (SELECT FROM padron.source_record)"
        ).single.bool(0)
    }

    /// Whether nobody has chosen a model and there is no patient's record yet that one has linked.
    package mutating func mayChooseModel() throws -> Bool {
        try connection.query(
            """
            SELECT NOT EXISTS (SELECT FROM padron.source_record
                    WHERE source < \(Realm.firstProviderSource))
                AND NOT EXISTS (SELECT FROM padron.index_model
                    WHERE operation IS NOT NULL OR actor <> '')
            """
        ).single.bool(0)
    }

    /// Puts a model in force in a registry that has no records of patients yet.
    ///
    /// - Returns: whether it has none.
    @discardableResult
    package mutating func chooseModel(name: String, json: String, actor: String) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO padron.index_model (model, name, content, actor)
            SELECT (SELECT COALESCE(max(model), 0) + 1 FROM padron.index_model), \(name),
                \(json)::json, \(actor)
            WHERE NOT EXISTS (SELECT FROM padron.source_record
                WHERE source < \(Realm.firstProviderSource))
            """) == 1
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
