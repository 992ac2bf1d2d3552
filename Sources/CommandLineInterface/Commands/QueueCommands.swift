import RegistryModel
import RegistryStore

/// `padron queue`: what stewards are asked.
enum QueueCommands {
    static let commands = [queue]

    private static let limitDefault = 20
    private static let limitMax = 1_000

    private static let queue = Command(
        specification: CommandSpecification(
            words: ["queue"], summary: "list the open review tasks",
            discussion: """
                The highest priority first, then the heaviest pair, then the oldest task.
                'padron compare A B' shows a pair; 'merge', 'distinct', 'confirm' and 'unlink' settle it.
                """,
            options: [
                .value("--kind", "KIND", "duplicate, overlay or identifier-conflict alone"),
                .value("--limit", "N", "the most tasks (default \(limitDefault))"),
                .value("--after", "TASK", "the tasks behind this one"),
                .flag("--json", "one JSON object a line"),
            ] + DatabaseAccess.options)
    ) { arguments, context in
        let question = try question(arguments)
        let page = try DatabaseAccess.withSession(arguments, context) { session in
            try session.snapshot { try $0.queue(question) }
        }
        if arguments.has("--json") {
            for task in page.tasks {
                var writer = JSONWriter()
                task.write(to: &writer)
                context.console.print(writer.text)
            }
        } else {
            QueueText.lines(page).forEach(context.console.print)
        }
    }

    private static func question(_ arguments: ParsedArguments) throws(UsageError) -> QueueQuestion {
        var kind: ReviewTaskKind?
        if let name = arguments.value("--kind") {
            kind = ReviewTaskKind(rawValue: name)
            guard kind != nil else {
                let kinds = ReviewTaskKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageError("unknown kind '\(name)'; it is one of \(kinds)")
            }
        }
        return QueueQuestion(
            kind: kind, limit: try arguments.integer("--limit", in: 1...limitMax) ?? limitDefault,
            after: try arguments.integer("--after", in: 1...Int.max).map { Int64($0) })
    }
}
