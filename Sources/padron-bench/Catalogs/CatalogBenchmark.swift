import Foundation
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Synchronization
import Synthesis

/// Registries of a country's size: imports, look-ups and searches, beside the same searches in SQL.
enum CatalogBenchmark {
    static let entry = Benchmark(
        name: "catalogs",
        usage: "[--facilities N] [--services N] [--drugs N] [--seconds N] [--connections N]",
        summary:
            "imports of facilities, services and drugs, GET by code beside GET patient, FIND by text and by"
            + " nearness beside pg_trgm and earthdistance, memory, start",
        run: run)

    private static func run(_ options: BenchmarkOptions) throws(BenchmarkError) {
        let sizes = [
            (GeneratedCatalogs.facilities, try options.integer("--facilities", default: 170_000)),
            (GeneratedCatalogs.services, try options.integer("--services", default: 20_000)),
            (GeneratedCatalogs.drugs, try options.integer("--drugs", default: 100_000)),
        ]
        let folder = try TemporaryFolder.made()
        var measurement = CatalogMeasurement(
            registry: RegistryMeasurement(
                folder: folder, seconds: try options.integer("--seconds", default: 5),
                connections: try options.integer("--connections", default: 16)),
            sizes: sizes)
        do {
            chmod(URL(filePath: folder.path("x")).deletingLastPathComponent().path, 0o755)
            try PrivateCluster(home: measurement.registry.home).join().use { database in
                try measurement.measure(database)
            }
        } catch let error as BenchmarkError {
            throw error
        } catch {
            throw BenchmarkError(message: "\(error)", status: 1)
        }
        measurement.registry.table.print()
    }
}

/// One run of the benchmark, step after step.
struct CatalogMeasurement {
    var registry: RegistryMeasurement
    let sizes: [(key: CatalogKey, count: Int)]
    private let catalogs = GeneratedCatalogs()

    private static let requestsMax = 60_000
    private static let patients = 20_000

    init(registry: RegistryMeasurement, sizes: [(CatalogKey, Int)]) {
        self.registry = registry
        self.sizes = sizes
    }

    mutating func measure(_ database: DatabaseAddress) throws {
        let extracts = try RegistryExtracts(records: Self.patients, in: registry.folder)
        _ = try ChildProgram([
            registry.padron, "load", extracts.base, "--create-sources", "--data", registry.home,
        ])
        try importCatalogs(database)
        try fill(database)
        let token = try ChildProgram([
            registry.padron, "client", "add", "bench", "--role", "admin", "--data", registry.home,
        ]).output.split(separator: "\n").last.map(String.init)
        let server = try ServerProgram(padron: registry.padron, home: registry.home)
        registry.add("start of a node with them", "\(Figures.decimal(server.startSeconds, 2)) s")
        var stream = RequestStream(port: server.port, token: token ?? "", connections: 50)
        try lookUp(
            stream, try RowRequests.rows(extracts.base, max: Self.requestsMax).map(RowRequests.get))
        stream.connections = registry.connections
        try search(stream, database)
    }

    private mutating func importCatalogs(_ database: DatabaseAddress) throws {
        let url = database.connectionString
        let clock = ContinuousClock()
        var seconds = 0.0
        for (key, count) in sizes {
            let start = clock.now
            let job = ImportJob(
                databaseURL: url,
                request: ImportRequest(
                    catalog: key, fileName: "bench", effectiveDay: 19_000, actor: "bench"))
            let catalogs = catalogs
            let report = try job.run { body in
                for number in 0..<count { try body(.success(catalogs.entry(key, number))) }
            }
            guard let release = report.release else {
                throw BenchmarkError(message: "nothing of \(key.text) was staged", status: 1)
            }
            _ = try ReleaseJob(databaseURL: url).activate(
                release, actor: "bench", reason: "benchmark")
            let elapsed = (clock.now - start) / .seconds(1)
            seconds += elapsed
            registry.add(
                "import of \(Figures.grouped(count)) \(key.kind.plural), checked, staged and live",
                "\(Figures.decimal(elapsed, 1)) s")
        }
        registry.add("all imports", "\(Figures.decimal(seconds, 1)) s", "60 s with the providers")
    }

    /// Fills an index of this process, to tell its time and size.
    private mutating func fill(_ database: DatabaseAddress) throws {
        let clock = ContinuousClock()
        let start = clock.now
        let (tables, _) = try CatalogReading.read(databaseURL: database.connectionString)
        registry.add(
            "filling the catalogs in memory",
            "\(Figures.decimal((clock.now - start) / .seconds(1), 2)) s")
        registry.add(
            "catalogs in memory, bytes an entry",
            Figures.grouped(tables.byteCount / max(1, tables.entryCount)))
    }

