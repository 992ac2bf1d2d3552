internal import Glibc

/// What the server's pid file and the kernel tell about a data folder.
///
/// A pid file alone proves nothing: after `kill -9` it stays behind, its number may have gone to another
/// program, or belong to a zombie that nobody reaps. A live server is a process that is no zombie and works in
/// the data folder; so are the backends that outlive a killed postmaster for a moment.
struct ServerProcess: Sendable {
    let dataFolder: String

    private var pidFile: String { "\(dataFolder)/postmaster.pid" }

    private var lines: [Substring] {
        (FileTree.text(of: pidFile) ?? "").split(
            separator: "\n", omittingEmptySubsequences: false)
    }

    /// The running postmaster's process.
    var postmaster: pid_t? {
        guard let first = lines.first, let process = pid_t(first), process > 1, isServer(process)
        else { return nil }
        return process
    }

    /// Whether the postmaster takes connections.
    var isReady: Bool {
        let lines = lines
        return lines.count > 7 && lines[7].hasPrefix("ready") && postmaster != nil
    }

    /// The folder of the running server's socket.
    var socketFolder: String? {
        let lines = lines
        return lines.count > 4 && postmaster != nil ? String(lines[4]) : nil
    }

    /// Whether any process of a server, orphaned backends included, still works in the folder.
    var isAnyAlive: Bool {
        FileTree.names(in: "/proc").contains { name in
            pid_t(name).map { isServer($0) } ?? false
        }
    }

    /// Removes what a killed server left, once nothing of it lives.
    ///
    /// PostgreSQL would do that itself, but not while the old number belongs to a zombie or to another program.
    func removeStalePidFile() throws(ClusterError) {
        guard FileTree.exists(pidFile), postmaster == nil else { return }
        let deadline = Deadline(milliseconds: 30_000)
        var pause = Pause()
        while isAnyAlive {
            guard !deadline.isOver else {
                throw ClusterError(
                    .server, "processes of a killed server still work in \(dataFolder)")
            }
            pause.wait()
        }
        if postmaster == nil { unsafe unlink(pidFile) }
    }

    /// Sends a signal to the postmaster and waits until it is gone.
    func stop(signal: Int32, timeoutMilliseconds: Int) throws(ClusterError) {
        guard let process = postmaster else { return }
        kill(process, signal)
        let deadline = Deadline(milliseconds: timeoutMilliseconds)
        var pause = Pause()
        while isServer(process) {
            guard !deadline.isOver else {
                throw ClusterError(.server, "the server (process \(process)) does not stop")
            }
            pause.wait()
        }
    }

    private func isServer(_ process: pid_t) -> Bool {
        guard let folder = FileTree.destination(of: "/proc/\(process)/cwd"), folder == dataFolder
        else { return false }
        // The state is the field behind the name, which stands in parentheses and may hold any character.
        guard let status = FileTree.text(of: "/proc/\(process)/stat"),
            let name = status.lastIndex(of: ")")
        else { return false }
        let state = status[status.index(after: name)...].drop { $0 == " " }.first
        return state != "Z" && state != "X"
    }
}
