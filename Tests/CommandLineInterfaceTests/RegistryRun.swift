import Foundation
import PostgresClient
import Testing

/// The built program over a database and a folder of its own.
///
///     try RegistryRun.with { registry in
///         let run = try registry.run("source", "add", "north")
///     }
struct RegistryRun {
    let address: DatabaseAddress
    let folder: TemporaryFolder

    /// Calls a closure with a new database, not yet migrated, which is dropped afterwards.
    static func with<Value>(_ body: (RegistryRun) throws -> Value) throws -> Value {
        try ThrowAwayCluster.withDatabase { address in
            try body(RegistryRun(address: address, folder: TemporaryFolder()))
        }
    }

    /// What names the database, and keeps the audit journal in the test's folder.
    var environment: [String: String] {
        ["PADRON_DATABASE_URL": address.connectionString, "PADRON_HOME": folder.path("home")]
    }

    /// Runs the program to its end.
    func run(_ arguments: String...) throws -> ProgramRun {
        try ProgramRun(arguments, environment: environment, in: folder)
    }

    /// Runs the program, which must succeed, and gives the lines that it printed.
    @discardableResult func lines(
        _ arguments: String..., at location: SourceLocation = #_sourceLocation
    ) throws -> [String] {
        let run = try ProgramRun(arguments, environment: environment, in: folder)
        #expect(run.status == 0, "\(arguments): \(run.errors)", sourceLocation: location)
        return run.output.split(separator: "\n").map(String.init)
    }

    /// Starts the program as a child.
    func start(_ arguments: String...) throws -> ChildProgram {
        try ChildProgram(arguments, environment: environment, in: folder)
    }

    /// Writes a generated extract of Chile and gives its path.
    func extract(persons: Int, seed: Int = 11) throws -> String {
        let path = folder.path("extract-\(persons)-\(seed).csv")
        try lines("synth", "--persons", "\(persons)", "--seed", "\(seed)", "--output", path)
        return path
    }

    /// The number of rows that a query counts.
    func count(_ statement: SQL) throws -> Int64 {
        var connection = try PostgresConnection(address)
        return try connection.query(statement).single.int64(0)
    }
}
