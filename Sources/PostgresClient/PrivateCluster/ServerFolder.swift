internal import Foundation
internal import Glibc

/// A data folder and what is done to it: made, started, stopped.
///
/// Its callers hold a lock, so that one process at a time changes it.
struct ServerFolder: Sendable {
    /// The data folder, without symbolic links.
    let path: String
    /// The file that the server's output goes to.
    let log: String
    let user: ServerUser
    let binaries: PostgresBinaries

    var process: ServerProcess { ServerProcess(dataFolder: path) }

    /// The name of the database user, a superuser of the cluster.
    static let databaseUser = "padron"

    /// Makes a cluster in one step: in a folder beside, which gets its name when it is whole.
    func initialise(isThrowAway: Bool) throws(ClusterError) {
        let temporary = "\(path).initialising-\(getpid())-\(UInt32.random(in: .min ... .max))"
        defer { FileTree.remove(temporary) }
        try user.makeFolder(temporary)
        let outcome = try user.run(
            binaries.path("initdb"),
            [
                "--pgdata=\(temporary)", "--username=\(Self.databaseUser)", "--no-locale",
                "--encoding=UTF8", "--data-checksums", "--auth-local=peer", "--auth-host=reject",
                "--no-instructions", isThrowAway ? "--no-sync" : "--lc-messages=C",
            ], timeoutMilliseconds: PostgresLimits.initialiseTimeoutMillisecondsMax)
        guard outcome.succeeded else {
            throw ClusterError(.server, "initdb failed: \(Self.reason(in: outcome.output))")
        }
        let settings = "\(temporary)/postgresql.conf"
        try FileTree.write(
            (FileTree.text(of: settings) ?? "") + "\ninclude_if_exists = 'padron.conf'\n"
                + "include_if_exists = 'local.conf'\n", to: settings)
        try FileTree.write(
            "# Everyone comes through the socket and is known by the operating system.\n"
                + "local all all peer map=padron\nlocal replication all peer map=padron\n",
            to: "\(temporary)/pg_hba.conf")
        try FileTree.rename(temporary, to: path)
    }

    /// Removes what killed commands left of an unfinished `initialise`.
    func removeUnfinished() {
        let folder = (path as NSString).deletingLastPathComponent
        let prefix = (path as NSString).lastPathComponent + ".initialising-"
        for name in FileTree.names(in: folder) where name.hasPrefix(prefix) {
            FileTree.remove("\(folder)/\(name)")
        }
    }

    /// The major version of the cluster; nil when there is none.
    static func version(of path: String) -> Int? {
        FileTree.text(of: "\(path)/PG_VERSION").flatMap { Int($0.prefix { $0.isNumber }) }
    }

    /// Starts the server unless it runs, and waits until it takes connections.
    func start(socketFolder: String, isThrowAway: Bool) throws(ClusterError) {
        let deadline = Deadline(milliseconds: PostgresLimits.startTimeoutMillisecondsMax)
        var pause = Pause()
        var attempts = 0
        while !process.isReady {
            guard !deadline.isOver else {
                throw ClusterError(.server, "the server does not get ready; see \(log)")
            }
            if process.postmaster != nil {
                // Another command's start, or recovery after a crash: wait for it.
                pause.wait()
                continue
            }
            attempts += 1
            try process.removeStalePidFile()
            removeStaleSocket(in: socketFolder)
            try writeSettings(socketFolder: socketFolder, isThrowAway: isThrowAway)
            let outcome = try launch()
            if outcome.succeeded || process.postmaster != nil { continue }
            guard attempts < PostgresLimits.startAttemptsMax else {
                let tail = FileTree.text(of: log).map { String($0.suffix(2_000)) } ?? ""
                throw ClusterError(
                    .server, "the server does not start: \(Self.reason(in: tail)); see \(log)")
            }
            pause.wait()
        }
    }

    /// Removes the socket and the socket's lock of a killed server; the folder is this cluster's alone.
    ///
    /// PostgreSQL would take the lock for a live one while the killed server is a zombie.
    private func removeStaleSocket(in socketFolder: String) {
        unsafe unlink(socketFolder + "/.s.PGSQL.5432.lock")
        unsafe unlink(socketFolder + "/.s.PGSQL.5432")
    }

    /// Stops the server and waits; transactions under way are rolled back.
    func stop() throws(ClusterError) {
        try process.stop(
            signal: SIGINT, timeoutMilliseconds: PostgresLimits.stopTimeoutMillisecondsMax)
    }

    private func launch() throws(ClusterError) -> ProcessOutcome {
        try user.run(
            binaries.path("pg_ctl"),
            [
                "start", "--pgdata=\(path)", "--log=\(log)", "--silent", "--wait", "--timeout=60",
                "--options=", "-p", binaries.path("postgres"),
            ], timeoutMilliseconds: PostgresLimits.startTimeoutMillisecondsMax)
    }

    private func writeSettings(socketFolder: String, isThrowAway: Bool) throws(ClusterError) {
        var settings = ServerSettings.forThisMachine(
            socketFolder: socketFolder, isThrowAway: isThrowAway)
        try FileTree.write(settings.text, to: "\(path)/padron.conf")
        if !isThrowAway, try takesLZ4() {
            settings.hasLZ4 = true
            try FileTree.write(settings.text, to: "\(path)/padron.conf")
        }
        let names = Set([user.caller, user.name, user.isOther ? "root" : user.name])
        let map = names.sorted().map { "padron \"\($0)\" \(Self.databaseUser)\n" }
        try FileTree.write(map.joined(), to: "\(path)/pg_ident.conf")
    }

    /// Whether the server knows LZ4 for the pages in its log.
    private func takesLZ4() throws(ClusterError) -> Bool {
        try user.run(
            binaries.path("postgres"),
            ["-D", path, "-C", "wal_compression", "-c", "wal_compression=lz4"],
            timeoutMilliseconds: PostgresLimits.startTimeoutMillisecondsMax
        ).succeeded
    }

    /// The line of a program's output that tells the reason best.
    static func reason(in output: String) -> String {
        let lines = output.split(separator: "\n").map(String.init)
        let telling = lines.last { line in
            ["FATAL:", "PANIC:", "error:", "could not"].contains { line.contains($0) }
        }
        return (telling ?? lines.last ?? "no output").trimmingCharacters(in: .whitespaces)
    }
}
