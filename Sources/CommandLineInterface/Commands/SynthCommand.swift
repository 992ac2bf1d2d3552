import Extracts
import Synthesis

/// `padron synth`: an extract of a generated population, and the truth about it.
enum SynthCommand {
    static let command = Command(
        specification: CommandSpecification(
            words: ["synth"], summary: "generate an extract with truth",
            discussion: """
                Households, siblings, twins and namesakes, recorded by several sources with the
                errors that sources make. The same seed gives the same bytes.
                """,
            options: [
                .value("--persons", "N", "persons in the population", isRequired: true),
                .value("--locale", "cl|pe|fr|ir", "the country (default cl)"),
                .value("--seed", "S", "a whole number (default 1)"),
                .value("--output", "EXTRACT", "the extract to write", isRequired: true),
                .value("--truth", "TRUTH", "which record is of which person"),
            ]),
        run: run)

    private static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws {
        guard let persons = try arguments.integer("--persons", in: 0...200_000_000) else {
            throw UsageError("--persons N is needed")
        }
        let name = arguments.value("--locale") ?? "cl"
        guard let locale = SynthesisLocale(rawValue: name) else {
            throw UsageError("unknown locale '\(name)'; it is one of cl, pe, fr, ir")
        }
        let seed = try arguments.integer("--seed", in: 0...Int.max) ?? 1
        let summary = try generate(
            SynthesisOptions(persons: persons, locale: locale, seed: UInt64(seed)),
            extract: arguments.required("--output"), truth: arguments.value("--truth"),
            context.console)
        context.console.note(
            "\(Figures.grouped(summary.persons)) persons, "
                + "\(Figures.grouped(summary.records)) records")
    }

    /// Writes a population to files; without a path for the truth, that is left out.
    static func generate(
        _ options: SynthesisOptions, extract extractPath: String, truth truthPath: String?,
        _ console: Console
    ) throws -> SynthesisSummary {
        guard extractPath != truthPath else {
            throw UsageError("--output and --truth name the same file")
        }
        var extract = try OutputFile(path: extractPath)
        var truth = try OutputFile(path: truthPath ?? "", isDiscarded: truthPath == nil)
        let progress = ProgressLine(console: console, unit: "records")
        let summary = try PopulationSynthesizer(options: options).generate(
            extract: { bytes in try extract.write(bytes) },
            truth: { bytes in try truth.write(bytes) },
            progress: { progress.update(label: "generating", done: $0, total: $1) })
        progress.finish()
        try extract.finish()
        try truth.finish()
        return summary
    }
}
