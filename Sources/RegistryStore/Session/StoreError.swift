package import PostgresClient

/// Why the store did not do what was asked.
package enum StoreError: Error, Hashable, Sendable {
    /// Another node writes now; nothing was written.
    case leaseLost
    /// A row is not of the shape that this program writes.
    case damaged(String)
    case notFound(String)
    case alreadyExists(String)
    case database(PostgresError)
}

extension StoreError: CustomStringConvertible {
    /// One line, without personal data.
    package var description: String {
        switch self {
        case .leaseLost: "another node has taken the writer's lease"
        case .damaged(let what): "the database holds \(what); run padron db verify"
        case .notFound(let what): "there is no \(what)"
        case .alreadyExists(let what): "\(what) exists already"
        case .database(let error): error.description
        }
    }

    /// Whether an error of the store's functions says that the connection is gone.
    package static func isConnectionLost(_ error: any Error) -> Bool {
        switch error {
        case let error as PostgresError: error.isConnectionLost
        case StoreError.database(let error): error.isConnectionLost
        default: false
        }
    }
}
