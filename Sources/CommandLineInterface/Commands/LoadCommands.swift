import Extracts
import Foundation
import PostgresClient
import Registry
import RegistryModel
import RegistryStore

/// `padron load`: extracts into the index, and what became of them.
enum LoadCommands {
    static let commands = [load, list, show, revert]

    private static let load = Command(
        specification: CommandSpecification(
            words: ["load"], summary: "register an extract's records in the index",
            discussion: """
                Stages the extract, then has it linked against the index and within itself, chunk
                by chunk: by a living server where there is one, else by this command. Killed at
                any moment and run again, it goes on where it was. An extract loaded before changes
                nothing. Rows that cannot be read go to EXTRACT.rejects.csv. The first
                extract of a registry chooses its linkage model: a large one teaches its own, a
                small one gets its country's, unless --model names one.
                """,
            operands: [
                OperandSpecification(
                    name: "EXTRACT", summary: "a CSV file, FHIR R4's Patients as .ndjson, or '-'")
            ],
            options: [
                .value("--source", "SOURCE", "the source of rows that name none"),
                .flag("--create-sources", "add the sources that the extract names"),
                .value("--columns", "FIELD=COLUMN,...", "which column holds which field"),
                .value("--model", "NAME|FILE", "the model to link by, in an empty registry"),
                .value("--rejects", "FILE", "where rows that cannot be read go"),
                .value("--max-rejects", "N", "register nothing where more rows are rejected"),
                .flag("--json", "print the summary as JSON"),
            ] + DatabaseAccess.options)
    ) { arguments, context in
        let path = arguments.operands[0]
        let source = arguments.value("--source") ?? ""
        guard source.isEmpty || Source.isCode(source) else {
            throw UsageError("'\(source)' is no source code")
        }
        let extract = try ResourceExtract.prepared(path: path, context.console)
        defer { extract.remove() }
        let request = LoadRequest(
            path: extract.path,
            columns: try ColumnOverrides(parsing: arguments.value("--columns") ?? ""),
            source: source, createsSources: arguments.has("--create-sources"),
            rejectsMax: try arguments.integer("--max-rejects", in: 0...Int.max),
            model: try arguments.value("--model").map(LinkCommand.model),
            actor: userName(context))
        let clock = ContinuousClock()
        let start = clock.now
        let summary = try DatabaseAccess.with(arguments, context) { database in
            try run(
                request, databaseURL: database.connectionString,
                node: DatabaseAccess.nodeOptions("padron load", arguments, context),
                rejectsPath: arguments.value("--rejects") ?? RejectsWriter.defaultPath(of: path),
                context.console)
        }
        if arguments.has("--json") {
            context.console.print(json(summary))
        } else {
            report(summary, elapsed: clock.now - start, context.console)
        }
    }

    /// Loads an extract and shows how far it is.
    static func run(
        _ request: LoadRequest, databaseURL: String, node: RegistryNodeOptions,
        rejectsPath: String?, columnsReadElsewhere: Set<String> = [], _ console: Console
    ) throws -> LoadSummary {
        var rejects = RejectsWriter(
            path: rejectsPath ?? RejectsWriter.defaultPath(of: request.path))
        let reading = ProgressLine(console: console, unit: "bytes")
        let registering = ProgressLine(console: console, unit: "records")
        let job = LoadJob(
            databaseURL: databaseURL, request: request, node: node)
        defer { registering.finish() }
        let summary = try job.run(
            recognised: { columns in
                columns.notes(path: request.path, readElsewhere: columnsReadElsewhere)
                    .forEach(console.note)
            },
            rejected: { row in
                try rejects.write(
                    RejectedRow(lineNumber: row.lineNumber, reason: row.reason, bytes: row.bytes))
            },
            progress: { progress in
                switch progress.phase {
                case .staging:
                    reading.update(label: "staging", done: progress.done, total: progress.total)
                case .registering:
                    registering.update(
                        label: "registering", done: progress.done, total: progress.total)
                }
            })
        try rejects.finish()
        return summary
    }

