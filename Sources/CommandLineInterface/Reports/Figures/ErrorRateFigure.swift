import Foundation
import Linkage

/// Estimated errors by threshold, on a logarithmic scale.
struct ErrorRateFigure {
    private static let height = 200
    /// The lowest rate that is drawn, as a power of ten.
    private static let decadeMin = -5.0

    /// What to expect of each threshold, lightest first.
    let curve: [ErrorEstimates.AtThreshold]
    /// The thresholds that are marked.
    let thresholds: [(name: String, expected: ErrorEstimates.AtThreshold)]
    let scale: PlotScale

    /// The figure with its caption.
    var markup: Markup {
        let marks = thresholds.map {
            WeightAxis.Mark(name: $0.name, weight: $0.expected.weight)
        }
        let axis = WeightAxis(scale: scale, marks: marks, height: Self.height)
        let top = WeightAxis.marksHeight
        var drawing: Markup = ""
        for decade in Int(Self.decadeMin)...0 {
            let y = top + Int(Double(decade) / Self.decadeMin * Double(Self.height))
            let rate = Figures.roundRate(pow(10, Double(decade)))
            drawing += """
                <line class="grid" x1="0" x2="100%" y1="\(y)" y2="\(y)"/>\
                <text x="-6" y="\(y + 4)" text-anchor="end">\(rate)</text>

                """
        }
        drawing += """
            <svg y="\(top)" width="100%" height="\(Self.height)" viewBox="0 0 1000 1000" \
            preserveAspectRatio="none">
            \(line("for dashed", curve.map { ($0.weight, 1 - $0.recall) }))\
            \(line("against", curve.map { ($0.weight, $0.falseLinkRate) }))</svg>

            """
        return """
            <figure>
            <figcaption><b>Estimated errors by threshold.</b> What would be wrong if every pair from a \
            weight on were linked, by the model's own probabilities. Pairs that no blocking rule brings \
            together are not in it.</figcaption>
            <div class="legend">\(Legend.stroke("against", "false among links"))\
            \(Legend.stroke("for dashed", "missed among pairs of one person"))</div>
            <svg class="plot" height="\(top + Self.height)" role="img" \
            aria-labelledby="errors-title errors-text">
            <title id="errors-title">Estimated error rates by threshold</title>
            <desc id="errors-text">\(prose: summary)</desc>
            \(drawing)\(axis.markup)\(axis.markLines)</svg>
            </figure>

            """
    }

    /// A line through the points above the lowest rate that is drawn.
    private func line(_ kind: Markup, _ points: [(weight: Double, rate: Double)]) -> Markup {
        let drawn = points.filter { $0.rate >= pow(10, Self.decadeMin) }
        guard drawn.count > 1 else { return "" }
        let places = drawn.map { point in
            let x = Figures.decimal(scale.percent(point.weight) * 10, places: 1)
            let y = Figures.decimal(log10(point.rate) / Self.decadeMin * 1000, places: 1)
            return "\(x),\(y)"
        }
        return
            "<polyline class=\"line \(kind)\" points=\"\(plain: places.joined(separator: " "))\"/>"
    }

    private var summary: String {
        thresholds.map { name, expected in
            "From the \(name) threshold on \(Figures.rate(expected.falseLinkRate)) of links false and"
                + " \(Figures.rate(1 - expected.recall)) of pairs missed."
        }.joined(separator: " ")
    }
}
