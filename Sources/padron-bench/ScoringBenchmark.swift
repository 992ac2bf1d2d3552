import Foundation
import Linkage
import Synthesis

/// Distinct pairs compared in all fields and weighed, each second.
///
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
            "scoring, \(threads) threads", "records", "pairs", "pairs a record", "seconds",
            "million pairs/s", "Splink's", "times",
        ])
        for isWide in [false, true] {
            let (pairs, seconds) = fastest(labelled.population, threads, rounds, isWide)
            let rate = Double(pairs) / seconds
            let splink = script.flatMap {
                SplinkRun($0, extract, threads: threads, isWide: isWide)
            }
            table.add([
                isWide ? "wide" : "light", Figures.grouped(labelled.population.count),
                Figures.grouped(pairs),
                Figures.decimal(Double(pairs) / Double(max(1, labelled.population.count)), 1),
                Figures.decimal(seconds, 3), Figures.decimal(rate / 1e6, 2),
                splink.map { Figures.decimal($0.pairsPerSecond / 1e6, 2) } ?? "-",
                splink.map { Figures.times(rate, of: $0.pairsPerSecond) } ?? "-",
            ])
        }
        table.print()
    }

    /// Pairs and seconds of the fastest of some runs.
    private static func fastest(
        _ population: Population, _ threads: Int, _ rounds: Int, _ isWide: Bool
    ) -> (pairs: Int, seconds: Double) {
        var options = LinkageOptions()
        options.threads = threads
        options.wide = isWide
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
