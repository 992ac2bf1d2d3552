import Linkage

/// `padron evaluate`: a clustering held against the truth.
enum EvaluateCommand {
    static let command = Command(
        specification: CommandSpecification(
            words: ["evaluate"], summary: "hold clusters against the truth",
            discussion: """
                A record that stands in the truth and in no cluster ends it with 1. With --pairs it
                draws precision against recall over all thresholds; with --extract it tells what
                the wrong links have in common and what kept the missed ones apart. --report with
                --extract shows values of persons.
                """,
            options: [
                .value("--clusters", "CLUSTERS", "CSV record_id,cluster_id", isRequired: true),
                .value("--truth", "TRUTH", "CSV record_id,person_id", isRequired: true),
                .value("--pairs", "PAIRS", "CSV of weighed pairs: precision and recall by weight"),
                .value("--thresholds", "BITS,...", "weights for the table (default: -3,0,3,...)"),
                .value("--extract", "EXTRACT", "the records, to tell errors by kind"),
                .value("--columns", "FIELD=COLUMN,...", "which column holds which field"),
                .value("--report", "HTML", "page to write with the same"),
                .flag("--json", "print one JSON object"),
            ]),
        run: { arguments, context in
            let report = try EvaluationReport(arguments)
            if let path = arguments.value("--report") {
                try LinkResults.write([UInt8](report.html.utf8), to: path)
            }
            if arguments.has("--json") {
                context.console.print(report.json.text)
            } else {
                report.lines.forEach(context.console.print)
            }
        })

    /// One line of precision, recall and F1.
    static func line(_ name: String, _ accuracy: Accuracy) -> String {
        "\(name)  F1 \(Figures.decimal(accuracy.f1, places: 4))"
            + "  precision \(Figures.decimal(accuracy.precision, places: 4))"
            + "  recall \(Figures.decimal(accuracy.recall, places: 4))"
    }
}
