import Foundation
import Glibc
import PostgresClient
import Registry
import RegistryClient
import RegistryModel
import RegistryServer
import RegistryStore
import Synchronization
import Testing

/// A node that follows passes writes on to the writer, in the name of the client and once.
///
/// Method: two nodes with their servers over one database, one of which writes, and clients of the other
/// one; a writer that ends in the middle; and a false writer, which takes what comes and never answers.
@Suite(.timeLimit(.minutes(10))) struct ForwardingTests {
    private struct Scene: Sendable {
        let address: DatabaseAddress
        let feeder: TokenHolder
        let steward: TokenHolder

        /// A new registry with two sources, one of which a client may speak for, and a steward.
        static func prepared(_ address: DatabaseAddress) throws -> Scene {
            try RegistryNode.migrate(databaseURL: address.connectionString)
            let feeder = try TokenHolder("hospital", .feeder, sources: ["north"])
            let steward = try TokenHolder("ines", .steward)
            var session = try RegistrySession(address)
            _ = try session.add(Source(code: "north", defaultAuthority: "cl-run"))
            _ = try session.add(Source(code: "south", defaultAuthority: "cl-run"))
            _ = try session.add(feeder.client)
            _ = try session.add(steward.client)
            return Scene(address: address, feeder: feeder, steward: steward)
        }

        func client(
            of node: RunningNode, as holder: TokenHolder
        ) throws -> RegistryConnection {
            var client = try node.connect()
            try client.authenticate(token: holder.token)
            return client
        }
    }

    private func withScene(_ body: (Scene) throws -> Void) throws {
        try ThrowAwayCluster.withDatabase { try body(Scene.prepared($0)) }
    }

    private func put(_ id: String, _ name: String) -> String {
        "PUT patient source=north local_id=\(id) given=\(name) family=\(name)son"
    }

    private func refusal(
        _ client: inout RegistryConnection, _ line: String
    ) throws -> RegistryError? {
        do throws(RegistryConnectionError) {
            _ = try client.request(line)
            return nil
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            return refusal
        }
    }

    @Test func writesOfEveryKindGoThrough() throws {
        try withScene { scene in
            let writer = try RunningNode("first", over: scene.address)
            defer { writer.stop() }
            let follower = try RunningNode("second", over: scene.address, isForwarding: true)
            defer { follower.stop() }
            var client = try scene.client(of: follower, as: scene.feeder)
            #expect(try client.hello().fields["role"] == "reader")
            var persons: [String] = []
            for number in 0..<20 {
                let name = ["Ana", "Wenceslao", "Rosa", "Ximena"][number % 4] + "x\(number)"
                let reply = try client.request("@t\(number) " + put("\(number)", name)).objects()[0]
                let euid = try #require(reply["euid"]?.string)
                // What the session wrote it reads, though the writer is another node.
                let read = try client.request("GET patient north:\(number)").objects()[0]
                #expect(read["euid"]?.string == euid)
                persons.append(euid)
            }
            #expect(
                try refusal(&client, "PUT patient source=south local_id=1 given=Eva")?.code
                    == .forbidden)
            #expect(
                try refusal(&client, "PUT patient source=north local_id=1 birth_date=x y=1")?.code
                    == .badRequest)
            var steward = try scene.client(of: follower, as: scene.steward)
            let line = "MERGE \(persons[0]) into=\(persons[1]) reason=\"one card\""
            let preview = try steward.request(line + " preview=yes").objects()[0]
            #expect(preview["operation"] == nil)
            let merge = try steward.request(line).objects()[0]
            let operation = try #require(merge["operation"]?.integer)
            let answer = try steward.request("GET patient euid:\(persons[0])").objects()[0]
            #expect(answer["euid"]?.string == persons[1] && answer["sources"]?.integer == 2)
            _ = try steward.request("UNDO \(operation) reason=two")
            let again = try steward.request("GET patient euid:\(persons[0])").objects()[0]
            #expect(again["euid"]?.string == persons[0])
            _ = try client.request("RETIRE patient source=north local_id=7 reason=gone")
            let withdrawn = try client.request("GET patient north:7").objects()[0]
            #expect(withdrawn["status"]?.string == "withdrawn")
            for node in [writer, follower] {
                let entries = try node.directory.journalEntries()
                let puts = entries.filter { entry in
                    entry.contains(#""client":"hospital","verb":"PUT""#)
                        && ["created", "linked", "review"].contains { outcome in
                            entry.contains(#""outcome":"\#(outcome)""#)
                        }
                }
                #expect(puts.count == 20)
                #expect(entries.contains { $0.contains(#""client":"ines","verb":"MERGE""#) })
            }
        }
    }

    @Test func repliesComeInTheOrderOfTheRequests() throws {
        try withScene { scene in
            let writer = try RunningNode("first", over: scene.address)
            defer { writer.stop() }
            let follower = try RunningNode("second", over: scene.address, isForwarding: true)
            defer { follower.stop() }
            var client = try scene.client(of: follower, as: scene.feeder)
            for number in 0..<40 {
                try client.send(put("\(number)", "Ana\(number)"))
                if number % 10 == 9 { try client.send("GET patient north:\(number)") }
            }
            for number in 0..<40 {
                let reply = try client.receive().objects()[0]
                #expect(reply["outcome"] != nil, "\(number)")
                guard number % 10 == 9 else { continue }
                #expect(try client.receive().objects()[0]["given"]?.string == "Ana\(number)")
            }
        }
    }

    @Test func aForwardedWriteIsNotForwardedAgain() throws {
        try withScene { scene in
            let writer = try RunningNode("first", over: scene.address)
            defer { writer.stop() }
            let follower = try RunningNode("second", over: scene.address, isForwarding: true)
            defer { follower.stop() }
            var client = try scene.client(of: follower, as: scene.feeder)
            _ = try client.request("HELLO 1 forwarding=yes")
            let expected = RegistryError(.notWriter, writer.address)
            #expect(try refusal(&client, put("1", "Ana")) == expected)
            _ = try client.hello()
            #expect(try refusal(&client, put("1", "Ana")) == nil)
        }
    }

    @Test func aWriterThatIsNotThereIsNamed() throws {
        try withScene { scene in
            let reservation = try PortReservation()
            let port = reservation.port
            var holder = try RegistrySession(scene.address)
            _ = try holder.acquireLease(holder: "gone", address: "127.0.0.1:\(port)")
            let follower = try RunningNode(
                "second", over: scene.address, role: .reader, isForwarding: true)
            defer { follower.stop() }
            var client = try scene.client(of: follower, as: scene.feeder)
            let expected = RegistryError(.notWriter, "127.0.0.1:\(port)")
            for _ in 0..<3 { #expect(try refusal(&client, put("1", "Ana")) == expected) }
        }
    }

    @Test func whatAWriterMayHaveDoneIsNotSentAgain() throws {
        try withScene { scene in
            let listener = try FalseWriter()
            defer { listener.stop() }
            var holder = try RegistrySession(scene.address)
            _ = try holder.acquireLease(holder: "false", address: "127.0.0.1:\(listener.port)")
            let follower = try RunningNode(
                "second", over: scene.address, role: .reader, isForwarding: true)
            defer { follower.stop() }
            var client = try scene.client(of: follower, as: scene.feeder)
            #expect(try refusal(&client, put("1", "Ana"))?.code == .unavailable)
            #expect(try refusal(&client, put("2", "Rosa"))?.code == .unavailable)
            let received = listener.received
            #expect(received.filter { $0.contains("local_id=1") }.count == 1)
            #expect(received.filter { $0.contains("local_id=2") }.count == 1)
            #expect(received.filter { $0 == "HELLO 1 forwarding=yes" }.count == 2)
            #expect(received.filter { $0 == "AUTH token=\(scene.feeder.token)" }.count == 2)
        }
    }

    @Test func aFeedGoesOnThroughATakeover() throws {
        try withScene { scene in
            let writer = try RunningNode("first", over: scene.address)
            let follower = try RunningNode("second", over: scene.address, isForwarding: true)
            defer { follower.stop() }
            try expectFeed(scene, through: follower) { writer.stop() }
        }
    }

    /// What the writer had acknowledged when it was killed stands, once; who had no answer is told so, and
    /// may send it again.
    @Test func aFeedGoesOnWhereTheWriterIsKilled() async throws {
        try await ThrowAwayCluster.withDatabase { address in
            let scene = try Scene.prepared(address)
            let directory = try TemporaryDirectory()
            let isOver = DispatchSemaphore(value: 0)
            Thread.detachNewThread {
                defer { isOver.signal() }
                do {
                    let deadline = Date(timeIntervalSinceNow: 120)
                    while !FileManager.default.fileExists(atPath: directory.path + "/ready") {
                        try #require(Date() < deadline, "no writer")
                        usleep(5_000)
                    }
                    let follower = try RunningNode(
                        "second", over: scene.address, isForwarding: true)
                    defer { follower.stop() }
                    try expectFeed(scene, through: follower) {
                        try Data().write(to: URL(filePath: directory.path + "/kill"))
                    }
                } catch {
                    Issue.record(error)
                }
            }
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [url = address.connectionString as String, path = directory.path as String] in
                let writer = try RunningNode("first", over: DatabaseAddress(url))
                try Data().write(to: URL(filePath: path + "/ready"))
                while !FileManager.default.fileExists(atPath: path + "/kill") { usleep(500) }
                kill(getpid(), SIGKILL)
                writer.stop()
            }
            await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    isOver.wait()
                    continuation.resume()
                }
            }
        }
    }

    /// Feeds through a node that follows while the writer ends in the middle: all is there, once, as it was
    /// acknowledged.
    private func expectFeed(
        _ scene: Scene, through follower: RunningNode, endWriter: () throws -> Void
    ) throws {
        let acknowledged = Mutex<[String: String]>([:])
        let done = DispatchGroup()
        for part in 0..<4 {
            done.enter()
            Thread.detachNewThread {
                defer { done.leave() }
                do {
                    var client = try scene.client(of: follower, as: scene.feeder)
                    for number in 0..<150 {
                        let (id, name) = ("\(part)-\(number)", "Eva\(part)x\(number)")
                        let euid = try putUntilItStands(put(id, name), &client)
                        acknowledged.withLock { $0[id] = euid }
                    }
                } catch {
                    Issue.record(error)
                }
            }
        }
        while acknowledged.withLock({ $0.count }) < 100,
            done.wait(timeout: .now() + .milliseconds(5)) == .timedOut
        {}
        try endWriter()
        done.wait()
        #expect(follower.node.status().role == .writer)
        let told = acknowledged.withLock { $0 }
        #expect(told.count == 600)
        var client = try scene.client(of: follower, as: scene.feeder)
        for (id, euid) in told {
            let found = try client.request("GET patient north:\(id)").objects()[0]
            #expect(found["euid"]?.string == euid)
        }
        var session = try RegistrySession(scene.address)
        #expect(try session.recordCount() == 600)
        #expect(try session.verify().findings.isEmpty)
    }

    /// Sends a write again for as long as nobody does it, and answers the person's EUID.
    private func putUntilItStands(
        _ line: String, _ client: inout RegistryConnection
    ) throws -> String {
        let deadline = Date(timeIntervalSinceNow: 60)
        while true {
            do {
                return try #require(try client.request(line).objects()[0]["euid"]?.string)
            } catch RegistryConnectionError.refused(let refusal)
                where [.notWriter, .unavailable].contains(refusal.code) && Date() < deadline
            {
                usleep(20_000)
            }
        }
    }
}

/// Something that listens, takes lines, and closes each connection once it has a `PUT`.
private final class FalseWriter: Sendable {
    let port: UInt16
    private let descriptor: Int32
    private let lines = Mutex<[String]>([])

    var received: [String] { lines.withLock { $0 } }

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let number = descriptor
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(number, $0, length)
                _ = getsockname(number, $0, &length)
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        listen(descriptor, 16)
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(number, nil, nil)
                guard connection >= 0 else { return }
                receive(connection)
                close(connection)
            }
        }
    }

    func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    private func receive(_ connection: Int32) {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while !text.contains("PUT ") || !text.hasSuffix("\n") {
            let count = read(connection, &buffer, buffer.count)
            guard count > 0 else { break }
            text += String(decoding: buffer[..<count], as: UTF8.self)
        }
        lines.withLock { $0 += text.split(separator: "\n").map(String.init) }
    }
}
