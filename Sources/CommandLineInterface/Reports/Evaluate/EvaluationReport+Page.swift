import Linkage

extension EvaluationReport {
    /// The report as one page.
    var html: String {
        let showsValues = falseLinks != nil
        let notice: Markup = """
            <p class="notice"><strong>Contains personal data.</strong> The examples of errors show values \
            of persons as their sources wrote them: keep this page as you keep the extracts.</p>
            """
        var sections = [
            ReportPage.Section(anchor: "accuracy", title: "Accuracy", body: accuracy)
        ]
        if let curve {
            sections.append(
                ReportPage.Section(
                    anchor: "thresholds", title: "Thresholds", body: thresholds(curve)))
        }
        if let falseLinks {
            sections.append(
                ReportPage.Section(
                    anchor: "false", title: "False links",
                    body: groups(falseLinks, of: errors.falseLinkCount)))
        }
        if let missedLinks {
            sections.append(
                ReportPage.Section(
                    anchor: "missed", title: "Missed links",
                    body: groups(missedLinks, of: errors.missedLinkCount)))
        }
        return ReportPage(
            title: "Evaluation", subtitle: "padron \(Program.version) · \(date)",
            notice: showsValues ? notice : "", sections: sections
        ).html
    }

    private var accuracy: Markup {
        func fact(_ name: String, _ value: String, _ note: String) -> Markup {
            "<div><dt>\(name)</dt><dd>\(value)<small>\(note)</small></dd></div>\n"
        }
        func figures(_ name: String, _ accuracy: Accuracy) -> Markup {
            fact(
                name, Figures.decimal(accuracy.f1, places: 4),
                "precision \(Figures.decimal(accuracy.precision, places: 4)), recall"
                    + " \(Figures.decimal(accuracy.recall, places: 4))")
        }
        return """
            <dl class="facts">
            \(figures("F1, pairs", evaluation.pairwise))\(figures("F1, B-cubed", evaluation.bCubed))\
            \(fact("Persons", Figures.grouped(evaluation.persons), "by the truth"))\
            \(fact("Clusters", Figures.grouped(evaluation.clusters),
                "of \(Figures.counted(evaluation.records, "record"))"))\
            \(fact("Whole and alone", Figures.grouped(evaluation.exactPersons),
                "\(share(evaluation.exactPersons, of: evaluation.persons)) of persons"))\
            \(fact("False links", Figures.grouped(errors.falseLinkCount),
                "in \(Figures.counted(evaluation.mixedClusters, "cluster")) of several persons"))\
            \(fact("Missed links", Figures.grouped(errors.missedLinkCount),
                "of \(Figures.counted(evaluation.splitPersons, "person")) in several clusters"))</dl>
            """
    }

    private func thresholds(_ curve: PrecisionRecallCurve) -> Markup {
        var table = ReportTable(
            "Linking all pairs from a weight on; in bold the best F1",
            [
                .number("weight from"), .number("pairs"), .number("precision"), .number("recall"),
                .number("F1"),
            ])
        for (point, isBest) in points(curve) {
            table.add(
                [
                    "\(Figures.signed(Double(point.weight), places: 1))",
                    "\(Figures.grouped(point.links))",
                    "\(Figures.decimal(point.accuracy.precision, places: 4))",
                    "\(Figures.decimal(point.accuracy.recall, places: 4))",
                    "\(Figures.decimal(point.accuracy.f1, places: 4))",
                ], classes: isBest ? "sum" : "")
        }
        let (points, x, y) = drawing(curve)
        let figure = CurveFigure(points: points, x: x, y: y, best: curve.best?.accuracy)
        return """
            \(figure.markup)\(table.markup)
            <p class="note">\(Self.copiesNote)</p>
            """
    }

    private func groups(_ groups: [ErrorGroup], of count: Int) -> Markup {
        guard !groups.isEmpty else { return "<p>There are none.</p>" }
        let seen = groups.reduce(0) { $0 + $1.count }
        var table = ReportTable("By kind", [.text("kind"), .text(""), .number("pairs")])
        for group in groups {
            let bar = BarCells.share(Double(group.count) / Double(max(1, seen)))
            table.add([
                "\(group.kind)", "<span class=\"bar\">\(bar)</span>",
                "\(Figures.grouped(group.count))",
            ])
        }
        let examples = groups.map { group -> Markup in
            "<h3>\(group.kind)</h3>\n\(group.examples.map(\.markup))"
        }
        let note: Markup =
            seen == count
            ? ""
            : """
            <p class="note">\(Figures.grouped(seen)) of \(Figures.grouped(count)) pairs were looked at.</p>
            """
        return "\(table.markup)\n\(note)\(examples)"
    }
}

extension EvaluationReport.ErrorGroup.Example {
    fileprivate var markup: Markup {
        var table = ReportTable(
            "Comparison of \(leftID) and \(rightID)", classes: "pairs",
            [.text("field"), .text("values")])
        for step in comparison.steps {
            table.add([
                "\(step.field.title)<small>\(step.level)</small>",
                WaterfallFigure.values(step.left, step.right),
            ])
        }
        return """
            <article>
            <header><span>\(.value(leftID)) · \(.value(rightID))</span></header>
            \(table.markup)
            </article>

            """
    }
}
