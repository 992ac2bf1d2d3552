import CLinux
import Glibc

/// What a loop serves, on its thread alone.
package protocol LoopService: AnyObject {
    /// A client has connected; the handler answers it.
    func connectionOpened(_ connection: Connection) -> any ConnectionHandler
    /// What a client is told that came when the node was full.
    var busyReply: [UInt8] { get }
    /// The turn's replies are about to leave; false keeps them back and closes their connections.
    func replyWillLeave() -> Bool
    /// A moment for periodic work.
    func tick(_ loop: EventLoop)
}

/// How patient a loop is.
package struct LoopOptions: Sendable {
    /// After so long without a byte in either direction a connection is closed.
    package var idleMillisecondsMax: Int64
    /// The time between two calls of `LoopService.tick`.
    package var tickMilliseconds: Int64

    /// Creates options.
    package init(idleMillisecondsMax: Int64 = 600_000, tickMilliseconds: Int64 = 500) {
        self.idleMillisecondsMax = idleMillisecondsMax
        self.tickMilliseconds = tickMilliseconds
    }
}

/// One thread's loop over epoll: accepts, reads, has handlers answer, and writes once a turn.
///
/// A turn takes what the kernel reports, lets the handlers append replies, asks the service whether
/// they may leave, and then sends each connection's replies with one call.
///
/// Unchecked `Sendable`: after `run` has begun, everything but `mailbox` is touched by the thread
/// that runs it alone.
@safe package final class EventLoop: @unchecked Sendable {
    /// The door for other threads.
    package let mailbox: Mailbox

    let poll: Descriptor
    let options: LoopOptions
    let admission: Admission
    var service: (any LoopService)?
    var connections: [Connection?] = []
    var freeSlots: [Int] = []
    var generation: UInt32 = 0
    var openCount = 0
    /// Open connections beyond the limit, which are being told so.
    var rejectedCount = 0
    /// Connections that this turn has touched, each once.
    var touched: [Connection] = []
    /// Connections to serve again in the next turn though nothing arrives for them.
    var resumed: [Connection] = []
    var listener: ListenerSlot?
    var drainDeadline: Int64?
    /// Milliseconds of a clock that never goes back, read once a turn.
    package internal(set) var now = SystemCall.monotonicMilliseconds()

    /// Where input goes that nobody wants.
    var scratch = [UInt8](repeating: 0, count: 4096)

    private var events = EventBuffer()
    private var nextTick: Int64 = 0

    static let mailboxToken = UInt64.max
    static let listenerToken = UInt64.max - 1

    /// Creates a loop; `admission` is shared with the node's other loops.
    package init(options: LoopOptions = LoopOptions(), admission: Admission) throws(NetworkError) {
        self.options = options
        self.admission = admission
        do throws(SystemError) {
            poll = Descriptor(try SystemCall.epollCreate())
            mailbox = try Mailbox()
            try SystemCall.epollControl(
                poll.number, EPOLL_CTL_ADD, mailbox.descriptor, events: EPOLLIN.rawValue,
                token: EventLoop.mailboxToken)
        } catch {
            throw .system(error)
        }
    }

    /// Runs turns on the calling thread until the loop is drained.
    package func run(_ service: any LoopService) throws(NetworkError) {
        self.service = service
        nextTick = now + options.tickMilliseconds
        defer { finish() }
        while !isDrained {
            do throws(SystemError) {
                try turn()
            } catch {
                throw .system(error)
            }
        }
    }

    /// Stops accepting, has each handler finish, and ends the loop after all or after a while.
    package func drain(millisecondsMax: Int64) {
        guard drainDeadline == nil else { return }
        drainDeadline = now + millisecondsMax
        listener = nil
        for case .some(let connection) in connections {
            connection.handler?.drain(connection)
            touch(connection)
        }
    }

    /// The open connection with an identity; nil where it is gone.
    package func connection(_ id: ConnectionID) -> Connection? {
        guard id.slot < connections.count, let connection = connections[id.slot],
            connection.id == id
        else { return nil }
        return connection
    }

    /// The handler of an open connection; nil where the connection is gone.
    package func handler(of id: ConnectionID) -> (any ConnectionHandler)? {
        connection(id)?.handler
    }

    /// Says that a handler has appended replies outside `serve`, so that they are sent.
    package func touch(_ connection: Connection) {
        guard !connection.isTouched, connection.isOpen else { return }
        connection.isTouched = true
        touched.append(connection)
    }

    private var isDrained: Bool {
        guard let drainDeadline else { return false }
        return openCount == 0 || now >= drainDeadline
    }

    private func turn() throws(SystemError) {
        let wait = resumed.isEmpty ? max(0, nextTick - SystemCall.monotonicMilliseconds()) : 0
        let count = try SystemCall.epollWait(
            poll.number, &events, milliseconds: Int32(clamping: wait))
        now = SystemCall.monotonicMilliseconds()
        let again = resumed
        resumed.removeAll(keepingCapacity: true)
        for connection in again where connection.isOpen { serve(connection) }
        var hasLetters = false
        for index in 0..<count {
            let event = events[index]
            switch event.token {
            case EventLoop.mailboxToken: hasLetters = true
            case EventLoop.listenerToken: accept()
            default: handle(ConnectionID(token: event.token), events: event.events)
            }
        }
        // Letters come last: they may append replies, which must wait for `replyWillLeave`.
        if hasLetters {
            for letter in mailbox.takeAll() { letter(self) }
        }
        if now >= nextTick { tick() }
        sendReplies()
    }

    private func tick() {
        nextTick = now + options.tickMilliseconds
        listener?.resume(on: poll.number)
        service?.tick(self)
        for case .some(let connection) in connections {
            let isIdle = now - connection.lastActivity > options.idleMillisecondsMax
            if let end = connection.lingersUntil, now >= end {
                close(connection)
            } else if isIdle {
                close(connection)
            }
        }
    }

    /// Closes what is left, and does what other threads have handed in too late to be answered.
    private func finish() {
        listener = nil
        for case .some(let connection) in connections { close(connection) }
        for letter in mailbox.close() { letter(self) }
        _ = service?.replyWillLeave()
        touched = []
        resumed = []
        service = nil
    }
}
