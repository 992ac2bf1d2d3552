import Glibc
import RegistryClient
import RegistryModel
import RegistryServer
import Synchronization
import Testing

/// A client that watches learns of every event once, whether it waits or comes late.
///
/// Method: real sockets over a registry in memory, in which each write is an event.
@Suite(.timeLimit(.minutes(10))) struct WatchTests {
    private func put(_ number: Int, _ feeder: inout RegistryConnection) throws {
        _ = try feeder.request("PUT patient source=north local_id=\(number) given=Ana")
    }

    @Test func eventsThatAreThereComeAtOnce() throws {
        let fixture = try ServerFixture()
        defer { fixture.server.stop() }
        var feeder = try fixture.connect(as: fixture.feeder)
        for number in 1...3 { try put(number, &feeder) }
        var reader = try fixture.connect(as: fixture.reader)
        let first = try reader.request("WATCH since=0:0 limit=2 wait=60")
        #expect(first.fields == ["next": "1:2"])
        #expect(
            try first.objects().map { $0["euids"]?.array?.first?.string }
                == [1, 2].map { EnterpriseIdentifier(bits: $0).description })
        let second = try reader.request("WATCH since=1:2")
        #expect(second.fields == ["next": "1:3"] && second.count == 1)
        #expect(try reader.request("WATCH since=1:3").fields == ["next": "1:3"])
    }

    @Test func aWaitingClientIsWoken() throws {
        let fixture = try ServerFixture()
        defer { fixture.server.stop() }
        var feeder = try fixture.connect(as: fixture.feeder)
        var reader = try fixture.connect(as: fixture.reader)
        try reader.send("WATCH since=0:0 wait=60")
        try reader.flush()
        while fixture.service.feedsAsked.load(ordering: .acquiring) < 1 { usleep(1_000) }
        try put(1, &feeder)
        let woken = try reader.receive()
        #expect(woken.fields == ["next": "1:1"] && woken.count == 1)
        let begun = ContinuousClock.now
        #expect(try reader.request("WATCH since=1:1 wait=1").count == 0)
        #expect(ContinuousClock.now - begun >= .seconds(1))
        #expect(try fixture.journalEntries().filter { $0.contains("WATCH") }.count == 2)
    }

    @Test func aServerThatStopsAnswersThoseWhoWait() throws {
        let fixture = try ServerFixture()
        var reader = try fixture.connect(as: fixture.reader)
        try reader.send("WATCH since=0:0 wait=60")
        try reader.flush()
        // A request that is not read before the server stops is answered by nothing.
        while fixture.service.feedsAsked.load(ordering: .acquiring) < 1 { usleep(1_000) }
        fixture.server.stop()
        #expect(try reader.receive().fields == ["next": "0:0"])
    }

    @Test func rolesAndTheQueue() throws {
        let fixture = try ServerFixture()
        defer { fixture.server.stop() }
        var reader = try fixture.connect(as: fixture.reader)
        for line in ["QUEUE", "HISTORY north:1", "SHOW north:1"] {
            #expect(throws: RegistryConnectionError.self) { try reader.request(line) }
        }
        var auditor = try fixture.connect(as: fixture.auditor)
        #expect(throws: RegistryConnectionError.self) { try auditor.request("QUEUE") }
        #expect(throws: RegistryConnectionError.self) { try auditor.request("SHOW north:1") }
    }
}
