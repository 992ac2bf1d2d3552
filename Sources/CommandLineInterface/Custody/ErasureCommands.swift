import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore

/// `padron erase`: what is known of a person goes for good, by two persons and under a legal basis.
enum ErasureCommands {
    static let commands = [request, list, approve, refuse, allow, repetition]

    private static let number = OperandSpecification(
        name: "ERASURE", summary: "its number; 'padron erase list' has them")

    private static let request = Command(
        specification: CommandSpecification(
            words: ["erase", "request"], summary: "ask that a person be erased for good",
            discussion: """
                Of an EUID all records are erased, of a SOURCE:LOCAL_ID that record alone. Nothing
                happens until another person approves it.
                """,
            operands: [
                OperandSpecification(name: "EUID|SOURCE:LOCAL_ID", summary: "whom or what to erase")
            ],
            options: [
                .value(
                    "--basis", "TEXT", "the law or decision, without personal data",
                    isRequired: true)
            ] + DatabaseAccess.options)
    ) { arguments, context in
        let subject = try DecisionCommands.named(arguments.operands[0])
        let basis = try arguments.required("--basis")
        let erasure = try DatabaseAccess.withSession(arguments, context) { session in
            try ErasureRequest.make(
                of: subject, basis: basis, actor: actor(context), &session)
        }
        context.console.print(
            "erasure \(erasure.number) of \(Figures.counted(erasure.records.count, "record"))"
                + " waits for another person: padron erase approve \(erasure.number)")
    }

    private static let list = Command(
        specification: CommandSpecification(
            words: ["erase", "list"], summary: "list who is to be or was erased, and by whom",
            options: [.flag("--json", "print a JSON object a line")] + DatabaseAccess.options)
    ) { arguments, context in
        let erasures = try DatabaseAccess.withSession(arguments, context) { session in
            try ledger(arguments, context).update(&session)
            return try session.erasures()
        }
        if arguments.has("--json") {
            for erasure in erasures { context.console.print(json(erasure)) }
            return
        }
        var table = TextTable([
            "erasure", "state", "euid", "records", "requested by", "decided by", "operation",
            "basis",
        ])
        for erasure in erasures {
            table.add([
                "\(erasure.number)", erasure.state.rawValue, erasure.person.description,
                "\(erasure.records.count)", erasure.requestedBy, erasure.decidedBy ?? "",
                erasure.operation.map { "\($0)" } ?? "", erasure.basis,
            ])
        }
        table.lines.forEach(context.console.print)
    }

    private static let approve = Command(
        specification: CommandSpecification(
            words: ["erase", "approve"], summary: "erase what another person asked for",
            discussion: """
                Takes names, dates and identifiers out of all versions, golden records, staged rows,
                reasons and requests, and out of the memory and the snapshots of every node; the log
                tells it to all who follow it. The EUID is never used again and answers that it is
                erased, and so does the source's local identifier: sending it again is refused until
                'padron erase allow'. Nothing takes an erasure back. Backups, exports, journals and
                archived WAL made before hold the data until they are deleted. Freed space of the
                server's files may hold bytes until it is used again: 'VACUUM FULL', or a backup
                restored, leaves none. What was erased is noted, as digests, in
                $PADRON_HOME/erasures.ledger: keep a copy of it apart from the backups, since by it
                'db restore' erases again what a backup brings back.
                """,
            operands: [number],
            options: [
                .flag("--preview", "show what would be done, and do nothing"),
                .flag("--yes", "erase without being asked"),
                .flag("--json", "print what was done as JSON"),
            ] + DatabaseAccess.options)
    ) { arguments, context in
        let console = context.console
        let request = DecisionRequest(
            .erase(request: try number(arguments)), actor: actor(context))
        let outcome = try DatabaseAccess.with(arguments, context) { address in
            let job = DecisionJob(
                databaseURL: address.connectionString,
                node: DatabaseAccess.nodeOptions("padron erase", arguments, context))
            let work = PreviewedWork(
                request, by: job, question: "erase for good?", refusal: "nothing was erased",
                beforehand: {
                    // The writer deletes its own, and every node that runs; here may lie one of a
                    // node that does not run, and the writer be on another machine.
                    try SnapshotStore(folder: DatabaseAccess.snapshotFolder(arguments, context))
                        .removeAll()
                }
            ) {
                console.progress("cleaning up")
                defer { console.clearProgress() }
                var session = try RegistrySession(address)
                try session.cleanAfterErasure()
                try ledger(arguments, context).update(&session)
            }
            return try work.run(arguments, console)
        }
        console.print(outcome, asJSON: arguments.has("--json"))
    }

