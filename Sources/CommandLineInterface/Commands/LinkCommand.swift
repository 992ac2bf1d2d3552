import Extracts
import Foundation
import Linkage

/// `padron link`: extracts in, persons out, file to file.
enum LinkCommand {
    static let command = Command(
        specification: CommandSpecification(
            words: ["link"], summary: "find the records of one person in extracts",
            discussion: """
                Reads CSV files with a header in English, Spanish, French or Persian; '-' reads
                standard input. Trains its model on the records themselves, without labels, unless
                a model is named: \(ShippedModels.names.joined(separator: ", ")), or a file.
                Rows that cannot be read go to EXTRACT.rejects.csv.
                """,
            operands: [
                OperandSpecification(name: "EXTRACT", summary: "what to link", isRepeated: true)
            ],
            options: [
                .value(
                    "--output", "CLUSTERS", "CSV record_id,cluster_id to write", isRequired: true),
                .value("--pairs", "PAIRS", "CSV of the weighed pairs to write"),
                .value("--columns", "FIELD=COLUMN,...", "which column holds which field"),
                .value("--model", "NAME|FILE", "use this model as it is"),
                .value("--save-model", "FILE", "write the model that was used"),
                .value("--rejects", "FILE", "where rows that cannot be read go"),
                .value("--threads", "N", "threads to use (default: all processors)"),
                .flag("--one-per-source", "no two records of one source are one person"),
                .flag("--prefix-ids", "write FILE:record_id, for extracts whose ids collide"),
                .flag("--wide", "compare far more pairs than needed, to measure the engine"),
            ]),
        run: run)

    private static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws {
        let clock = ContinuousClock()
        let start = clock.now
        let options = try linkageOptions(arguments)
        let output = try arguments.required("--output")
        if arguments.operands.count > 1, arguments.value("--rejects") != nil {
            throw UsageError("--rejects takes one extract; each has its own file without it")
        }
        let records = try ExtractPopulation(
            paths: arguments.operands,
            columns: ColumnOverrides(parsing: arguments.value("--columns") ?? ""),
            prefixesIDs: arguments.has("--prefix-ids"), rejectsPath: arguments.value("--rejects"),
            threads: options.threads, console: context.console)
        let read = clock.now
        for (path, columns) in records.unrecognisedColumns {
            context.console.note("\(path): not used: \(columns.joined(separator: ", "))")
        }
        let outcome = link(records.population, options, context.console)
        try LinkResults.writeClusters(outcome.clusters, ids: records.recordIDs, to: output)
        if let path = arguments.value("--pairs") {
            try LinkResults.writePairs(outcome.pairs, ids: records.recordIDs, to: path)
        }
        if let path = arguments.value("--save-model") {
            var file = try OutputFile(path: path)
            let json = [UInt8](try outcome.model.json())
            try file.write(json.span)
            try file.finish()
        }
        report(
            outcome, rejected: records.rejectedRows, reading: read - start,
            total: clock.now - start, context.console)
    }

    /// Runs the engine and shows its phases.
    static func link(
        _ population: Population, _ options: LinkageOptions, _ console: Console
    ) -> LinkageOutcome {
        LinkageRun.run(population, options: options) { progress in
            let percent = Int(progress.fraction * 100)
            console.progress("\(progress.phase.rawValue) \(percent)%")
        }
    }

    private static func linkageOptions(_ arguments: ParsedArguments) throws -> LinkageOptions {
        var options = LinkageOptions()
        options.threads =
            try arguments.integer("--threads", in: 1...256)
            ?? ProcessInfo.processInfo.activeProcessorCount
        options.onePerSource = arguments.has("--one-per-source")
        options.wide = arguments.has("--wide")
        if let name = arguments.value("--model") { options.model = try model(name) }
        return options
    }

    /// The shipped model of a name, or the model in a file.
    static func model(_ name: String) throws -> LinkageModel {
        if let shipped = ShippedModels.named(name) { return shipped }
        guard let data = FileManager.default.contents(atPath: name) else {
            let names = ShippedModels.names.joined(separator: ", ")
            throw CommandFailure("\(name) is neither a file nor a shipped model (\(names))")
        }
        do {
            return try LinkageModel(json: data)
        } catch {
            throw CommandFailure("\(name): \(error)")
        }
    }

    private static func report(
        _ outcome: LinkageOutcome, rejected: Int, reading: Duration, total: Duration,
        _ console: Console
    ) {
        console.clearProgress()
        let statistics = outcome.statistics
        var table = TextTable(["blocking rule", "pairs", "split blocks", "omitted pairs"])
        for rule in statistics.rules where rule.pairs > 0 {
            table.add([
                rule.rule, Figures.grouped(rule.pairs), Figures.grouped(rule.refinedBlocks),
                Figures.grouped(rule.omittedPairs),
            ])
        }
        for line in table.lines { console.note(line) }
        if let training = outcome.training {
            let end = training.isConverged ? "converged" : "did not converge"
            console.note(
                "training \(end) after \(training.iterations) iterations"
                    + " on \(Figures.grouped(training.patterns)) patterns")
        }
        let model = outcome.model
        console.note(
            "thresholds in bits: link \(Figures.decimal(model.linkThreshold, places: 2)),"
                + " automatic \(Figures.decimal(model.automaticThreshold, places: 2)),"
                + " review \(Figures.decimal(model.reviewThreshold, places: 2))")
        var seconds = "reading \(Figures.decimal(reading.seconds, places: 2)) s"
        for phase in LinkagePhase.allCases {
            let time = Figures.decimal(statistics.seconds[phase] ?? 0, places: 2)
            seconds += ", \(phase.rawValue) \(time) s"
        }
        console.note(seconds)
        console.note(
            "\(Figures.grouped(statistics.records)) records, \(Figures.grouped(rejected)) rejected,"
                + " \(Figures.grouped(statistics.comparedPairs)) pairs compared,"
                + " \(Figures.grouped(statistics.clusters)) persons,"
                + " \(Figures.decimal(total.seconds, places: 2)) s")
    }
}
