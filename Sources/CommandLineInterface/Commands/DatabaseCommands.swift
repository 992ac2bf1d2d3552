import PostgresClient
import RegistryStore

/// `padron db`: the private PostgreSQL, and the schema of any database.
enum DatabaseCommands {
    static let commands = [start, stop, status, migrate, verify]

    private static let dataOption: [OptionSpecification] = [
        .value("--data", "DIR", "where the private PostgreSQL lies (default $PADRON_HOME)")
    ]

    private static let start = Command(
        specification: CommandSpecification(
            words: ["db", "start"], summary: "start the private PostgreSQL and keep it running",
            options: dataOption)
    ) { arguments, context in
        let cluster = PrivateCluster(home: DatabaseAccess.home(arguments, context))
        try cluster.start()
        context.console.print("\(try cluster.status())")
    }

    private static let stop = Command(
        specification: CommandSpecification(
            words: ["db", "stop"], summary: "stop the private PostgreSQL",
            discussion: "Commands that use it keep it running until the last one ends.",
            options: dataOption)
    ) { arguments, context in
        let cluster = PrivateCluster(home: DatabaseAccess.home(arguments, context))
        try cluster.stop()
        context.console.print("\(try cluster.status())")
    }

    private static let status = Command(
        specification: CommandSpecification(
            words: ["db", "status"], summary: "tell whether the private PostgreSQL runs",
            options: dataOption)
    ) { arguments, context in
        let cluster = PrivateCluster(home: DatabaseAccess.home(arguments, context))
        context.console.print("\(try cluster.status())")
    }

    private static let migrate = Command(
        specification: CommandSpecification(
            words: ["db", "migrate"], summary: "bring a database to this program's schema",
            options: DatabaseAccess.options)
    ) { arguments, context in
        let applied = try DatabaseAccess.with(arguments, context) { address in
            try MigrationRunner.migrate(address)
        }
        context.console.print(
            applied.isEmpty ? "up to date" : "applied " + applied.joined(separator: ", "))
    }

    private static let verify = Command(
        specification: CommandSpecification(
            words: ["db", "verify"], summary: "prove that the database holds what it should",
            discussion: """
                Checks the migrations' checksums, the log's sequence, constraints, and that every
                link and golden record equals what its source records yield. Ends with 1 where
                anything is wrong.
                """,
            options: DatabaseAccess.options)
    ) { arguments, context in
        let findings = try DatabaseAccess.withSession(arguments, context) { session in
            try verify(&session, context.console)
        }
        for finding in findings { context.console.print("\(finding)") }
        guard findings.isEmpty else {
            throw CommandFailure("\(Figures.grouped(findings.count)) findings")
        }
        context.console.print("nothing found")
    }

    /// Runs all checks, those of the migrations first.
    static func verify(
        _ session: inout RegistrySession, _ console: Console
    ) throws -> [VerificationFinding] {
        console.progress("verifying")
        defer { console.clearProgress() }
        let migrations = try MigrationRunner.verify(&session.connection).map {
            VerificationFinding(check: "migrations", finding: $0)
        }
        return try migrations + session.verify().findings
    }
}
