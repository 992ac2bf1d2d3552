import Foundation
import Identity
import LineProtocol
import NetworkIO
import RegistryClient
import RegistryModel
import RegistryServer
import Synchronization
import Testing

/// A node answers every verb to those who may give it, in order, to many clients at once.
///
/// Method: real sockets and a real journal over a registry in memory, whose writes a test delays.
@Suite(.timeLimit(.minutes(10))) struct RegistryServerTests {
    /// The code with which a request is refused; nil where it is not.
    private func refusal(_ body: () throws -> RegistryReply) -> RegistryErrorCode? {
        do {
            _ = try body()
        } catch RegistryConnectionError.refused(let error) {
            return error.code
        } catch {
            Issue.record(error)
        }
        return nil
    }

    @Test func everyVerb() throws {
        let fixture = try ServerFixture()
        defer { fixture.server.stop() }
        var feeder = try fixture.connect(as: fixture.feeder)
        #expect(try feeder.hello().fields["position"] == "1:0")
        let put = try feeder.request(
            "PUT patient source=north local_id=7 given=Ana family=Soto id.cl-run=11111111-1")
        let receipt = try put.objects()[0]
        #expect(receipt["outcome"]?.string == "created")
        #expect(receipt["position"]?.string == "1:1")
        let euid = try #require(receipt["euid"]?.string)
        for selector in ["cl-run:11111111-1", "north:7", "euid:\(euid)"] {
            let patient = try feeder.request("GET patient \(selector)").objects()[0]
            #expect(patient["euid"]?.string == euid)
            #expect(patient["family"]?.string == "Soto")
        }
        let references = try feeder.request("XREF north:7 to=cl-run").objects()
        #expect(references.map { $0["value"]?.string } == ["11111111-1"])
        #expect(try feeder.request("XREF north:7 to=other").count == 0)
        let candidates = try feeder.request("MATCH family=Soto limit=5").objects()
        #expect(candidates.map { $0["euid"]?.string } == [euid])
        let statistics = try feeder.request("STATS").objects()[0]
        #expect(statistics["persons"]?.integer == 1)
        #expect(statistics["connections"]?.integer == 1)
        #expect(try feeder.request("PING").count == 0)
        #expect(try feeder.request("HELP").count == Verb.allCases.count)
        #expect(refusal { try feeder.request("GET patient cl-run:2-7") } == .notFound)
        #expect(try feeder.request("GET patient north:7 min_position=1:1").count == 1)
        #expect(
            refusal { try feeder.request("GET patient north:7 min_position=1:9") } == .unavailable)
        #expect(try feeder.request("QUIT").count == 0)
        #expect(throws: RegistryConnectionError.self) { try feeder.request("PING") }
    }

    @Test func nothingWithoutATokenOrWithAWrongOne() throws {
        let fixture = try ServerFixture()
        defer { fixture.server.stop() }
        var client = try fixture.connect()
        #expect(refusal { try client.request("GET patient a:1") } == .unauthenticated)
        #expect(refusal { try client.request("STATS") } == .unauthenticated)
        #expect(try client.hello().fields["role"] == "writer")
        for _ in 0..<4 {
            #expect(refusal { try client.request("AUTH token=x") } == .unauthenticated)
        }
        let strange = try TokenHolder("stranger", .admin)
        #expect(refusal { try client.request("AUTH token=\(strange.token)") } == .unauthenticated)
        #expect(throws: RegistryConnectionError.self) { try client.request("PING") }
    }

    @Test func rolesAndSources() throws {
        let fixture = try ServerFixture()
        defer { fixture.server.stop() }
        var reader = try fixture.connect(as: fixture.reader)
        var auditor = try fixture.connect(as: fixture.auditor)
        var feeder = try fixture.connect(as: fixture.feeder)
        let put = "PUT patient source=north local_id=1 given=Ana"
        #expect(refusal { try reader.request(put) } == .forbidden)
        #expect(refusal { try auditor.request("GET patient north:1") } == .forbidden)
        #expect(refusal { try feeder.request("PUT patient source=south local_id=1") } == .forbidden)
        let retire = "RETIRE patient source=south local_id=1 reason=x"
        #expect(refusal { try feeder.request(retire) } == .forbidden)
        #expect(
            refusal { try feeder.request("PUT patient source=unknown local_id=1") }
                == .unknownSource)
        #expect(try feeder.request(put).count == 1)
        #expect(try reader.request("GET patient north:1").count == 1)
        let outcomes = try fixture.journalEntries().map { $0.hasSuffix(#""outcome":"forbidden"}"#) }
        #expect(outcomes.filter { $0 }.count == 4)
    }

    @Test func revokedClientsAreCutOff() throws {
        let fixture = try ServerFixture()
        defer { fixture.server.stop() }
        var reader = try fixture.connect(as: fixture.reader)
        #expect(refusal { try reader.request("GET patient a:1") } == .notFound)
        var revoked = fixture.reader.client
        revoked.isRevoked = true
        fixture.service.setClients([revoked, fixture.feeder.client])
        let deadline = ContinuousClock.now + .seconds(60)
        while refusal({ try reader.request("GET patient a:1") }) != .unauthenticated {
            try #require(ContinuousClock.now < deadline)
            usleep(20_000)
        }
        // A client that was added a moment ago is known at once.
        let added = try TokenHolder("new", .reader)
        fixture.service.setClients([added.client])
        #expect(try fixture.connect(as: added).openRequestsCount == 0)
    }

    @Test func pipelinedRepliesKeepTheirOrder() throws {
        let fixture = try ServerFixture()
        defer { fixture.server.stop() }
        var feeder = try fixture.connect(as: fixture.feeder)
        fixture.service.holdsWrites.store(true, ordering: .releasing)
        for local in 0..<20 {
            try feeder.send("PUT patient source=north local_id=\(local) family=F\(local)")
        }
        try feeder.send("GET patient north:19")
        try feeder.send("PING")
        try feeder.flush()
        while fixture.service.waitingCount < 20 { usleep(1000) }
        // The last write is answered first; the read still sees all of them.
        fixture.service.answerWrites()
        var positions: [String] = []
        for _ in 0..<20 {
            positions.append(try feeder.receive().objects()[0]["position"]?.string ?? "")
        }
        #expect(positions == (1...20).reversed().map { "1:\($0)" })
        #expect(try feeder.receive().objects()[0]["family"]?.string == "F19")
        #expect(try feeder.receive().count == 0)
    }

    @Test func fiftyClientsAtOnce() throws {
        let fixture = try ServerFixture()
        defer { fixture.server.stop() }
        let failures = Atomic<Int>(0)
        let threads = try (0..<50).map { number in
            try LoopThread {
                do {
                    var feeder = try fixture.connect(as: fixture.feeder)
                    for round in 0..<10 {
                        let local = "\(number)-\(round)"
                        try feeder.send(
                            "PUT patient source=north local_id=\(local) family=\(local)")
                        try feeder.send("GET patient north:\(local)")
                        _ = try feeder.receive()
                        let family = try feeder.receive().objects()[0]["family"]?.string
                        if family != local { failures.add(1, ordering: .relaxed) }
                    }
                } catch {
                    failures.add(1, ordering: .relaxed)
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(failures.load(ordering: .relaxed) == 0)
        let entries = try fixture.journalEntries()
        #expect(entries.filter { $0.contains(#""verb":"PUT""#) }.count == 500)
        #expect(entries.filter { $0.contains(#""verb":"GET""#) }.count == 500)
        fixture.server.stop()
        #expect(try fixture.verify().head.entriesCount == UInt64(entries.count))
    }

    @Test func slowReaderHoldsNoMoreThanItsShare() throws {
        let fixture = try ServerFixture()
        defer { fixture.server.stop() }
        let socket = try fixture.connectRaw()
        let requests = Array(String(repeating: "HELP PUT\n", count: 3000).utf8)
        try socket.send(requests.span)
        usleep(300_000)
        var received: [UInt8] = []
        var lines = 0
        while lines < 6000 {
            received.removeAll(keepingCapacity: true)
            try socket.receive(into: &received)
            lines += received.filter { $0 == UInt8(ascii: "\n") }.count
        }
        #expect(lines == 6000)
    }

    @Test func halfALineIsNotPerformed() throws {
        let fixture = try ServerFixture()
        defer { fixture.server.stop() }
        var feeder = try fixture.connect(as: fixture.feeder)
        try feeder.send("PUT patient source=north local_id=1")
        try feeder.endSending()
        #expect(try feeder.receive().count == 1)
        let socket = try fixture.connectRaw()
        let bytes = Array(
            "AUTH token=\(fixture.feeder.token)\nPUT patient source=north local_id=2".utf8)
        try socket.send(bytes.span)
        try socket.endSending()
        var received: [UInt8] = []
        #expect(throws: NetworkError.closed) {
            while true { try socket.receive(into: &received) }
        }
        #expect(received.filter { $0 == UInt8(ascii: "\n") }.count == 1)
        #expect(fixture.service.status().position.sequence == 1)
    }

    @Test func clientThatLeavesBeforeItsWriteIsDurable() throws {
        let fixture = try ServerFixture()
        defer { fixture.server.stop() }
        fixture.service.holdsWrites.store(true, ordering: .releasing)
        do {
            var feeder = try fixture.connect(as: fixture.feeder)
            try feeder.send("PUT patient source=north local_id=1 given=Ana")
            try feeder.flush()
            while fixture.service.waitingCount < 1 { usleep(1000) }
        }
        usleep(50_000)
        fixture.service.answerWrites()
        var reader = try fixture.connect(as: fixture.reader)
        #expect(try reader.request("GET patient north:1").count == 1)
        #expect(try fixture.journalEntries().contains { $0.contains(#""verb":"PUT""#) })
    }

    @Test func stopAnswersWhatWasTaken() throws {
        let fixture = try ServerFixture()
        var feeder = try fixture.connect(as: fixture.feeder)
        fixture.service.holdsWrites.store(true, ordering: .releasing)
        try feeder.send("PUT patient source=north local_id=1 given=Ana")
        try feeder.flush()
        while fixture.service.waitingCount < 1 { usleep(1000) }
        let stopper = try LoopThread { fixture.server.stop() }
        usleep(100_000)
        fixture.service.answerWrites()
        #expect(try feeder.receive().count == 1)
        stopper.join()
        #expect(throws: RegistryConnectionError.self) { _ = try fixture.connect() }
        #expect(try fixture.verify().head.entriesCount == 2)
    }

    @Test func addressesThatAreRefused() throws {
        let fixture = try ServerFixture()
        defer { fixture.server.stop() }
        let address = "127.0.0.1:\(fixture.server.port)"
        #expect(throws: ServerError.network(.addressInUse(address))) {
            _ = try ServerFixture { $0.port = fixture.server.port }
        }
        #expect(throws: ServerError.plaintextRefused("0.0.0.0:0")) {
            _ = try ServerFixture { $0.address = "0.0.0.0" }
        }
        let open = try ServerFixture {
            $0.address = "0.0.0.0"
            $0.allowsPlaintext = true
        }
        open.server.stop()
    }

    @Test func busyNodeSaysSo() throws {
        let fixture = try ServerFixture { $0.connectionsMax = 1 }
        defer { fixture.server.stop() }
        let first = try fixture.connect(as: fixture.reader)
        var second = try fixture.connect()
        #expect(refusal { try second.request("PING") } == .busy)
        #expect(first.openRequestsCount == 0)
    }

    @Test func journalThatIsFullStopsAnswers() throws {
        let fixture = try ServerFixture { $0.journal.bytesMax = 3000 }
        defer { fixture.server.stop() }
        var reader = try fixture.connect(as: fixture.reader)
        var codes: [RegistryErrorCode?] = []
        for _ in 0..<40 { codes.append(refusal { try reader.request("GET patient a:1") }) }
        #expect(codes.first == .notFound)
        #expect(codes.last == .unavailable)
        #expect(try reader.request("PING").count == 0)
    }
}
