import Linkage

/// Why a pair weighs what it weighs: a row for each step, with the values and a bar.
struct WaterfallFigure {
    /// A row: what it is about, its values, and the sums before and after it.
    private struct Row {
        var name: String
        var note: String
        var values: Markup
        var from: Double
        var to: Double
        var isTotal = false
    }

    let pair: LinkReport.SampledPair

    private var rows: [Row] {
        let explanation = pair.explanation
        var sum = Double(explanation.prior)
        var rows = [
            Row(name: "Prior", note: "any two records", values: "", from: 0, to: sum)
        ]
        for step in explanation.steps {
            let next = sum + Double(step.weight)
            rows.append(
                Row(
                    name: step.field.title, note: step.level,
                    values: Self.values(step.left, step.right), from: sum,
                    to: next))
            sum = next
        }
        let total = Double(explanation.total)
        let other = Self.title(explanation.alternative)
        rows.append(
            Row(
                name: "Other explanations", note: "above all: \(other)", values: "", from: sum,
                to: total))
        rows.append(
            Row(name: "Match weight", note: "", values: "", from: 0, to: total, isTotal: true))
        return rows
    }

    /// The pair with its waterfall.
    var markup: Markup {
        let rows = rows
        let sums = rows.flatMap { [$0.from, $0.to] }
        let scale = PlotScale(min(sums.min() ?? 0, 0), max(sums.max() ?? 0, 0))
        var table = ReportTable(
            "Waterfall of \(pair.leftID) and \(pair.rightID)", classes: "falls",
            [.text("field"), .text("values"), .text("sum"), .number("bits")])
        for row in rows {
            let note: Markup = row.note.isEmpty ? "" : "<small>\(row.note)</small>"
            let step = BarCells.step(
                from: row.from, to: row.to, isTotal: row.isTotal, scale: scale)
            let bits = row.isTotal ? row.to : row.to - row.from
            table.add(
                [
                    "\(row.name)\(note)", row.values, "<span class=\"bar\">\(step)</span>",
                    "\(Figures.signed(bits, places: 1))",
                ], classes: row.isTotal ? "sum" : "")
        }
        let weight = Figures.signed(Double(pair.explanation.total), places: 1)
        return """
            <article>
            <header><h4>\(weight) bits</h4>\(tags)\
            <span>\(Figures.rate(pair.explanation.probability)) likely one person</span>\
            <span>\(.value(pair.leftID)) · \(.value(pair.rightID))</span></header>
            \(table.markup)
            </article>

            """
    }

    private var tags: Markup {
        let kind: Markup =
            switch pair.decision {
            case .link: "for"
            case .review: "review"
            case .separate: "none"
            }
        let veto: Markup =
            pair.explanation.isVetoed ? "<span class=\"tag against\">contradiction</span>" : ""
        return "<span class=\"tag \(kind)\">\(pair.decision.name)</span>\(veto)"
    }

    /// Both values, or one where they are the same.
    static func values(_ left: String, _ right: String) -> Markup {
        left == right
            ? .value(left) : "<span class=\"two\">\(one(left))\(one(right))</span>"
    }

    private static func one(_ value: String) -> Markup {
        value.isEmpty ? "<span class=\"soft\">–</span>" : .value(value)
    }

    /// A hypothesis for people.
    static func title(_ hypothesis: Hypothesis) -> String {
        switch hypothesis {
        case .match: "one person"
        case .random: "strangers"
        case .kin: "relatives"
        case .sibling: "siblings"
        case .twin: "twins"
        case .namesake: "a namesake of another generation"
        }
    }
}
