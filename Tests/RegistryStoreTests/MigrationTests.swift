import Dispatch
import Foundation
import PostgresClient
import RegistryStore
import Synchronization
import Testing

/// A schema is brought forward whole, once, and only by programs that know it.
///
/// Method: real databases; small migrations of the test's own beside those of the program.
@Suite struct MigrationTests {
    private static func migration(_ name: String, _ sql: String) throws -> Migration {
        try #require(Migration(name: name, sql: sql))
    }

    private static func tableExists(_ name: String, _ address: DatabaseAddress) throws -> Bool {
        var connection = try PostgresConnection(address)
        return try connection.query("SELECT to_regclass(\(name)) IS NOT NULL").single.bool(0)
    }

    @Test func theEmbeddedListIsTheFolder() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(
                path: "Migrations/SQL")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".sql") }.map { String($0.dropLast(4)) }.sorted()
        #expect(Migration.embedded.map(\.name) == names)
        #expect(Migration.embedded.map(\.number) == Array(1...names.count))
        for migration in Migration.embedded {
            let file = folder.appending(path: migration.name + ".sql")
            #expect(try String(contentsOf: file, encoding: .utf8) == migration.sql)
        }
    }

    @Test func aFreshDatabaseIsBroughtForwardOnce() throws {
        try ThrowAwayCluster.withDatabase { (address) throws in
            #expect(try MigrationRunner.migrate(address) == Migration.embedded.map(\.name))
            #expect(try MigrationRunner.migrate(address).isEmpty)
            var connection = try PostgresConnection(address)
            #expect(try MigrationRunner.verify(&connection).isEmpty)
        }
    }

    @Test func manyAtOnceApplyEachOnce() throws {
        try ThrowAwayCluster.withDatabase { (address) throws in
            let applied = Mutex<[String]>([])
            DispatchQueue.concurrentPerform(iterations: 6) { _ in
                let names = (try? MigrationRunner.migrate(address)) ?? ["failed"]
                applied.withLock { $0 += names }
            }
            #expect(applied.withLock { $0.sorted() } == Migration.embedded.map(\.name))
        }
    }

    @Test func anExtensionElsewhereIsNamedWithWhatMovesIt() throws {
        try ThrowAwayCluster.withDatabase { (address) throws in
            var connection = try PostgresConnection(address)
            try connection.execute("CREATE EXTENSION cube")
            let problem = MigrationError.extensionElsewhere(name: "cube", schema: "public")
            #expect(throws: problem) { try MigrationRunner.migrate(address) }
            try connection.execute("ALTER EXTENSION cube SET SCHEMA padron")
            #expect(try MigrationRunner.migrate(address) == Migration.embedded.map(\.name))
        }
    }

    @Test func aChangedMigrationIsRefused() throws {
        try ThrowAwayCluster.withDatabase { (address) throws in
            let first = try Self.migration("0001-a", "CREATE TABLE padron.a (x int)")
            try MigrationRunner.migrate(address, migrations: [first])
            let other = try Self.migration("0001-a", "CREATE TABLE padron.a (x bigint)")
            #expect(throws: MigrationError.changed(name: "0001-a")) {
                try MigrationRunner.migrate(address, migrations: [other])
            }
        }
    }

    @Test func aNewerDatabaseIsRefusedOnlyWhereItSaysSo() throws {
        try ThrowAwayCluster.withDatabase { (address) throws in
            let first = try Self.migration("0001-a", "CREATE TABLE padron.a (x int)")
            let harmless = try Self.migration(
                "0002-b", "-- padron: oldest-reader 1\nCREATE TABLE padron.b (x int)")
            let breaking = try Self.migration("0003-c", "DROP TABLE padron.a")
            try MigrationRunner.migrate(address, migrations: [first, harmless])
            #expect(try MigrationRunner.migrate(address, migrations: [first]).isEmpty)
            try MigrationRunner.migrate(address, migrations: [first, harmless, breaking])
            #expect(throws: MigrationError.databaseIsNewer(oldestReader: 3)) {
                try MigrationRunner.migrate(address, migrations: [first])
            }
        }
    }

    @Test func aFailedMigrationLeavesNothing() throws {
        try ThrowAwayCluster.withDatabase { (address) throws in
            let good = try Self.migration("0001-a", "CREATE TABLE padron.a (x int)")
            let bad = try Self.migration("0002-b", "CREATE TABLE padron.b (x int); SELECT 1 / 0")
            #expect(throws: MigrationError.self) {
                try MigrationRunner.migrate(address, migrations: [good, bad])
            }
            #expect(try Self.tableExists("padron.a", address))
            #expect(try !Self.tableExists("padron.b", address))
            let mended = try Self.migration("0002-b", "CREATE TABLE padron.b (x int)")
            #expect(try MigrationRunner.migrate(address, migrations: [good, mended]) == ["0002-b"])
        }
    }

    @Test func anIndexIsMadeOutsideTransactions() throws {
        try ThrowAwayCluster.withDatabase { (address) throws in
            let table = try Self.migration("0001-a", "CREATE TABLE padron.a (x int)")
            let index = try Self.migration(
                "0002-i",
                "-- padron: no-transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS i ON padron.a (x)"
            )
            try MigrationRunner.migrate(address, migrations: [table, index])
            #expect(try Self.tableExists("padron.i", address))
        }
    }
}