    private mutating func lookUp(_ stream: RequestStream, _ known: [String]) throws {
        var requests: [String] = []
        while requests.count < 600_000 { requests += known }
        let patients = try stream.run(requests, seconds: 4)
        registry.add(
            "GET patient, \(stream.connections) connections",
            "\(Figures.grouped(Int(patients.rate)))/s, \(registry.waits(patients))")
        var random = RandomStream(seed: 3, domain: .benchmark, index: 1)
        requests = (0..<requests.count).map { _ in
            let (key, count) = sizes[Int.random(in: 0..<sizes.count, using: &random)]
            let code = GeneratedCatalogs.code(Int.random(in: 0..<count, using: &random))
            return "GET \(key.kind.rawValue) \(key.authority):\(code)"
        }
        let entries = try stream.run(requests, seconds: 4)
        registry.add(
            "GET facility, service or drug by code, \(stream.connections) connections",
            "\(Figures.grouped(Int(entries.rate)))/s, \(registry.waits(entries))",
            "as a patient")
    }
}

// MARK: - Searches

extension CatalogMeasurement {
    private mutating func search(_ stream: RequestStream, _ database: DatabaseAddress) throws {
        let seconds = Double(registry.seconds)
        var random = RandomStream(seed: 5, domain: .benchmark, index: 2)
        let asked = (0..<20_000).map { _ in askedText(&random) }
        let texts = try stream.run(
            asked.map { text in
                var writer = JSONWriter()
                writer.string(text)
                return "FIND facility text=\(writer.text) limit=10"
            }, seconds: seconds)
        report("FIND text", texts, "99 %: 5 ms")
        let points = (0..<20_000).map { _ in
            (
                latitude: Double.random(in: 25...39, using: &random),
                longitude: Double.random(in: 44...63, using: &random)
            )
        }
        let near = try stream.run(
            points.map { point in
                "FIND facility near=\(point.latitude),\(point.longitude) within=50 limit=10"
            }, seconds: seconds)
        report("FIND near", near, "99 %: 5 ms")
        var session = try RegistrySession(database)
        try session.prepareCatalogPeers(kind: .facility)
        report(
            "the same texts in SQL with pg_trgm",
            try queries(asked, seconds, database) { try $0.findPeer(text: $1, limit: 10) })
        report(
            "the same points in SQL with earthdistance",
            try queries(points, seconds, database) { session, point in
                try session.findPeer(
                    latitude: point.latitude, longitude: point.longitude, kilometres: 50, limit: 10)
            })
        try session.dropCatalogPeers()
    }

    private mutating func report(
        _ name: String, _ outcome: RequestStream.Outcome, _ goal: String = ""
    ) {
        registry.add(
            "\(name), \(registry.connections) connections",
            "\(Figures.grouped(Int(outcome.rate)))/s, \(registry.waits(outcome))", goal)
    }

    /// Two or three words of some facility's name, one of them misspelt in half of the cases.
    private func askedText(_ random: inout RandomStream) -> String {
        let number = Int.random(in: 0..<sizes[0].count, using: &random)
        var words = catalogs.name(sizes[0].key, number).split(separator: " ").map(String.init)
        words.removeAll { $0 == "de" }
        words.shuffle(using: &random)
        words = Array(words.prefix(Int.random(in: 2...3, using: &random)))
        if Bool.random(using: &random) {
            var letters = Array(words[0])
            if letters.count > 4 { letters.swapAt(2, 3) }
            words[0] = String(letters)
        }
        return words.joined(separator: " ")
    }

    /// Asks the database on as many sessions as there are connections.
    private func queries<Question: Sendable>(
        _ questions: [Question], _ seconds: Double, _ database: DatabaseAddress,
        _ ask: @escaping @Sendable (inout RegistrySession, Question) throws -> Void
    ) throws -> RequestStream.Outcome {
        let next = Atomic(0)
        let gathered = Mutex<(waits: [UInt32], failure: String?)>(([], nil))
        let clock = ContinuousClock()
        let start = clock.now
        let threads = DispatchGroup()
        for _ in 0..<registry.connections {
            threads.enter()
            Thread {
                defer { threads.leave() }
                do {
                    var session = try RegistrySession(database)
                    try session.useCatalogPeers()
                    var waits: [UInt32] = []
                    while clock.now < start + .seconds(seconds) {
                        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
                        guard number < questions.count else { break }
                        let began = clock.now
                        try ask(&session, questions[number])
                        waits.append(
                            UInt32(clamping: Int((clock.now - began) / .microseconds(1))))
                    }
                    gathered.withLock { $0.waits += waits }
                } catch {
                    gathered.withLock { $0.failure = "\(error)" }
                }
            }.start()
        }
        threads.wait()
        let (waits, failure) = gathered.withLock { $0 }
        if let failure { throw BenchmarkError(message: failure, status: 1) }
        var outcome = RequestStream.Outcome()
        outcome.answered = waits.count
        outcome.seconds = (clock.now - start) / .seconds(1)
        outcome.waits = waits.sorted()
        return outcome
    }
}
