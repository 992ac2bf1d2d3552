import Glibc

/// A system call that failed.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the call.
    package var operation: String
    /// The value of `errno`.
    package var number: Int32

    /// Creates an error.
    package init(_ operation: String, number: Int32) {
        self.operation = operation
        self.number = number
    }

    /// Whether the call would have had to wait.
    package var wouldBlock: Bool { number == EAGAIN || number == EWOULDBLOCK }

    package var description: String {
        let text = unsafe strerror(number).map { unsafe String(cString: $0) }
        return "\(operation) failed: \(text ?? "error \(number)")"
    }
}

/// Why a socket cannot be used.
package enum NetworkError: Error, Hashable, Sendable, CustomStringConvertible {
    /// An address that is no numeric one, or a host that has none.
    case unknownAddress(String)
    case addressInUse(String)
    case addressNotAvailable(String)
    case connectionRefused(String)
    case timedOut(String)
    /// The other side closed the connection.
    case closed
    case system(SystemError)

    package var description: String {
        switch self {
        case .unknownAddress(let address): "cannot find an address for \(address)"
        case .addressInUse(let address):
            "\(address) is in use by another process; choose another port or stop that process"
        case .addressNotAvailable(let address): "\(address) is no address of this machine"
        case .connectionRefused(let address): "nothing listens at \(address)"
        case .timedOut(let what): "\(what) took too long"
        case .closed: "the other side closed the connection"
        case .system(let error): error.description
        }
    }
}
