import Linkage

extension LinkReport {
    private var marks: [WeightAxis.Mark] {
        summary.thresholds.map { WeightAxis.Mark(name: $0.name, weight: $0.expected.weight) }
    }

    /// The histogram of weights, the thresholds and what they cost.
    var weighing: Markup {
        guard !weights.bins.isEmpty else {
            return "<p>No pair was heavy enough to be shown.</p>"
        }
        var table = ReportTable(
            "What the model expects of linking all pairs from each threshold on",
            [
                .text("threshold"), .number("bits"), .number("links"), .number("false"),
                .number("missed"),
            ])
        func cell(_ count: Double, _ share: Double) -> Markup {
            """
            <span class="cell">\(Figures.expected(count))<small>\(Figures.rate(share))</small></span>
            """
        }
        for (name, expected) in summary.thresholds {
            table.add([
                "\(name)", "\(Figures.signed(expected.weight, places: 2))",
                "\(Figures.grouped(expected.links))",
                cell(expected.falseLinks, expected.falseLinkRate),
                cell(expected.missedLinks, 1 - expected.recall),
            ])
        }
        return """
            <p>The match weight of a pair is the logarithm, to base 2, of the odds that both records are of \
            one person: 0 bits is one to one, +10 is a thousand to one. Pairs from the <em>link</em> threshold \
            on are put together in files; the registry links by itself from the <em>automatic</em> threshold \
            on; from the <em>review</em> threshold on a pair is worth a look. <em>False</em> are links of two \
            persons, <em>missed</em> pairs of one person that are not linked.</p>
            \(table.markup)
            <p>Were the registry to link from the automatic threshold on, a steward would be asked \
            \(prose: summary.questions).</p>
            \(HistogramFigure(histogram: weights, marks: marks).markup)
            \(ErrorRateFigure(
                curve: errorCurve, thresholds: summary.thresholds,
                scale: HistogramFigure.scale(weights, marks: marks)).markup)
            """
    }

    /// The weights of all levels, field by field.
    var model: Markup {
        guard !fields.isEmpty else { return "<p>No field has values in two records.</p>" }
        let bits = fields.flatMap(\.levels).flatMap {
            [$0.bits(against: \.chance), $0.bits(against: \.kin), $0.bits(against: \.siblings)]
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
                let bits = level.bits(against: \.chance)
                let bar = BarCells.diverging(
                    bits,
                    thin: [
                        (level.bits(against: \.kin), "kin"),
                        (level.bits(against: \.siblings), "sibling"),
                    ], scale: scale)
                table.add([
                    "\(level.name)", "<span class=\"bar\">\(bar)</span>",
                    "\(Figures.signed(bits, places: 1))",
                    "\(Figures.plainRate(level.match))", "\(Figures.plainRate(level.chance))",
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
