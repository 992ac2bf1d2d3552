import Registry
import RegistryModel

/// What an import did, or would do, for people and programs.
struct ImportText {
    private let report: ImportReport
    private let outcome: DecisionOutcome?
    private let rejects: String

    /// Describes a report; `rejects` is where its refused rows went.
    init(_ report: ImportReport, outcome: DecisionOutcome?, rejects: String) {
        self.report = report
        self.outcome = outcome
        self.rejects = rejects
    }

    /// All lines.
    var lines: [String] {
        [headline] + notes + report.samples.flatMap(lines(of:))
    }

    /// Why nothing of a file was imported, and what to do.
    static func sentence(_ refusal: ImportRefusal, _ counts: ReleaseCounts) -> String {
        let closed = Figures.counted(Int(counts.closed), "code")
        return switch refusal {
        case .rows: "rows were refused, so nothing was imported (--strict)"
        case .references: "references lead nowhere, so nothing was imported (--strict)"
        case .noRows:
            "the file has no rows and would close \(closed), so nothing was imported (--partial closes"
                + " none)"
        case .closures:
            "the file would close \(closed), so nothing was imported (--max-closed)"
        }
    }

    /// What became of the file, in one line.
    var headline: String {
        let counts = report.counts
        func figure(_ value: Int64) -> String { Figures.grouped(Int(value)) }
        let figures =
            "\(figure(counts.new)) new, \(figure(counts.changed)) changed,"
            + " \(figure(counts.closed)) closed, \(figure(counts.unchanged)) unchanged,"
            + " \(figure(counts.refused)) \(counts.refused == 1 ? "row" : "rows") refused"
        return "\(name): \(figures)"
    }

    private var name: String {
        let catalog = report.catalog.text
        if let release = report.release {
            return outcome?.operation.map {
                "operation \($0): release \(release) of \(catalog) is live"
            } ?? "release \(release) of \(catalog), staged"
        }
        if report.isRefused { return "\(catalog), nothing imported" }
        return report.changesNothing ? "\(catalog) stays as it is" : "\(catalog) would change"
    }

    private var notes: [String] {
        var notes: [String] = []
        if !report.refusals.isEmpty {
            let kinds = report.refusals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .map { "\(Figures.grouped(Int($0.value))) \($0.key)" }.joined(separator: ", ")
            notes.append("refused: \(kinds); see \(rejects)")
        }
        if report.isOfUnknownAuthority {
            notes.append(
                "note: the catalog is new, and nothing is known of an authority"
                    + " '\(report.catalog.authority)'; 'padron authority list' has those that are")
        }
        if report.linesWithoutCode > 0 {
            notes.append(
                "note: \(Figures.counted(report.linesWithoutCode, "line")) without a readable code;"
                    + " no code is closed, since they may be of any")
        }
        for release in report.abandoned {
            notes.append("note: release \(release) of an import that had died is abandoned")
        }
        return notes
    }

    private func lines(of sample: CodeDifference) -> [String] {
        let head = "  \(sample.change.rawValue) \(sample.code)"
        return [head]
            + sample.fields.map { field in
                "    \(field.field): \(Self.shown(field.before)) -> \(Self.shown(field.after))"
            }
    }

    /// A value in a line: cut where it is long.
    private static func shown(_ value: String) -> String {
        if value.isEmpty { return "(nothing)" }
        return value.count <= valueMax ? value : value.prefix(valueMax) + "…"
    }

    private static let valueMax = 80

    /// The report as an object.
    var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("catalog")
        writer.string(report.catalog.text)
        if let release = report.release {
            writer.key("release")
            writer.integer(release)
        }
        if let operation = outcome?.operation {
            writer.key("operation")
            writer.integer(operation)
        }
        writer.key("rows")
        writer.integer(Int64(report.rowsRead))
        ReleaseText.write(report.counts, to: &writer)
        writer.key("refusals")
        writer.beginObject()
        for (category, count) in report.refusals.sorted(by: { $0.key < $1.key }) {
            writer.key(dynamic: category)
            writer.integer(count)
        }
        writer.endObject()
        writer.key("samples")
        writer.beginArray()
        for sample in report.samples { Self.write(sample, to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.text
    }

    private static func write(_ sample: CodeDifference, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("code")
        writer.string(sample.code)
        writer.key("change")
        writer.string(sample.change.rawValue)
        if !sample.fields.isEmpty {
            writer.key("fields")
            writer.beginArray()
            for field in sample.fields {
                writer.beginObject()
                writer.key("field")
                writer.string(field.field)
                writer.key("before")
                writer.string(field.before)
                writer.key("after")
                writer.string(field.after)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.endObject()
    }
}