    private static let refuse = Command(
        specification: CommandSpecification(
            words: ["erase", "refuse"], summary: "refuse an erasure, or take its request back",
            operands: [number], options: DatabaseAccess.options)
    ) { arguments, context in
        let number = try number(arguments)
        try DatabaseAccess.withSession(arguments, context) { session in
            try session.refuseErasure(number, actor: actor(context))
        }
        context.console.print("erasure \(number) is refused")
    }

    private static let allow = Command(
        specification: CommandSpecification(
            words: ["erase", "allow"],
            summary: "let a source send the local identifier of an erased record again",
            discussion: "What it sends then is a new record of a new or another person.",
            operands: [OperandSpecification(name: "SOURCE:LOCAL_ID", summary: "as it was sent")],
            options: [
                .value(
                    "--reason", "TEXT", "why, without personal data", isRequired: true)
            ] + DatabaseAccess.options)
    ) { arguments, context in
        let name = try DecisionCommands.record(arguments.operands[0])
        let reason = try arguments.required("--reason")
        try DatabaseAccess.withSession(arguments, context) { session in
            let source = try session.sources().first { $0.source.code == name.authority }
            guard let source else {
                throw RegistryError(
                    .unknownSource, "no such source; padron source list has them")
            }
            try session.allowErasedName(
                source: source.number, localID: name.value, actor: actor(context),
                reason: reason)
        }
        context.console.print("the source may send it again")
    }

    private static let repetition = Command(
        specification: CommandSpecification(
            words: ["erase", "repeat"],
            summary: "erase again what a restored backup has brought back",
            discussion: """
                By the ledger that this program keeps outside the database. 'db restore' does it by
                itself where it finds the ledger.
                """,
            options: [ledgerOption] + DatabaseAccess.options)
    ) { arguments, context in
        let ledger = try ledger(arguments, context)
        guard ledger.exists else { throw CommandFailure("there is no \(ledger.path)") }
        try DatabaseAccess.with(arguments, context) { address in
            try repeatErasures(
                ledger, address, DatabaseAccess.nodeOptions("padron erase", arguments, context),
                context.console)
        }
    }

    static let ledgerOption = OptionSpecification.value(
        "--ledger", "FILE", "the ledger of erasures (default in $PADRON_HOME)")

    /// The ledger that the arguments name, or the one of this machine.
    static func ledger(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(UsageError) -> ErasureLedger {
        guard let path = arguments.value("--ledger") else {
            return ErasureLedger(
                path: DatabaseAccess.stateFolder(arguments, context) + "/erasures.ledger")
        }
        guard ErasureLedger(path: path).exists else { throw UsageError("there is no \(path)") }
        return ErasureLedger(path: path)
    }

    /// Erases again what the ledger names and the registry still holds, and tells how much that was.
    static func repeatErasures(
        _ ledger: ErasureLedger, _ address: DatabaseAddress, _ node: RegistryNodeOptions,
        _ console: Console
    ) throws {
        let repeated = try ledger.repeatErasures(in: address.connectionString, node: node)
        console.print(
            "\(Figures.counted(repeated.erasures, "erasure")) done again:"
                + " \(Figures.counted(repeated.records, "record"))")
        guard repeated.names > 0 else { return }
        console.print(
            "\(Figures.counted(repeated.names, "more local identifier")) of erased records will be"
                + " refused")
    }

    private static func number(_ arguments: ParsedArguments) throws -> Int64 {
        guard let number = Int64(arguments.operands[0]) else {
            throw UsageError("ERASURE is a number; 'padron erase list' has them")
        }
        return number
    }

    /// The person at the keyboard: of two who work as root by `sudo`, each is told from the other.
    private static func actor(_ context: CommandContext) -> String {
        let user = LoadCommands.userName(context)
        let caller = context.environment["SUDO_USER"] ?? ""
        return user == "os:root" && !caller.isEmpty ? "os:" + caller : user
    }

    private static func json(_ erasure: Erasure) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("erasure")
        writer.integer(erasure.number)
        writer.key("state")
        writer.string(erasure.state.rawValue)
        writer.key("euid")
        writer.string(erasure.person.description)
        writer.key("records")
        writer.integer(Int64(erasure.records.count))
        writer.key("basis")
        writer.string(erasure.basis)
        writer.key("requested_by")
        writer.string(erasure.requestedBy)
        writer.key("requested_at")
        writer.string(Timestamp.text(of: erasure.requestedAt))
        if let decidedBy = erasure.decidedBy, let decidedAt = erasure.decidedAt {
            writer.key("decided_by")
            writer.string(decidedBy)
            writer.key("decided_at")
            writer.string(Timestamp.text(of: decidedAt))
        }
        if let operation = erasure.operation {
            writer.key("operation")
            writer.integer(operation)
        }
        writer.endObject()
        return writer.text
    }
}
