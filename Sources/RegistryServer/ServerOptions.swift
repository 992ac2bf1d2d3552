/// How a node's server listens, and what it demands.
package struct ServerOptions: Sendable {
    /// The numeric address to listen at.
    package var address = "127.0.0.1"
    /// The TCP port; 0 lets the kernel choose one.
    package var port: UInt16 = 7771
    /// Whether an address that others can reach may be served without TLS.
    package var allowsPlaintext = false
    /// Threads that serve connections.
    package var loopsCount = 2
    /// Connections served at a time; one more is answered `busy`.
    package var connectionsMax = 10_000
    /// After so long without a byte in either direction a connection is closed.
    package var idleSecondsMax = 600
    /// How long requests that were taken may still run when the server stops.
    package var drainMillisecondsMax: Int64 = 10_000
    /// How writes are passed on where the node follows; nil where they are answered `not-writer`.
    package var forwarding: ForwardingOptions?
    /// Where the audit journal lies.
    package var journal: AuditJournalOptions

    /// Options with a journal in a directory, and its key outside the database.
    package init(journal: AuditJournalOptions) { self.journal = journal }
}
