import Foundation
import Glibc
import PostgresClient
import Synchronization
import Testing

/// A socket in front of a server's, which ends connections between any two messages of a client.
///
/// A node that is opened through it can lose its writer's session before or after the n-th message
/// that it sends, so between any two statements of a transaction, and in the middle of one; or it
/// can lose the database altogether, as a process that was killed or a machine that is cut off. The
/// server is real, and what has reached it is carried out.
final class ServerRelay: Sendable {
    /// Where the connection ends.
    struct Cut: Hashable, Sendable {
        /// Messages that pass; nothing behind them reaches the server on that connection.
        var messages: Int
        /// Whether all of the node's connections end with it, and none is made before `heal`.
        var isWhole: Bool
    }

    private struct State {
        var cut: Cut?
        var wasCut = false
        var messages = 0
        var isIsolated = false
        var isClosed = false
        var connections: [ObjectIdentifier: RelayedConnection] = [:]
    }

    /// The database by way of the relay.
    let url: String
    private let folder: String
    private let serverPath: String
    private let listener: Int32
    private let state = Mutex(State())
    /// Whether only sessions that bear the writer's name are counted and cut.
    private let isOfWriter: Bool

    /// A relay in front of the server of a test's database, for a node or, unless `isOfWriter`, a
    /// command.
    init(of url: String, isOfWriter: Bool) throws {
        let parts = url.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "host=" else { throw CocoaError(.fileReadUnknown) }
        folder = "/tmp/relay-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false)
        serverPath = parts[1] + "/.s.PGSQL.5432"
        self.url = "host='\(folder)'\(parts[2])"
        self.isOfWriter = isOfWriter
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let isBound = UnixAddress.with(folder + "/.s.PGSQL.5432") { bind(listener, $0, $1) } == 0
        guard isBound, listen(listener, 64) == 0 else { throw CocoaError(.fileWriteUnknown) }
        Thread.detachNewThread { [self] in accept() }
    }

    /// Ends what is open and takes nothing more.
    func close() {
        state.withLock { $0.isClosed = true }
        isolate()
        shutdown(listener, Int32(SHUT_RDWR))
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Counts messages from now on, and cuts where told.
    func arm(_ cut: Cut?) {
        state.withLock { state in
            state.cut = cut
            state.wasCut = false
            state.messages = 0
        }
    }

    /// Forgets a cut that was not made; the messages since `arm`, and whether it was made.
    func disarm() -> (messages: Int, wasCut: Bool) {
        state.withLock { state in
            state.cut = nil
            return (state.messages, state.wasCut)
        }
    }

    /// Whether nobody gets through.
    var isIsolated: Bool { state.withLock { $0.isIsolated } }

    /// Ends all connections and refuses new ones.
    func isolate() {
        let open = state.withLock { state in
            state.isIsolated = true
            return Array(state.connections.values)
        }
        for connection in open { connection.end() }
    }

    /// Waits until no session is left that was opened through it.
    func waitUntilUnused() throws {
        let deadline = Date(timeIntervalSinceNow: 60)
        while state.withLock({ !$0.connections.isEmpty }) {
            try #require(Date() < deadline, "a session does not end")
            usleep(300)
        }
    }

    /// Lets connections through again.
    func heal() { state.withLock { $0.isIsolated = false } }

    /// Counts a message of a session; false where it must not reach the server, nor anything behind
    /// it.
    func passes(isWriter: Bool) -> Bool {
        guard isWriter || !isOfWriter else { return true }
        return state.withLock { state in
            state.messages += 1
            guard let cut = state.cut, state.messages > cut.messages else { return true }
            state.cut = nil
            state.wasCut = true
            state.isIsolated = cut.isWhole
            return false
        }
    }

    /// Ends the other connections where a cut was whole and nobody has healed it since.
    func endOthers() {
        let open = state.withLock { $0.isIsolated ? Array($0.connections.values) : [] }
        for connection in open { connection.end() }
    }

    func forget(_ connection: RelayedConnection) {
        state.withLock { $0.connections[ObjectIdentifier(connection)] = nil }
    }

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { break }
            let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            let isThrough =
                !isIsolated
                && UnixAddress.with(serverPath) { connect(server, $0, $1) } == 0
            guard isThrough else {
                Glibc.close(client)
                Glibc.close(server)
                continue
            }
            let connection = RelayedConnection(self, client: client, server: server)
            let isLate = state.withLock { state in
                state.connections[ObjectIdentifier(connection)] = connection
                return state.isIsolated
            }
            if isLate { connection.end() }
            Thread.detachNewThread { connection.run() }
        }
        Glibc.close(listener)
    }
}

/// A path as the socket calls take it.
enum UnixAddress {
    static func with(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { room in
            for (place, byte) in path.utf8.prefix(room.count - 1).enumerated() {
                room[place] = byte
            }
        }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
