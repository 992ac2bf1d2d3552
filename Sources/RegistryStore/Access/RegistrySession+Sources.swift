internal import Identity
internal import PostgresClient
package import RegistryModel

/// A source with the number that its records carry.
package struct NumberedSource: Hashable, Sendable {
    package var number: Int32
    package var source: Source
}

extension RegistrySession {
    /// How many sources there are.
    package mutating func sourceCount() throws -> Int {
        try connection.query("SELECT count(*) FROM padron.source").single.int(0)
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
            let number = Int32(try row.int64(0))
            guard let rules = SourceRules(json: try JSONParser.parse(try row.text(6))) else {
                throw StoreError.damaged("a source \(code) of unknown rules")
            }
            return NumberedSource(
                number: number,
                source: Source(
                    code: code, name: try row.text(2),
                    defaultAuthority: try row.text(3), territory: try row.text(4),
                    isOnePerPerson: try row.bool(5), rules: rules,
                    realm: Realm(ofSource: number)))
        }
    }

    /// Adds a source.
    ///
    /// - Throws: `alreadyExists` where its code is taken.
    package mutating func add(_ source: Source) throws -> NumberedSource {
        let row = try connection.query(
            """
            INSERT INTO padron.source
                (source, code, name, default_authority, territory, one_per_person, rules, realm)
            SELECT CASE \(source.realm.rawValue) WHEN 'provider' THEN nextval('padron.provider_source')
                    ELSE nextval(pg_get_serial_sequence('padron.source', 'source')) END,
                \(source.code), \(source.name), \(source.defaultAuthority), \(source.territory),
                \(source.isOnePerPerson), \(source.rules.json)::json, \(source.realm.rawValue)
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
