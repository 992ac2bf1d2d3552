import Identity
import PostgresClient
import Registry
import RegistryModel

extension LoadCommands {
    /// `padron load revert`: a whole load taken back.
    static let revert = Command(
        specification: CommandSpecification(
            words: ["load", "revert"], summary: "take a whole load back",
            discussion: """
                Records that the load made are withdrawn, records that it updated get back the
                version that they had, records that it moved return. What a later decision or update
                holds stays, and is told. Shows what will be done and asks, unless --yes is given.
                Done between other writes by a living server where there is one, else by this
                command; killed at any moment and run again, it goes on where it was. Loading the
                extract again makes its records count again.
                """,
            operands: [OperandSpecification(name: "LOAD", summary: "its number")],
            options: [
                .value("--reason", "TEXT", "why; it stands in the history", isRequired: true),
                .flag("--preview", "show what would be done, and do nothing"),
                .flag("--yes", "take it back without being asked"),
                .flag("--json", "print what was done as JSON"),
            ] + DatabaseAccess.options)
    ) { arguments, context in
        guard let load = Int64(arguments.operands[0]) else {
            throw UsageError("LOAD is a number; 'padron load list' has them")
        }
        let reason = try arguments.required("--reason")
        let console = context.console
        let summary = try DatabaseAccess.with(arguments, context) { address in
            let job = LoadRevertJob(
                databaseURL: address.connectionString, load: load,
                node: DatabaseAccess.nodeOptions("padron load revert", arguments, context))
            let work = PreviewedWork(
                question: "take load \(load) back?", refusal: "nothing was taken back",
                lines: lines(_:), preview: job.preview
            ) {
                let progress = ProgressLine(console: console, unit: "records")
                defer { progress.finish() }
                return try job.run(actor: userName(context), reason: reason) { counts in
                    progress.update(label: "taking back", done: Int(counts.total), total: nil)
                }
            }
            return try work.run(arguments, console)
        }
        if arguments.has("--json") {
            var writer = JSONWriter()
            write(summary, to: &writer)
            console.print(writer.text)
        } else {
            lines(summary).forEach(console.print)
        }
    }

    /// What a revert did, or would do, for people.
    private static func lines(_ summary: LoadRevertSummary) -> [String] {
        func figure(_ value: Int64) -> String { Figures.grouped(Int(value)) }
        let counts = summary.counts
        let name =
            summary.operation.map { "operation \($0): load \(summary.load) is taken back" }
            ?? "load \(summary.load) would be taken back"
        return [
            name + ": \(figure(counts.withdrawn)) records withdrawn,"
                + " \(figure(counts.restored)) with their earlier version,"
                + " \(figure(counts.returned)) returned to another person,"
                + " \(figure(counts.stayed)) stay as they are"
        ] + StayText.lines(summary.stays, of: Int(counts.stayed))
    }

    /// Writes what a revert did, or would do, as an object.
    static func write(_ summary: LoadRevertSummary, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("load")
        writer.integer(summary.load)
        if let operation = summary.operation {
            writer.key("operation")
            writer.integer(operation)
        }
        let counts = summary.counts
        for (key, count) in [
            ("withdrawn", counts.withdrawn), ("restored", counts.restored),
            ("returned", counts.returned), ("stayed", counts.stayed),
        ] as [(StaticString, Int64)] {
            writer.key(key)
            writer.integer(count)
        }
        RecordStay.write(summary.stays, to: &writer)
        writer.endObject()
    }
}
