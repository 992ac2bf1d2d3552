import Foundation
import Linkage
import Synthesis

/// What each idea and each blocking rule adds: the F1 of clusters with it less that without it.
enum AblationBenchmark {
    static let entry = Benchmark(
        name: "ablation", usage: "[--persons N] [--data FOLDER] [--only NAME,...] [--threads N]",
        summary: "F1 that each idea adds, on the four countries and labelled extracts", run: run)

    /// Something to do without.
    private struct Omission: Sendable {
        var name: String
        var ideas: Set<EngineIdea> = []
        var rules: Set<BlockingRule> = []
        var rescues = true
    }

    private static var omissions: [Omission] {
        let household: Set<EngineIdea> = [.kin, .siblings, .twins, .namesakes]
        return [Omission(name: "all explanations but chance", ideas: household)]
            + EngineIdea.allCases.map { Omission(name: $0.summary, ideas: [$0]) }
            + [Omission(name: "rescue pass", rescues: false)]
            + BlockingRule.allCases.map { Omission(name: "rule: \($0.name)", rules: [$0]) }
    }

    private static func run(_ options: BenchmarkOptions) throws(BenchmarkError) {
        let threads = try options.threads()
        let folder = try TemporaryFolder.made()
        let persons = try options.integer("--persons", default: 20_000)
        var extracts = try LabelledExtract.usual(
            persons: persons, folder: options["--data"], in: folder)
        extracts.insert(
            try LabelledExtract.guardians(persons: persons, in: folder),
            at: SynthesisLocale.allCases.count)
        var labelled: [LabelledPopulation] = []
        for extract in extracts { labelled.append(try extract.load(threads: threads)) }
        let usual = labelled.map { accuracy($0, Omission(name: ""), threads).f1 }
        var table = MarkdownTable(
            ["F1 in ten-thousandths that is lost without"] + labelled.map(\.name) + ["mean"])
        table.add(
            ["(F1 with all)"] + usual.map { Figures.decimal($0, 4) }
                + [Figures.decimal(usual.reduce(0, +) / Double(usual.count), 4)])
        let only = options["--only"]?.split(separator: ",").map(String.init)
        for omission in omissions {
            if let only, !only.contains(where: omission.name.contains) { continue }
            let losses = zip(labelled, usual).map { labelled, usual in
                (usual - accuracy(labelled, omission, threads).f1) * 10_000
            }
            table.add(
                [omission.name] + losses.map { Figures.decimal($0, 1) }
                    + [Figures.decimal(losses.reduce(0, +) / Double(losses.count), 1)])
        }
        table.print()
    }

    private static func accuracy(
        _ labelled: LabelledPopulation, _ omission: Omission, _ threads: Int
    ) -> Accuracy {
        var options = LinkageOptions()
        options.threads = threads
        options.withoutIdeas = omission.ideas
        options.withoutRules = omission.rules
        options.rescues = omission.rescues
        let outcome = LinkageRun.run(labelled.population, options: options)
        return Evaluation(clusters: outcome.clusters, persons: labelled.persons).pairwise
    }
}
