package import Identity
internal import PostgresClient
internal import RegistryModel

extension RegistrySession {
    /// The authorities that the registry was told of, beside or in place of the shipped ones.
    package mutating func authorities() throws -> [AssigningAuthority] {
        try connection.query(
            """
            SELECT code, kind, names, COALESCE(oid, ''), COALESCE(uri, ''), rules
            FROM padron.authority ORDER BY code
            """
        ).map { row in
            let code = try row.text(0)
            guard
                let authority = AssigningAuthority(
                    code: code, kind: try row.text(1),
                    names: try JSONParser.parse(try row.text(2)), oid: try row.text(3),
                    uri: try row.text(4), rules: try JSONParser.parse(try row.text(5)))
            else { throw StoreError.damaged("an authority \(code) of an unknown form") }
            return authority
        }
    }

    /// All authorities that the registry knows.
    package mutating func authorityDirectory() throws -> AuthorityDirectory {
        AuthorityDirectory(try authorities())
    }

    /// Adds an authority, or changes one; where its values may be read otherwise, the golden records
    /// of the persons who have one are then due to be rewritten.
    ///
    /// - Throws: `alreadyExists` where one is to be added whose code is taken.
    package mutating func put(_ authority: AssigningAuthority, isNew: Bool) throws {
        func text(_ value: JSONValue) -> String {
            var writer = JSONWriter()
            writer.value(value)
            return writer.text
        }
        let known = try authorityDirectory()[authority.code]
        let readsAlike =
            known.map { known in
                known.kind == authority.kind && known.format == authority.format
                    && known.placeholders == authority.placeholders
                    && known.bearersMayShare == authority.bearersMayShare
                    && known.isTest == authority.isTest
            } ?? false
        let names = text(authority.namesJSON)
        let rules = text(authority.rulesJSON)
        try connection.transaction { connection in
            if isNew {
                let isTaken = try connection.query(
                    "SELECT EXISTS (SELECT FROM padron.authority WHERE code = \(authority.code))"
                ).single.bool(0)
                if isTaken { throw StoreError.alreadyExists("authority \(authority.code)") }
            }
            try connection.execute(
                """
                INSERT INTO padron.authority (code, kind, names, oid, uri, rules)
                VALUES (\(authority.code), \(authority.kind.rawValue), \(names),
                    \(authority.oid), \(authority.uri), \(rules))
                ON CONFLICT (code) DO UPDATE SET kind = EXCLUDED.kind, names = EXCLUDED.names,
                    oid = EXCLUDED.oid, uri = EXCLUDED.uri, rules = EXCLUDED.rules
                """)
            if !readsAlike { try Self.wantGoldenRewrite(of: authority.code, &connection) }
        }
    }
}
