import Glibc
import PostgresClient
import Registry
import RegistryClient
import RegistryServer
import Testing

/// A node with its server, at a port known before it opens.
struct RunningNode: Sendable {
    let node: RegistryNode
    let port: UInt16
    let directory: TemporaryDirectory
    private let server: RegistryServer
    private let reservation: PortReservation

    var address: String { "127.0.0.1:\(port)" }

    init(
        _ name: String, over database: DatabaseAddress, role: WantedRole = .either,
        isForwarding: Bool = false
    ) throws {
        directory = try TemporaryDirectory()
        reservation = try PortReservation()
        port = reservation.port
        node = try RegistryNode.open(
            databaseURL: database.connectionString,
            options: RegistryNodeOptions(
                nodeName: name, advertisedAddress: "127.0.0.1:\(self.port)", role: role,
                model: "cl"))
        var options = ServerOptions(journal: directory.journal)
        options.port = self.port
        if isForwarding { options.forwarding = ForwardingOptions() }
        server = try RegistryServer.start(node, options: options)
    }

    func stop() {
        server.stop()
        node.close()
    }

    /// A connection to the node, which has not yet said who it is.
    func connect() throws -> RegistryConnection {
        try RegistryConnection.connect(
            host: "127.0.0.1", port: port, timeoutMilliseconds: 60_000)
    }
}

/// A port of this machine that is nobody else's while the reservation lasts.
///
/// A socket is bound to it and never listens: the kernel gives the port to nobody who asks for any, who
/// connects to it is refused, and a listener that asks for it by number may have it.
final class PortReservation: Sendable {
    let port: UInt16
    private let descriptor: Int32

    init() throws {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        descriptor = number
        var isShared: Int32 = 1
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        setsockopt(
            number, SOL_SOCKET, SO_REUSEADDR, &isShared, socklen_t(MemoryLayout<Int32>.size))
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, length) == 0 && getsockname(number, $0, &length) == 0
            }
        }
        try #require(isBound, "no port is free")
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }
}
