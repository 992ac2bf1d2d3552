package import PostgresClient

/// Why a database's schema does not fit the program.
package enum MigrationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// An applied migration's text is not what it was.
    case changed(name: String)
    /// A program of at least this level is needed.
    case databaseIsNewer(oldestReader: Int)
    /// The database is a replica, and lacks migrations.
    case replicaIsBehind
    /// An extension stands in a schema where the migrations do not look for it.
    case extensionElsewhere(name: String, schema: String)
    /// A migration was refused.
    case failed(name: String, reason: String)

    package var description: String {
        switch self {
        case .changed(let name):
            "migration \(name) was applied with another text than this program's;"
                + " use the program that made the database"
        case .databaseIsNewer(let level):
            "the database needs a newer padron, of schema level \(level) or later;"
                + " this one has \(MigrationRunner.level)"
        case .replicaIsBehind: "the database is a replica whose primary has not been migrated yet"
        case .extensionElsewhere(let name, let schema):
            "the extension \(name) stands in the schema \(schema), and is needed in padron;"
                + " 'ALTER EXTENSION \(name) SET SCHEMA padron' moves it"
        case .failed(let name, let reason): "migration \(name) failed: \(reason)"
        }
    }
}

/// Brings a database to the schema of this program, forward only.
///
/// Each migration is one transaction together with its row in `padron.schema_migration`, so that a
/// run killed anywhere goes on behind the last whole one. An advisory lock keeps two runs apart.
/// Checksums are PostgreSQL's own SHA-256 of the text.
package enum MigrationRunner {
    /// The key of the advisory lock; any constant that nothing else in the database uses.
    private static let lockKey: Int64 = 0x7061_6472_6f6e

    /// The level of this program: its newest migration's number.
    package static var level: Int { Migration.embedded.last?.number ?? 0 }

    /// Applies what is missing.
    ///
    /// - Returns: the names of the migrations applied, none where the schema was up to date.
    /// - Throws: `MigrationError`, and `PostgresError` where the database cannot be reached.
    @discardableResult
    package static func migrate(
        _ address: DatabaseAddress, migrations: [Migration] = Migration.embedded
    ) throws -> [String] {
        var connection = try PostgresConnection(address)
        if try isUpToDate(&connection, migrations) { return [] }
        guard try !connection.query("SELECT pg_is_in_recovery()").single.bool(0) else {
            throw MigrationError.replicaIsBehind
        }
        try connection.query("SELECT pg_advisory_lock(\(lockKey))")
        try connection.executeScript(
            """
            CREATE SCHEMA IF NOT EXISTS padron;
            CREATE TABLE IF NOT EXISTS padron.schema_migration (
                number integer PRIMARY KEY,
                name text NOT NULL UNIQUE,
                checksum bytea NOT NULL,
                oldest_reader integer NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now(),
                applied_by text NOT NULL DEFAULT current_user
            );
            COMMENT ON TABLE padron.schema_migration IS 'The steps that made this schema';
            """)
        // Another run may have been quicker while this one waited for the lock.
        let applied = try appliedNumbers(&connection, migrations)
        try checkExtensions(&connection)
        var names: [String] = []
        for migration in migrations where !applied.contains(migration.number) {
            try apply(migration, &connection)
            names.append(migration.name)
        }
        return names
    }

    /// Refuses an extension that somebody has put elsewhere, of which migrations and queries name types and
    /// functions with the schema `padron`.
    private static func checkExtensions(_ connection: inout PostgresConnection) throws {
        let rows = try connection.query(
            """
            SELECT e.extname, n.nspname FROM pg_extension e
            JOIN pg_namespace n ON n.oid = e.extnamespace
            WHERE e.extname = 'cube' AND n.nspname <> 'padron'
            """)
        guard let row = rows.first else { return }
        throw MigrationError.extensionElsewhere(name: try row.text(0), schema: try row.text(1))
    }

    /// The migrations whose text differs from what was applied, and those that are missing.
    package static func verify(
        _ connection: inout PostgresConnection, migrations: [Migration] = Migration.embedded
    ) throws -> [String] {
        do {
            let applied = try appliedNumbers(&connection, migrations)
            return migrations.filter { !applied.contains($0.number) }.map {
                "migration \($0.name) is missing"
            }
        } catch let error as MigrationError {
            return [error.description]
        }
    }

    private static func isUpToDate(
        _ connection: inout PostgresConnection, _ migrations: [Migration]
    ) throws -> Bool {
        let isThere = try connection.query(
            "SELECT to_regclass('padron.schema_migration') IS NOT NULL"
        ).single.bool(0)
        guard isThere else { return false }
        let applied = try appliedNumbers(&connection, migrations)
        return migrations.allSatisfy { applied.contains($0.number) }
    }

    /// The numbers of the migrations applied, after their checksums have been compared.
    private static func appliedNumbers(
        _ connection: inout PostgresConnection, _ migrations: [Migration]
    ) throws -> Set<Int> {
        let known = Dictionary(uniqueKeysWithValues: migrations.map { ($0.number, $0) })
        let level = migrations.last?.number ?? 0
        let rows = try connection.query(
            "SELECT number, name, oldest_reader FROM padron.schema_migration ORDER BY number")
        var numbers: Set<Int> = []
        for row in rows {
            let number = try row.int(0)
            numbers.insert(number)
            guard let migration = known[number] else {
                let oldestReader = try row.int(2)
                guard oldestReader <= level else {
                    throw MigrationError.databaseIsNewer(oldestReader: oldestReader)
                }
                continue
            }
            let isSame = try connection.query(
                """
                SELECT checksum = sha256(\(Array(migration.sql.utf8))::bytea)
                FROM padron.schema_migration WHERE number = \(number)
                """
            ).single.bool(0)
            guard isSame else { throw MigrationError.changed(name: try row.text(1)) }
        }
        return numbers
    }

    private static func apply(_ migration: Migration, _ connection: inout PostgresConnection) throws
    {
        do {
            if migration.isOutsideTransaction {
                try dropInvalidIndexes(&connection)
                try connection.executeScript(unsafeSQL: migration.sql)
                try record(migration, &connection)
            } else {
                try connection.transaction { connection in
                    try connection.executeScript(unsafeSQL: migration.sql)
                    try record(migration, &connection)
                }
            }
        } catch let error as PostgresError {
            throw MigrationError.failed(name: migration.name, reason: error.description)
        }
    }

    private static func record(
        _ migration: Migration, _ connection: inout PostgresConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO padron.schema_migration (number, name, checksum, oldest_reader)
            VALUES (\(migration.number), \(migration.name),
                sha256(\(Array(migration.sql.utf8))::bytea), \(migration.oldestReader))
            """)
    }

    /// Removes what a killed `CREATE INDEX CONCURRENTLY` left, so that it is made again.
    private static func dropInvalidIndexes(_ connection: inout PostgresConnection) throws {
        let rows = try connection.query(
            """
            SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'padron' AND NOT i.indisvalid
            """)
        for row in rows {
            let name = try row.text(0)
            try connection.query("DROP INDEX CONCURRENTLY padron.\(identifier: name)")
        }
    }
}
