/// The bounds of sockets and loops.
package enum NetworkLimits {
    /// The room for bytes that were read and not yet consumed, for one connection.
    package static let inputBytesMax = 65_536 + 2
    /// What a connection's room starts with; it grows to the most as long lines need it.
    package static let inputBytesInitial = 4096
    /// Connections waiting to be accepted.
    package static let backlogMax: Int32 = 1024
    /// Connections accepted in one turn of a loop.
    package static let acceptsPerTurnMax = 64
    /// Events taken from the kernel in one turn of a loop.
    package static let eventsPerTurnMax = 256
    /// How long a connection that was told goodbye may take to close its side.
    package static let lingerMillisecondsMax: Int64 = 2000
    /// Connections of one loop beyond the node's limit that are told so; further ones are just closed.
    package static let rejectedMax = 64
    /// The room for replies that a connection keeps while it has none to send.
    package static let outputBytesKept = 65_536
    /// The longest reply line that a client takes.
    package static let replyBytesMax = 64 << 20
}
