import Foundation
import Linkage
import Synthesis

/// How right the persons found are, for files and for a registry, and whether the engine knows.
enum AccuracyBenchmark {
    static let entry = Benchmark(
        name: "accuracy", usage: "[--persons N] [--data FOLDER] [--threads N]",
        summary: "the four countries and labelled extracts: F1, automatic links, review, estimates",
        run: run)

    private static func run(_ options: BenchmarkOptions) throws(BenchmarkError) {
        let threads = try options.threads()
        let folder = try TemporaryFolder.made()
        let extracts = try LabelledExtract.usual(
            persons: options.integer("--persons", default: 20_000), folder: options["--data"],
            in: folder)
        var file = MarkdownTable([
            "clusters at the link threshold", "records", "F1", "precision", "recall", "largest",
            "threshold",
        ])
        var registry = MarkdownTable([
            "links at the automatic threshold", "threshold", "precision", "recall",
            "recall with review", "tasks per 1,000", "false links per 1,000", "estimated", "ratio",
        ])
        for extract in extracts {
            let labelled = try extract.load(threads: threads)
            var options = LinkageOptions()
            options.threads = threads
            let outcome = LinkageRun.run(labelled.population, options: options)
            let found = Evaluation(clusters: outcome.clusters, persons: labelled.persons)
            file.add([
                labelled.name, Figures.grouped(labelled.population.count),
                Figures.decimal(found.pairwise.f1, 4),
                Figures.decimal(found.pairwise.precision, 4),
                Figures.decimal(found.pairwise.recall, 4), Figures.grouped(found.largestCluster),
                Figures.decimal(outcome.model.linkThreshold, 2),
            ])
            let links = AutomaticLinks(labelled, outcome.model, threads: threads)
            registry.add([
                labelled.name, Figures.decimal(outcome.model.automaticThreshold, 2),
                Figures.decimal(links.accuracy.precision, 4),
                Figures.decimal(links.accuracy.recall, 4),
                Figures.decimal(links.recallWithReview, 4),
                Figures.decimal(links.tasksPerThousand, 1),
                Figures.decimal(links.falseRate * 1_000, 2),
                Figures.decimal(links.estimatedFalseRate * 1_000, 2),
                links.falseRate > 0
                    ? Figures.decimal(links.estimatedFalseRate / links.falseRate, 2) : "-",
            ])
        }
        file.print()
        registry.print()
    }
}

/// What a registry would do with an extract: link by itself what is sure, ask about the rest.
struct AutomaticLinks {
    /// Of the clusters that the automatic links make.
    private(set) var accuracy: Accuracy
    /// The recall once all review tasks are answered rightly.
    private(set) var recallWithReview: Double
    /// Pairs of persons that a steward is asked about, for 1,000 records.
    private(set) var tasksPerThousand: Double
    /// Pairs linked by themselves that are of two persons, as a share of those pairs.
    private(set) var falseRate: Double
    /// The same as the engine estimates it.
    private(set) var estimatedFalseRate: Double

    init(_ labelled: LabelledPopulation, _ trained: LinkageModel, threads: Int) {
        var options = LinkageOptions()
        options.threads = threads
        var model = trained
        model.linkThreshold = trained.automaticThreshold
        options.model = model
        let outcome = LinkageRun.run(labelled.population, options: options)
        let persons = labelled.persons
        var (linked, wrong) = (0.0, 0.0)
        var asked: Set<[UInt32]> = []
        var joined = outcome.clusters
        for pair in outcome.pairs {
            let isRight = persons[Int(pair.left)] == persons[Int(pair.right)]
            let (left, right) = (
                outcome.clusters[Int(pair.left)], outcome.clusters[Int(pair.right)]
            )
            if pair.decision == .link {
                linked += 1
                if !isRight { wrong += 1 }
            } else if left != right {
                asked.insert([min(left, right), max(left, right)])
                if isRight { Self.join(pair.left, pair.right, &joined) }
            }
        }
        accuracy = Evaluation(clusters: outcome.clusters, persons: persons).pairwise
        for slot in joined.indices { joined[slot] = Self.root(UInt32(slot), joined) }
        recallWithReview = Evaluation(clusters: joined, persons: persons).pairwise.recall
        tasksPerThousand = Double(asked.count) * 1_000 / Double(max(1, persons.count))
        falseRate = linked > 0 ? wrong / linked : 0
        estimatedFalseRate = outcome.errors.automatic.falseLinkRate
    }

    private static func root(_ slot: UInt32, _ parents: [UInt32]) -> UInt32 {
        var slot = slot
        while parents[Int(slot)] != slot { slot = parents[Int(slot)] }
        return slot
    }

    private static func join(_ left: UInt32, _ right: UInt32, _ parents: inout [UInt32]) {
        let (one, other) = (root(left, parents), root(right, parents))
        parents[Int(max(one, other))] = min(one, other)
    }
}
