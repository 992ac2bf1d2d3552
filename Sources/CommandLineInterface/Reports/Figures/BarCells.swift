/// Bars within the cells of tables; the figures stand beside them, so they say nothing by themselves.
enum BarCells {
    /// A bar from 0 to a share of the cell.
    static func share(_ share: Double, kind: Markup = "for") -> Markup {
        let width = PlotScale.percentage(min(max(share, 0), 1) * 100)
        return """
            <svg height="10" aria-hidden="true"><rect class="track" width="100%" height="10" rx="2"/>\
            <rect class="\(kind)" width="\(width)" height="10" rx="2"/></svg>
            """
    }

    /// A thick bar from 0 to a value, and thinner ones below it.
    static func diverging(
        _ value: Double, thin: [(value: Double, kind: Markup)], scale: PlotScale
    ) -> Markup {
        let height = 11 + thin.count * 4
        var bars = bar(0, value, y: 1, height: 9, kind: value < 0 ? "against" : "for", scale)
        for (index, other) in thin.enumerated() {
            bars += bar(0, other.value, y: 11 + index * 4, height: 3, kind: other.kind, scale)
        }
        let zero = scale.place(0)
        return """
            <svg height="\(height)" aria-hidden="true">\(bars)\
            <line class="axis" x1="\(zero)" x2="\(zero)" y1="0" y2="\(height)"/></svg>
            """
    }

    /// A step of a waterfall, from a sum to the next.
    static func step(from: Double, to: Double, isTotal: Bool, scale: PlotScale) -> Markup {
        let kind: Markup = to < from ? "against" : "for"
        let zero = scale.place(0)
        return """
            <svg height="12" aria-hidden="true">\
            <line class="grid" x1="0" x2="100%" y1="6" y2="6"/>\
            \(bar(isTotal ? 0 : from, to, y: 1, height: 10, kind: kind, scale))\
            <line class="axis" x1="\(zero)" x2="\(zero)" y1="-5" y2="17"/></svg>
            """
    }

    private static func bar(
        _ from: Double, _ to: Double, y: Int, height: Int, kind: Markup, _ scale: PlotScale
    ) -> Markup {
        """
        <rect class="\(kind)" x="\(scale.place(min(from, to)))" width="\(scale.length(from, to))" \
        y="\(y)" height="\(height)"/>
        """
    }
}
