import Extracts
import Linkage

/// `padron evaluate`: a clustering held against the truth.
enum EvaluateCommand {
    static let command = Command(
        specification: CommandSpecification(
            words: ["evaluate"], summary: "hold clusters against the truth",
            discussion: "A record that stands in the truth and in no cluster ends it with 1.",
            options: [
                .value("--clusters", "CLUSTERS", "CSV record_id,cluster_id", isRequired: true),
                .value("--truth", "TRUTH", "CSV record_id,person_id", isRequired: true),
                .value("--pairs", "PAIRS", "CSV of weighed pairs: precision and recall by weight"),
            ]),
        run: run)

    private static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws {
        let truth = try LabelledRecords(
            path: arguments.required("--truth"), column: "person_id")
        let clustersPath = try arguments.required("--clusters")
        let clusters = try LabelledRecords(path: clustersPath, column: "cluster_id")
        var clusterNumbers: [UInt32] = []
        for id in truth.ids {
            guard let cluster = clusters.numbers[id] else {
                throw CommandFailure("\(clustersPath): a record of the truth has no cluster")
            }
            clusterNumbers.append(cluster)
        }
        let persons = truth.ids.map { truth.numbers[$0] ?? 0 }
        let evaluation = Evaluation(clusters: clusterNumbers, persons: persons)
        context.console.print(line("pairwise", evaluation.pairwise))
        context.console.print(line("B-cubed ", evaluation.bCubed))
        context.console.print(
            "\(Figures.grouped(evaluation.records)) records,"
                + " \(Figures.grouped(evaluation.persons)) persons,"
                + " \(Figures.grouped(evaluation.clusters)) clusters,"
                + " the largest of \(Figures.grouped(evaluation.largestCluster))")
        if let path = arguments.value("--pairs") {
            try printThresholds(pairs: path, truth: truth, context.console)
        }
    }

    /// One line of precision, recall and F1.
    static func line(_ name: String, _ accuracy: Accuracy) -> String {
        "\(name)  F1 \(Figures.decimal(accuracy.f1, places: 4))"
            + "  precision \(Figures.decimal(accuracy.precision, places: 4))"
            + "  recall \(Figures.decimal(accuracy.recall, places: 4))"
    }

    /// Precision and recall if all pairs from a weight on were linked.
    private static func printThresholds(
        pairs path: String, truth: LabelledRecords, _ console: Console
    ) throws {
        let pairs = try PairFile.read(path, truth: truth)
        let thresholds: [Float] = [-3, 0, 3, 6, 9, 12, 15, 20, 25, 30]
        let persons = truth.ids.map { truth.numbers[$0] ?? 0 }
        let accuracies = Evaluation.atThresholds(thresholds, pairs: pairs, persons: persons)
        var table = TextTable(["weight from", "precision", "recall", "F1"])
        for (threshold, accuracy) in zip(thresholds, accuracies) {
            table.add([
                Figures.decimal(Double(threshold), places: 0),
                Figures.decimal(accuracy.precision, places: 4),
                Figures.decimal(accuracy.recall, places: 4),
                Figures.decimal(accuracy.f1, places: 4),
            ])
        }
        table.lines.forEach(console.print)
    }
}
