/// One command: what it takes and what it does.
struct Command: Sendable {
    var specification: CommandSpecification
    var run: @Sendable (ParsedArguments, CommandContext) throws -> Void
}

/// What every command is given.
struct CommandContext: Sendable {
    var console: Console
    /// The process environment.
    var environment: [String: String]
    /// Where it says that it works on the database; nil for a command that need not.
    var audit: CommandAudit?
}

/// A failure with one line for the user; ends the program with status 1.
struct CommandFailure: Error, CustomStringConvertible {
    var description: String

    /// Creates a failure.
    init(_ description: String) { self.description = description }
}
