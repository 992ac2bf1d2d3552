import Foundation
import Glibc
import RegistryClient
import Testing

/// The program as a child that a test talks to or kills; it is killed with its last reference.
final class ChildProgram {
    private let process: Process
    private let folder: TemporaryFolder
    private let errorsPath: String

    /// Starts the program.
    init(_ arguments: [String], environment: [String: String], in folder: TemporaryFolder) throws {
        self.folder = folder
        errorsPath = folder.path(UUID().uuidString + ".err")
        process = try ProgramRun.process(arguments, environment: environment)
        try Data().write(to: URL(filePath: errorsPath))
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: URL(filePath: errorsPath))
        try process.run()
    }

    deinit { kill() }

    /// Whether the program has not ended yet.
    var isRunning: Bool { process.isRunning }

    /// What the program has written to standard error so far.
    var errors: String { (try? String(contentsOfFile: errorsPath, encoding: .utf8)) ?? "" }

    /// Kills the program as `kill -9` does, and returns once it is gone.
    func kill() {
        guard process.isRunning else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Asks the program to end, and gives its exit status.
    func terminate() -> Int32 {
        process.terminate()
        return status()
    }

    /// The exit status, awaited.
    func status() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -1
    }

    /// The port of a node, awaited: it stands in the line that `padron serve` prints.
    func port() throws -> UInt16 {
        let deadline = ContinuousClock.now + .seconds(120)
        while true {
            if let match = errors.firstMatch(of: /at 127\.0\.0\.1:(\d+),/),
                let port = UInt16(match.1)
            {
                return port
            }
            try #require(isRunning && ContinuousClock.now < deadline, "no node: \(errors)")
            usleep(5_000)
        }
    }

    /// A connection to the node, which has not yet said who it is.
    func connect() throws -> RegistryConnection {
        try RegistryConnection.connect(
            host: "127.0.0.1", port: port(), timeoutMilliseconds: 60_000)
    }
}
