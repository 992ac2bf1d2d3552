package import NetworkIO

/// Why a server does not start.
package enum ServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// An address that others can reach, without TLS and without leave.
    case plaintextRefused(String)
    case network(NetworkError)
    case journal(AuditJournalError)

    package var description: String {
        switch self {
        case .plaintextRefused(let address):
            "\(address) can be reached from other machines and TLS is not configured; listen at a "
                + "loopback address, or allow plaintext (padron serve --plaintext)"
        case .network(let error): error.description
        case .journal(let error): error.description
        }
    }
}
