import Foundation
import Linkage

/// The weights of all pairs that were kept, on a logarithmic scale of pairs.
///
/// Most pairs are of strangers and most of the others are sure; what matters are the few between,
/// which only a logarithmic scale shows beside them.
struct HistogramFigure {
    /// A bar: a range of weights.
    private struct Bar {
        var weight: Double
        var separate = 0
        var review = 0
        var link = 0

        var pairs: Int { separate + review + link }
        /// The class of the commonest decision.
        var kind: Markup {
            if link >= review, link >= separate { return "for" }
            return review >= separate ? "review" : "none"
        }
    }

    private static let height = 220
    /// The width of a bar in bits.
    private static let barWidth = 1.0
    /// The least height of a bar, in factors of ten, so that a single pair is seen.
    private static let foot = 0.35

    let histogram: WeightHistogram
    let marks: [WeightAxis.Mark]

    /// The range of weights that is drawn, the same for every plot of the run.
    static func scale(_ histogram: WeightHistogram, marks: [WeightAxis.Mark]) -> PlotScale {
        let bars = histogram.bins.map(\.weight)
        let weights = marks.map(\.weight) + [bars.first, bars.last].compactMap { $0 }
        let low = floor((weights.min() ?? -6) / 2) * 2
        let high = ceil(((weights.max() ?? 20) + WeightHistogram.binWidth) / 2) * 2
        return PlotScale(low, max(high, low + 10))
    }

    private var bars: [Bar] {
        var bars: [Bar] = []
        for bin in histogram.bins where bin.pairs > 0 {
            let weight = floor(bin.weight / Self.barWidth) * Self.barWidth
            if bars.last?.weight != weight { bars.append(Bar(weight: weight)) }
            let last = bars.count - 1
            bars[last].separate += bin.separate
            bars[last].review += bin.review
            bars[last].link += bin.link
        }
        return bars
    }

    /// The figure with its caption.
    var markup: Markup {
        let scale = Self.scale(histogram, marks: marks)
        let bars = bars
        let decades = Int(max(1, ceil(log10(Double(bars.map(\.pairs).max() ?? 1) + 0.5))))
        let axis = WeightAxis(scale: scale, marks: marks, height: Self.height)
        let bottom = WeightAxis.marksHeight + Self.height
        func rise(_ logarithm: Double) -> Int {
            Int((logarithm + Self.foot) / (Double(decades) + Self.foot) * Double(Self.height))
        }
        var drawing: Markup = ""
        for decade in 0...decades {
            let y = bottom - rise(Double(decade))
            drawing += """
                <line class="grid" x1="0" x2="100%" y1="\(y)" y2="\(y)"/>\
                <text x="-6" y="\(y + 4)" text-anchor="end">\(Figures.powerOfTen(decade))</text>

                """
        }
        for bar in bars {
            let top = rise(log10(Double(bar.pairs)))
            drawing += """
                <rect class="\(bar.kind)" x="\(scale.place(bar.weight))" \
                width="\(scale.length(bar.weight, bar.weight + Self.barWidth * 0.9))" \
                y="\(bottom - top)" height="\(top)"/>

                """
        }
        return """
            <figure>
            <figcaption><b>Weights of pairs.</b> Pairs by match weight, in bars of 1 bit; each line up is \
            ten times as many. \(lighter)</figcaption>
            \(legend)
            <svg class="plot" height="\(bottom)" role="img" aria-labelledby="weights-title weights-text">
            <title id="weights-title">Histogram of match weights</title>
            <desc id="weights-text">\(prose: summary(bars))</desc>
            \(drawing)\(axis.markup)\(axis.markLines)</svg>
            </figure>

            """
    }

    private var lighter: Markup {
        histogram.lighterPairs == 0
            ? ""
            : """
            Another \(Figures.grouped(histogram.lighterPairs)) pairs were compared and weigh too little to \
            be drawn.
            """
    }

    private var legend: Markup {
        """
        <div class="legend">\(Legend.swatch("for", "linked"))\(Legend.swatch("review", "for review"))\
        \(Legend.swatch("none", "separate"))</div>
        """
    }

    private func summary(_ bars: [Bar]) -> String {
        guard let heaviest = bars.last, let lightest = bars.first,
            let highest = bars.max(by: { $0.pairs < $1.pairs })
        else { return "No pair was heavy enough to be drawn." }
        return "From \(Figures.signed(lightest.weight, places: 0)) to"
            + " \(Figures.signed(heaviest.weight + Self.barWidth, places: 0)) bits; most pairs,"
            + " \(Figures.grouped(highest.pairs)), from"
            + " \(Figures.signed(highest.weight, places: 0)) bits on."
    }
}
