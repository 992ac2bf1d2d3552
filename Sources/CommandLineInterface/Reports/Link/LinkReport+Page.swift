import Linkage

extension LinkReport {
    /// The report as one page.
    var html: String {
        ReportPage(
            title: "Linkage report",
            subtitle: "padron \(Program.version) · \(date)",
            notice: """
                <p class="notice"><strong>Contains personal data.</strong> The samples at the end show values \
                of persons as their sources wrote them: keep this page as you keep the extracts.</p>
                """,
            sections: [
                ReportPage.Section(anchor: "summary", title: "Summary", body: overview),
                ReportPage.Section(
                    anchor: "weights", title: "Match weights and errors", body: weighing),
                ReportPage.Section(anchor: "model", title: "The model", body: model),
                ReportPage.Section(anchor: "blocking", title: "Blocking", body: blocking),
                ReportPage.Section(anchor: "persons", title: "Records of a person", body: sizes),
                ReportPage.Section(anchor: "data", title: "Data quality", body: quality),
                ReportPage.Section(anchor: "samples", title: "Pairs near thresholds", body: pairs),
            ]
        ).html
    }

    private var overview: Markup {
        let phases = summary.phases
        let total = phases.reduce(0) { $0 + $1.seconds }
        let facts: [Markup] = [
            fact("Records", Figures.grouped(statistics.records), note: recordsNote),
            fact("Persons", Figures.grouped(statistics.clusters), note: personsNote),
            fact("Sources", Figures.grouped(profile.sources.count), note: ""),
            fact("Pairs compared", Figures.grouped(statistics.comparedPairs), note: comparedNote),
            fact("Links", Figures.grouped(summary.links), note: "pairs of one person"),
            fact("For review", Figures.grouped(summary.reviews), note: "doubtful pairs"),
            fact("Time", Figures.time(total), note: Figures.counted(threads, "thread")),
        ]
        var files = ReportTable(
            "Extracts", [.text("file"), .text("columns not used")])
        for extract in extracts {
            let unused = Markup.joined(extract.unusedColumns.map(Markup.value), separator: ", ")
            files.add([.value(extract.path), extract.unusedColumns.isEmpty ? "–" : unused])
        }
        var times = ReportTable("Time by phase", [.text("phase"), .text(""), .number("seconds")])
        for phase in phases {
            times.add([
                "\(phase.name)",
                "<span class=\"bar\">\(BarCells.share(total == 0 ? 0 : phase.seconds / total))</span>",
                "\(Figures.decimal(phase.seconds, places: 2))",
            ])
        }
        let training: Markup = summary.training.map { ". Training \(prose: $0)" } ?? ""
        return """
            <dl class="facts">
            \(facts)</dl>
            <p>Model: \(modelName)\(training).</p>
            \(files.markup)
            \(times.markup)
            """
    }

    private var recordsNote: String {
        let copies = statistics.records - statistics.distinctRecords
        var notes: [String] = []
        if copies > 0 { notes.append("\(Figures.grouped(copies)) exact copies") }
        if summary.rejectedRows > 0 {
            notes.append("\(Figures.counted(summary.rejectedRows, "row")) rejected")
        }
        return notes.joined(separator: ", ")
    }

    private var personsNote: String {
        let (records, persons) = (statistics.records, statistics.clusters)
        return persons == 0
            ? "" : "\(Figures.decimal(Double(records) / Double(persons), places: 2)) records each"
    }

    private var comparedNote: String {
        guard let forecast, forecast.expectedPairs > 0 else { return "" }
        let expected = max(forecast.expectedPairs, statistics.comparedPairs)
        return "of \(Figures.short(expected)) brought together"
    }

    private func fact(_ name: String, _ value: String, note: String) -> Markup {
        let small: Markup = note.isEmpty ? "" : "<small>\(note)</small>"
        return "<div><dt>\(name)</dt><dd>\(value)\(small)</dd></div>\n"
    }
}
