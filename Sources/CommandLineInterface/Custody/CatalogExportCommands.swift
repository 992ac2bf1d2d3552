import Extracts
import Registry
import RegistryModel
import RegistryStore

/// `padron export places|facilities|…`: what a catalog says, in a file.
enum CatalogExportCommands {
    static let commands = CatalogKind.allCases.map(command)

    private static func command(_ kind: CatalogKind) -> Command {
        Command(
            specification: CommandSpecification(
                words: ["export", kind.plural],
                summary: "write a catalog of \(kind.plural) to a file",
                discussion: """
                    One state of the catalog, whoever imports meanwhile; the file appears whole or not
                    at all. 'padron import' reads it back and finds everything unchanged.
                    """,
                options: [
                    .value("--catalog", "AUTHORITY", "whose codes they have", isRequired: true),
                    .value("--format", "csv|fhir", "a table, or FHIR R4 as NDJSON (default csv)"),
                    .value("--at", "DATE", "only what is valid on that day"),
                    .value("--output", "FILE", "the file (default '-', standard output)"),
                ] + DatabaseAccess.options)
        ) { arguments, context in
            let request = try request(kind, arguments)
            let progress = ProgressLine(console: context.console, unit: "entries")
            let count = try DatabaseAccess.withSession(arguments, context) { session in
                defer { progress.finish() }
                return try CatalogExport(request).run(&session) { done in
                    progress.update(label: "exporting", done: done, total: nil)
                }
            }
            context.console.note("\(Figures.grouped(count)) entries of \(request.catalog.text)")
        }
    }

    private static func request(
        _ kind: CatalogKind, _ arguments: ParsedArguments
    ) throws -> CatalogExportRequest {
        let authority = try arguments.required("--catalog")
        guard Source.isCode(authority) else {
            throw UsageError("'\(authority)' is no code of an authority, a source or an insurer")
        }
        let path = arguments.value("--output") ?? "-"
        let name = arguments.value("--format") ?? (path.hasSuffix(".ndjson") ? "fhir" : "csv")
        guard let format = EntryFormat(rawValue: name), EntryFormat.written.contains(format) else {
            throw UsageError("unknown format '\(name)'; it is csv or fhir")
        }
        let day = try arguments.value("--at").map { text in
            guard let day = EntryPeriod.day(text) else {
                throw UsageError("--at takes a day like 2024-01-31")
            }
            return day
        }
        return CatalogExportRequest(
            catalog: CatalogKey(kind, authority), asResources: format == .fhir, day: day,
            path: path)
    }
}
