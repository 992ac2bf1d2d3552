internal import Foundation

/// Where the server's programs are.
struct PostgresBinaries: Sendable {
    /// The folder of `initdb`, `pg_ctl` and `postgres`.
    let folder: String
    /// The major version, for example 15.
    let majorVersion: Int

    static let oldestVersion = 15

    func path(_ program: String) -> String { "\(folder)/\(program)" }

    /// Finds the newest version that is installed, or the one that an existing cluster needs.
    ///
    /// Looks at `PADRON_POSTGRES_BIN` alone when it is set, else in `/usr/lib/postgresql/*/bin`,
    /// `/usr/pgsql-*/bin`, `/usr/local/pgsql/bin` and `PATH`.
    static func find(version wanted: Int? = nil) throws(ClusterError) -> PostgresBinaries {
        var found: [PostgresBinaries] = []
        for folder in folders where FileTree.isExecutable("\(folder)/initdb") {
            guard let version = try version(in: folder) else { continue }
            found.append(PostgresBinaries(folder: folder, majorVersion: version))
        }
        if let wanted {
            guard let exact = found.first(where: { $0.majorVersion == wanted }) else {
                throw ClusterError(
                    .notInstalled,
                    "the private cluster was made by PostgreSQL \(wanted), which is not installed;"
                        + " install postgresql-\(wanted), or set PADRON_POSTGRES_BIN to its programs"
                )
            }
            return exact
        }
        let newest = found.max { $0.majorVersion < $1.majorVersion }
        guard let newest, newest.majorVersion >= oldestVersion else {
            throw ClusterError(
                .notInstalled,
                "PostgreSQL \(oldestVersion) or later is not installed; install it (Debian, Ubuntu:"
                    + " apt-get install postgresql; Fedora: dnf install postgresql-server), set"
                    + " PADRON_POSTGRES_BIN to the folder of initdb, or name a database by"
                    + " PADRON_DATABASE_URL")
        }
        return newest
    }

    static var folders: [String] {
        if let folder = Environment.value(of: "PADRON_POSTGRES_BIN") { return [folder] }
        let debian = FileTree.names(in: "/usr/lib/postgresql").map {
            "/usr/lib/postgresql/\($0)/bin"
        }
        let fedora = FileTree.names(in: "/usr").filter { $0.hasPrefix("pgsql-") }
            .map { "/usr/\($0)/bin" }
        let path = (Environment.value(of: "PATH") ?? "").split(separator: ":").map(String.init)
        return debian + fedora + ["/usr/local/pgsql/bin"] + path
    }

    /// The version that `postgres --version` tells, `postgres (PostgreSQL) 15.18 (Debian …)`.
    private static func version(in folder: String) throws(ClusterError) -> Int? {
        let parent = (folder as NSString).deletingLastPathComponent
        if let version = Int((parent as NSString).lastPathComponent) { return version }
        let outcome = try ProcessRunner.run(
            "\(folder)/initdb", ["--version"], timeoutMilliseconds: 10_000)
        guard let name = outcome.output.firstRange(of: "(PostgreSQL) ") else { return nil }
        return Int(outcome.output[name.upperBound...].prefix { $0.isNumber })
    }
}
