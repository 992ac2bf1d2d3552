import NetworkIO
import Synchronization

/// A loop on a thread of its own that echoes lines, for tests.
///
/// The handler stops taking input above 64 KiB of unsent output, as a session does.
final class EchoServer: Sendable {
    let port: UInt16
    let mailbox: Mailbox
    let events: Events
    private let thread: LoopThread

    /// What the loop has seen, for assertions.
    final class Events: Sendable {
        let closedCount = Atomic<Int>(0)
        let ticksCount = Atomic<Int>(0)
        /// Whether replies may leave.
        let mayReply = Atomic<Bool>(true)
        let failure = Mutex<NetworkError?>(nil)
    }

    init(connectionsMax: Int = 100, options: LoopOptions = LoopOptions()) throws {
        let listener = try Listener(at: SocketAddress(numeric: "127.0.0.1", port: 0))
        port = listener.address.port
        let loop = try EventLoop(
            options: options, admission: Admission(connectionsMax: connectionsMax))
        mailbox = loop.mailbox
        let events = Events()
        self.events = events
        try loop.accept(from: listener) { [weak loop] in loop?.adopt($0) }
        thread = try LoopThread {
            do throws(NetworkError) {
                try loop.run(EchoService(events: events))
            } catch {
                events.failure.withLock { $0 = error }
            }
        }
    }

    func stop() {
        mailbox.post { $0.drain(millisecondsMax: 1000) }
        thread.join()
    }
}

private final class EchoService: LoopService {
    let events: EchoServer.Events
    let busyReply = Array("busy\n".utf8)

    init(events: EchoServer.Events) { self.events = events }

    func connectionOpened(_ connection: Connection) -> any ConnectionHandler {
        EchoHandler(events: events)
    }

    func replyWillLeave() -> Bool { events.mayReply.load(ordering: .acquiring) }

    func tick(_ loop: EventLoop) { events.ticksCount.add(1, ordering: .relaxed) }
}

private final class EchoHandler: ConnectionHandler {
    let events: EchoServer.Events

    init(events: EchoServer.Events) { self.events = events }

    func serve(_ connection: Connection) {
        var output = connection.output
        connection.output = []
        connection.consumeInput { input in
            var consumed = 0
            while output.count < 65_536 {
                var end = consumed
                while end < input.count, input[end] != UInt8(ascii: "\n") { end += 1 }
                guard end < input.count else { break }
                for index in consumed...end { output.append(input[index]) }
                consumed = end + 1
            }
            return consumed
        }
        connection.output = output
        if String(decoding: output.suffix(4), as: UTF8.self) == "bye\n" {
            connection.closeAfterOutput()
        }
        if connection.inputHasEnded, !connection.hasUnsentOutput { connection.closeAfterOutput() }
    }

    func drain(_ connection: Connection) {
        connection.output += Array("draining\n".utf8)
        connection.closeAfterOutput()
    }

    func closed(_ connection: Connection) { events.closedCount.add(1, ordering: .relaxed) }
}
