internal import Glibc

/// Why a private cluster cannot be had.
package struct ClusterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The part that failed.
    package enum Kind: Hashable, Sendable {
        /// PostgreSQL is not installed, or not in the version needed.
        case notInstalled
        /// The home folder cannot be used.
        case home
        /// No unprivileged user to run the server as.
        case serverUser
        /// A child process failed.
        case process
        /// The server does not start or stop.
        case server
        /// A program of PostgreSQL did not do its work.
        case tool
    }

    /// The part that failed.
    package let kind: Kind
    /// What was wrong and what to do.
    package let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    /// The system's text for an error number.
    static func text(of code: Int32) -> String {
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text).lowercased()
    }
}
