import Linkage

extension LinkReport {
    /// What the columns hold, over all records and by source.
    var quality: Markup {
        guard !profile.columnNames.isEmpty else { return "<p>There are no records.</p>" }
        return """
            <p><em>Doubtful</em> is what is there and of no full use: placeholders of names, dates that are \
            written when none is known, partial dates, addresses without a street, identifiers that their \
            authority’s rule refuses, and what cannot be read. Counts of different values above 4,096 are \
            estimates, 1.6 % off as a rule.</p>
            \(columnTable)
            \(sourceTable)
            """
    }

    private var columnTable: Markup {
        let total = profile.total
        var table = ReportTable(
            "Columns over all records", classes: "stacked",
            [
                .text("column"), .text(""), .number("filled"), .number("different"),
                .number("placeholder"), .number("default date"), .number("partial"),
                .number("refused"), .number("unreadable"),
            ])
        for name in profile.columnNames {
            guard let column = total.column(name) else { continue }
            let share = Double(column.filled) / Double(max(1, total.records))
            func count(_ condition: ValueCondition) -> Markup {
                column[condition] == 0
                    ? "<span class=\"soft\">–</span>" : "\(Figures.grouped(column[condition]))"
            }
            table.add([
                "\(name)", "<span class=\"bar\">\(BarCells.share(share))</span>",
                "\(Figures.rate(share))", "\(distinct(column))", count(.placeholder),
                count(.defaultDate), count(.partial), count(.refused), count(.unreadable),
            ])
        }
        return table.markup
    }

    private var sourceTable: Markup {
        var table = ReportTable(
            "Columns by source: records that have a value, how many are different, how many doubtful",
            classes: "stacked",
            [.text("column")]
                + profile.sources.map { .number($0.name.isEmpty ? "no source" : $0.name) })
        table.add(["records"] + profile.sources.map { "\(Figures.grouped($0.records))" })
        for name in profile.columnNames {
            table.add(["\(name)"] + profile.sources.map { cell($0.column(name), of: $0.records) })
        }
        return table.markup
    }

    private func cell(_ column: DataProfile.Column?, of records: Int) -> Markup {
        guard let column, records > 0 else { return "<span class=\"soft\">–</span>" }
        let share = Double(column.filled) / Double(records)
        let doubtful: Markup =
            column.doubtful == 0
            ? ""
            : """
            <small class="bad">\(Figures.rate(Double(column.doubtful) / Double(max(1, column.filled)))) \
            doubtful</small>
            """
        return """
            <span class="cell">\(Figures.rate(share))<small>\(distinct(column)) different</small>\
            \(doubtful)</span>
            """
    }

    private func distinct(_ column: DataProfile.Column) -> String {
        column.distinct.isExact
            ? Figures.grouped(column.distinct.count) : "~" + Figures.short(column.distinct.count)
    }
}
