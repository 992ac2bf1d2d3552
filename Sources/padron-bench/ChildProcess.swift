import Foundation

/// A program that was started, with its output in files.
///
/// Its owner waits for it, or ends it.
final class ChildProcess {
    private let identifier: pid_t
    private var end: (status: Int32, usage: rusage)?

    /// Starts a program, found on the search path; errors go to the output where no file is named for them.
    init(
        _ arguments: [String], output: String, errors: String? = nil
    ) throws(BenchmarkError) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o600)
        if let errors {
            posix_spawn_file_actions_addopen(&actions, 2, errors, flags, 0o600)
        } else {
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        }
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var process = pid_t()
        guard let program = arguments.first,
            posix_spawnp(&process, program, &actions, nil, words, environ) == 0
        else {
            throw BenchmarkError(message: "cannot start \(arguments.first ?? "")", status: 1)
        }
        identifier = process
    }

    /// Whether it has ended by now.
    var hasEnded: Bool {
        if end == nil { take(WNOHANG) }
        return end != nil
    }

    /// Waits for its end: the status, -1 where a signal ended it, and what it used.
    func wait() -> (status: Int32, usage: rusage) {
        while true {
            if let end { return end }
            take(0)
        }
    }

    /// Asks it to end, and waits until it has.
    func terminate() {
        guard !hasEnded else { return }
        kill(identifier, SIGTERM)
        _ = wait()
    }

    /// Bytes resident now.
    var residentBytes: Int {
        let text = FileManager.default.contents(atPath: "/proc/\(identifier)/statm") ?? Data()
        let words = String(decoding: text, as: UTF8.self).split(separator: " ")
        return (words.dropFirst().first.flatMap { Int($0) } ?? 0)
            * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    private func take(_ options: Int32) {
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(identifier, &status, options, &usage) == identifier else { return }
        // The low seven bits tell of a signal, the next eight the status.
        end = (status & 0x7F != 0 ? -1 : status >> 8 & 0xFF, usage)
    }
}
