import Glibc
import Synchronization

/// One connection through a relay: the client's messages one by one, the server's bytes as they
/// come.
final class RelayedConnection: Sendable {
    private let relay: ServerRelay
    private let client: Int32
    private let server: Int32
    /// Whether the sockets are still this connection's.
    private let isOpen = Mutex(true)

    init(_ relay: ServerRelay, client: Int32, server: Int32) {
        self.relay = relay
        self.client = client
        self.server = server
    }

    /// Ends it from any thread: nothing more reaches the server, and `run` returns once that has
    /// carried out what has.
    func end() {
        isOpen.withLock { isOpen in
            guard isOpen else { return }
            shutdown(client, Int32(SHUT_RDWR))
            shutdown(server, Int32(SHUT_WR))
        }
    }

    /// Carries bytes both ways until one side ends, or the relay cuts.
    func run() {
        var messages = ClientMessages()
        var isWriter = false
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var sides = [
            pollfd(fd: client, events: Int16(POLLIN), revents: 0),
            pollfd(fd: server, events: Int16(POLLIN), revents: 0),
        ]
        carrying: while poll(&sides, 2, -1) >= 0 || errno == EINTR {
            if sides[1].revents != 0 {
                let count = recv(server, &buffer, buffer.count, 0)
                guard count > 0 else { break }
                // The server tells a session's name whenever it changes.
                isWriter = isWriter || Self.holdsWriterName(buffer[..<count])
                guard Self.sendAll(buffer[..<count], to: client) else { break }
            }
            if sides[0].revents != 0 {
                let count = recv(client, &buffer, buffer.count, 0)
                guard count > 0 else { break }
                messages.append(buffer[..<count])
                var passing: [UInt8] = []
                var isCut = false
                while !isCut, let message = messages.next() {
                    if message.isStatement, !relay.passes(isWriter: isWriter) {
                        isCut = true
                    } else {
                        passing += message.bytes
                    }
                }
                guard Self.sendAll(passing[...], to: server), !isCut else { break carrying }
            }
        }
        end()
        relay.endOthers()
        // The server's end of the connection goes with its session, and that with its last statement.
        while recv(server, &buffer, buffer.count, 0) > 0 {}
        relay.forget(self)
        isOpen.withLock { isOpen in
            isOpen = false
            close(client)
            close(server)
        }
    }

    private static let writerName = Array("application_name\0padron writer ".utf8)

    private static func holdsWriterName(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBytes { buffer in
            guard var rest = buffer.baseAddress else { return false }
            let end = rest + buffer.count
            while end - rest >= writerName.count,
                let hit = memchr(rest, Int32(writerName[0]), end - rest - writerName.count + 1)
            {
                if memcmp(hit, writerName, writerName.count) == 0 { return true }
                rest = UnsafeRawPointer(hit) + 1
            }
            return false
        }
    }

    private static func sendAll(_ bytes: ArraySlice<UInt8>, to socket: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }
}

/// What a client sends, parted into messages (PostgreSQL's protocol 3.0, section 55.7).
struct ClientMessages {
    struct Message {
        var bytes: ArraySlice<UInt8>
        /// Whether it does anything: all messages do but the first one, which opens the session,
        /// and the last.
        var isStatement: Bool
    }

    private var bytes: [UInt8] = []
    private var offset = 0
    private var isOpen = false

    mutating func append(_ more: ArraySlice<UInt8>) {
        bytes.removeFirst(offset)
        offset = 0
        bytes += more
    }

    /// The next message that is there in full.
    mutating func next() -> Message? {
        let head = isOpen ? 1 : 0
        guard bytes.count >= offset + head + 4 else { return nil }
        let length = (0..<4).reduce(0) { $0 << 8 | Int(bytes[offset + head + $1]) }
        guard bytes.count >= offset + head + length else { return nil }
        defer {
            offset += head + length
            isOpen = true
        }
        return Message(
            bytes: bytes[offset..<offset + head + length],
            isStatement: isOpen && bytes[offset] != UInt8(ascii: "X"))
    }
}
