import Registry
import RegistryModel

/// What an import of providers did, or would do, in both of its parts.
struct ProviderImportReport {
    static let refusedMax = 10

    /// What the load of the persons did; nil where they were read alone.
    private(set) var load: LoadSummary?
    /// Rows of persons, with those that were rejected.
    var rowsRead: Int64 = 0
    var rejected: Int64 = 0
    var professions: ImportReport?
    /// The first rows that were refused of the professions.
    var refused: [RefusedRow] = []

    /// Takes in what the load of the persons did.
    mutating func take(_ summary: LoadSummary) {
        load = summary
        rowsRead = summary.rowsRead
        rejected = summary.rejected
    }

    func lines(asJSON: Bool) -> [String] {
        let counts = professions?.counts ?? ReleaseCounts()
        if asJSON { return [json(counts)] }
        var lines = ["persons: " + persons]
        lines.append(
            "professions: \(fate), \(figure(counts.new)) new, \(figure(counts.changed)) changed,"
                + " \(figure(counts.closed)) closed, \(figure(counts.unchanged)) unchanged,"
                + " \(figure(counts.refused)) refused")
        if let references = professions?.references, !references.isEmpty {
            lines += ReferenceText.lines(references)
        }
        for row in refused { lines.append("  line \(row.line): \(row.problem)") }
        return lines
    }

    private var persons: String {
        let read = "\(figure(rowsRead)) read, \(figure(rejected)) rejected"
        guard let load else { return "\(read), \(figure(rowsRead - rejected)) would be loaded" }
        return "load \(load.load), \(read), \(figure(load.newRecords)) new records,"
            + " \(figure(load.counts.linked)) linked, \(figure(load.counts.review)) for review"
    }

    /// What became of the professions.
    private var fate: String {
        guard let professions else { return "nothing changes" }
        if let release = professions.release { return "release \(release)" }
        if professions.isRefused { return "refused" }
        return professions.changesNothing ? "nothing changes" : "would change"
    }

    private func figure(_ value: Int64) -> String { Figures.grouped(Int(value)) }

    private func json(_ counts: ReleaseCounts) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("load")
        if let load { writer.integer(load.load) } else { writer.null() }
        writer.key("release")
        if let release = professions?.release { writer.integer(release) } else { writer.null() }
        var members = [("rows", rowsRead), ("rejected", rejected)]
        if let load {
            members += [
                ("records_new", load.newRecords), ("linked", load.counts.linked),
                ("review", load.counts.review),
            ]
        }
        members += [
            ("new", counts.new), ("changed", counts.changed), ("closed", counts.closed),
            ("unchanged", counts.unchanged), ("refused", counts.refused),
            ("dangling", Int64(professions?.references.total ?? 0)),
        ]
        for (key, value) in members {
            writer.key(dynamic: key)
            writer.integer(value)
        }
        writer.endObject()
        return writer.text
    }
}
