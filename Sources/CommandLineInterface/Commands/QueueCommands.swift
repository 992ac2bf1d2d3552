import RegistryModel
import RegistryStore

/// `padron queue`, `padron queue assign`: what stewards are asked, and who takes it on.
enum QueueCommands {
    static let commands = [queue, assign]

    private static let limitDefault = 20
    private static let limitMax = 1_000

    private static let queue = Command(
        specification: CommandSpecification(
            words: ["queue"], summary: "list the open review tasks, or count them",
            discussion: """
                The highest priority first, then the heaviest pair, then the oldest task. A task whose
                term is over rises in priority. 'padron compare A B' shows a pair; 'merge', 'distinct',
                'confirm' and 'unlink' settle it, 'accept' what is asked of one record alone.
                """,
            options: [
                .value("--kind", "KIND", "duplicate, overlay, identifier-conflict or death alone"),
                .value("--territory", "CODE", "the tasks of one territory alone"),
                .value("--assignee", "NAME", "the tasks of one steward; '' for those of nobody"),
                .flag("--overdue", "the tasks alone whose term is over"),
                .value("--limit", "N", "the most tasks (default \(limitDefault))"),
                .value("--after", "TASK", "the tasks behind this one"),
                .flag("--summary", "count the tasks instead"),
                .value("--by", "GROUP", "kind, reason, priority, territory or assignee"),
                .flag("--json", "one JSON object a line"),
            ] + DatabaseAccess.options)
    ) { arguments, context in
        if arguments.has("--summary") { return try summarise(arguments, context) }
        guard arguments.value("--by") == nil else {
            throw UsageError("--by goes with --summary")
        }
        let question = try question(arguments)
        let page = try DatabaseAccess.withSession(arguments, context) { session in
            try session.snapshot { try $0.queue(question) }
        }
        if arguments.has("--json") {
            printJSON(page.tasks, context)
        } else {
            QueueText.lines(page).forEach(context.console.print)
        }
    }

    private static let assign = Command(
        specification: CommandSpecification(
            words: ["queue", "assign"], summary: "give open tasks to a steward, or a new term",
            discussion: "All of the tasks are assigned, or none where one is not open.",
            operands: [
                OperandSpecification(name: "TASK", summary: "an open task", isRepeated: true)
            ],
            options: [
                .value("--to", "NAME", "who takes them on; '' for nobody"),
                .value("--due", "TIME", "by when: a day, or a time"),
                .value(
                    "--priority", "N", "how urgent, 0 to \(ReviewSchedule.priorityMax)"),
                .flag("--json", "one JSON object a line"),
            ] + DatabaseAccess.options)
    ) { arguments, context in
        let assignment = try assignment(arguments)
        let tasks = try DatabaseAccess.withSession(arguments, context) { session in
            try session.assign(assignment)
        }
        if arguments.has("--json") {
            printJSON(tasks, context)
        } else {
            QueueText.table(tasks).forEach(context.console.print)
        }
    }

    private static func summarise(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws {
        let name = arguments.value("--by") ?? QueueGrouping.kind.rawValue
        guard let grouping = QueueGrouping(rawValue: name) else {
            let names = QueueGrouping.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageError("--by is one of \(names)")
        }
        for option in ["--limit", "--after"] where arguments.value(option) != nil {
            throw UsageError("\(option) does not go with --summary")
        }
        let filter = try filter(arguments)
        let summary = try DatabaseAccess.withSession(arguments, context) { session in
            try session.queueSummary(filter, by: grouping)
        }
        guard arguments.has("--json") else {
            return QueueText.lines(summary).forEach(context.console.print)
        }
        for count in summary.counts {
            var writer = JSONWriter()
            summary.write(count, to: &writer)
            context.console.print(writer.text)
        }
    }

    private static func printJSON(_ tasks: [QueuedTask], _ context: CommandContext) {
        for task in tasks {
            var writer = JSONWriter()
            task.write(to: &writer)
            context.console.print(writer.text)
        }
    }

    private static func assignment(
        _ arguments: ParsedArguments
    ) throws(UsageError) -> TaskAssignment {
        var tasks: [Int64] = []
        for operand in arguments.operands {
            guard let task = Int64(operand), task > 0 else {
                throw UsageError("TASK is a number")
            }
            tasks.append(task)
        }
        var dueAt: Int64?
        if let text = arguments.value("--due") {
            dueAt = TaskAssignment.time(of: text)
            guard dueAt != nil else {
                throw UsageError("--due takes a day as YYYY-MM-DD or a time")
            }
        }
        let priority = try arguments.integer(
            "--priority", in: 0...Int(ReviewSchedule.priorityMax))
        let assignment = TaskAssignment(
            tasks: tasks, assignee: arguments.value("--to"), dueAt: dueAt,
            priority: priority.map { Int16($0) })
        if let problem = assignment.problem { throw UsageError(problem) }
        return assignment
    }

    private static func filter(_ arguments: ParsedArguments) throws(UsageError) -> QueueFilter {
        var kind: ReviewTaskKind?
        if let name = arguments.value("--kind") {
            kind = ReviewTaskKind(rawValue: name)
            guard kind != nil else {
                let kinds = ReviewTaskKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageError("unknown kind '\(name)'; it is one of \(kinds)")
            }
        }
        return QueueFilter(
            kind: kind, territory: arguments.value("--territory"),
            assignee: arguments.value("--assignee"), isOverdue: arguments.has("--overdue"))
    }

    private static func question(_ arguments: ParsedArguments) throws(UsageError) -> QueueQuestion {
        QueueQuestion(
            try filter(arguments),
            limit: try arguments.integer("--limit", in: 1...limitMax) ?? limitDefault,
            after: try arguments.integer("--after", in: 1...Int.max).map { Int64($0) })
    }
}
