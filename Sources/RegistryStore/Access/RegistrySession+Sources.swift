internal import PostgresClient
package import RegistryModel

/// A source with the number that its records carry.
package struct NumberedSource: Hashable, Sendable {
    package var number: Int32
    package var source: Source
}

extension RegistrySession {
    /// The highest number of a source; 0 where there is none.
    package mutating func lastSourceNumber() throws -> Int32 {
        Int32(
            try connection.query("SELECT COALESCE(max(source), 0) FROM padron.source")
                .single.int64(0))
    }

    /// All sources in the order of their numbers.
    package mutating func sources() throws -> [NumberedSource] {
        try connection.query(
            """
            SELECT source, code, name, default_authority, territory, one_per_person, rules
            FROM padron.source ORDER BY source
            """
        ).map { row in
            let code = try row.text(1)
            guard let rules = SourceRules(json: try JSONParser.parse(try row.text(6))) else {
                throw StoreError.damaged("a source \(code) of unknown rules")
            }
            return NumberedSource(
                number: Int32(try row.int64(0)),
                source: Source(
                    code: code, name: try row.text(2),
                    defaultAuthority: try row.text(3), territory: try row.text(4),
                    isOnePerPerson: try row.bool(5), rules: rules))
        }
    }

    /// Adds a source.
    ///
    /// - Throws: `alreadyExists` where its code is taken.
    package mutating func add(_ source: Source) throws -> NumberedSource {
        let row = try connection.query(
            """
            INSERT INTO padron.source
                (code, name, default_authority, territory, one_per_person, rules)
            VALUES (\(source.code), \(source.name), \(source.defaultAuthority), \(source.territory),
                \(source.isOnePerPerson), \(source.rules.json))
            ON CONFLICT (code) DO NOTHING RETURNING source
            """
        ).first
        guard let row else { throw StoreError.alreadyExists("source \(source.code)") }
        return NumberedSource(number: Int32(try row.int64(0)), source: source)
    }

    /// Changes what is known of a source; its code stays.
    package mutating func set(_ source: Source) throws {
        let changed = try connection.execute(
            """
            UPDATE padron.source SET name = \(source.name),
                default_authority = \(source.defaultAuthority),
                territory = \(source.territory), one_per_person = \(source.isOnePerPerson),
                rules = \(source.rules.json)
            WHERE code = \(source.code)
            """)
        guard changed == 1 else { throw StoreError.notFound("source \(source.code)") }
    }
}
