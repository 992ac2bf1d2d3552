import Linkage

extension LinkReport {
    private var marks: [WeightAxis.Mark] {
        [
            WeightAxis.Mark(name: "review", weight: reviewThreshold),
            WeightAxis.Mark(name: "link", weight: linkThreshold),
            WeightAxis.Mark(name: "automatic", weight: automaticThreshold),
        ]
    }

    /// The histogram of weights, the thresholds and what they cost.
    var weighing: Markup {
        guard !weights.bins.isEmpty else {
            return "<p>No pair was heavy enough to be shown.</p>"
        }
        var table = ReportTable(
            "Pairs from each threshold on, how many of them are false, and how many pairs are missed, by the model’s own probabilities",
            [
                .text("threshold"), .number("bits"), .number("pairs"), .number("false"),
                .number("missed"),
            ])
        for mark in marks.reversed() {
            let estimate = weights.errorEstimate(from: mark.weight)
            table.add([
                "\(mark.name)", "\(Figures.signed(mark.weight, places: 2))",
                "\(Figures.grouped(estimate.links))", "\(Figures.rate(estimate.falseLinkRate))",
                "\(Figures.rate(estimate.missedRate))",
            ])
        }
        return """
            <p>The match weight of a pair is the logarithm, to base 2, of the odds that both records are of \
            one person: 0 bits is one to one, +10 is a thousand to one. Pairs from the <em>link</em> threshold \
            on are put together in files; the registry links by itself from the <em>automatic</em> threshold \
            on; from the <em>review</em> threshold on a pair is worth a look.</p>
            \(table.markup)
            \(HistogramFigure(histogram: weights, marks: marks).markup)
            \(ErrorRateFigure(histogram: weights, marks: marks).markup)
            """
    }

    /// The weights of all levels, field by field.
    var model: Markup {
        guard !fields.isEmpty else { return "<p>The records have no field that is compared.</p>" }
        let bits = fields.flatMap(\.levels).flatMap {
            [$0.againstChance, $0.againstKin, $0.againstSiblings]
        }
        // What is far from the rest is cut, so that the rest can be read.
        let scale = PlotScale(max(bits.min() ?? 0, -12), min(max(bits.max() ?? 1, 6), 16))
        let tables = fields.map { field -> Markup in
            var table = ReportTable(
                "<b>\(field.name)</b>", classes: "levels",
                [
                    .text("agreement"), .text("weight"), .number("bits"), .number("one person"),
                    .number("strangers"),
                ])
            for level in field.levels {
                let bar = BarCells.diverging(
                    level.againstChance,
                    thin: [(level.againstKin, "kin"), (level.againstSiblings, "sibling")],
                    scale: scale)
                table.add([
                    "\(level.name)", "<span class=\"bar\">\(bar)</span>",
                    "\(Figures.signed(level.againstChance, places: 1))",
                    "\(Figures.plainRate(level.mProbability))",
                    "\(Figures.plainRate(level.uProbability))",
                ])
            }
            return "<div>\(table.markup)</div>\n"
        }
        let missing: Markup =
            emptyFields.isEmpty
            ? ""
            : "<p class=\"note\">Not in these records: \(Markup.list(emptyFields)).</p>"
        return """
            <p>How often two records agree so much in a field if they are of one person, and if they are of \
            strangers; the bar is the logarithm of the ratio, to the right for one person. The thin bars \
            below it weigh one person against two relatives, and against two siblings: what a household \
            shares says little there.</p>
            <div class="legend">\(Legend.swatch("for", "for one person"))\
            \(Legend.swatch("against", "against"))\(Legend.swatch("kin", "against kin"))\
            \(Legend.swatch("sibling", "against siblings"))</div>
            <div class="fields">
            \(tables)</div>
            \(missing)
            """
    }
}
