import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel

/// The decisions: `padron merge unmerge link record unlink split distinct confirm accept restrict pin
/// unpin undo retire renumber`.
enum DecisionCommands {
    static let commands = [
        merge, unmerge, linkRecord, unlink, split, distinct, confirm, accept, restrict, pin,
        unpin, undo, retire, renumber,
    ]

    private static let common: [OptionSpecification] = [
        .value("--reason", "TEXT", "why; it stands in the history", isRequired: true),
        .value("--if-version", "EUID:VERSION,...", "refuse if a person has changed since"),
        .flag("--preview", "show what would be done, and do nothing"),
        .flag("--yes", "decide without being asked"),
        .flag("--json", "print what was done as JSON"),
    ]

    private static let rejoin = OptionSpecification.flag(
        "--rejoin", "do not hold the parts apart: matching may join them again")

    private static let subject = "a person by EUID, or a record as SOURCE:LOCAL_ID"

    private static let merge = command(
        ["merge"], "make two persons one", [("RETIRED", "the person whose records move")],
        [.value("--into", "SURVIVOR", "the person who has them from then on", isRequired: true)]
    ) { arguments in
        .merge(
            retired: try person(arguments.operands[0]),
            survivor: try person(arguments.required("--into")))
    }

    private static let unmerge = command(
        ["unmerge"], "take a merge back, and hold the two apart",
        [("OPERATION", "the number of the merge")], [rejoin]
    ) { arguments in
        .unmerge(operation: try operation(arguments), mayRejoin: arguments.has("--rejoin"))
    }

    private static let linkRecord = command(
        ["link", "record"], "move one record to a person",
        [("SOURCE:LOCAL_ID", "the record that moves")],
        [.value("--to", "EUID", "the person who has it from then on", isRequired: true)]
    ) { arguments in
        .link(
            try record(arguments.operands[0]), to: try person(arguments.required("--to")))
    }

    private static let unlink = command(
        ["unlink"], "give a record a person of its own",
        [("SOURCE:LOCAL_ID", "the record that leaves its person")], [rejoin]
    ) { arguments in
        .unlink(try record(arguments.operands[0]), mayRejoin: arguments.has("--rejoin"))
    }

    private static let split = command(
        ["split"], "give some records of a person a person of their own",
        [("EUID", "the person whom records leave"), ("SOURCE:LOCAL_ID", "a record that leaves")],
        [rejoin], isRepeated: true
    ) { arguments in
        .split(
            try person(arguments.operands[0]), try arguments.operands.dropFirst().map(record),
            mayRejoin: arguments.has("--rejoin"))
    }

    private static let distinct = command(
        ["distinct"], "hold two persons apart, whatever matching says",
        [("A", subject), ("B", subject)], []
    ) { arguments in
        .distinct(
            try named(arguments.operands[0]), try named(arguments.operands[1]))
    }

    private static let confirm = command(
        ["confirm"], "hold records of one person together, whatever matching says",
        [("A", subject), ("B", subject)], []
    ) { arguments in
        .confirm(
            try named(arguments.operands[0]), try named(arguments.operands[1]))
    }

    private static let accept = command(
        ["accept"], "answer what is asked of a record alone: it stands as it is",
        [("SOURCE:LOCAL_ID", "the record")], []
    ) { arguments in .accept(try record(arguments.operands[0])) }

    private static let restrict = command(
        ["restrict"], "have a server answer the person of a record without demographics",
        [("SOURCE:LOCAL_ID", "a record of the person")], []
    ) { arguments in .restrict(try record(arguments.operands[0])) }

    private static let pin = command(
        ["pin"], "pin values in a golden record, whatever its records say",
        [
            ("SUBJECT", subject),
            ("FIELD=VALUE", "a field and its value; no value says that there is none"),
        ], [], isRepeated: true
    ) { arguments in
        .pin(try named(arguments.operands[0]), try PinnedFields.values(arguments.operands[1...]))
    }

    private static let unpin = command(
        ["unpin"], "let a person's records decide its pinned fields again",
        [("SUBJECT", subject), ("FIELD", "a field to let go of")], [], isRepeated: true
    ) { arguments in
        .unpin(try named(arguments.operands[0]), try PinnedFields.fields(arguments.operands[1...]))
    }

