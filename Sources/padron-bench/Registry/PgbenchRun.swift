import Foundation
import PostgresClient

/// What PostgreSQL's own benchmark makes of the same cluster: one small durable transaction after
/// another, by as many clients.
struct PgbenchRun {
    /// Transactions a second.
    private(set) var rate = 0.0
    /// The mean wait in milliseconds.
    private(set) var milliseconds = 0.0

    /// Runs `pgbench -N`; nil where it is not installed.
    init?(_ database: DatabaseAddress, clients: Int, seconds: Int) throws(BenchmarkError) {
        guard let program = Self.program else { return nil }
        let place = database.connectionString
        _ = try ChildProgram([program, "--initialize", "--quiet", "--scale", "10", place])
        let run = try ChildProgram([
            program, "--skip-some-updates", "--no-vacuum", "--protocol", "prepared",
            "--client", String(clients), "--jobs", "2", "--time", String(seconds), place,
        ])
        _ = try ChildProgram([program, "--initialize", "--init-steps", "d", place])
        for line in run.output.split(separator: "\n") {
            let number = line.split(separator: " ").lazy.compactMap { Double($0) }.first ?? 0
            if line.hasPrefix("tps") { rate = number }
            if line.hasPrefix("latency average") { milliseconds = number }
        }
    }

    private static var program: String? {
        let files = FileManager.default
        let versions = (try? files.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let folders =
            ["/usr/bin", "/usr/local/bin", "/usr/local/pgsql/bin"]
            + versions.sorted { $0.count == $1.count ? $0 > $1 : $0.count > $1.count }
            .map { "/usr/lib/postgresql/\($0)/bin" }
        return folders.map { $0 + "/pgbench" }.first { files.isExecutableFile(atPath: $0) }
    }
}
