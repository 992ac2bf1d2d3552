import Foundation
import PostgresClient

/// A `padron serve` of its own process, ended with its value.
final class ServerProgram {
    let port: UInt16
    /// Wall time from its start until it answers.
    let startSeconds: Double
    private let process: ChildProcess
    private let folder: TemporaryFolder

    private static let startSecondsMax = 1_800.0

    /// Starts a server on a private cluster and waits until it answers.
    convenience init(padron: String, home: String) throws(BenchmarkError) {
        try self.init(padron, ["--data", home], role: "writer", try TemporaryFolder.made())
    }

    /// Starts a server that follows another one's database, with a journal of its own.
    convenience init(
        padron: String, following database: DatabaseAddress
    ) throws(BenchmarkError) {
        let folder = try TemporaryFolder.made()
        try self.init(
            padron,
            [
                "--database", database.connectionString, "--data", folder.path("home"), "--reader",
            ], role: "reader", folder)
    }

    private init(
        _ padron: String, _ options: [String], role: String, _ folder: TemporaryFolder
    ) throws(BenchmarkError) {
        self.folder = folder
        port = UInt16.random(in: 20_000..<30_000)
        let log = folder.path("server.log")
        let arguments = [padron, "serve", "--listen", "127.0.0.1:\(port)"] + options
        let clock = ContinuousClock()
        let start = clock.now
        process = try ChildProcess(arguments, output: log)
        while true {
            let text = String(
                decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
            let seconds = (clock.now - start) / .seconds(1)
            if text.contains("\(role) at") {
                startSeconds = seconds
                return
            }
            guard !process.hasEnded, seconds <= Self.startSecondsMax else {
                process.terminate()
                let last = text.split(separator: "\n").last ?? ""
                throw BenchmarkError(message: "padron serve did not start: \(last)", status: 1)
            }
            usleep(5_000)
        }
    }

    deinit { process.terminate() }

    /// Bytes resident now.
    var residentBytes: Int { process.residentBytes }
}
