import Registry
import RegistryModel
import RegistryStore

/// Catalogs of a registry of a test: rows without a file, imported and read back.
enum TestCatalog {
    /// What an import of a test gave.
    struct Outcome {
        var report: ImportReport
        var refused: [RefusedRow]
        var operation: Int64?
    }

    /// A row: its code, days from and through, and the fields beside.
    static func row(
        _ line: Int, _ code: String, from: String? = nil, through: String? = nil,
        _ members: [JSONMember] = []
    ) -> Result<StatedEntry, RefusedRow> {
        guard
            let period = EntryPeriod(
                from: from.flatMap(EntryPeriod.day), through: through.flatMap(EntryPeriod.day))
        else {
            return .failure(RefusedRow(line: line, code: code, problem: .endsBeforeItBegins))
        }
        let name =
            members.contains { $0.key == "name" || $0.key == "plan" }
            ? [] : [JSONMember("name", .string("Name of \(code)"))]
        return .success(
            StatedEntry(line: line, code: code, period: period, members: name + members))
    }

    /// A member whose value is a text.
    static func text(_ name: String, _ value: String) -> JSONMember {
        JSONMember(name, .string(value))
    }

    /// What a test asks of an import.
    static func request(
        _ catalog: CatalogKey, scope: ReleaseScope = .full, day: String = "2024-06-01",
        isStrict: Bool = false, isDryRun: Bool = false
    ) -> ImportRequest {
        ImportRequest(
            catalog: catalog, scope: scope, fileName: "test.csv",
            effectiveDay: EntryPeriod.day(day) ?? 0, isStrict: isStrict, isDryRun: isDryRun,
            actor: "test", reason: "test")
    }

    /// Imports rows, and makes the release live unless it is told not to.
    @discardableResult
    static func take(
        _ rows: [Result<StatedEntry, RefusedRow>], _ request: ImportRequest, into url: String,
        activates: Bool = true
    ) throws -> Outcome {
        var refused: [RefusedRow] = []
        var operation: Int64?
        let report = try ImportJob(databaseURL: url, request: request).run(
            entries: { body in for row in rows { try body(row) } },
            refused: { refused.append($0) },
            afterwards: { report in
                guard activates, let release = report.release else { return }
                operation = try ReleaseJob(databaseURL: url).activate(
                    release, actor: "test", reason: "test"
                ).operation
            })
        return Outcome(report: report, refused: refused, operation: operation)
    }

    /// An entry as it is read back.
    struct Said: Hashable {
        var period: EntryPeriod?
        var content: String
    }

    /// What a catalog says of each code, read as a node reads it.
    static func says(_ catalog: CatalogKey, in url: String) throws -> [String: [Said]] {
        var session = try RegistrySession(databaseURL: url)
        var said: [String: [Said]] = [:]
        for release in try session.liveReleases(of: catalog) {
            var ofRelease: [String: [Said]] = [:]
            try session.readEntries(release: release.number) { code, period, content in
                ofRelease[code, default: []].append(
                    Said(period: period, content: String(decoding: content, as: UTF8.self)))
            }
            said.merge(ofRelease) { _, last in last }
        }
        return said
    }

    /// The releases of a catalog with their states, the latest first.
    static func states(_ catalog: CatalogKey, in url: String) throws -> [ReleaseState] {
        var session = try RegistrySession(databaseURL: url)
        return try session.releases(of: catalog).map(\.state)
    }
}
