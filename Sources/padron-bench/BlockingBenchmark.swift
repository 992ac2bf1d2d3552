import Linkage
import Synthesis

/// How many true pairs blocking finds, and what becomes of them.
///
/// A true pair is two records of one person that do not say the same. It is found where a rule or the
/// second look makes it a candidate, whether or not it is compared in full or linked then.
enum BlockingBenchmark {
    static let entry = Benchmark(
        name: "blocking", usage: "[--persons N] [--data FOLDER] [--threads N]",
        summary: "true pairs that the rules and the second look find, beside F1", run: run)

    private static func run(_ options: BenchmarkOptions) throws(BenchmarkError) {
        let threads = try options.threads()
        let folder = try TemporaryFolder.made()
        let extracts = try LabelledExtract.usual(
            persons: options.integer("--persons", default: 20_000), folder: options["--data"],
            in: folder)
        var table = MarkdownTable([
            "extract", "records", "true pairs", "rules", "with the second look",
            "missed links per 1,000", "pairs a record", "F1", "precision", "recall",
        ])
        for extract in extracts {
            let labelled = try extract.load(threads: threads)
            var options = LinkageOptions()
            options.threads = threads
            options.persons = labelled.persons
            let outcome = LinkageRun.run(labelled.population, options: options)
            guard let recall = outcome.statistics.blockingRecall else { continue }
            let pairs = Double(max(1, recall.truePairs))
            let evaluation = Evaluation(
                clusters: outcome.clusters, persons: labelled.persons
            ).pairwise
            table.add([
                labelled.name, Figures.grouped(labelled.population.count),
                Figures.grouped(recall.truePairs),
                Figures.decimal(Double(recall.foundByRules) / pairs, 4),
                Figures.decimal(recall.share, 4),
                Figures.decimal(Double(recall.missedLinks) * 1_000 / pairs, 2),
                Figures.decimal(
                    Double(outcome.statistics.rescue?.pairs ?? 0)
                        / Double(labelled.population.count), 0),
                Figures.decimal(evaluation.f1, 4), Figures.decimal(evaluation.precision, 4),
                Figures.decimal(evaluation.recall, 4),
            ])
        }
        table.print()
    }
}
