internal import Foundation
internal import Glibc
internal import Synchronization

/// The PostgreSQL that commands run for themselves, in a home folder of their own.
///
/// Every command that uses the server holds a shared lock on `users.lock`; starting and stopping
/// happen under an exclusive lock on `gate.lock`. The last user to leave stops the server, unless
/// `start` has pinned it. Both locks go with their process: a command that is killed never keeps
/// a server in use from being stopped, and at worst leaves one running until the next command or
/// `stop` ends it.
package struct PrivateCluster: Sendable {
    /// The name of the registry's database.
    private static let database = "padron"

    /// The home folder, without symbolic links once it exists.
    package let home: String
    /// Whether what is committed survives a crash of the machine; only tests do without.
    private let isDurable: Bool

    /// The cluster in a home folder; nil takes the default one.
    ///
    /// The default is `/var/lib/padron` for root, else `padron` in the user's state folder.
    package init(home: String? = nil, isDurable: Bool = true) {
        self.isDurable = isDurable
        let chosen = home ?? PrivateCluster.defaultHome
        let absolute =
            chosen.hasPrefix("/")
            ? chosen : FileManager.default.currentDirectoryPath + "/" + chosen
        self.home = (absolute as NSString).standardizingPath
    }

    /// Where the cluster lies unless the user says otherwise.
    package static var defaultHome: String {
        if geteuid() == 0 { return "/var/lib/padron" }
        if let state = Environment.value(of: "XDG_STATE_HOME") { return state + "/padron" }
        return NSHomeDirectory() + "/.local/state/padron"
    }

    /// Starts the server where it does not run and keeps it until the lease is released.
    package func join() throws(ClusterError) -> ClusterLease {
        let folders = try prepare()
        let gate = try FileLock(folders.gate, .exclusive)
        defer { gate.release() }
        let users = try FileLock(folders.users, .shared)
        let socket = try start(folders)
        let address = DatabaseAddress(
            socketDirectory: socket, database: Self.database, user: ServerFolder.databaseUser)
        return ClusterLease(address: address, cluster: self, users: users)
    }

    /// Starts the server and keeps it running until `stop`.
    package func start() throws(ClusterError) {
        let folders = try prepare()
        let gate = try FileLock(folders.gate, .exclusive)
        defer { gate.release() }
        _ = try start(folders)
        try FileTree.write("", to: folders.pin)
    }

    /// Takes the pin away and stops the server; one in use stops with its last user.
    package func stop() throws(ClusterError) {
        guard FileTree.exists(folders.data) else { return }
        let folders = try prepare()
        let gate = try FileLock(folders.gate, .exclusive)
        defer { gate.release() }
        unsafe unlink(folders.pin)
        guard let users = try FileLock(folders.users, .exclusive, waits: false) else { return }
        defer { users.release() }
        try folders.server.stop()
    }

    /// Whether the server runs, where, and until when.
    package func status() throws(ClusterError) -> ClusterStatus {
        let real = FileTree.resolved(folders.data)
        let process = ServerProcess(dataFolder: real)
        var isInUse = false
        if FileTree.exists(folders.users) {
            let lock = try FileLock(folders.users, .exclusive, waits: false)
            isInUse = lock == nil
            lock?.release()
        }
        return ClusterStatus(
            home: home, process: process.postmaster, socketFolder: process.socketFolder,
            isPinned: FileTree.exists(folders.pin), isInUse: isInUse,
            version: ServerFolder.version(of: real))
    }

    /// Stops the server if nobody else uses it and it is not pinned.
    fileprivate func leave(_ users: FileLock) throws(ClusterError) {
        let folders = folders
        let gate = try FileLock(folders.gate, .exclusive)
        defer {
            users.release()
            gate.release()
        }
        guard users.lock(.exclusive, waits: false), !FileTree.exists(folders.pin) else { return }
        try prepare().server.stop()
    }

    private func start(_ folders: ReadyFolders) throws(ClusterError) -> String {
        let server = folders.server
        server.removeUnfinished()
        if ServerFolder.version(of: server.path) == nil {
            try server.initialise(isThrowAway: !isDurable)
        }
        if FileTree.size(of: server.log) > PostgresLimits.logBytesMax {
            // A running server appends to the file it has open, so the file itself has to be cut.
            try FileTree.moveContent(of: server.log, to: server.log + ".1")
        }
        // A server that runs already has its socket where it was started with.
        let socket: String
        if let running = server.process.socketFolder, server.process.isReady {
            socket = running
        } else {
            socket = try SocketFolder.choose(home: folders.home, user: server.user)
        }
        try server.start(socketFolder: socket, isThrowAway: !isDurable)
        try ClusterDatabase.make(Self.database, socketFolder: socket)
        return socket
    }

    private struct Folders {
        var data: String
        var gate: String
        var users: String
        var pin: String
    }

    private struct ReadyFolders {
        var home: String
        var gate: String
        var users: String
        var pin: String
        var server: ServerFolder
    }

    private var folders: Folders { folders(in: home) }

    private func folders(in home: String) -> Folders {
        Folders(
            data: home + "/postgresql/data", gate: home + "/gate.lock", users: home + "/users.lock",
            pin: home + "/pinned")
    }

    /// Makes the home and checks that both the caller and the server's user can use it.
    private func prepare() throws(ClusterError) -> ReadyFolders {
        let user = try ServerUser.current()
        try FileTree.makeFolder(home, mode: user.isOther ? 0o755 : 0o700)
        let real = FileTree.resolved(home)
        try user.checkReach(of: real)
        let folders = folders(in: real)
        let logs = real + "/log"
        if !FileTree.exists(logs) { try user.makeFolder(logs) }
        // Beside the data, in a folder that the server's user may write to.
        let parent = real + "/postgresql"
        if !FileTree.exists(parent) { try user.makeFolder(parent) }
        let binaries = try PostgresBinaries.find(version: ServerFolder.version(of: folders.data))
        let server = ServerFolder(
            path: folders.data, log: logs + "/server.log", user: user, binaries: binaries)
        return ReadyFolders(
            home: real, gate: folders.gate, users: folders.users, pin: folders.pin, server: server)
    }
}

