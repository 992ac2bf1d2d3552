import CLinux

/// Names one connection of one loop and never another: slot in the lower half, generation above.
package struct ConnectionID: Hashable, Sendable {
    let token: UInt64

    init(slot: Int, generation: UInt32) {
        token = UInt64(generation) << 32 | UInt64(slot)
    }

    init(token: UInt64) { self.token = token }

    var slot: Int { Int(token & 0xFFFF_FFFF) }
}

/// What answers a connection, on its loop's thread alone.
package protocol ConnectionHandler: AnyObject {
    /// Bytes have arrived or been sent, or the client will send no more.
    ///
    /// The handler consumes what it can from the input and appends replies to the output.
    func serve(_ connection: Connection)
    /// The loop will stop: take no further requests and close once all is answered.
    func drain(_ connection: Connection)
    /// The connection is gone.
    func closed(_ connection: Connection)
}

/// How a connection came to be, which tells by whom it is counted.
enum ConnectionOrigin {
    /// A client's, one of those that the node takes.
    case admitted
    /// A client's beyond the limit, who is told so.
    case rejected
    /// One that this node has made to another.
    case outgoing
}

/// An open connection with its buffers, used on its loop's thread alone.
package final class Connection {
    package let id: ConnectionID
    /// Replies to be sent at the end of the turn; handlers append, nobody else removes.
    package var output: [UInt8] = []
    /// Whether the client will send no more.
    package internal(set) var inputHasEnded = false
    /// Whether any byte has left, so that the other side may know of what was put out.
    package internal(set) var hasSent = false

    /// The number of the descriptor, for as long as it is open.
    let descriptorNumber: Int32
    private var descriptor: Descriptor?
    var handler: (any ConnectionHandler)?
    var input = InputBuffer()
    /// Bytes of `output` that were sent.
    var sentCount = 0
    /// Events asked of the kernel.
    var interest: UInt32 = EPOLLIN.rawValue
    var isTouched = false
    let origin: ConnectionOrigin
    var closesAfterOutput = false
    /// When a connection that was told goodbye is cut, in milliseconds; nil before.
    var lingersUntil: Int64?
    var lastActivity: Int64

    init(
        id: ConnectionID, descriptor: consuming Descriptor, origin: ConnectionOrigin, now: Int64
    ) {
        self.id = id
        self.origin = origin
        descriptorNumber = descriptor.number
        self.descriptor = consume descriptor
        lastActivity = now
    }

    var isOpen: Bool { descriptor != nil }

    func closeDescriptor() { descriptor = nil }

    /// Calls `body` with the bytes not yet consumed; it returns how many it has consumed.
    package func consumeInput(_ body: (Span<UInt8>) -> Int) {
        guard lingersUntil == nil else { return }
        let consumed = input.withBytes(body)
        input.consume(consumed)
    }

    /// Whether bytes wait to be sent.
    package var hasUnsentOutput: Bool { sentCount < output.count }

    /// Closes the connection once its output is sent.
    package func closeAfterOutput() { closesAfterOutput = true }

    /// Sends as much as the kernel takes at once, and returns how much that was.
    func sendOnce() throws(SystemError) -> Int {
        let bytes = output
        return try SystemCall.send(
            descriptorNumber, bytes.span.extracting(sentCount..<bytes.count))
    }

    /// Removes what was sent, and gives back the memory of a burst.
    func forgetSentOutput() {
        if hasUnsentOutput {
            guard sentCount > output.count / 2 else { return }
            output.removeFirst(sentCount)
        } else {
            output.removeAll(keepingCapacity: output.capacity <= NetworkLimits.outputBytesKept)
        }
        sentCount = 0
    }
}
