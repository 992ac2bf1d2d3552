import Extracts
import Foundation
import Identity
import PostgresClient
import RegistryStore

/// The registry as a whole, on a private durable cluster: loads, live writes, look-ups.
enum RegistryBenchmark {
    static let entry = Benchmark(
        name: "registry", usage: "[--records N] [--seconds N] [--connections N]",
        summary:
            "loads beside plain COPY, PUT beside pgbench, through a follower and beside bulk jobs, GET,"
            + " MATCH, memory and disk",
        run: run)

    private static func run(_ options: BenchmarkOptions) throws(BenchmarkError) {
        let records = try options.integer("--records", default: 1_000_000)
        let seconds = try options.integer("--seconds", default: 12)
        let connections = try options.integer("--connections", default: 64)
        let folder = try TemporaryFolder.made()
        var measurement = RegistryMeasurement(
            folder: folder, seconds: seconds, connections: connections)
        do {
            // Others may enter: the private PostgreSQL runs as a user of its own.
            chmod(URL(filePath: folder.path("x")).deletingLastPathComponent().path, 0o755)
            let extracts = try RegistryExtracts(records: records, in: folder)
            try PrivateCluster(home: measurement.home).join().use { database in
                try measurement.measure(extracts, database)
            }
        } catch let error as BenchmarkError {
            throw error
        } catch {
            throw BenchmarkError(message: "\(error)", status: 1)
        }
        measurement.table.print()
    }
}

/// One run of the benchmark, step after step.
struct RegistryMeasurement {
    let folder: TemporaryFolder
    let seconds: Int
    let connections: Int
    var table = MarkdownTable(["registry", "figure", "goal"])
    let padron: String

    var home: String { folder.path("home") }

    init(folder: TemporaryFolder, seconds: Int, connections: Int) {
        self.folder = folder
        self.seconds = seconds
        self.connections = connections
        let path = Bundle.main.executablePath ?? CommandLine.arguments[0]
        padron = URL(filePath: path).deletingLastPathComponent().appending(path: "padron").path
    }

    mutating func measure(_ extracts: RegistryExtracts, _ database: DatabaseAddress) throws {
        let records = try loadAndCopy(extracts, database)
        // Before the server starts, which would know it only a second later.
        let token = try ChildProgram([
            padron, "client", "add", "bench", "--role", "admin", "--data", home,
        ]).output.split(separator: "\n").last.map(String.init)
        let server = try ServerProgram(padron: padron, home: home)
        add("start", "\(Figures.decimal(server.startSeconds, 2)) s", "3 s for a million")
        add(
            "memory of the node, bytes a record",
            Figures.grouped(server.residentBytes / max(1, records)), "400")
        let stream = RequestStream(
            port: server.port, token: token ?? "", connections: connections)
        let known = try RowRequests.rows(extracts.base, max: 60_000)
        try measureWrites(extracts, database, stream, known)
        try measureLookUps(stream, known)
    }

    mutating func add(_ name: String, _ figure: String, _ goal: String = "") {
        table.add([name, figure, goal])
    }
}

// MARK: - Loads

extension RegistryMeasurement {
    /// Loads into the empty and the filled index, with plain COPY between; the records there are then.
    private mutating func loadAndCopy(
        _ extracts: RegistryExtracts, _ database: DatabaseAddress
    ) throws -> Int {
        let load = try ChildProgram([
            padron, "load", extracts.base, "--create-sources", "--data", home,
        ])
        var session = try RegistrySession(database)
        let volume = try session.volume()
        let records = try session.recordCount()
        add(
            "load of \(Figures.grouped(records)) records into the empty index",
            "\(Figures.grouped(Int(Double(records) / load.seconds))) records/s", "50,000")
        let files = folder.path("rows")
        try FileManager.default.createDirectory(
            atPath: files, withIntermediateDirectories: true)
        chmod(files, 0o777)
        try session.exportPlainly(to: files)
        let copied = try session.copyPlainly(from: files) / .seconds(1)
        add(
            "plain COPY of the same rows",
            "\(Figures.grouped(Int(Double(records) / copied))) records/s")
        add("load against COPY", Figures.times(load.seconds, of: copied), "4x")
        try FileManager.default.removeItem(atPath: files)
        add(
            "peak memory of the load, bytes a record",
            Figures.grouped(load.peakBytes / max(1, records)))
        add("database, bytes a record", Figures.grouped(Int(volume.bytes) / max(1, records)))
        add(
            "written ahead, bytes a record",
            Figures.grouped(Int(volume.logBytes) / max(1, records)))
        return try loadMore(extracts, records, &session)
    }

    private mutating func loadMore(
        _ extracts: RegistryExtracts, _ records: Int, _ session: inout RegistrySession
    ) throws -> Int {
        // The command opens the index first; how long that takes is told apart.
        let opening = try ChildProgram([padron, "load", extracts.base, "--data", home])
        let load = try ChildProgram([padron, "load", extracts.more, "--data", home])
        let all = try session.recordCount()
        add("the same extract again, unchanged", "\(Figures.decimal(opening.seconds, 1)) s")
        add(
            "load of \(Figures.grouped(all - records)) records into the filled index, its start included",
            "\(Figures.grouped(Int(Double(all - records) / load.seconds))) records/s")
        try session.checkpoint()
        return all
    }
}

// MARK: - Look-ups

extension RegistryMeasurement {
    private mutating func measureLookUps(_ stream: RequestStream, _ known: [ExtractRow]) throws {
        var requests: [String] = []
        for _ in 0..<10 { requests += known.map(RowRequests.get) }
        var stream = stream
        stream.connections = 50
        let single = try stream.run(requests, seconds: 4)
        add("GET, 50 connections", "\(Figures.grouped(Int(single.rate)))/s, \(waits(single))")
        stream.depth = 16
        let piped = try stream.run(requests, seconds: 4)
        add("GET, 50 connections, 16 at a time", "\(Figures.grouped(Int(piped.rate)))/s")
        (stream.connections, stream.depth) = (4, 1)
        let matches = known.filter { $0.person.has(.given) && $0.person.has(.family) }
            .map(RowRequests.match)
        let match = try stream.run(matches, seconds: 4)
        add(
            "MATCH, 4 connections", "\(Figures.grouped(Int(match.rate)))/s, \(waits(match))",
            "10,000/s, 99 %: 2 ms")
    }

    func waits(_ outcome: RequestStream.Outcome) -> String {
        "\(Figures.decimal(outcome.milliseconds(0.5), 2))"
            + " and \(Figures.decimal(outcome.milliseconds(0.99), 2)) ms"
    }
}
