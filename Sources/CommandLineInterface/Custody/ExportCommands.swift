import PostgresClient
import Registry
import RegistryModel
import RegistryStore

/// `padron export`: what the registry holds, in a file.
enum ExportCommands {
    static let commands = [patients]

    private static let patients = Command(
        specification: CommandSpecification(
            words: ["export", "patients"], summary: "write all patients to a file",
            discussion: """
                One state of the registry, whoever writes meanwhile. The file appears whole or not
                at all. Withdrawn records and erased persons are not in it, nor, unless asked for,
                restricted ones. 'padron load' reads the
                CSV back: repeated values stand in one column, parted by the character U+001F; of
                golden records the record id is the EUID, and the source is --source of the load.
                """,
            options: [
                .value("--output", "FILE", "the file (default '-', standard output)"),
                .value("--format", "csv|ndjson", "NDJSON has provenance (default csv)"),
                .flag("--records", "the source records, not the golden records"),
                .value("--source", "SOURCE", "only who has a record of this source"),
                .value("--territory", "TEXT", "only who has a record of its sources"),
                .flag("--with-restricted", "restricted persons too; needs --purpose, is audited"),
                .value("--purpose", "CODE", "why, for the journal"),
            ] + DatabaseAccess.options)
    ) { arguments, context in
        let access = try RestrictedAccess(arguments, context)
        guard !arguments.has("--with-restricted") || arguments.value("--purpose") != nil else {
            throw UsageError("--with-restricted needs --purpose, for the journal")
        }
        let path = arguments.value("--output") ?? "-"
        let name = arguments.value("--format") ?? (path.hasSuffix(".ndjson") ? "ndjson" : "csv")
        guard let format = PatientExportRequest.Format(rawValue: name) else {
            throw UsageError("unknown format '\(name)'; it is csv or ndjson")
        }
        let source = arguments.value("--source")
        guard source.map(Source.isCode) ?? true else {
            throw UsageError("'\(source ?? "")' is no source code")
        }
        let request = PatientExportRequest(
            subject: arguments.has("--records") ? .records : .persons, format: format,
            source: source, territory: arguments.value("--territory"),
            withRestricted: arguments.has("--with-restricted"), path: path)
        let progress = ProgressLine(console: context.console, unit: "records")
        let summary = try DatabaseAccess.withSession(arguments, context) { session in
            defer { progress.finish() }
            if request.withRestricted { try access.openAll() }
            return try PatientExport(request).run(&session) { done, total in
                progress.update(label: "exporting", done: done, total: total)
            }
        }
        let rows = Figures.grouped(summary.rows)
        let subject =
            request.subject == .records
            ? "\(rows) records" : "\(rows) persons of \(Figures.grouped(summary.records)) records"
        context.console.note("\(subject), as of \(summary.position)")
        let restricted = summary.restrictedPersons.count
        if restricted > 0 {
            let fate = request.withRestricted ? "among them" : "left out"
            context.console.note("\(Figures.counted(restricted, "restricted person")) \(fate)")
        }
    }
}
