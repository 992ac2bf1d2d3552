/// What plots over the match weight have in common: the axis and the lines of the thresholds.
struct WeightAxis {
    /// A threshold to be marked.
    struct Mark {
        var name: String
        var weight: Double
    }

    /// The height taken by the names of the marks, above the plot.
    static let marksHeight = 54
    private static let rowHeight = 16

    let scale: PlotScale
    let marks: [Mark]
    /// The height of the plot below the marks.
    let height: Int

    private var bottom: Int { Self.marksHeight + height }

    /// Lines and figures below the plot, a line at each tick.
    var markup: Markup {
        var result: Markup = ""
        for (index, tick) in scale.ticks(about: 12).enumerated() {
            let place = scale.place(tick)
            let minor: Markup = index.isMultiple(of: 2) ? "" : " class=\"minor\""
            result += """
                <line class="axis" x1="\(place)" x2="\(place)" y1="\(bottom)" y2="\(bottom + 4)"/>\
                <text\(minor) x="\(place)" y="\(bottom + 18)" text-anchor="middle">\
                \(Figures.signed(tick, places: 0))</text>

                """
        }
        result += """
            <line class="axis" x1="0" x2="100%" y1="\(bottom)" y2="\(bottom)"/>
            <text x="50%" y="\(bottom + 36)" text-anchor="middle">match weight in bits</text>

            """
        return result
    }

    /// The thresholds, the lightest with the longest line, so that no line crosses a name.
    var markLines: Markup {
        var result: Markup = ""
        for (row, mark) in marks.sorted(by: { $0.weight < $1.weight }).enumerated() {
            let place = scale.place(mark.weight)
            let top = row * Self.rowHeight
            let isRight = scale.percent(mark.weight) > 60
            let anchor: Markup = isRight ? "end" : "start"
            let shift: Markup = isRight ? "-5" : "5"
            result += """
                <line class="mark" x1="\(place)" x2="\(place)" y1="\(top)" y2="\(bottom)"/>\
                <text class="label" x="\(place)" dx="\(shift)" y="\(top + 11)" \
                text-anchor="\(anchor)">\(mark.name) \(Figures.signed(mark.weight, places: 1))</text>

                """
        }
        return result
    }
}
