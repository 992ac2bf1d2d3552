package import RegistryModel

/// Who writes, as the lease row tells.
package struct WriterLease: Hashable, Sendable {
    /// The epoch and the log's last event.
    package var position: LogPosition
    /// The name of the node that took it.
    package var holder: String
    /// Where that node is asked; empty where it is a command that nobody can ask.
    package var address: String
    /// Whether it was renewed lately and its holder has a session.
    package var isAlive: Bool
}
