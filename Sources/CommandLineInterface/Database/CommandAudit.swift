import Foundation
import RegistryModel
import RegistryServer
import Synchronization

/// The record of who worked on the database by commands of this program, without a server.
///
/// A command writes an entry before it touches the database and one when it has ended, into a journal
/// of their own beside the node's, under the same key. One that cannot write it does nothing.
final class CommandAudit: Sendable {
    /// How long a command waits for another that writes its entry.
    private static let waitSecondsMax = 10.0
    /// Commands that keep a journal of their own, or that touch no person.
    private static let exempt: Set<String> = ["serve", "db", "demo"]

    private let options: AuditJournalOptions
    private let client: String
    private let action: String
    private let purpose: String
    /// Whom the arguments name, and whom the command has told of besides.
    private let persons: Mutex<[EnterpriseIdentifier]>
    private let hasBegun = Mutex(false)

    /// The audit of a command; nil for one that works on no database of a registry.
    init?(
        _ command: CommandSpecification, _ arguments: ParsedArguments, _ context: CommandContext
    ) {
        let names = Set(command.options.map(\.name))
        guard names.isSuperset(of: DatabaseAccess.options.map(\.name)),
            let first = command.words.first, !Self.exempt.contains(first)
        else { return nil }
        let state = DatabaseAccess.stateFolder(arguments, context)
        options = AuditJournalOptions(
            directory: state + "/audit-commands", keyFile: state + "/audit.key")
        client = LoadCommands.userName(context)
        action = "padron " + command.words.joined(separator: " ")
        let purpose = arguments.value("--purpose") ?? ""
        self.purpose = AccessPurpose.isCode(purpose) ? purpose : ""
        let named = arguments.operands + ["--into", "--to"].compactMap { arguments.value($0) }
        persons = Mutex(
            named.compactMap { text in
                if case .person(let person)? = DecisionSubject(text) { person } else { nil }
            })
    }

    /// Writes that the command begins, the first time that it is asked.
    func begin() throws {
        let isFirst = hasBegun.withLock { hasBegun in
            defer { hasBegun = true }
            return !hasBegun
        }
        if isFirst { try write("begun") }
    }

    /// Takes note of whose data the command is about to show; of a restricted person the journal tells it
    /// before anybody has seen it.
    func tell(_ told: [EnterpriseIdentifier], _ outcome: RestrictedOutcome?) throws {
        persons.withLock { persons in
            for person in told where !persons.contains(person) { persons.append(person) }
        }
        if let outcome { try write(outcome.rawValue) }
    }

    /// Runs a command, and writes how it has ended if it had begun.
    func record(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            try end("failed")
            throw error
        }
        try end("ok")
    }

    private func end(_ outcome: String) throws {
        if hasBegun.withLock({ $0 }) { try write(outcome) }
    }

    private func write(_ outcome: String) throws {
        try FileManager.default.createDirectory(
            atPath: options.directory, withIntermediateDirectories: true)
        let journal = try open()
        defer { journal.close() }
        var batch = AuditBatch()
        batch.setTime(Int64(Date().timeIntervalSince1970 * 1_000_000))
        batch.append(
            client: client, action: action, purpose: purpose,
            persons: persons.withLock { $0 }, outcome: outcome)
        try journal.append(batch)
    }

    private func open() throws -> AuditJournal {
        let deadline = Date(timeIntervalSinceNow: Self.waitSecondsMax)
        while true {
            do throws(AuditJournalError) {
                return try AuditJournal(options)
            } catch {
                guard case .inUse = error, Date() < deadline else { throw error }
                Thread.sleep(forTimeInterval: 0.01)
            }
        }
    }
}
