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
            "\(Figures.grouped(evaluation.exactPersons)) persons found whole and alone,"
                + " \(Figures.counted(errors.falseLinkCount, "false link")),"
                + " \(Figures.counted(errors.missedLinkCount, "missed link"))",
        ]
        if let curve { lines += [""] + plot(curve) + [""] + table(curve) }
        for (title, groups) in [("false links", falseLinks), ("missed links", missedLinks)] {
            guard let groups, !groups.isEmpty else { continue }
            var table = TextTable([title, "pairs"])
            for group in groups { table.add([group.kind, Figures.grouped(group.count)]) }
            lines += [""] + table.lines
        }
        return lines
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
        "Exact copies of a record are joined without being weighed; here they count as missed."

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
