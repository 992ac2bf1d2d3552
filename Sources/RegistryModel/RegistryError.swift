/// The closed list of failures that a client of the registry can meet.
package enum RegistryErrorCode: String, CaseIterable, Hashable, Sendable {
    case badRequest = "bad-request"
    case unknownVerb = "unknown-verb"
    case tooLong = "too-long"
    case notFound = "not-found"
    case unknownAuthority = "unknown-authority"
    case unknownSource = "unknown-source"
    case invalidIdentifier = "invalid-identifier"
    case ambiguous
    case conflict
    case stale
    case forbidden
    case unauthenticated
    case notWriter = "not-writer"
    case rateLimited = "rate-limited"
    case busy
    case unavailable
    case `internal`
}

/// A failure with its code and one line for people, lower-case and without personal data.
package struct RegistryError: Error, Hashable, Sendable, CustomStringConvertible {
    package var code: RegistryErrorCode
    package var message: String

    /// Creates a failure; the message must hold no demographics and no identifier values.
    package init(_ code: RegistryErrorCode, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
