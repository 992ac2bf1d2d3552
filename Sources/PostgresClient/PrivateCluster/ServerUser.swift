internal import Foundation
internal import Glibc

/// The operating-system user that the server runs as: the caller, or `postgres` when that is root.
struct ServerUser: Sendable {
    /// The user's name.
    let name: String
    let user: uid_t
    let group: gid_t
    /// The name of the user who calls.
    let caller: String

    /// Whether the server runs as another user than the caller.
    var isOther: Bool { geteuid() == 0 }

    static func current() throws(ClusterError) -> ServerUser {
        let caller = name(of: geteuid()) ?? "uid-\(geteuid())"
        guard geteuid() == 0 else {
            return ServerUser(name: caller, user: geteuid(), group: getegid(), caller: caller)
        }
        guard let entry = unsafe getpwnam("postgres") else {
            throw ClusterError(
                .serverUser,
                "PostgreSQL refuses to run as root, and there is no user postgres to run it as;"
                    + " make one with: useradd --system postgres")
        }
        guard setpriv != nil else {
            throw ClusterError(.serverUser, "setpriv is missing; install util-linux")
        }
        return unsafe ServerUser(
            name: "postgres", user: entry.pointee.pw_uid, group: entry.pointee.pw_gid,
            caller: caller)
    }

    /// Runs a program as this user.
    func run(
        _ executable: String, _ arguments: [String], timeoutMilliseconds: Int
    ) throws(ClusterError) -> ProcessOutcome {
        guard isOther, let setpriv = Self.setpriv else {
            return try ProcessRunner.run(
                executable, arguments, timeoutMilliseconds: timeoutMilliseconds)
        }
        let identity = ["--reuid=\(user)", "--regid=\(group)", "--init-groups", "--", executable]
        return try ProcessRunner.run(
            setpriv, identity + arguments, timeoutMilliseconds: timeoutMilliseconds)
    }

    /// Makes a folder that belongs to this user alone.
    func makeFolder(_ path: String) throws(ClusterError) {
        try FileTree.makeFolder(path, mode: 0o700)
        try give(path)
    }

    /// Makes this user the owner of a folder.
    func give(_ path: String) throws(ClusterError) {
        guard isOther else { return }
        guard unsafe chown(path, user, group) == 0 else {
            throw ClusterError(
                .home, "cannot give \(path) to \(name): \(ClusterError.text(of: errno))")
        }
    }

    /// Checks that this user can get to a folder, and names the folder on the way that is closed.
    func checkReach(of folder: String) throws(ClusterError) {
        guard isOther else { return }
        if try canEnter(folder) { return }
        var closed = folder
        while true {
            let parent = (closed as NSString).deletingLastPathComponent
            if parent == closed { break }
            if try canEnter(parent) { break }
            closed = parent
        }
        throw ClusterError(
            .home,
            "the user \(name), who runs the server for root, cannot enter \(closed), so it cannot"
                + " reach \(folder); choose another folder by --data or PADRON_HOME")
    }

    private func canEnter(_ folder: String) throws(ClusterError) -> Bool {
        try run("/usr/bin/test", ["-x", folder], timeoutMilliseconds: 10_000).succeeded
    }

    private static var setpriv: String? {
        ["/usr/bin/setpriv", "/bin/setpriv", "/usr/sbin/setpriv"].first(
            where: FileTree.isExecutable)
    }

    private static func name(of user: uid_t) -> String? {
        guard let entry = unsafe getpwuid(user), let name = unsafe entry.pointee.pw_name else {
            return nil
        }
        return unsafe String(cString: name)
    }
}
