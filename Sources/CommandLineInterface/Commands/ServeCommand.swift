import Foundation
import NetworkIO
import PostgresClient
import Registry
import RegistryModel
import RegistryServer

/// `padron serve`: a node that answers over TCP.
enum ServeCommand {
    static let command = Command(
        specification: CommandSpecification(
            words: ["serve"], summary: "answer look-ups and registrations over TCP",
            discussion: """
                Reads the index, then prints one line with the address and serves until SIGTERM or
                SIGINT, when it finishes what it has taken. Every verb but HELLO, PING, HELP, AUTH
                and QUIT needs the token of a client ('padron client add').

                So that the next start is short, a copy of the index is kept in the folder snapshot
                of $PADRON_HOME: personal data, for the owner alone, deleted by an erasure. The flag
                --no-snapshot, or PADRON_NO_SNAPSHOT=1 for all commands, keeps none.
                """,
            options: [
                .value("--listen", "ADDR:PORT", "where to listen (default 127.0.0.1:7771)"),
                .flag("--plaintext", "allow other addresses than loopback without TLS"),
                .flag("--reader", "follow the log and never write"),
                .flag("--no-forward", "answer writes not-writer while another node writes"),
                .value("--audit", "relaxed|strict", "strict syncs each entry before the reply"),
                .flag(
                    "--no-snapshot", "keep no copy of the index on disk, and delete the last one"),
            ] + DatabaseAccess.options),
        run: run)

    private static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws {
        let (address, port) = try listenAddress(arguments.value("--listen") ?? "127.0.0.1:7771")
        let strictness = arguments.value("--audit") ?? "relaxed"
        guard ["relaxed", "strict"].contains(strictness) else {
            throw UsageError("--audit is relaxed or strict")
        }
        // Made before any thread, so that no thread takes the signals.
        let signals = try TerminationSignals()
        var options = serverOptions(arguments, context)
        try makeStateFolder(DatabaseAccess.stateFolder(arguments, context))
        options.address = address
        options.port = port
        options.allowsPlaintext = arguments.has("--plaintext")
        options.journal.isStrict = strictness == "strict"
        var nodeOptions = DatabaseAccess.nodeOptions(
            ProcessInfo.processInfo.hostName, arguments, context)
        nodeOptions.advertisedAddress = "\(address):\(port)"
        nodeOptions.servesCatalogs = true
        nodeOptions.role = arguments.has("--reader") ? .reader : .either
        if arguments.has("--no-snapshot") { nodeOptions.snapshotFolder = nil }
        if nodeOptions.snapshotFolder == nil {
            try SnapshotStore(folder: DatabaseAccess.snapshotFolder(arguments, context))
                .removeAll()
        }
        if !arguments.has("--no-forward") {
            options.forwarding = ForwardingOptions(allowsPlaintext: options.allowsPlaintext)
        }
        try DatabaseAccess.with(arguments, context) { database in
            let node = try RegistryNode.open(
                databaseURL: database.connectionString,
                options: nodeOptions)
            defer { node.close() }
            try RegistryServer.run(node, options: options, signals: signals) { port in
                let status = node.status()
                context.console.note(
                    "\(status.role.rawValue) at \(address):\(port),"
                        + " \(Figures.grouped(status.records)) records of"
                        + " \(Figures.grouped(status.persons)) persons,"
                        + " position \(status.position)")
                node.openingNote.map(context.console.note)
            }
        }
    }

    /// Options with a journal beside the private cluster and its key apart from both.
    static func serverOptions(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) -> ServerOptions {
        let home = DatabaseAccess.stateFolder(arguments, context)
        return ServerOptions(
            journal: AuditJournalOptions(
                directory: home + "/audit", keyFile: home + "/audit.key"))
    }

    /// Makes the folder of the audit journal, which beside another database nobody has made before.
    private static func makeStateFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure(
                "cannot make \(path) for the audit journal; name another by PADRON_HOME")
        }
    }

    /// The two halves of `ADDR:PORT`; an IPv6 address stands in brackets.
    static func listenAddress(_ text: String) throws(UsageError) -> (String, UInt16) {
        guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
            let port = UInt16(text[text.index(after: colon)...])
        else { throw UsageError("--listen takes ADDR:PORT, for example 127.0.0.1:7771") }
        var address = text[..<colon]
        if address.hasPrefix("["), address.hasSuffix("]") {
            address = address.dropFirst().dropLast()
        }
        return (address == "localhost" ? "127.0.0.1" : String(address), port)
    }
}
