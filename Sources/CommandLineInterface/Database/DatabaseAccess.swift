import PostgresClient
import Registry
import RegistryStore

/// The options that say which database a command works on.
enum DatabaseAccess {
    static let options: [OptionSpecification] = [
        .value("--database", "URL", "a PostgreSQL to use instead of the private one"),
        .value("--data", "DIR", "where the private PostgreSQL lies (default $PADRON_HOME)"),
    ]

    /// Runs `body` on the database that the arguments, the environment or the default name.
    ///
    /// The private PostgreSQL is started where it is needed, and stopped by its last user.
    static func with<Result>(
        _ arguments: ParsedArguments, _ context: CommandContext,
        _ body: (DatabaseAddress) throws -> Result
    ) throws -> Result {
        try context.audit?.begin()
        if let url = externalURL(arguments, context) { return try body(DatabaseAddress(url)) }
        let lease = try PrivateCluster(home: home(arguments, context)).join()
        return try lease.use { try body($0) }
    }

    /// As `with`, with a session on a database whose schema is up to date.
    static func withSession<Result>(
        _ arguments: ParsedArguments, _ context: CommandContext,
        _ body: (inout RegistrySession) throws -> Result
    ) throws -> Result {
        try with(arguments, context) { address in
            try MigrationRunner.migrate(address)
            var session = try RegistrySession(address)
            return try body(&session)
        }
    }

    /// Where a node keeps its audit journal: the private cluster's home, also beside another database.
    static func stateFolder(_ arguments: ParsedArguments, _ context: CommandContext) -> String {
        PrivateCluster(home: home(arguments, context)).home
    }

    /// Where nodes keep a snapshot of their index, which is a copy of personal data.
    static func snapshotFolder(_ arguments: ParsedArguments, _ context: CommandContext) -> String {
        stateFolder(arguments, context) + "/snapshot"
    }

    /// Options of a node of this command, which keeps a snapshot unless the environment forbids it.
    static func nodeOptions(
        _ name: String, _ arguments: ParsedArguments, _ context: CommandContext
    ) -> RegistryNodeOptions {
        let isForbidden = !(context.environment["PADRON_NO_SNAPSHOT"] ?? "").isEmpty
        var options = RegistryNodeOptions(
            nodeName: name,
            snapshotFolder: isForbidden ? nil : snapshotFolder(arguments, context))
        let console = context.console
        options.note = { console.note("padron: \($0)") }
        return options
    }

    /// The private cluster's folder; nil for the default one.
    static func home(_ arguments: ParsedArguments, _ context: CommandContext) -> String? {
        let named = arguments.value("--data") ?? context.environment["PADRON_HOME"]
        return named.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The database that a user named; `--data` asks for the private one whatever is in the environment.
    static func externalURL(_ arguments: ParsedArguments, _ context: CommandContext) -> String? {
        if let url = arguments.value("--database") { return url }
        guard arguments.value("--data") == nil else { return nil }
        let url = context.environment["PADRON_DATABASE_URL"] ?? ""
        return url.isEmpty ? nil : url
    }
}
