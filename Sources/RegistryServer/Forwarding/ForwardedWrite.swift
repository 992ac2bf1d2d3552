import RegistryModel

/// What a node that follows passes on to the writer: the request as it came, and who asks.
struct ForwardedWrite: Sendable {
    /// The request without its tag.
    let line: [UInt8]
    /// The client's own token, by which the writer knows it as it would know it at its own door.
    let token: String
    let purpose: String
}

/// Whether and how a server passes writes on.
package struct ForwardingOptions: Hashable, Sendable {
    /// Whether tokens may go to an address that others can reach without TLS.
    package var allowsPlaintext: Bool

    /// Creates options.
    package init(allowsPlaintext: Bool = false) { self.allowsPlaintext = allowsPlaintext }
}

/// The bounds of forwarding.
enum ForwardingLimits {
    /// Connections to writers that one loop holds; each is of one client.
    static let linksMax = 64
    /// Writes of one connection that wait for the writer's answer; the next one is answered `busy`.
    static let openWritesMax = 1_024
    /// How long the writer may take to greet.
    static let greetingMillisecondsMax: Int64 = 2_000
    /// How long it may take to answer a write; a bulk job's transaction may come first.
    static let answerMillisecondsMax: Int64 = 30_000
    /// A connection without writes is closed after so long.
    static let idleMillisecondsMax: Int64 = 60_000
    /// How long a request waits until this node has read what its session wrote.
    static let readingMillisecondsMax = 5_000
}
