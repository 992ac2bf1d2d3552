import Foundation
import PostgresClient

/// The program `padron`.
package enum Program {
    /// Runs the command that `arguments` name and gives the exit status: 0, 1 or 2.
    package static func run(_ arguments: [String]) -> Int32 {
        // A client or a pipe that goes away is seen as an error where it is written to.
        signal(SIGPIPE, SIG_IGN)
        let console = Console()
        let context = CommandContext(
            console: console, environment: ProcessInfo.processInfo.environment)
        do {
            try run(arguments, context)
            return 0
        } catch let error as UsageError {
            console.note("padron: \(error)")
            return 2
        } catch let error as PostgresError where error.kind == .connectionFailed {
            console.note("padron: cannot reach the database: \(error); check --database")
            return 1
        } catch {
            console.note("padron: \(error)")
            return 1
        }
    }

    private static func run(_ arguments: [String], _ context: CommandContext) throws {
        guard let first = arguments.first else {
            throw UsageError("no command is given; 'padron help' lists them")
        }
        if ["help", "--help", "-h"].contains(first) {
            return try help(Array(arguments.dropFirst()), context.console)
        }
        if first == "--version" || first == "version" {
            return context.console.print("padron \(version)")
        }
        guard let command = CommandTable.command(matching: arguments) else {
            let group = CommandTable.commands.filter { $0.specification.words.first == first }
            if group.isEmpty {
                throw UsageError("unknown command '\(first)'; 'padron help' lists them")
            }
            if arguments.dropFirst().first == "--help" {
                return context.console.printRaw(HelpText.overview(group.map(\.specification)))
            }
            let next = group.compactMap { $0.specification.words.dropFirst().first }
            throw UsageError("'padron \(first)' takes one of: \(next.joined(separator: ", "))")
        }
        let rest = Array(arguments.dropFirst(command.specification.words.count))
        let parsed = try ParsedArguments(rest, for: command.specification)
        if parsed.wantsHelp {
            return context.console.printRaw(HelpText.command(command.specification))
        }
        guard let audit = CommandAudit(command.specification, parsed, context) else {
            return try command.run(parsed, context)
        }
        var audited = context
        audited.audit = audit
        try audit.record { try command.run(parsed, audited) }
    }

    private static func help(_ words: [String], _ console: Console) throws {
        if words.isEmpty {
            let all = CommandTable.commands.map(\.specification)
            return console.printRaw(HelpText.overview(all))
        }
        let matching = CommandTable.commands.filter { $0.specification.words.starts(with: words) }
        switch matching.count {
        case 0:
            throw UsageError("unknown command '\(words.joined(separator: " "))'")
        case 1: console.printRaw(HelpText.command(matching[0].specification))
        default: console.printRaw(HelpText.overview(matching.map(\.specification)))
        }
    }

    /// The version of the program.
    package static let version = "0.1.0"
}
