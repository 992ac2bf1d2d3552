internal import Foundation
internal import Glibc
internal import Synchronization

/// The folder below `/tmp` that holds the throw-away clusters of one user and the template of each version.
struct ThrowAwayStore {
    let user: ServerUser
    let binaries: PostgresBinaries
    let path: String

    /// The clusters of this process that are still there.
    private static let living = Mutex<Set<String>>([])
    private static let exitHandler: Void = {
        atexit {
            let roots = ThrowAwayStore.living.withLock { $0 }
            for root in roots { ThrowAwayStore.delete(root) }
        }
    }()

    init() throws(ClusterError) {
        user = try ServerUser.current()
        binaries = try PostgresBinaries.find()
        path = "/tmp/padron-test-\(geteuid())"
        try FileTree.makeFolder(path, mode: 0o755)
        try SocketFolder.checkOwner(of: path, user: geteuid(), mayBeRead: true)
    }

    /// Makes the folder of a new cluster, locked for as long as its process lives.
    func makePlace() throws(ClusterError) -> (path: String, lock: FileLock) {
        let turn = try FileLock("\(path)/lock", .exclusive)
        defer { turn.release() }
        removeLeftovers()
        try makeTemplate()
        let place = "\(path)/\(getpid())-\(String(UInt32.random(in: .min ... .max), radix: 36))"
        try FileTree.makeFolder(place)
        let lock = try FileLock("\(place)/lock", .exclusive)
        try user.give(place)
        return (place, lock)
    }

    /// Copies the template's data folder.
    func copyTemplate(to data: String) throws(ClusterError) {
        let outcome = try ProcessRunner.run(
            "/bin/cp", ["-a", template, data],
            timeoutMilliseconds: PostgresLimits.initialiseTimeoutMillisecondsMax)
        guard outcome.succeeded else {
            throw ClusterError(.process, "cannot copy the template cluster: \(outcome.output)")
        }
    }

    /// Deletes a cluster at once, its server killed.
    static func delete(_ root: String) {
        try? ServerProcess(dataFolder: "\(root)/data").stop(
            signal: SIGQUIT, timeoutMilliseconds: 10_000)
        FileTree.remove(root)
        living.withLock { _ = $0.remove(root) }
    }

    static func deleteAtExit(_ root: String) {
        _ = exitHandler
        living.withLock { _ = $0.insert(root) }
    }

    private var template: String { "\(path)/template-\(binaries.majorVersion)-1" }

    /// Makes the template once: a cluster that has the database `padron`.
    private func makeTemplate() throws(ClusterError) {
        guard !FileTree.exists(template) else { return }
        let making = ServerFolder(
            path: "\(path)/making", log: "\(path)/making/server.log", user: user,
            binaries: binaries)
        try? making.process.stop(signal: SIGQUIT, timeoutMilliseconds: 10_000)
        FileTree.remove(making.path)
        making.removeUnfinished()
        try making.initialise(isThrowAway: true)
        let socket = "\(path)/making/socket"
        try user.makeFolder(socket)
        try making.start(socketFolder: socket, isThrowAway: true)
        try ClusterDatabase.make("padron", socketFolder: socket)
        try making.stop()
        FileTree.remove(socket)
        try FileTree.rename(making.path, to: template)
    }

    /// Deletes the clusters whose process is gone.
    private func removeLeftovers() {
        for name in FileTree.names(in: path) where name.first?.isNumber == true {
            let root = "\(path)/\(name)"
            guard let lock = try? FileLock("\(root)/lock", .exclusive, waits: false) else {
                continue
            }
            Self.delete(root)
            lock.release()
        }
    }
}