    /// Prints what a load did.
    static func report(_ summary: LoadSummary, elapsed: Duration, _ console: Console) {
        let counts = summary.counts
        let registered = counts.total - summary.registeredBefore
        let rate = Int(Double(registered) / max(elapsed.seconds, 0.001))
        func figure(_ value: Int64) -> String { Figures.grouped(Int(value)) }
        if summary.isResumed { console.note("an earlier load of this extract was finished") }
        console.print(
            "load \(summary.load): \(figure(summary.rowsRead)) read,"
                + " \(figure(summary.rejected)) rejected, \(figure(summary.newRecords)) new,"
                + " \(figure(counts.updated)) updated, \(figure(counts.unchanged)) unchanged,"
                + " \(figure(counts.stale)) stale")
        console.print(
            "\(figure(counts.linked)) linked, \(figure(counts.review)) for review,"
                + " \(figure(summary.newPersons)) persons new;"
                + " \(Figures.decimal(elapsed.seconds, places: 1)) s,"
                + " \(Figures.grouped(rate)) records/s")
    }

    private static let list = Command(
        specification: CommandSpecification(
            words: ["load", "list"], summary: "list the latest loads",
            options: [.flag("--json", "one JSON object a line")] + DatabaseAccess.options)
    ) { arguments, context in
        let loads = try DatabaseAccess.withSession(arguments, context) { session in
            try session.loads()
        }
        if arguments.has("--json") { return loads.forEach { context.console.print(json($0)) } }
        var table = TextTable([
            "load", "state", "rows", "registered", "linked", "review", "extract",
        ])
        for load in loads {
            table.add([
                "\(load.load)", load.state.rawValue, Figures.grouped(Int(load.rowsStaged)),
                Figures.grouped(Int(load.counts.total)), Figures.grouped(Int(load.counts.linked)),
                Figures.grouped(Int(load.counts.review)), load.extractName,
            ])
        }
        table.lines.forEach(context.console.print)
    }

    private static let show = Command(
        specification: CommandSpecification(
            words: ["load", "show"], summary: "show one load, and what taking it back did",
            operands: [OperandSpecification(name: "LOAD", summary: "its number")],
            options: DatabaseAccess.options)
    ) { arguments, context in
        guard let number = Int64(arguments.operands[0]) else {
            throw UsageError("LOAD is a number; 'padron load list' has them")
        }
        let (load, revert) = try DatabaseAccess.withSession(arguments, context) { session in
            (try session.load(number), try session.revertSummary(of: number))
        }
        context.console.print(json(load, revert))
    }

    /// The name under which the operating system knows who runs this command.
    static func userName(_ context: CommandContext) -> String {
        "os:" + NSUserName()
    }

    private static func json(_ summary: LoadSummary) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("load")
        writer.integer(summary.load)
        writer.key("read")
        writer.integer(summary.rowsRead)
        writer.key("rejected")
        writer.integer(summary.rejected)
        write(summary.counts, to: &writer)
        writer.key("persons")
        writer.integer(summary.newPersons)
        writer.endObject()
        return writer.text
    }

    private static func json(_ load: Load, _ revert: LoadRevertSummary? = nil) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("load")
        writer.integer(load.load)
        writer.key("extract")
        writer.string(load.extractName)
        writer.key("state")
        writer.string(load.state.rawValue)
        writer.key("actor")
        writer.string(load.actor)
        writer.key("rows")
        writer.integer(load.rowsStaged)
        writer.key("rejected")
        writer.integer(load.rowsRejected)
        write(load.counts, to: &writer)
        if let failure = load.failure {
            writer.key("failure")
            writer.string(failure)
        }
        if let revert {
            writer.key("revert")
            write(revert, to: &writer)
        }
        writer.endObject()
        return writer.text
    }

    private static func write(_ counts: LoadCounts, to writer: inout JSONWriter) {
        let members: [(StaticString, Int64)] = [
            ("created", counts.created), ("linked", counts.linked), ("review", counts.review),
            ("updated", counts.updated), ("unchanged", counts.unchanged), ("stale", counts.stale),
        ]
        for (key, value) in members {
            writer.key(key)
            writer.integer(value)
        }
    }
}
