/// The bounds of the line protocol, one place for all of them.
package enum ProtocolLimits {
    /// The version of the protocol that `HELLO` names.
    package static let version: Int64 = 1

    /// The TCP port where none is named.
    package static let defaultPort: UInt16 = 7771

    /// The longest request line, its line end not counted.
    package static let lineBytesMax = 65_536

    /// The most arguments of one request.
    package static let argumentsMax = 256

    /// The longest tag.
    package static let tagBytesMax = 32

    /// The most requests of one session that wait for their replies; further ones stay unread.
    package static let outstandingMax = 128

    /// Replies waiting to be sent, in bytes, above which a session reads no further request.
    package static let outputBytesMax = 262_144

    /// Failed `AUTH`s after which a session is closed.
    package static let authenticationFailuresMax = 5

    /// The longest identifier value, and the longest local id.
    package static let identifierBytesMax = 256

    /// The most further names of one person.
    package static let furtherNamesMax = 32

    /// The most candidates that one `MATCH` answers, and how many where it does not say.
    package static let matchLimitMax = 100
    package static let matchLimitDefault = 10

    /// The most tasks, changes or events of one answer, and how many where the request does not
    /// say.
    package static let pageLimitMax = 1_000
    package static let pageLimitDefault = 100

    /// The longest that `WATCH` waits for an event, in seconds.
    package static let watchSecondsMax = 60
}
