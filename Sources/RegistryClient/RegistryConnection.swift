import LineProtocol
import NetworkIO

/// A client's connection to a node: requests out, replies in, in order.
///
/// Requests are gathered until `flush` or the next `receive`, so that many cost one system call.
package struct RegistryConnection: ~Copyable {
    private var socket: ClientSocket
    private var reader = ReplyReader()
    private var unsent: [UInt8] = []

    /// Requests that were sent and have no reply yet.
    package private(set) var openRequestsCount = 0

    /// Connects to a node.
    ///
    /// - Parameters:
    ///   - host: A name or a numeric address.
    ///   - port: The TCP port.
    ///   - timeoutMilliseconds: The longest wait of this and of every later step.
    /// - Returns: A connection that has not yet said who it is.
    /// - Throws: `network` where nobody answers in time.
    package static func connect(
        host: String, port: UInt16, timeoutMilliseconds: Int32 = 10_000
    ) throws(RegistryConnectionError) -> RegistryConnection {
        do throws(NetworkError) {
            let socket = try ClientSocket(
                host: host, port: port, millisecondsMax: timeoutMilliseconds)
            return RegistryConnection(socket: socket)
        } catch {
            throw .network(error.description)
        }
    }

    private init(socket: consuming ClientSocket) { self.socket = socket }

    /// Agrees on the protocol's version and returns what the node says of itself.
    package mutating func hello() throws(RegistryConnectionError) -> RegistryReply {
        try request("HELLO \(ProtocolLimits.version)")
    }

    /// Says who is asking, and why.
    package mutating func authenticate(
        token: String, purpose: String = ""
    ) throws(RegistryConnectionError) {
        var line = Array("AUTH token=".utf8)
        Reply.appendValue(token, to: &line)
        if !purpose.isEmpty {
            line += Array(" purpose=".utf8)
            Reply.appendValue(purpose, to: &line)
        }
        try send(line)
        _ = try receive()
    }

    /// Sends one request and returns its reply.
    ///
    /// - Throws: `refused` where the node answers with a failure.
    package mutating func request(
        _ line: String
    ) throws(RegistryConnectionError) -> RegistryReply {
        try send(line)
        return try receive()
    }

    /// Adds a request, without its line end, to those that leave together.
    package mutating func send(_ line: String) throws(RegistryConnectionError) {
        try send(Array(line.utf8))
    }

    /// Adds a request given as bytes, without its line end, to those that leave together.
    package mutating func send(_ line: [UInt8]) throws(RegistryConnectionError) {
        guard openRequestsCount < ProtocolLimits.outstandingMax else { throw .tooManyRequests }
        unsent += line
        unsent.append(UInt8(ascii: "\n"))
        openRequestsCount += 1
    }

    /// Sends the requests that were added.
    package mutating func flush() throws(RegistryConnectionError) {
        guard !unsent.isEmpty else { return }
        do throws(NetworkError) {
            try socket.send(unsent.span)
        } catch {
            throw .network(error.description)
        }
        unsent.removeAll(keepingCapacity: true)
    }

    /// Returns the reply to the first request that has none yet, after sending what was added.
    ///
    /// - Throws: `refused` where the node answers with a failure.
    package mutating func receive() throws(RegistryConnectionError) -> RegistryReply {
        try flush()
        while true {
            if let result = try reader.next() {
                openRequestsCount -= 1
                switch result {
                case .success(let reply): return reply
                case .failure(let error): throw .refused(error)
                }
            }
            guard reader.waitingCount <= NetworkLimits.replyBytesMax else {
                throw .malformedReply
            }
            do throws(NetworkError) {
                try socket.receive(into: &reader.bytes)
            } catch {
                throw .network(error.description)
            }
        }
    }

    /// Says that nothing more will be sent; replies still arrive.
    package mutating func endSending() throws(RegistryConnectionError) {
        try flush()
        do throws(NetworkError) {
            try socket.endSending()
        } catch {
            throw .network(error.description)
        }
    }
}
