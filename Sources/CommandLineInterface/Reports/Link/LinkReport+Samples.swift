import Linkage

extension LinkReport {
    /// Pairs near the thresholds, each with the reasons for its weight.
    var pairs: Markup {
        let groups = samples.filter { !$0.pairs.isEmpty }
        guard !groups.isEmpty else { return "<p>No pair is near a threshold.</p>" }
        return """
            <p>Up to \(LinkageDiagnostics.sampledPairsMax) pairs on either side of each threshold, drawn by \
            what their records say, so that equal files show equal pairs. Each bar goes from the sum so far \
            to the next; where only one value stands, both records have it.</p>
            \(groups.map(\.markup))
            """
    }
}

extension LinkReport.Sample {
    fileprivate var markup: Markup {
        "<h3>\(title)</h3>\n\(pairs.map { WaterfallFigure(pair: $0).markup })"
    }
}
