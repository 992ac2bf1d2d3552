import Extracts
import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel

/// `padron import`: a file of facilities, services, drugs and so on into a catalog.
enum ImportCommand {
    static let command = Command(
        specification: CommandSpecification(
            words: ["import"], summary: "bring a file into a catalog as a release",
            discussion: """
                Checks every row by itself, against the file and against what is registered, tells
                what would be new, changed and closed, asks, and makes it all visible at once. Rows
                that are refused go to FILE.rejects.csv with line and reason; the others are
                imported, or none with --strict. A code that the file no longer has is closed on
                the day of the import, unless the file is --partial. Killed at any moment it leaves
                nothing that anybody sees, and 'padron release revert' takes it back as a whole.
                """,
            operands: [
                OperandSpecification(
                    name: "KIND", summary: CatalogKind.allCases.map(\.plural).joined(separator: " ")
                ),
                OperandSpecification(name: "FILE", summary: "a file, a folder of BDPM, or '-'"),
            ],
            options: [
                .value(
                    "--catalog", "AUTHORITY", "who numbers what the file lists, such as cl-deis",
                    isRequired: true),
                .value(
                    "--format", "F",
                    EntryFormat.allCases.map(\.rawValue).joined(separator: " ")
                        + " (default: told from the file)"),
                .value("--columns", "FIELD=COLUMN,...", "which column holds which field"),
                .flag("--partial", "the file has only some codes: close none"),
                .value("--effective", "DATE", "the day from which codes are closed (today)"),
                .flag("--strict", "import nothing where a row is refused or names nothing"),
                .value(
                    "--max-closed", "N", "import nothing where more than N codes would be closed"),
                .flag("--dry-run", "tell what would change, and store nothing"),
                .value("--rejects", "FILE", "where refused rows go"),
                .value("--reason", "TEXT", "why; it stands in the history"),
                .flag("--yes", "make it visible without being asked"),
                .flag("--json", "print what was done as JSON"),
            ] + DatabaseAccess.options)
    ) { arguments, context in
        let path = arguments.operands[1]
        let request = try request(arguments, context)
        let isUnasked = arguments.has("--yes") || request.isDryRun
        guard isUnasked || isatty(STDIN_FILENO) == 1 else {
            throw UsageError("nobody is at a terminal to be asked; give --yes or --dry-run")
        }
        let format = try arguments.value("--format").map(format)
        let columns = try columns(arguments.value("--columns") ?? "")
        let work = ImportWork(
            path: path, request: request, format: format, columns: columns,
            rejectsPath: arguments.value("--rejects") ?? RejectsWriter.defaultPath(of: path),
            console: context.console)
        let done = try DatabaseAccess.with(arguments, context) { address in
            try work.run(databaseURL: address.connectionString, asks: !isUnasked)
        }
        let text = ImportText(done.report, outcome: done.outcome, rejects: work.rejectsPath)
        if arguments.has("--json") {
            context.console.print(text.json)
        } else if isUnasked {
            text.lines.forEach(context.console.print)
        } else {
            context.console.print(text.headline)
        }
        if let refusal = done.report.refusal {
            throw CommandFailure(ImportText.sentence(refusal, done.report.counts))
        }
    }

    private static func request(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws -> ImportRequest {
        guard let kind = CatalogKind(word: arguments.operands[0]) else {
            let kinds = CatalogKind.allCases.map(\.plural).joined(separator: ", ")
            throw UsageError("KIND is one of \(kinds)")
        }
        let authority = try arguments.required("--catalog")
        guard Source.isCode(authority) else {
            throw UsageError("'\(authority)' is no code of an authority")
        }
        let day = arguments.value("--effective").map(EntryPeriod.day)
        guard let effectiveDay = day ?? CalendarDate.todayNumber else {
            throw UsageError("--effective takes a day like 2024-01-31")
        }
        let path = arguments.operands[1]
        return ImportRequest(
            catalog: CatalogKey(kind, authority),
            scope: arguments.has("--partial") ? .partial : .full,
            fileName: path == "-" ? "-" : (path as NSString).lastPathComponent,
            effectiveDay: effectiveDay, isStrict: arguments.has("--strict"),
            closedMax: try arguments.integer("--max-closed", in: 0...Int(Int32.max)).map(
                Int64.init),
            isDryRun: arguments.has("--dry-run"), actor: LoadCommands.userName(context),
            reason: arguments.value("--reason") ?? "")
    }

    private static func format(_ name: String) throws -> EntryFormat {
        guard let format = EntryFormat(rawValue: name) else {
            let formats = EntryFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageError("--format is one of \(formats)")
        }
        return format
    }

    private static func columns(_ text: String) throws -> [String: String] {
        var columns: [String: String] = [:]
        for part in text.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2 else {
                throw UsageError("--columns takes FIELD=COLUMN, several parted by commas")
            }
            columns[String(sides[0])] = String(sides[1])
        }
        return columns
    }
}

/// One import of a command: reads, shows, asks, makes live.
struct ImportWork {
    var path: String
    var request: ImportRequest
    var format: EntryFormat?
    var columns: [String: String]
    var rejectsPath: String
    var console: Console

    /// Runs the import; asks before anything becomes visible where `asks` says so.
    func run(
        databaseURL: String, asks: Bool
    ) throws -> (report: ImportReport, outcome: DecisionOutcome?) {
        var file = try EntryFile(
            path: path, kind: request.catalog.kind, authority: request.catalog.authority,
            format: format, columns: columns)
        for column in file.unrecognisedColumns {
            console.note("column '\(column)' is not read; --columns FIELD=\(column) has it read")
        }
        let rejects = RefusalFile(path: rejectsPath)
        let line = ProgressLine(console: console, unit: "rows")
        defer { line.finish() }
        var outcome: DecisionOutcome?
        let job = ImportJob(databaseURL: databaseURL, request: request)
        let report = try job.run(
            entries: { body in try file.read(body) },
            refused: { row in try rejects.write(row) },
            progress: { progress in
                line.update(
                    label: progress.phase.rawValue, done: progress.done, total: progress.total)
            },
            afterwards: { report in
                line.finish()
                try rejects.finish()
                if !report.references.isEmpty {
                    ReferenceText.lines(report.references).forEach(console.note)
                }
                guard let release = report.release else { return }
                if asks {
                    ImportText(report, outcome: nil, rejects: rejectsPath).lines
                        .forEach(console.note)
                    guard try console.asksYes("make release \(release) live?") else {
                        console.note(
                            "it stays staged until 'padron release activate \(release)', or the"
                                + " next import")
                        return
                    }
                }
                outcome = try ReleaseJob(databaseURL: databaseURL, name: "padron import").activate(
                    release, actor: request.actor, reason: request.reason)
            })
        return (report, outcome)
    }
}

/// The file of an import's refused rows; it appears when there is one.
private final class RefusalFile {
    private let path: String
    private var writer: DelimitedWriter?

    /// Prepares a file at a path.
    init(path: String) { self.path = path }

    /// Writes one row: line, code, category and reason.
    func write(_ row: RefusedRow) throws {
        if writer == nil {
            writer = try DelimitedWriter(
                path: path, header: ["line", "code", "category", "reason"])
        }
        writer?.append(String(row.line))
        writer?.append(row.code)
        writer?.append(row.problem.category)
        writer?.append(row.problem.description)
        try writer?.endRow()
    }

    /// Makes the file appear, if there is anything in it.
    func finish() throws { try writer?.finish() }
}
