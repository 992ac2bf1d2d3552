import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore

/// `padron release`: imports as the catalogs have them.
enum ReleaseCommands {
    static let commands = [list, show, activate, revert, abandon]

    private static let decided: [OptionSpecification] = [
        .value("--reason", "TEXT", "why; it stands in the history", isRequired: true),
        .flag("--yes", "do it without being asked"),
        .flag("--json", "print what was done as JSON"),
    ]

    private static let list = Command(
        specification: CommandSpecification(
            words: ["release", "list"], summary: "list imports into catalogs, the latest first",
            discussion: """
                Tells, too, what imports that died or were told no have left behind, and how it
                is made live or cleared away.
                """,
            options: [
                .value("--catalog", "KIND/AUTHORITY", "of one catalog, such as facility/cl-deis"),
                .flag("--json", "one JSON object a line"),
            ] + DatabaseAccess.options)
    ) { arguments, context in
        let catalog = try arguments.value("--catalog").map(catalog)
        let (releases, leftovers) = try DatabaseAccess.withSession(arguments, context) { session in
            let releases = try session.releases(of: catalog)
            return (releases, try session.leftovers(among: releases))
        }
        let lines =
            arguments.has("--json")
            ? releases.map(ReleaseText.json) : ReleaseText.table(releases)
        lines.forEach(context.console.print)
        leftovers.map(ReleaseText.line(ofLeftover:)).forEach(context.console.note)
    }

    private static let show = Command(
        specification: CommandSpecification(
            words: ["release", "show"], summary: "show one import, as JSON",
            operands: [OperandSpecification(name: "RELEASE", summary: "its number")],
            options: DatabaseAccess.options)
    ) { arguments, context in
        let number = try number(arguments)
        let release = try DatabaseAccess.withSession(arguments, context) { session in
            try session.release(number)
        }
        context.console.print(ReleaseText.json(release))
    }

    private static let activate = Command(
        specification: CommandSpecification(
            words: ["release", "activate"], summary: "make a staged import visible",
            discussion: """
                An import that was told no, or that died between staging and activation, waits
                as 'staged' until it is activated or the next import of its catalog clears it away.
                Refused where another import of the catalog has become live since.
                """,
            operands: [OperandSpecification(name: "RELEASE", summary: "its number")],
            options: decided + DatabaseAccess.options)
    ) { arguments, context in
        let number = try number(arguments)
        let reason = try arguments.required("--reason")
        let outcome = try DatabaseAccess.with(arguments, context) { address in
            let isAgreed =
                try arguments.has("--yes")
                || context.console.asksYes("make release \(number) live?")
            guard isAgreed else { throw CommandFailure("nothing was made live") }
            return try ReleaseJob(databaseURL: address.connectionString).activate(
                number, actor: LoadCommands.userName(context), reason: reason)
        }
        context.console.print(outcome, asJSON: arguments.has("--json"))
    }

    private static let revert = Command(
        specification: CommandSpecification(
            words: ["release", "revert"], summary: "take a live import back",
            discussion: """
                What the catalog said before is what it says again, at once and as a whole. Refused,
                with a list, while a later import of the catalog is live or while other catalogs
                refer to codes that would be gone. To import the file again makes a new release.
                """,
            operands: [OperandSpecification(name: "RELEASE", summary: "its number")],
            options: [.flag("--preview", "show what would be done, and do nothing")] + decided
                + DatabaseAccess.options)
    ) { arguments, context in
        let number = try number(arguments)
        let reason = try arguments.required("--reason")
        let console = context.console
        let outcome = try DatabaseAccess.with(arguments, context) { address -> DecisionOutcome? in
            let job = ReleaseJob(databaseURL: address.connectionString)
            let preview = try job.preview(revertOf: number)
            let isBlocked = preview.refusal != nil || !preview.dependents.isEmpty
            if arguments.has("--preview") {
                ReleaseText.lines(preview).forEach(console.print)
                return nil
            }
            if isBlocked || !arguments.has("--yes") {
                ReleaseText.lines(preview).forEach(console.note)
            }
            guard !isBlocked else { throw CommandFailure("nothing was taken back") }
            let isAgreed =
                try arguments.has("--yes") || console.asksYes("take release \(number) back?")
            guard isAgreed else { throw CommandFailure("nothing was taken back") }
            return try job.revert(
                number, actor: LoadCommands.userName(context), reason: reason)
        }
        if let outcome { console.print(outcome, asJSON: arguments.has("--json")) }
    }

    private static let abandon = Command(
        specification: CommandSpecification(
            words: ["release", "abandon"], summary: "clear away an import that is not live",
            discussion: """
                Its entries are deleted, some at a time; what is live stays as it is. So does the
                next import of the catalog.
                """,
            operands: [OperandSpecification(name: "RELEASE", summary: "its number")],
            options: DatabaseAccess.options)
    ) { arguments, context in
        let number = try number(arguments)
        try DatabaseAccess.withSession(arguments, context) { session in
            try session.abandonLeftover(number)
        }
        context.console.print("release \(number) is abandoned")
    }

    private static func number(_ arguments: ParsedArguments) throws -> Int64 {
        guard let number = Int64(arguments.operands[0]) else {
            throw UsageError("RELEASE is a number; 'padron release list' has them")
        }
        return number
    }

    private static func catalog(_ text: String) throws -> CatalogKey {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let kind = CatalogKind(word: String(parts[0])),
            Source.isCode(String(parts[1]))
        else { throw UsageError("--catalog takes KIND/AUTHORITY, such as facility/cl-deis") }
        return CatalogKey(kind, String(parts[1]))
    }
}
