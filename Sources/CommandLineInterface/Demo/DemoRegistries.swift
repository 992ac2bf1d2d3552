import Extracts
import Foundation
import Identity
import PostgresClient
import Registry
import RegistryClient
import RegistryModel
import RegistryStore
import Synthesis

/// The other registries of the demonstration: generated, imported, asked one question each.
struct DemoRegistries {
    private let folder: String
    private let files: [GeneratedRegistry]
    private let console: Console

    /// Generates small registries of a country into a folder.
    init(locale: SynthesisLocale, seed: UInt64, folder: String, console: Console) throws {
        self.folder = folder
        self.console = console
        files = try RegistrySynthesizer.writeSample(locale: locale, seed: seed, to: folder)
    }

    private func path(_ file: GeneratedRegistry) -> String { "\(folder)/\(file.fileName)" }

    // MARK: - Import

    /// Brings every file into its catalog, providers as persons with their professions.
    ///
    /// - Returns: a line of figures for each.
    func importAll(databaseURL: String) throws -> [String] {
        var lines: [String] = []
        for file in files {
            guard let kind = CatalogKind(word: file.kind) else { continue }
            if kind == .provider {
                lines += try importProviders(file, databaseURL)
            } else {
                lines.append(
                    try importEntries(of: CatalogKey(kind, file.authority), file, databaseURL))
            }
        }
        return lines
    }

    private func importEntries(
        of catalog: CatalogKey, _ file: GeneratedRegistry, _ databaseURL: String
    ) throws -> String {
        let rejects = RejectsWriter.defaultPath(of: path(file))
        let work = ImportWork(
            path: path(file),
            request: ImportRequest(
                catalog: catalog, fileName: file.fileName,
                effectiveDay: CalendarDate.todayNumber, actor: "padron demo"),
            format: .csv, columns: [:], rejectsPath: rejects, console: console)
        let done = try work.run(databaseURL: databaseURL, asks: false)
        return ImportText(done.report, outcome: done.outcome, rejects: rejects).headline
    }

    private func importProviders(
        _ file: GeneratedRegistry, _ databaseURL: String
    ) throws -> [String] {
        var session = try RegistrySession(databaseURL: databaseURL)
        _ = try session.add(Source(code: file.authority, realm: .provider))
        return try ProviderImport(
            path: path(file), source: file.authority, isPartial: false, isStrict: false, reason: "",
            actor: "padron demo", databaseURL: databaseURL,
            node: RegistryNodeOptions(nodeName: "padron demo")
        ).run(console).lines(asJSON: false)
    }

    // MARK: - Questions

    /// A request, and which members of its answer are shown.
    private struct Question {
        var request: String
        var shows: Set<String>
    }

    /// Asks a node one question of each registry, and tells the heart of what it answers.
    func questions(port: UInt16, token: String) throws -> [String] {
        var connection = try RegistryConnection.connect(host: "127.0.0.1", port: port)
        try connection.authenticate(token: token, purpose: "demonstration")
        var lines: [String] = []
        for question in try questions() {
            lines.append("> " + question.request)
            for object in try connection.request(question.request).objects() {
                guard case .object(let members) = object else { continue }
                var writer = JSONWriter()
                writer.value(.object(members.filter { question.shows.contains($0.key) }))
                lines.append(writer.text)
            }
        }
        return lines
    }

    private func questions() throws -> [Question] {
        try files.flatMap { file -> [Question] in
            guard let kind = CatalogKind(word: file.kind) else { return [] }
            switch kind {
            case .facility:
                return try nearest(file).map {
                    Question(request: $0, shows: ["code", "kilometres", "name", "type"])
                }
            case .provider:
                return try licence(file).map {
                    Question(
                        request: $0, shows: ["given", "family", "licence_status", "suspension"])
                }
            case .service:
                return try tariff(file).map {
                    Question(request: $0, shows: ["name", "valid_from", "tariff", "currency"])
                }
            case .drug:
                return try substitutes(file).map {
                    Question(request: $0, shows: ["code", "name", "inn", "generic_role"])
                }
            case .coverage:
                return try eligibility(file).map {
                    Question(
                        request: $0, shows: ["eligible", "reason", "insurer", "plan", "tier"])
                }
            case .place: return []
            }
        }
    }

    /// The facility nearest to a point that offers a service.
    private func nearest(_ file: GeneratedRegistry) throws -> [String] {
        let example = try first(in: file) { entry in
            entry["status"]?.string == "active" && entry["service"] != nil
        }
        guard let example, let service = example["service"]?.array?.first?.string,
            let latitude = example["latitude"]?.string.flatMap(Double.init),
            let longitude = example["longitude"]?.string.flatMap(Double.init)
        else { return [] }
        let point = [latitude + 0.02, longitude - 0.02]
            .map { Figures.decimal($0, places: 4) }.joined(separator: ",")
        return ["FIND facility near=\(point) within=100 service=\(service) limit=1"]
    }

    /// A provider's licence within a suspension and now.
    private func licence(_ file: GeneratedRegistry) throws -> [String] {
        let example = try first(in: file) { $0["suspension"]?.array?.first?["from"] != nil }
        guard let example, let day = example["suspension"]?.array?.first?["from"]?.string else {
            return []
        }
        return ["GET provider \(file.authority):\(example.code) at=\(day)"]
    }

    /// A service's tariff in two years.
    private func tariff(_ file: GeneratedRegistry) throws -> [String] {
        let example = try first(in: file) { $0.entry.period.from == EntryPeriod.day("2024-01-01") }
        guard let example else { return [] }
        return ["2024-06-30", "2026-06-30"].map {
            "GET service \(file.authority):\(example.code) at=\($0)"
        }
    }

    /// A drug by the number on its pack, and what may stand in for it.
    private func substitutes(_ file: GeneratedRegistry) throws -> [String] {
        let example = try first(in: file) {
            $0["id"]?["gs1-gtin"] != nil && $0["generic_group"] != nil
        }
        guard let number = example?["id"]?["gs1-gtin"]?.array?.first?.string else { return [] }
        return [
            "GET drug gs1-gtin:\(number)",
            "FIND drug substitutes=gs1-gtin:\(number) level=pack limit=2",
        ]
    }

    /// Whether a person is insured today.
    private func eligibility(_ file: GeneratedRegistry) throws -> [String] {
        guard let example = try first(in: file, where: { _ in true }) else { return [] }
        return ["GET coverage \(example.code)"]
    }

    /// An entry of a file, checked, with its fields.
    private struct Example {
        var entry: CatalogEntry
        var code: String { entry.code }

        subscript(field: String) -> JSONValue? { entry.content[field] }
    }

    private struct Found: Error {}

    private func first(
        in file: GeneratedRegistry, where isWanted: (Example) -> Bool
    ) throws -> Example? {
        guard let kind = CatalogKind(word: file.kind) else { return nil }
        var entries = try EntryFile(
            path: path(file), kind: kind, authority: file.authority,
            columns: kind == .provider ? ["code": "local_id"] : [:])
        var found: Example?
        do {
            try entries.read { row in
                let stated = try row.get()
                let example = Example(
                    entry: CatalogEntry(
                        code: stated.code, period: stated.period,
                        content: try EntryContent(stated.members, schema: kind.schema)))
                guard isWanted(example) else { return }
                found = example
                throw Found()
            }
        } catch is Found {}
        return found
    }
}
