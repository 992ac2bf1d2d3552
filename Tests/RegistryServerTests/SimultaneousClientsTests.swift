import Foundation
import PostgresClient
import Registry
import RegistryClient
import RegistryModel
import RegistryServer
import RegistryStore
import Synchronization
import Testing

/// Clients that register one new person at the same moment register one person.
///
/// Method: two nodes with their servers over one database, one of which writes; 64 clients, half of
/// them at each node, wait for each other and then send the same person under local identifiers of their
/// own. Those of the following node are refused and go to the address that it names, or are forwarded.
@Suite(.timeLimit(.minutes(10))) struct SimultaneousClientsTests {
    private static let clientsCount = 64

    @Test(arguments: [false, true]) func sixtyFourClientsRegisterOnePerson(isForwarding: Bool)
        throws
    {
        try ThrowAwayCluster.withDatabase { address in
            try RegistryNode.migrate(databaseURL: address.connectionString)
            let feeder = try TokenHolder("hospital", .feeder, sources: ["north"])
            do {
                var session = try RegistrySession(address)
                _ = try session.add(Source(code: "north", defaultAuthority: "cl-run"))
                _ = try session.add(feeder.client)
            }
            let writer = try RunningNode("first", over: address)
            defer { writer.stop() }
            let follower = try RunningNode(
                "second", over: address, isForwarding: isForwarding)
            defer { follower.stop() }
            #expect(follower.node.status().role == .reader)
            let euids = Mutex<[String]>([])
            let redirections = Atomic(0)
            let ready = DispatchGroup()
            let done = DispatchGroup()
            for _ in 0..<Self.clientsCount { ready.enter() }
            for number in 0..<Self.clientsCount {
                done.enter()
                Thread.detachNewThread {
                    defer { done.leave() }
                    do {
                        var client = try (number % 2 == 0 ? writer : follower).connect()
                        try client.authenticate(token: feeder.token)
                        ready.leave()
                        ready.wait()
                        let line =
                            "PUT patient source=north local_id=\(number) given=Ana family=Soto "
                            + "mothers_family=Rojas birth_date=1980-02-29 sex=F "
                            + "national_id=12345678-5"
                        let answer: RegistryReply
                        do {
                            answer = try client.request(line)
                        } catch RegistryConnectionError.refused(let refusal) {
                            #expect(refusal == RegistryError(.notWriter, writer.address))
                            redirections.add(1, ordering: .relaxed)
                            let port = refusal.message.split(separator: ":").last.flatMap {
                                UInt16($0)
                            }
                            var other = try RegistryConnection.connect(
                                host: "127.0.0.1", port: try #require(port),
                                timeoutMilliseconds: 60_000)
                            try other.authenticate(token: feeder.token)
                            answer = try other.request(line)
                        }
                        let euid = try #require(try answer.objects()[0]["euid"]?.string)
                        euids.withLock { $0.append(euid) }
                    } catch {
                        Issue.record(error)
                    }
                }
            }
            done.wait()
            let told = euids.withLock { $0 }
            #expect(told.count == Self.clientsCount && Set(told).count == 1)
            #expect(
                redirections.load(ordering: .relaxed) == (isForwarding ? 0 : Self.clientsCount / 2))
            var connection = try PostgresConnection(address)
            let row = try connection.query(
                "SELECT count(*), count(DISTINCT euid) FROM padron.source_record"
            ).single
            #expect(try row.int(0) == Self.clientsCount && row.int(1) == 1)
            var session = try RegistrySession(address)
            #expect(try session.verify().findings.isEmpty)
        }
    }
}
