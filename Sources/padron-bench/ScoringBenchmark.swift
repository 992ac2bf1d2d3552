import Foundation
import Linkage
import Synthesis

/// Distinct candidate pairs decided on in all fields, each second.
///
/// A pair is decided on by a proof from its columns that it cannot reach a weight worth keeping, or by
/// being compared and weighed in full; both are told.
/// Light is what `padron link` does; wide blocks as loosely as Splink is asked to, so that both score
/// about as many pairs. Only the phase of scoring counts, on either side.
enum ScoringBenchmark {
    static let entry = Benchmark(
        name: "scoring",
        usage: "[--persons N] [--threads N] [--rounds N] [--peers FOLDER]",
        summary: "distinct pairs scored a second in all fields, light and wide, beside Splink",
        run: run)

    private static func run(_ options: BenchmarkOptions) throws(BenchmarkError) {
        let threads = try options.threads()
        let rounds = try options.integer("--rounds", default: 3)
        let folder = try TemporaryFolder.made()
        let extract = try LabelledExtract.generated(
            .cl, persons: options.integer("--persons", default: 100_000), in: folder)
        let script = SplinkRun.script(options)
        let labelled = try extract.load(threads: threads)
        var table = MarkdownTable([
            "scoring, \(threads) threads", "records", "pairs", "in full", "pairs a record",
            "seconds",
            "million pairs/s", "Splink's", "times",
        ])
        for isWide in [false, true] {
            var linkage = LinkageOptions()
            linkage.threads = threads
            linkage.wide = isWide
            let pairs = LinkageRun.candidatePairs(labelled.population, options: linkage)
            let (compared, seconds) = fastest(labelled.population, linkage, rounds)
            let rate = Double(pairs) / seconds
            let splink = script.flatMap {
                SplinkRun($0, extract, threads: threads, isWide: isWide)
            }
            table.add([
                isWide ? "wide" : "light", Figures.grouped(labelled.population.count),
                Figures.grouped(pairs), Figures.grouped(compared),
                Figures.decimal(Double(pairs) / Double(max(1, labelled.population.count)), 1),
                Figures.decimal(seconds, 3), Figures.decimal(rate / 1e6, 2),
                splink.map { Figures.decimal($0.pairsPerSecond / 1e6, 2) } ?? "-",
                splink.map { Figures.times(rate, of: $0.pairsPerSecond) } ?? "-",
            ])
        }
        table.print()
    }

    /// Pairs compared in full and seconds of the fastest of some runs.
    private static func fastest(
        _ population: Population, _ options: LinkageOptions, _ rounds: Int
    ) -> (pairs: Int, seconds: Double) {
        var options = options
        var fastest = (pairs: 0, seconds: Double.infinity)
        for _ in 0..<rounds {
            let outcome = LinkageRun.run(population, options: options)
            let seconds = outcome.statistics.seconds[.scoring] ?? .infinity
            if seconds < fastest.seconds { fastest = (outcome.statistics.comparedPairs, seconds) }
            // Scored again under the model that was learned, without learning it again.
            options.model = outcome.model
        }
        return fastest
    }
}
