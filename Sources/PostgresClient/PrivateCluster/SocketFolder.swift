internal import Glibc

/// Where a cluster's unix socket lies.
///
/// In the cluster's home when the path is short and plain enough; else in a short private folder named by a
/// hash of the home: below `/run` for root, `/run/user/UID` or `/tmp` for others. A folder that is somebody
/// else's, or open to others, is refused.
enum SocketFolder {
    static func choose(home: String, user: ServerUser) throws(ClusterError) -> String {
        let inHome = "\(home)/socket"
        let socket = "\(inHome)/.s.PGSQL.5432"
        // libpq takes a comma for the end of a host name, and the server's list has quotes of its own.
        let isPlain = !inHome.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0.value < 32 }
        if isPlain, socket.utf8.count <= PostgresLimits.socketPathBytesMax {
            try user.makeFolder(inHome)
            return inHome
        }
        let name = "padron-" + hash(home)
        let runtime = "/run/user/\(geteuid())"
        var folder = "/tmp/\(name)"
        if geteuid() == 0, FileTree.exists("/run") {
            folder = "/run/\(name)"
        } else if FileTree.isExecutable(runtime) {
            folder = "\(runtime)/\(name)"
        }
        if !FileTree.exists(folder) { try user.makeFolder(folder) }
        try checkOwner(of: folder, user: user.user, mayBeRead: false)
        return folder
    }

    /// Checks that a folder is a real one, the user's own, and closed to others.
    static func checkOwner(of path: String, user: uid_t, mayBeRead: Bool) throws(ClusterError) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            throw ClusterError(.home, "cannot look at \(path): \(ClusterError.text(of: errno))")
        }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        let forbidden: mode_t = mayBeRead ? 0o022 : 0o077
        guard isFolder, status.st_uid == user, status.st_mode & forbidden == 0 else {
            throw ClusterError(
                .home, "\(path) is not a private folder of this user; remove it or have it removed")
        }
    }

    /// FNV-1a of 64 bits, in hexadecimal (Fowler, Noll, Vo; RFC 9923).
    static func hash(_ text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 {
            hash ^= UInt64(byte)
            hash &*= 0x100_0000_01b3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
