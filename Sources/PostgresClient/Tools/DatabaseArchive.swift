internal import Foundation
internal import Glibc

/// An archive of one schema of a database, written and read by PostgreSQL's `pg_dump` and `pg_restore`.
///
/// A path that ends in `/` is a folder, written and read by several processes side by side; any other
/// is one file. Either appears whole or not at all, and can be read by its owner alone.
package struct DatabaseArchive: Sendable {
    /// The path without the slash at its end.
    package let path: String
    package let isFolder: Bool

    /// The archive at a path; a relative one is taken from the working directory.
    package init(path: String) {
        let absolute =
            path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        self.path = (absolute as NSString).standardizingPath
        isFolder = path.hasSuffix("/") || FileTree.isFolder(self.path)
    }

    /// The bytes of the archive, or of what there is of it yet.
    package var byteCount: Int { Self.byteCount(of: path) }

    /// Writes a schema as it stands in a snapshot, which a transaction of the connection has exported.
    ///
    /// Of `emptyTables` no row is taken; the extensions that the schema has go along. A folder is written by as many processes as `jobs` says;
    /// `progress` is told the bytes written.
    ///
    /// - Throws: `ClusterError` where the path is taken, or with the first reason of `pg_dump`.
    package func write(
        _ schema: String, of connection: borrowing PostgresConnection, snapshot: String,
        emptyTables: [String], extensions: [String] = [], jobs: Int, progress: (Int) -> Void
    ) throws(ClusterError) {
        guard !FileTree.exists(path) else {
            throw ClusterError(.tool, "\(path) exists already; name another path")
        }
        let dump = try Self.tool("pg_dump", for: connection.serverMajorVersion)
        let part = "\(path).part-\(getpid())"
        try makeEmpty(part)
        var arguments = [
            "--no-password", "--schema=\(schema)", "--snapshot=\(snapshot)", "--compress=1",
            "--format=\(isFolder ? "directory" : "custom")", "--file=\(part)",
        ]
        if isFolder { arguments.append("--jobs=\(jobs)") }
        arguments += extensions.map { "--extension=\($0)" }
        arguments += emptyTables.map { "--exclude-table-data=\(schema).\($0)" }
        do {
            try Self.run(dump, arguments, connection.toolSettings) {
                progress(Self.byteCount(of: part))
            }
            try FileTree.rename(part, to: path)
        } catch {
            FileTree.remove(part)
            throw error
        }
    }

    /// Makes the schema and its rows in a database that does not have it.
    ///
    /// A file is read in one transaction, so that all of it is there afterwards or nothing; of a folder
    /// that several processes read, a part may be there where it fails.
    package func read(
        into connection: borrowing PostgresConnection, jobs: Int, whileWaiting: () -> Void
    ) throws(ClusterError) {
        guard FileTree.exists(path) else {
            throw ClusterError(.tool, "there is no \(path)")
        }
        let restore = try Self.tool("pg_restore", for: connection.serverMajorVersion)
        let settings = connection.toolSettings
        let database = settings.first { $0.hasPrefix("PGDATABASE=") }?.dropFirst(11) ?? ""
        let quoted = database.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        try Self.run(
            restore,
            [
                "--no-password", "--no-owner", "--no-privileges", "--exit-on-error",
                isFolder ? "--jobs=\(jobs)" : "--single-transaction",
                "--dbname=dbname='\(quoted)'", path,
            ], settings, whileWaiting)
    }

    private func makeEmpty(_ part: String) throws(ClusterError) {
        FileTree.remove(part)
        if isFolder {
            guard unsafe mkdir(part, 0o700) == 0 else {
                throw ClusterError(
                    .tool, "cannot write \(path): \(ClusterError.text(of: errno))")
            }
            return
        }
        let file = unsafe open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw ClusterError(.tool, "cannot write \(path): \(ClusterError.text(of: errno))")
        }
        close(file)
    }

    private static func byteCount(of path: String) -> Int {
        let names = FileTree.names(in: path)
        return names.isEmpty
            ? FileTree.size(of: path)
            : names.reduce(0) { $0 + FileTree.size(of: "\(path)/\($1)") }
    }

    private static func run(
        _ program: String, _ arguments: [String], _ settings: [String], _ whileWaiting: () -> Void
    ) throws(ClusterError) {
        let outcome = try ProcessRunner.run(
            program, arguments, settings: settings,
            timeoutMilliseconds: PostgresLimits.toolTimeoutMillisecondsMax,
            whileWaiting: whileWaiting)
        guard !outcome.succeeded else { return }
        let name = (program as NSString).lastPathComponent
        throw ClusterError(.tool, "\(name) failed: \(reason(outcome.output))")
    }

    /// The first thing that a program says is wrong; what stands behind it may show values of rows.
    private static func reason(_ output: String) -> String {
        let lines = output.split(whereSeparator: \.isNewline)
        let line = lines.first { $0.contains(": error: ") } ?? lines.first ?? "it says nothing"
        guard let start = line.firstRange(of: ": error: ") else { return String(line) }
        return String(line[start.upperBound...])
    }

    /// The program of a server's own version, else of the oldest later one.
    private static func tool(
        _ name: String, for serverVersion: Int
    ) throws(ClusterError) -> String {
        var found: [(version: Int, path: String)] = []
        for folder in PostgresBinaries.folders where FileTree.isExecutable("\(folder)/\(name)") {
            let path = "\(folder)/\(name)"
            let parent = ((folder as NSString).deletingLastPathComponent as NSString)
                .lastPathComponent
            if let version = Int(parent) {
                found.append((version, path))
                continue
            }
            let outcome = try ProcessRunner.run(
                path, ["--version"], timeoutMilliseconds: 10_000)
            guard let start = outcome.output.firstRange(of: "(PostgreSQL) "),
                let version = Int(outcome.output[start.upperBound...].prefix { $0.isNumber })
            else { continue }
            found.append((version, path))
        }
        let fitting = found.filter { $0.version >= serverVersion }
        guard let best = fitting.min(by: { $0.version < $1.version }) else {
            throw ClusterError(
                .notInstalled,
                "the server is PostgreSQL \(serverVersion) and no \(name) of that version or later"
                    + " is installed; install postgresql-client-\(serverVersion), or set"
                    + " PADRON_POSTGRES_BIN to its folder")
        }
        return best.path
    }
}
