import Linkage
import Synthesis

/// Whether records that come one by one find what a run over the whole file finds.
///
/// Under the model of the run each record asks an index of those before it. A *pair* is one of the run's
/// true ones that reaches the link threshold; it is found where its later record is answered the earlier
/// one at that weight. A *record* counts where the run puts it into one cluster with an earlier record of
/// its person, and is found where any earlier record of that person is answered.
enum OnlineRecall {
    static let entry = Benchmark(
        name: "online-recall", usage: "[--persons N] [--data FOLDER] [--threads N]",
        summary: "of the true links of a run, those that records find one by one", run: run)

    private static func run(_ options: BenchmarkOptions) throws(BenchmarkError) {
        let threads = try options.threads()
        let folder = try TemporaryFolder.made()
        let extracts = try LabelledExtract.usual(
            persons: options.integer("--persons", default: 20_000), folder: options["--data"],
            in: folder)
        var table = MarkdownTable([
            "one by one against a run", "records", "run's pairs", "not found %",
            "run's records", "not found %", "found besides", "bytes a record",
        ])
        for extract in extracts {
            let labelled = try extract.load(threads: threads, keepsRecords: true)
            var options = LinkageOptions()
            options.threads = threads
            let outcome = LinkageRun.run(labelled.population, options: options)
            let index = OnlineIndex(model: outcome.model)
            table.add(
                [labelled.name, Figures.grouped(labelled.population.count)]
                    + compare(labelled, outcome, index)
                    + [Figures.grouped(index.byteCount / max(1, index.count))])
        }
        table.print()
    }

    private struct Pair: Hashable {
        var earlier: UInt32
        var later: UInt32
    }

    private static func compare(
        _ labelled: LabelledPopulation, _ outcome: LinkageOutcome, _ index: OnlineIndex
    ) -> [String] {
        let persons = labelled.persons
        let threshold = Float(outcome.model.linkThreshold)
        var wanted: Set<Pair> = []
        for pair in outcome.pairs where pair.weight >= threshold {
            guard persons[Int(pair.left)] == persons[Int(pair.right)] else { continue }
            wanted.insert(
                Pair(earlier: min(pair.left, pair.right), later: max(pair.left, pair.right)))
        }
        var pairs = wanted
        var clusters: [UInt32: Set<UInt32>] = [:]
        var (records, missed, besides) = (0, 0, 0)
        for (place, record) in labelled.records.enumerated() {
            let slot = UInt32(place)
            let found = index.match(
                record, limit: OnlineIndex.candidatesMax, minimumWeight: threshold
            ).map(\.slot).filter { persons[Int($0)] == persons[place] }
            for other in found { pairs.remove(Pair(earlier: other, later: slot)) }
            if clusters[persons[place]]?.contains(outcome.clusters[place]) == true {
                records += 1
                if found.isEmpty { missed += 1 }
            } else if !found.isEmpty {
                besides += 1
            }
            clusters[persons[place], default: []].insert(outcome.clusters[place])
            index.insert(record, slot: slot)
        }
        func percent(_ part: Int, of whole: Int) -> String {
            Figures.decimal(Double(part) * 100 / Double(max(1, whole)), 3)
        }
        return [
            Figures.grouped(wanted.count), percent(pairs.count, of: wanted.count),
            Figures.grouped(records), percent(missed, of: records), Figures.grouped(besides),
        ]
    }
}
