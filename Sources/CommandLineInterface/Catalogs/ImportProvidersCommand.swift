import Extracts
import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore

/// `padron import providers`: one file, from which come persons and what a register says of their
/// professions.
///
/// The persons are loaded as records of the source; the professions become a release of the catalog that the
/// source is. Either part is taken back by itself: `load revert`, `release revert`. Killed anywhere and
/// run again, it goes on: a load that was begun is finished, a release that nobody saw is made anew, and what
/// is there already changes nothing.
enum ImportProvidersCommand {
    static let command = Command(
        specification: CommandSpecification(
            words: ["import", "providers"],
            summary: "register providers and what is said of their professions",
            discussion: """
                FILE is a CSV with the columns of an extract and those of a provider's entry
                (profession, specialty, licence, suspension, affiliation, language). The source
                must be of providers; its local_id is the code under which the professions stand.
                A FILE.ndjson has resources of FHIR R4, Practitioner and PractitionerRole: the code is
                the identifier whose system names the source, or else the resource's id.
                """,
            operands: [
                OperandSpecification(name: "FILE", summary: "a CSV file, or FHIR in NDJSON")
            ],
            options: [
                .value("--source", "SOURCE", "the register that speaks, a source of providers"),
                .flag("--partial", "the file has only some of the register's providers"),
                .flag("--strict", "with one refused row, change nothing of the professions"),
                .flag("--dry-run", "tell what would change, and store nothing"),
                .value("--reason", "TEXT", "why; it stands in the history"),
                .flag("--json", "print the report as JSON"),
            ] + DatabaseAccess.options)
    ) { arguments, context in
        let path = arguments.operands[0]
        guard let source = arguments.value("--source"), Source.isCode(source) else {
            throw UsageError("--source names the register that speaks")
        }
        let report = try DatabaseAccess.with(arguments, context) { database in
            try ProviderImport(
                path: path, source: source, isPartial: arguments.has("--partial"),
                isStrict: arguments.has("--strict"), isDryRun: arguments.has("--dry-run"),
                reason: arguments.value("--reason") ?? "",
                actor: LoadCommands.userName(context), databaseURL: database.connectionString,
                node: DatabaseAccess.nodeOptions("padron import", arguments, context)
            ).run(context.console)
        }
        report.lines(asJSON: arguments.has("--json")).forEach(context.console.print)
        if let professions = report.professions, let refusal = professions.refusal {
            throw CommandFailure(
                "professions: " + ImportText.sentence(refusal, professions.counts))
        }
    }
}

/// One import of providers.
struct ProviderImport {
    var path: String
    var source: String
    var isPartial: Bool
    var isStrict: Bool
    var isDryRun = false
    var reason: String
    var actor: String
    var databaseURL: String
    var node: RegistryNodeOptions

    func run(_ console: Console) throws -> ProviderImportReport {
        let directory = try checkSource()
        let column = ResourceExtract.isOfResources(path) ? nil : try codeColumn()
        let extract = try ResourceExtract.prepared(
            path: path, ofProvidersOf: source, directory: directory, console)
        defer { extract.remove() }
        let request = LoadRequest(
            path: extract.path,
            columns: try ColumnOverrides(parsing: column.map { "local_id=\($0)" } ?? ""),
            source: source, createsSources: false, rejectsMax: nil, model: nil, actor: actor)
        var report = ProviderImportReport()
        if isDryRun {
            try readPersons(request, into: &report, console)
        } else {
            report.take(try loadPersons(request, console))
        }
        var file = try EntryFile(
            path: path, kind: .provider, authority: source,
            columns: column.map { ["code": $0] } ?? [:], directory: directory)
        let job = ImportJob(
            databaseURL: databaseURL,
            request: ImportRequest(
                catalog: CatalogKey(.provider, source), scope: isPartial ? .partial : .full,
                fileName: (path as NSString).lastPathComponent,
                effectiveDay: CalendarDate.todayNumber, isStrict: isStrict,
                isDryRun: isDryRun, actor: actor, reason: reason))
        report.professions = try job.run(
            entries: { body in try file.read(body) },
            refused: { row in
                if report.refused.count < ProviderImportReport.refusedMax {
                    report.refused.append(row)
                }
            },
            afterwards: { staged in
                guard let release = staged.release else { return }
                _ = try ReleaseJob(databaseURL: databaseURL).activate(
                    release, actor: actor, reason: reason)
            })
        return report
    }

    /// The columns that are read of the professions, and no person's.
    private static let columnsOfProfessions = Set(CatalogKind.provider.schema.fields.map(\.name))

    private func loadPersons(_ request: LoadRequest, _ console: Console) throws -> LoadSummary {
        try LoadCommands.run(
            request, databaseURL: databaseURL, node: node,
            rejectsPath: RejectsWriter.defaultPath(of: path),
            columnsReadElsewhere: Self.columnsOfProfessions, console)
    }

    /// Counts the persons that a load would register, and writes the rows that it would reject.
    private func readPersons(
        _ request: LoadRequest, into report: inout ProviderImportReport, _ console: Console
    ) throws {
        var reader = try ExtractReader(
            path: request.path, columns: request.columns, defaultSource: request.source)
        reader.mapping.notes(path: request.path, readElsewhere: Self.columnsOfProfessions)
            .forEach(console.note)
        var rejects = RejectsWriter(path: RejectsWriter.defaultPath(of: path))
        var batch = ExtractBatch()
        while try reader.nextBatch(rowsMax: 1_024, into: &batch) {
            report.rowsRead += Int64(batch.rows.count + batch.rejected.count)
            report.rejected += Int64(batch.rejected.count)
            for row in batch.rejected { try rejects.write(row) }
        }
        try rejects.finish()
    }

    /// Sees to it that the source is one of providers, and answers the authorities that are known.
    private func checkSource() throws -> AuthorityDirectory {
        try RegistrySession.migrate(databaseURL: databaseURL)
        var session = try RegistrySession(databaseURL: databaseURL)
        let known = try session.sources().first { $0.source.code == source }
        guard let known else {
            throw CommandFailure(
                "unknown source '\(source)';"
                    + " 'padron source add \(source) --realm provider' adds it")
        }
        guard known.source.realm == .provider else {
            throw CommandFailure("the records of '\(source)' are of patients")
        }
        return try session.authorityDirectory()
    }

    /// The column that names a provider: `local_id`, or else `code` or `record_id`.
    private func codeColumn() throws -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw CommandFailure("\(path): cannot be read")
        }
        defer { try? handle.close() }
        let head = try handle.read(upToCount: 1 << 16) ?? Data()
        let line = String(decoding: head.prefix { $0 != 0x0A }, as: UTF8.self)
        let columns = line.split { ",;\t\r".contains($0) }.map {
            $0.trimmingCharacters(in: CharacterSet(charactersIn: "\" \u{FEFF}"))
        }
        for name in ["local_id", "code", "record_id"] where columns.contains(name) { return name }
        throw CommandFailure("\(path): there is no column local_id, by which providers are known")
    }
}
