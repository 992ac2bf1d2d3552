internal import CMigrations

/// One numbered step of the database's schema, as it stands in `Migrations/SQL`.
package struct Migration: Hashable, Sendable {
    /// Its number, which is also the schema's level when it has been applied.
    package var number: Int
    /// The file's name without its ending, for example `0001-registry`.
    package var name: String
    package var sql: String

    /// The lowest level of a program that may still use a database with this migration.
    ///
    /// A line `-- padron: oldest-reader N` in the file says so; without it only programs that know
    /// the migration may.
    package var oldestReader: Int {
        directives.compactMap { line in
            line.hasPrefix("oldest-reader ") ? Int(line.dropFirst(14)) : nil
        }.first ?? number
    }

    /// Whether its one statement runs outside a transaction, as large indexes are made.
    ///
    /// A line `-- padron: no-transaction` in the file says so.
    package var isOutsideTransaction: Bool { directives.contains("no-transaction") }

    private var directives: [Substring] {
        sql.split(separator: "\n").filter { $0.hasPrefix("-- padron: ") }.map { $0.dropFirst(11) }
    }

    /// Creates a migration.
    ///
    /// - Returns: nil where the name does not begin with a number.
    package init?(name: String, sql: String) {
        guard let number = Int(name.prefix { $0.isNumber }), number > 0 else { return nil }
        self.number = number
        self.name = name
        self.sql = sql
    }

    /// The migrations inside the program, by number.
    package static let embedded: [Migration] = (0..<padron_migration_count()).compactMap { index in
        guard let name = padron_migration_name(index), let bytes = padron_migration_bytes(index)
        else { return nil }
        let text = UnsafeBufferPointer(start: bytes, count: padron_migration_byte_count(index))
        return Migration(
            name: String(cString: name), sql: String(decoding: text, as: UTF8.self))
    }
}
