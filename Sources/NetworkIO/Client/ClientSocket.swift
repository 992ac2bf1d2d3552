import Glibc

/// A connection to a server for a caller that waits, every wait with a time limit.
package struct ClientSocket: ~Copyable {
    private let descriptor: Descriptor
    /// The longest wait for a single step, in milliseconds.
    package var millisecondsMax: Int32

    /// Connects to the first address of a host that answers.
    package init(
        host: String, port: UInt16, millisecondsMax: Int32
    ) throws(NetworkError) {
        var failure = NetworkError.unknownAddress(host)
        for address in try SocketAddress.resolve(host: host, port: port) {
            do throws(NetworkError) {
                descriptor = try ClientSocket.connect(
                    to: address, millisecondsMax: millisecondsMax)
                self.millisecondsMax = millisecondsMax
                return
            } catch {
                failure = error
            }
        }
        throw failure
    }

    private static func connect(
        to address: SocketAddress, millisecondsMax: Int32
    ) throws(NetworkError) -> Descriptor {
        do throws(SystemError) {
            let descriptor = Descriptor(try SystemCall.socket(family: address.family))
            let number = descriptor.number
            try SystemCall.set(TCP_NODELAY, level: Int32(IPPROTO_TCP), to: 1, on: number)
            do throws(SystemError) {
                try SystemCall.connect(number, to: address)
            } catch {
                guard error.number == EINPROGRESS || error.number == EINTR else { throw error }
                guard
                    try SystemCall.wait(number, toWrite: true, milliseconds: millisecondsMax)
                else { throw SystemError("connect", number: ETIMEDOUT) }
                let status = try SystemCall.option(SO_ERROR, level: SOL_SOCKET, of: number)
                guard status == 0 else { throw SystemError("connect", number: status) }
            }
            return descriptor
        } catch {
            switch error.number {
            case ECONNREFUSED: throw .connectionRefused("\(address)")
            case ETIMEDOUT: throw .timedOut("connecting to \(address)")
            default: throw .system(error)
            }
        }
    }

    /// The number of the descriptor, for tests.
    package var descriptorNumber: Int32 { descriptor.number }

    /// Sends all bytes.
    package func send(_ bytes: Span<UInt8>) throws(NetworkError) {
        var sent = 0
        while sent < bytes.count {
            sent += try attempt("sending", toWrite: true) { () throws(SystemError) in
                try SystemCall.send(descriptor.number, bytes.extracting(sent..<bytes.count))
            }
        }
    }

    /// Adds what has arrived to `buffer`, waiting for the first byte.
    ///
    /// - Throws: `closed` at the end of the stream.
    package func receive(into buffer: inout [UInt8]) throws(NetworkError) {
        let old = buffer.count
        // Most replies are short, and room is filled with zeros first; a long one gets more as it comes.
        let room = min(max(old, ClientSocket.receiveBytesMin), ClientSocket.receiveBytesMax)
        buffer.append(contentsOf: repeatElement(0, count: room))
        var received = 0
        defer { buffer.removeLast(room - received) }
        received = try attempt("waiting for a reply", toWrite: false) { () throws(SystemError) in
            try SystemCall.read(descriptor.number, into: &buffer, from: old)
        }
        guard received > 0 else { throw .closed }
    }

    /// Says that nothing more will be sent; replies still arrive.
    package func endSending() throws(NetworkError) {
        do throws(SystemError) {
            try SystemCall.shutdownSending(descriptor.number)
        } catch {
            throw .system(error)
        }
    }

    private static let receiveBytesMin = 2_048
    private static let receiveBytesMax = 65_536

    private func attempt(
        _ what: String, toWrite: Bool, _ step: () throws(SystemError) -> Int
    ) throws(NetworkError) -> Int {
        while true {
            do throws(SystemError) {
                return try step()
            } catch {
                guard error.wouldBlock else {
                    let isGone = error.number == ECONNRESET || error.number == EPIPE
                    throw isGone ? .closed : .system(error)
                }
            }
            let isReady: Bool
            do throws(SystemError) {
                isReady = try SystemCall.wait(
                    descriptor.number, toWrite: toWrite, milliseconds: millisecondsMax)
            } catch {
                throw .system(error)
            }
            guard isReady else { throw .timedOut(what) }
        }
    }
}
