import Linkage

extension LinkReport {
    /// What each blocking rule brought together and what it alone found.
    var blocking: Markup {
        let found = Dictionary(uniqueKeysWithValues: rules.map { ($0.rule, $0) })
        let forecasts = forecast?.rules ?? []
        var table = ReportTable(
            "Rules in their order; a pair is compared under the first that holds it",
            classes: "stacked",
            [
                .text("two records share"), .number("blocks"), .number("pairs"),
                .number("new pairs"), .number("largest block"), .number("split"),
                .number("left out"), .number("links"), .number("by it alone"),
            ])
        for rule in forecasts where rule.pairs > 0 || (found[rule.rule]?.links ?? 0) > 0 {
            table.add([
                "\(rule.rule)", "\(Figures.grouped(rule.blocks))", "\(Figures.grouped(rule.pairs))",
                "\(Figures.grouped(rule.newPairs))", "\(Figures.grouped(rule.largestBlock))",
                "\(Figures.grouped(rule.splitBlocks))", "\(Figures.grouped(rule.omittedPairs))",
                "\(Figures.grouped(found[rule.rule]?.links ?? 0))",
                "\(Figures.grouped(found[rule.rule]?.onlyLinks ?? 0))",
            ])
        }
        guard forecasts.contains(where: { $0.pairs > 0 }) else {
            return "<p>No rule brings two of these records together.</p>"
        }
        let unused = forecasts.filter { $0.pairs == 0 }.map(\.rule)
        let idle: Markup =
            """
            <p class="note">Rules that bring no two of these records together: \
            \(Markup.list(unused, separator: "; ")).</p>
            """
        return """
            <p>Records are compared only where a rule brings them together. <em>New pairs</em> are those \
            that no earlier rule holds; <em>by it alone</em> are the links that would be missed without \
            the rule. Blocks that are too large are split by further keys; what no key splits is \
            <em>left out</em>.</p>
            \(table.markup)
            <p>By how many rules hold each link, \(prose: summary.blocking).</p>
            \(unused.isEmpty ? "" : idle)
            """
    }

    /// How many records the persons have.
    var sizes: Markup {
        var table = ReportTable(
            "Persons by the number of their records",
            [
                .text("records of a person"), .text(""), .number("persons"), .number("records"),
            ])
        let sizes = ClusterSizes(summary.outcome.clusters)
        let groups = Self.grouped(sizes)
        let most = groups.map(\.persons).max() ?? 1
        for group in groups {
            table.add([
                "\(group.name)",
                "<span class=\"bar\">\(BarCells.share(Double(group.persons) / Double(max(1, most))))</span>",
                "\(Figures.grouped(group.persons))", "\(Figures.grouped(group.records))",
            ])
        }
        guard !groups.isEmpty else { return "<p>There are no records.</p>" }
        return
            "<p>The largest has \(Figures.counted(sizes.largest, "record")).</p>\n\(table.markup)"
    }

    /// Sizes one by one while they are small, then in ranges.
    private static func grouped(
        _ sizes: ClusterSizes
    ) -> [(name: String, persons: Int, records: Int)] {
        let ends = Array(1...10) + [20, 50, 100, 1_000, .max]
        var groups: [(name: String, persons: Int, records: Int)] = []
        var start = 1
        for end in ends {
            let members = sizes.counts.filter { (start...end).contains($0.size) }
            let name =
                start == end
                ? "\(end)" : end == .max ? "more than 1,000" : "\(start) to \(Figures.grouped(end))"
            if !members.isEmpty {
                groups.append(
                    (
                        name, members.reduce(0) { $0 + $1.clusters },
                        members.reduce(0) { $0 + $1.size * $1.clusters }
                    ))
            }
            start = end == .max ? end : end + 1
        }
        return groups
    }
}
