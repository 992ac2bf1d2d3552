import Foundation

/// A `padron serve` of its own process, ended with its value.
final class ServerProgram {
    let port: UInt16
    /// Wall time from its start until it answers.
    let startSeconds: Double
    private let process: pid_t
    private let folder: TemporaryFolder

    private static let startSecondsMax = 600.0

    /// Starts a server on a private cluster and waits until it answers.
    init(padron: String, home: String) throws(BenchmarkError) {
        folder = try TemporaryFolder.made()
        port = UInt16.random(in: 20_000..<30_000)
        let log = folder.path("server.log")
        let arguments = [padron, "serve", "--data", home, "--listen", "127.0.0.1:\(port)"]
        let clock = ContinuousClock()
        let start = clock.now
        process = try Self.spawn(arguments, log: log)
        while true {
            let text = String(
                decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
            let seconds = (clock.now - start) / .seconds(1)
            if text.contains("writer at") {
                startSeconds = seconds
                return
            }
            var status: Int32 = 0
            let hasEnded = waitpid(process, &status, WNOHANG) == process
            if hasEnded || seconds > Self.startSecondsMax {
                if !hasEnded { Self.end(process) }
                let last = text.split(separator: "\n").last ?? ""
                throw BenchmarkError(message: "padron serve did not start: \(last)", status: 1)
            }
            usleep(5_000)
        }
    }

    deinit { Self.end(process) }

    /// Bytes resident now.
    var residentBytes: Int {
        let text = FileManager.default.contents(atPath: "/proc/\(process)/statm") ?? Data()
        let words = String(decoding: text, as: UTF8.self).split(separator: " ")
        return (words.dropFirst().first.flatMap { Int($0) } ?? 0)
            * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    private static func end(_ process: pid_t) {
        kill(process, SIGTERM)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    private static func spawn(_ arguments: [String], log: String) throws(BenchmarkError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var process = pid_t()
        guard posix_spawnp(&process, arguments[0], &actions, nil, words, environ) == 0 else {
            throw BenchmarkError(message: "cannot start \(arguments[0])", status: 1)
        }
        return process
    }
}
