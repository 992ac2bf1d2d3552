import Foundation
import Linkage
import RegistryModel

extension EvaluationReport {
    private static let plottedPointsMax = 400

    /// The report for a terminal.
    var lines: [String] {
        var lines = [
            EvaluateCommand.line("pairwise", evaluation.pairwise),
            EvaluateCommand.line("B-cubed ", evaluation.bCubed),
            "\(Figures.grouped(evaluation.records)) records,"
                + " \(Figures.grouped(evaluation.persons)) persons,"
                + " \(Figures.grouped(evaluation.clusters)) clusters,"
                + " the largest of \(Figures.grouped(evaluation.largestCluster))",
            "\(Figures.grouped(evaluation.exactPersons)) persons"
                + " (\(share(evaluation.exactPersons, of: evaluation.persons))) have one cluster"
                + " with all their records and no other's",
            mixed, split,
        ]
        if let curve { lines += [""] + plot(curve) + [""] + table(curve) }
        lines += table("what false links have in common", falseLinks, of: errors.falseLinkCount)
        lines += table("what kept missed links apart", missedLinks, of: errors.missedLinkCount)
        return lines
    }

    /// Clusters that harm: one person's record among another's.
    var mixed: String {
        "\(Figures.counted(evaluation.mixedClusters, "cluster")) with records of several persons:"
            + " \(Figures.counted(errors.falseLinkCount, "false link"))"
    }

    /// Persons whose history is in pieces.
    var split: String {
        "\(Figures.counted(evaluation.splitPersons, "person")) with records in several clusters:"
            + " \(Figures.counted(errors.missedLinkCount, "missed link"))"
    }

    func share(_ part: Int, of whole: Int) -> String {
        Figures.plainRate(Double(part) / Double(max(1, whole)))
    }

    private func table(_ title: String, _ groups: [ErrorGroup]?, of count: Int) -> [String] {
        guard let groups, !groups.isEmpty else { return [] }
        let seen = groups.reduce(0) { $0 + $1.count }
        var table = TextTable([title, "pairs", "share"])
        for group in groups {
            table.add([group.kind, Figures.grouped(group.count), share(group.count, of: seen)])
        }
        let note = "\(Figures.grouped(seen)) of \(Figures.grouped(count)) pairs were looked at"
        return [""] + table.lines + (seen == count ? [] : [note])
    }

    /// The points to be drawn and the ranges that show them well.
    func drawing(
        _ curve: PrecisionRecallCurve
    ) -> (points: [(x: Double, y: Double)], x: ClosedRange<Double>, y: ClosedRange<Double>) {
        let points = curve.points(atMost: Self.plottedPointsMax).map {
            (x: $0.accuracy.recall, y: $0.accuracy.precision)
        }
        // The corner where the curve bends: what lies far from it is seen in the table.
        let best = curve.best?.accuracy ?? Accuracy(precision: 1, recall: 1)
        func low(_ value: Double) -> Double {
            let spread = max(1 - value, 0.001) * 4
            let step = pow(10, floor(log10(spread)))
            return max(0, floor((1 - spread) / step) * step)
        }
        return (points, low(best.recall)...1, low(best.precision)...1)
    }

    private func plot(_ curve: PrecisionRecallCurve) -> [String] {
        let (points, x, y) = drawing(curve)
        guard points.count > 1 else { return ["no pairs to draw"] }
        return TextPlot(xLabel: "recall", yLabel: "precision", x: x, y: y).lines(points)
    }

    /// The thresholds of the table and, among them, that of the best F1.
    func points(_ curve: PrecisionRecallCurve) -> [(
        point: PrecisionRecallCurve.Point, isBest: Bool
    )] {
        var points = thresholds.map { (point: curve.point(from: $0), isBest: false) }
        if let best = curve.best { points.append((best, true)) }
        return points.sorted { $0.point.weight < $1.point.weight }
    }

    /// What a reader of the curve must know.
    static let copiesNote =
        "Exact copies of a record are joined without being weighed: they count as linked throughout."

    private func table(_ curve: PrecisionRecallCurve) -> [String] {
        var table = TextTable(["weight from", "pairs", "precision", "recall", "F1", ""])
        for (point, isBest) in points(curve) {
            table.add([
                Figures.decimal(Double(point.weight), places: 1), Figures.grouped(point.links),
                Figures.decimal(point.accuracy.precision, places: 4),
                Figures.decimal(point.accuracy.recall, places: 4),
                Figures.decimal(point.accuracy.f1, places: 4), isBest ? "best" : "",
            ])
        }
        return table.lines + [Self.copiesNote]
    }
}

extension EvaluationReport {
    /// The report as JSON.
    var json: JSONValue {
        func accuracy(_ accuracy: Accuracy) -> [JSONMember] {
            [
                .rounded("f1", accuracy.f1, places: 6),
                .rounded("precision", accuracy.precision, places: 6),
                .rounded("recall", accuracy.recall, places: 6),
            ]
        }
        func kinds(_ total: Int, _ groups: [ErrorGroup]?) -> [JSONMember] {
            [.count("count", total)]
                + (groups.map { [.object("kinds", $0.map { .count($0.kind, $0.count) })] } ?? [])
        }
        var members: [JSONMember] = [
            .object("pairwise", accuracy(evaluation.pairwise)),
            .object("b_cubed", accuracy(evaluation.bCubed)),
            .count("records", evaluation.records), .count("persons", evaluation.persons),
            .count("clusters", evaluation.clusters),
            .count("largest_cluster", evaluation.largestCluster),
            .count("exact_persons", evaluation.exactPersons),
            .count("split_persons", evaluation.splitPersons),
            .count("mixed_clusters", evaluation.mixedClusters),
            .object("false_links", kinds(errors.falseLinkCount, falseLinks)),
            .object("missed_links", kinds(errors.missedLinkCount, missedLinks)),
        ]
        if let curve {
            func point(_ point: PrecisionRecallCurve.Point) -> [JSONMember] {
                [
                    .rounded("weight", Double(point.weight), places: 3),
                    .count("pairs", point.links),
                ] + accuracy(point.accuracy)
            }
            let table = points(curve).filter { !$0.isBest }
            members.append(JSONMember("thresholds", .array(table.map { .object(point($0.point)) })))
            if let best = curve.best { members.append(.object("best", point(best))) }
        }
        return .object(members)
    }
}
