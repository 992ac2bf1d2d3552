internal import PostgresClient
package import RegistryModel

extension RegistrySession {
    /// All clients, revoked ones included, by name.
    package mutating func clients() throws -> [Client] {
        try connection.query(
            """
            SELECT name, role, array_to_string(sources, ' '), token_salt, token_digest,
                revoked_at IS NOT NULL
            FROM padron.client ORDER BY name
            """
        ).map { row in
            guard let role = Role(rawValue: try row.text(1)) else {
                throw StoreError.damaged("a client of an unknown role")
            }
            return Client(
                name: try row.text(0), role: role,
                sources: Set(try row.text(2).split(separator: " ").map(String.init)),
                tokenSalt: try row.bytes(3), tokenDigest: try row.bytes(4),
                isRevoked: try row.bool(5))
        }
    }

    /// Adds a client.
    ///
    /// - Throws: `alreadyExists` where its name is taken, by a revoked client too.
    package mutating func add(_ client: Client) throws {
        let added = try connection.execute(
            """
            INSERT INTO padron.client (name, role, sources, token_salt, token_digest)
            VALUES (\(client.name), \(client.role.rawValue), \(client.sources.sorted()),
                \(client.tokenSalt), \(client.tokenDigest))
            ON CONFLICT (name) DO NOTHING
            """)
        guard added == 1 else { throw StoreError.alreadyExists("client \(client.name)") }
    }

    /// Takes a client's access away for good.
    package mutating func revokeClient(named name: String) throws {
        let revoked = try connection.execute(
            """
            UPDATE padron.client SET revoked_at = COALESCE(revoked_at, now()) WHERE name = \(name)
            """)
        guard revoked == 1 else { throw StoreError.notFound("client \(name)") }
    }
}
