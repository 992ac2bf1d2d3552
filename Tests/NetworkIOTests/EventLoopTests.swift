import Glibc
import NetworkIO
import Synchronization
import Testing

/// Loops serve many clients at once, whatever those do, and lose no byte of any.
///
/// Method: an echo server on a real port and blocking clients; faults are injected by descriptor.
@Suite(.timeLimit(.minutes(10))) struct EventLoopTests {
    private func client(_ server: EchoServer) throws -> ClientSocket {
        try ClientSocket(host: "127.0.0.1", port: server.port, millisecondsMax: 60_000)
    }

    private func read(_ count: Int, from socket: borrowing ClientSocket) throws -> String {
        var bytes: [UInt8] = []
        while bytes.count < count { try socket.receive(into: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func send(_ text: String, to socket: borrowing ClientSocket) throws {
        let bytes = Array(text.utf8)
        try socket.send(bytes.span)
    }

    @Test func echo() throws {
        let server = try EchoServer()
        defer { server.stop() }
        let socket = try client(server)
        try send("hello\nwor", to: socket)
        #expect(try read(6, from: socket) == "hello\n")
        try send("ld\n", to: socket)
        #expect(try read(6, from: socket) == "world\n")
    }

    @Test func manyClientsAtOnce() throws {
        let server = try EchoServer()
        defer { server.stop() }
        let threads = try (0..<50).map { number in
            try LoopThread {
                do {
                    let socket = try ClientSocket(
                        host: "127.0.0.1", port: server.port, millisecondsMax: 60_000)
                    for round in 0..<50 {
                        let line = "\(number) \(round)\n"
                        try send(line, to: socket)
                        #expect(try read(line.utf8.count, from: socket) == line)
                    }
                } catch {
                    Issue.record("client \(number): \(error)")
                }
            }
        }
        for thread in threads { thread.join() }
    }

    @Test func slowReaderGetsEverything() throws {
        let server = try EchoServer()
        defer { server.stop() }
        let socket = try client(server)
        let line = String(repeating: "x", count: 999) + "\n"
        let total = 3_000_000
        let writer = try LoopThread {
            // Sending stops when both sides' buffers are full, and goes on as replies are read.
            do { try sendCopies(total / 1000, of: line, through: socket.descriptorNumber) } catch {
                Issue.record("\(error)")
            }
        }
        usleep(200_000)
        var received = 0
        var bytes: [UInt8] = []
        while received < total {
            try socket.receive(into: &bytes)
            received += bytes.count
            bytes.removeAll(keepingCapacity: true)
        }
        writer.join()
        #expect(received == total)
    }

    @Test func limitOfConnections() throws {
        let server = try EchoServer(connectionsMax: 2)
        defer { server.stop() }
        let first = try client(server)
        try send("a\n", to: first)
        #expect(try read(2, from: first) == "a\n")
        do {
            let second = try client(server)
            try send("b\n", to: second)
            #expect(try read(2, from: second) == "b\n")
            let third = try client(server)
            try send("c\n", to: third)
            #expect(try read(5, from: third) == "busy\n")
            #expect(throws: NetworkError.closed) { try read(1, from: third) }
        }
        // The second client has closed, so there is room again.
        for attempt in 0..<100 {
            let fourth = try client(server)
            try send("d\n", to: fourth)
            if try read(2, from: fourth) == "d\n" { return }
            usleep(10_000)
            #expect(attempt < 99)
        }
    }

    @Test func goodbyeArrivesThoughInputIsLeftUnread() throws {
        let server = try EchoServer()
        defer { server.stop() }
        for _ in 0..<20 {
            let socket = try client(server)
            try send("bye\n", to: socket)
            #expect(try read(4, from: socket) == "bye\n")
            try send("more\n", to: socket)
            #expect(throws: NetworkError.closed) { try read(1, from: socket) }
        }
    }

    @Test func idleConnectionsAreClosed() throws {
        let options = LoopOptions(idleMillisecondsMax: 100, tickMilliseconds: 20)
        let server = try EchoServer(options: options)
        defer { server.stop() }
        let socket = try client(server)
        #expect(throws: NetworkError.closed) { try read(1, from: socket) }
        #expect(server.events.ticksCount.load(ordering: .relaxed) > 0)
    }

    @Test func halfLineThenEnd() throws {
        let server = try EchoServer()
        defer { server.stop() }
        let socket = try client(server)
        try send("whole\nhalf", to: socket)
        try socket.endSending()
        #expect(try read(6, from: socket) == "whole\n")
        #expect(throws: NetworkError.closed) { try read(1, from: socket) }
    }

    @Test func drainTellsEveryClient() throws {
        let server = try EchoServer()
        let socket = try client(server)
        try send("a\n", to: socket)
        #expect(try read(2, from: socket) == "a\n")
        server.stop()
        #expect(try read(9, from: socket) == "draining\n")
        #expect(throws: NetworkError.closed) { try read(1, from: socket) }
        #expect(!server.mailbox.post { _ in })
        #expect(throws: NetworkError.self) { _ = try client(server) }
    }

    @Test func repliesThatMayNotLeaveDoNot() throws {
        let server = try EchoServer()
        defer { server.stop() }
        let socket = try client(server)
        server.events.mayReply.store(false, ordering: .releasing)
        try send("a\n", to: socket)
        #expect(throws: NetworkError.closed) { try read(1, from: socket) }
    }

    @Test func portInUse() throws {
        let server = try EchoServer()
        defer { server.stop() }
        let address = try SocketAddress(numeric: "127.0.0.1", port: server.port)
        #expect(throws: NetworkError.addressInUse("127.0.0.1:\(server.port)")) {
            _ = try Listener(at: address)
        }
    }

    @Test func addresses() throws {
        #expect(try SocketAddress(numeric: "127.0.0.1", port: 80).isLoopback)
        #expect(try SocketAddress(numeric: "127.9.9.9", port: 80).isLoopback)
        #expect(try SocketAddress(numeric: "::1", port: 80).isLoopback)
        #expect(try !SocketAddress(numeric: "0.0.0.0", port: 80).isLoopback)
        #expect(try !SocketAddress(numeric: "::", port: 80).isLoopback)
        #expect(try SocketAddress(numeric: "::1", port: 80).description == "[::1]:80")
        #expect(throws: NetworkError.unknownAddress("localhost")) {
            _ = try SocketAddress(numeric: "localhost", port: 80)
        }
    }

    @Test func nobodyListens() throws {
        let server = try EchoServer()
        server.stop()
        #expect(throws: NetworkError.connectionRefused("127.0.0.1:\(server.port)")) {
            _ = try ClientSocket(host: "127.0.0.1", port: server.port, millisecondsMax: 1000)
        }
    }

    #if DEBUG
        @Test(arguments: [("read", EINTR), ("send", EINTR), ("send", EAGAIN)])
        func interruptedCallsAreRepeated(operation: String, number: Int32) throws {
            let server = try EchoServer()
            defer { server.stop() }
            let socket = try client(server)
            for index in 0..<3 {
                FaultPlan.fail(operation, on: socket.descriptorNumber, at: index, with: number)
            }
            for _ in 0..<4 {
                try send("a\n", to: socket)
                #expect(try read(2, from: socket) == "a\n")
            }
        }

        @Test func brokenConnectionIsReported() throws {
            let server = try EchoServer()
            defer { server.stop() }
            let socket = try client(server)
            FaultPlan.fail("send", on: socket.descriptorNumber, at: 0, with: ECONNRESET)
            #expect(throws: NetworkError.closed) { try send("a\n", to: socket) }
        }
    #endif
}

/// Sends copies of a line through a descriptor that another thread reads from.
private func sendCopies(_ count: Int, of line: String, through descriptor: Int32) throws {
    let bytes = Array(line.utf8)
    for _ in 0..<count {
        var sent = 0
        while sent < bytes.count {
            let result = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, 0)
            }
            if result > 0 { sent += result } else { usleep(1000) }
        }
    }
}
