import Linkage

/// Precision against recall.
struct CurveFigure {
    private static let height = 280

    let points: [(x: Double, y: Double)]
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>
    /// The point to be marked.
    let best: Accuracy?

    /// The figure with its caption.
    var markup: Markup {
        let across = PlotScale(x.lowerBound, x.upperBound)
        let up = PlotScale(y.lowerBound, y.upperBound)
        func rise(_ value: Double) -> Int {
            Self.height - Int(up.percent(value) / 100 * Double(Self.height))
        }
        var drawing: Markup = ""
        for tick in up.ticks(about: 5) {
            drawing += """
                <line class="grid" x1="0" x2="100%" y1="\(rise(tick))" y2="\(rise(tick))"/>\
                <text x="-6" y="\(rise(tick) + 4)" text-anchor="end">\(Self.text(tick))</text>

                """
        }
        for (index, tick) in across.ticks(about: 8).enumerated() {
            let minor: Markup = index.isMultiple(of: 2) ? "" : " class=\"minor\""
            drawing += """
                <line class="grid" x1="\(across.place(tick))" x2="\(across.place(tick))" y1="0" \
                y2="\(Self.height)"/><text\(minor) x="\(across.place(tick))" y="\(Self.height + 18)" \
                text-anchor="middle">\(Self.text(tick))</text>

                """
        }
        let drawn = points.filter { x.contains($0.x) && y.contains($0.y) }.map { point in
            Figures.decimal(across.percent(point.x) * 10, places: 1) + ","
                + Figures.decimal(1000 - up.percent(point.y) * 10, places: 1)
        }
        let mark: Markup =
            best.map { best -> Markup in
                """
                <circle class="point" r="5" cx="\(across.place(best.recall))" cy="\(rise(best.precision))"/>
                """
            } ?? ""
        return """
            <figure>
            <figcaption><b>Precision against recall.</b> Each point is a threshold; the mark is that of \
            the best F1. Only the corner where the curve bends is drawn.</figcaption>
            <svg class="plot" height="\(Self.height)" role="img" aria-labelledby="curve-title curve-text">
            <title id="curve-title">Precision against recall</title>
            <desc id="curve-text">\(prose: summary)</desc>
            \(drawing)<svg width="100%" height="\(Self.height)" viewBox="0 0 1000 1000" \
            preserveAspectRatio="none"><polyline class="line for" \
            points="\(plain: drawn.joined(separator: " "))"/></svg>
            \(mark)<line class="axis" x1="0" x2="100%" y1="\(Self.height)" y2="\(Self.height)"/>
            <text x="50%" y="\(Self.height + 36)" text-anchor="middle">recall</text>
            <text class="label" x="6" y="\(Self.height - 8)">precision</text>
            </svg>
            </figure>

            """
    }

    private static func text(_ value: Double) -> String { Figures.decimal(value, places: 3) }

    private var summary: String {
        guard let best else { return "There are no pairs." }
        return "The best F1, \(Figures.decimal(best.f1, places: 4)), has precision"
            + " \(Figures.decimal(best.precision, places: 4)) and recall"
            + " \(Figures.decimal(best.recall, places: 4))."
    }
}
