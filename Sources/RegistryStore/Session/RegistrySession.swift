package import PostgresClient
package import RegistryModel

/// One connection to the registry's database, with what the registry asks of it.
///
/// It blocks while the server works; each thread has its own.
package struct RegistrySession: ~Copyable {
    package var connection: PostgresConnection

    /// Connects.
    package init(_ address: DatabaseAddress, applicationName: String = "padron")
        throws(StoreError)
    {
        do {
            connection = try PostgresConnection(address, applicationName: applicationName)
        } catch {
            throw .database(error)
        }
    }

    /// Connects to the database of a URL.
    package init(databaseURL: String, applicationName: String = "padron") throws(StoreError) {
        try self.init(DatabaseAddress(databaseURL), applicationName: applicationName)
    }

    /// Brings the database of a URL to the schema of this program.
    package static func migrate(databaseURL: String) throws {
        try MigrationRunner.migrate(DatabaseAddress(databaseURL))
    }

    /// The names of the standbys that a commit waits for; empty where it waits for none.
    package mutating func synchronousStandbyNames() throws -> String {
        try connection.query("SHOW synchronous_standby_names").single.text(0)
    }

    /// Whether this is a replica, which nobody can write.
    package mutating func isReplica() throws -> Bool {
        try connection.query("SELECT pg_is_in_recovery()").single.bool(0)
    }

    /// Runs a closure that sees one state of the database throughout, that of another session where
    /// its exported state is named.
    package mutating func snapshot<Value>(
        of exported: ExportedSnapshot? = nil, _ body: (inout RegistrySession) throws -> Value
    ) throws -> Value {
        try connection.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        do {
            if let exported {
                // The name is the server's, which knows it as a literal alone.
                try connection.query(
                    SQL(unsafeSQL: "SET TRANSACTION SNAPSHOT '\(exported.name)'"))
            }
            let value = try body(&self)
            try connection.commit()
            return value
        } catch {
            connection.rollBack()
            throw error
        }
    }
}

/// The state of the database that a session sees, for others to see it too while it lasts.
package struct ExportedSnapshot: Sendable {
    fileprivate let name: String
}

extension RegistrySession {
    /// Lets other sessions see what this one sees, until its `snapshot` ends.
    package mutating func exportSnapshot() throws -> ExportedSnapshot {
        let name = try connection.query("SELECT pg_export_snapshot()").single.text(0)
        guard name.utf8.allSatisfy({ $0 != UInt8(ascii: "'") }) else {
            throw StoreError.damaged("a snapshot of a strange name")
        }
        return ExportedSnapshot(name: name)
    }
}

extension LogPosition {
    /// The start of the log, before the first event of the first writer.
    package static let origin = LogPosition(epoch: 0, sequence: 0)
}
