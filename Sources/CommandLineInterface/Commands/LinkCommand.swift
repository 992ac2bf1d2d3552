import Extracts
import Foundation
import Linkage

/// `padron link`: extracts in, persons out, file to file.
enum LinkCommand {
    static let command = Command(
        specification: CommandSpecification(
            words: ["link"], summary: "find the records of one person in extracts",
            discussion: """
                Reads CSV files with a header in English, Spanish, French, German or Persian;
                columns of other names by what they hold, and says so. '-' reads standard input.
                Trains its model on the records themselves, without labels, unless
                a model is named: \(ShippedModels.names.joined(separator: ", ")), or a file.
                Rows that cannot be read go to EXTRACT.rejects.csv. At a terminal, or with
                --verbose, it first shows what it is about to compare. --report and --explain
                show values of persons.
                """,
            operands: [
                OperandSpecification(name: "EXTRACT", summary: "what to link", isRepeated: true)
            ],
            options: [
                .value(
                    "--output", "CLUSTERS",
                    "CSV record_id,cluster_id to write; '-' is standard output"),
                .value("--pairs", "PAIRS", "CSV of the weighed pairs to write, heaviest first"),
                .value("--report", "HTML", "page to write that shows what was done and why"),
                .value("--explain", "LEFT,RIGHT", "print why these records have their weight"),
                .flag("--forecast", "print what would be compared, and stop"),
                .value(
                    "--columns", "FIELD=COLUMN,...",
                    "which column holds which field, as family=surname_1"),
                .value("--model", "NAME|FILE", "use this model as it is"),
                .value(
                    "--labels", "FILE",
                    "CSV left_record_id,right_record_id,decision: pairs known to be the same person"
                        + " or different"),
                .value("--save-model", "FILE", "write the model that was used"),
                .value("--rejects", "FILE", "where rows that cannot be read go"),
                .value("--threads", "N", "threads to use (default: all processors)"),
                .value(
                    "--shared-numbers", "SOURCE,...",
                    "sources whose numbers may be another person's, as a child's guardian's"),
                .flag("--one-per-source", "no two records of one source are one person"),
                .flag("--prefix-ids", "write FILE:record_id, for extracts whose ids collide"),
                .flag("--wide", "compare far more pairs than needed, to measure the engine"),
                .flag("--verbose", "show the forecast where there is no terminal too"),
                .flag("--json", "print forecast and result as one JSON object"),
            ]),
        run: { arguments, context in
            try LinkJob(arguments, context.console).run()
        })

    /// Runs the engine and shows its phases.
    static func link(
        _ population: Population, _ options: LinkageOptions, _ console: Console,
        forecast: ((LinkageForecast) -> Void)? = nil
    ) -> LinkageOutcome {
        LinkageRun.run(
            population, options: options,
            progress: { progress in
                let percent = Int(progress.fraction * 100)
                console.progress("\(progress.phase.rawValue) \(percent)%")
            }, forecast: forecast)
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
}