    private static let undo = command(
        ["undo"], "take an operation back; what later ones hold stays, and is told",
        [("OPERATION", "the number of the operation")], []
    ) { arguments in .undo(operation: try operation(arguments)) }

    private static let retire = command(
        ["retire"], "withdraw a source's record: it no longer counts",
        [("SOURCE:LOCAL_ID", "the record")],
        [.value("--into", "LOCAL_ID", "the source merged it into this one of its own")]
    ) { arguments in
        let record = try record(arguments.operands[0])
        return .retire(
            record,
            into: arguments.value("--into").map {
                LocalIdentifier(authority: record.authority, value: $0)
            })
    }

    private static let renumber = command(
        ["renumber"], "change the local identifier of a source's record",
        [("SOURCE:LOCAL_ID", "the record")],
        [.value("--to", "LOCAL_ID", "what it is from then on", isRequired: true)]
    ) { arguments in
        .renumber(try record(arguments.operands[0]), to: try arguments.required("--to"))
    }

    private static func command(
        _ words: [String], _ summary: String, _ operands: [(name: String, summary: String)],
        _ options: [OptionSpecification], isRepeated: Bool = false,
        _ decision: @escaping @Sendable (ParsedArguments) throws -> Decision
    ) -> Command {
        Command(
            specification: CommandSpecification(
                words: words, summary: summary,
                discussion: """
                    Shows what will be done and asks, unless --yes is given. Done by a living server
                    where there is one, else by this command. Every decision is one operation that
                    'padron undo' takes back.
                    """,
                operands: operands.enumerated().map { place, operand in
                    OperandSpecification(
                        name: operand.name, summary: operand.summary,
                        isRepeated: isRepeated && place == operands.count - 1)
                }, options: options + common + DatabaseAccess.options)
        ) { arguments, context in
            try run(try decision(arguments), arguments, context)
        }
    }

    private static func run(
        _ decision: Decision, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws {
        let console = context.console
        if case .undo(let operation) = decision,
            try RematchCommands.undo(operation, arguments, context)
        {
            return
        }
        let request = DecisionRequest(
            decision, actor: LoadCommands.userName(context),
            reason: try arguments.required("--reason"), expectedVersions: try versions(arguments))
        let outcome = try DatabaseAccess.with(arguments, context) { address in
            let job = DecisionJob(
                databaseURL: address.connectionString,
                node: DatabaseAccess.nodeOptions(
                    "padron \(decision.kind.rawValue)", arguments, context))
            let work = PreviewedWork(
                request, by: job, question: "\(decision.kind.rawValue)?",
                refusal: "nothing was decided")
            return try work.run(arguments, console)
        }
        console.print(outcome, asJSON: arguments.has("--json"))
    }
}

// What the operands and options name.
extension DecisionCommands {
    private static func person(_ text: String) throws(UsageError) -> EnterpriseIdentifier {
        guard case .person(let person)? = DecisionSubject(text) else {
            throw UsageError("'\(text)' is no EUID; look at its 14 characters again")
        }
        return person
    }

    @Sendable static func record(_ text: String) throws(UsageError) -> LocalIdentifier {
        guard case .record(let record)? = DecisionSubject(text) else {
            throw UsageError("'\(text)' is no record; write SOURCE:LOCAL_ID")
        }
        return record
    }

    static func named(_ text: String) throws(UsageError) -> DecisionSubject {
        guard let subject = DecisionSubject(text) else {
            throw UsageError("'\(text)' is neither an EUID nor a SOURCE:LOCAL_ID")
        }
        return subject
    }

    private static func operation(_ arguments: ParsedArguments) throws(UsageError) -> Int64 {
        guard let number = Int64(arguments.operands[0]), number > 0 else {
            throw UsageError("OPERATION is a number")
        }
        return number
    }

    private static func versions(
        _ arguments: ParsedArguments
    ) throws(UsageError) -> [EnterpriseIdentifier: Int64] {
        var versions: [EnterpriseIdentifier: Int64] = [:]
        for text in (arguments.value("--if-version") ?? "").split(separator: ",") {
            let parts = text.split(separator: ":")
            guard parts.count == 2, let version = Int64(parts[1]) else {
                throw UsageError("--if-version takes EUID:VERSION")
            }
            versions[try person(String(parts[0]))] = version
        }
        return versions
    }
}
