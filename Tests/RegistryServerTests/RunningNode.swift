import NetworkIO
import PostgresClient
import Registry
import RegistryServer

/// A node with its server, at a port known before it opens.
struct RunningNode: Sendable {
    let node: RegistryNode
    let port: UInt16
    let directory: TemporaryDirectory
    private let server: RegistryServer

    var address: String { "127.0.0.1:\(port)" }

    init(
        _ name: String, over database: DatabaseAddress, role: WantedRole = .either,
        isForwarding: Bool = false, port: UInt16? = nil
    ) throws {
        directory = try TemporaryDirectory()
        self.port = try port ?? Self.freePort()
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

    static func freePort() throws -> UInt16 {
        let listener = try Listener(at: SocketAddress(numeric: "127.0.0.1", port: 0))
        return listener.address.port
    }
}