/// One user's hold on the private cluster's server, given up by `release` or with its last reference.
package final class ClusterLease: Sendable {
    /// The registry's database.
    package let address: DatabaseAddress
    private let cluster: PrivateCluster
    private let users: FileLock
    private let isReleased = Mutex(false)

    fileprivate init(address: DatabaseAddress, cluster: PrivateCluster, users: FileLock) {
        self.address = address
        self.cluster = cluster
        self.users = users
    }

    deinit { try? release() }

    /// Calls a closure with the database's address and leaves when it ends, once and for all.
    package func use<Value>(_ body: (DatabaseAddress) throws -> Value) throws -> Value {
        precondition(!isReleased.withLock { $0 }, "the lease was released before")
        do {
            let value = try body(address)
            try release()
            return value
        } catch {
            // The reason of the failure is worth more than that of a server which does not stop.
            try? release()
            throw error
        }
    }

    /// Leaves; the last to leave stops the server, unless it is pinned.
    package func release() throws(ClusterError) {
        let isFirst = isReleased.withLock { released in
            defer { released = true }
            return !released
        }
        if isFirst { try cluster.leave(users) }
    }
}

/// What is known of a private cluster's server.
package struct ClusterStatus: Hashable, Sendable, CustomStringConvertible {
    package var home: String
    /// The server's first process; nil where it does not run.
    package var process: Int32?
    package var socketFolder: String?
    /// Whether it runs until `db stop`.
    package var isPinned: Bool
    /// Whether a command uses it now.
    package var isInUse: Bool
    /// PostgreSQL's major version; nil where no cluster was made yet.
    package var version: Int?

    /// One line for people.
    package var description: String {
        guard let version else { return "no cluster in \(home) yet" }
        guard let process else { return "PostgreSQL \(version) in \(home) is stopped" }
        let until = isPinned ? "until 'padron db stop'" : "until its last user ends"
        return "PostgreSQL \(version) in \(home) runs \(until): process \(process),"
            + " socket in \(socketFolder ?? "an unknown folder")"
    }
}
