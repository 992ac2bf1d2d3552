import Foundation
import RegistryClient
import RegistryModel
import Testing

/// `padron serve` answers those who may ask, also while it loads, and ends when it is told to.
///
/// Method: the built program as a child over a database of a throw-away cluster, asked over TCP.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ServeCommandTests {
    private static let ana =
        "given=Ana family=Soto mothers_family=Rojas birth_date=1980-02-29 sex=F "
        + "national_id=5126663-3"

    /// The code with which a node refuses a request; nil where it answers.
    private func refusal(
        of line: String, _ client: inout RegistryConnection
    ) throws -> RegistryErrorCode? {
        do throws(RegistryConnectionError) {
            _ = try client.request(line)
            return nil
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            return refusal.code
        }
    }

    @Test func everyVerbAndTheEnd() throws {
        try RegistryRun.with { registry in
            try registry.lines("source", "add", "north", "--authority", "cl-run")
            let feeder = try registry.lines(
                "client", "add", "hospital", "--role", "feeder", "--source", "north")[0]
            let reader = try registry.lines("client", "add", "ward", "--role", "reader")[0]
            let node = try registry.start("serve", "--listen", "127.0.0.1:0")
            var client = try node.connect()
            #expect(try client.hello().fields["role"] == "writer")
            #expect(try client.request("PING").count == 0)
            #expect(try refusal(of: "GET patient north:1", &client) == .unauthenticated)
            #expect(try refusal(of: "AUTH token=\(reader)x", &client) == .unauthenticated)
            try client.authenticate(token: feeder)
            let put = try client.request("PUT patient source=north local_id=1 \(Self.ana)")
            let euid = try #require(put.objects()[0]["euid"]?.string)
            #expect(put.lines.count == 1)
            #expect(try refusal(of: "PUT patient source=south local_id=1", &client) == .forbidden)
            var ward = try node.connect()
            try ward.authenticate(token: reader)
            #expect(
                try refusal(of: "PUT patient source=north local_id=2", &ward) == .forbidden)
            for selector in ["north:1", "cl-run:5126663-3", "euid:\(euid)"] {
                let patient = try ward.request("GET patient \(selector)").objects()[0]
                #expect(patient["euid"]?.string == euid)
            }
            #expect(try ward.request("XREF north:1").count > 0)
            let found = try ward.request("MATCH given=Ana family=Soto birth_date=1980-02-29")
            #expect(try found.objects().first?["euid"]?.string == euid)
            #expect(try ward.request("STATS").objects()[0]["records"]?.integer == 1)
            #expect(node.terminate() == 0, "\(node.errors)")
            #expect(try registry.lines("db", "verify") == ["nothing found"])
            #expect(registry.folder.names.contains("home"))
        }
    }

    @Test func revokedClientsLoseTheirAccess() throws {
        try RegistryRun.with { registry in
            let token = try registry.lines("client", "add", "ward", "--role", "reader")[0]
            let node = try registry.start("serve", "--listen", "127.0.0.1:0")
            var client = try node.connect()
            try client.authenticate(token: token)
            _ = try client.request("STATS")
            try registry.lines("client", "revoke", "ward")
            let deadline = ContinuousClock.now + .seconds(60)
            while try refusal(of: "STATS", &client) == nil {
                try #require(ContinuousClock.now < deadline)
                usleep(50_000)
            }
            #expect(node.terminate() == 0)
        }
    }

    @Test func lookUpsAnswerWhileALoadRuns() throws {
        try RegistryRun.with { registry in
            let extract = try registry.extract(persons: 6_000)
            let token = try registry.lines("client", "add", "ward", "--role", "reader")[0]
            try registry.lines("db", "migrate")
            let node = try registry.start("serve", "--listen", "127.0.0.1:0")
            var client = try node.connect()
            try client.authenticate(token: token)
            let load = try registry.start("load", extract, "--create-sources")
            var watch = CommittedRecords(registry)
            var answered = 0
            let clock = ContinuousClock()
            var slowest = Duration.zero
            while load.isRunning {
                guard let record = try watch.newest() else {
                    usleep(2_000)
                    continue
                }
                let seen = clock.now
                while try refusal(of: "GET patient \(record)", &client) == .notFound {
                    try #require(clock.now - seen < .seconds(60), "\(record) was not found")
                }
                let found = try client.request("MATCH given=Maria family=Soto limit=3")
                #expect(found.count <= 3)
                slowest = max(slowest, clock.now - seen)
                answered += 1
            }
            #expect(load.status() == 0, "\(load.errors)")
            #expect(answered > 0)
            print("\(answered) records looked up while the load ran, the slowest in \(slowest)")
            #expect(node.terminate() == 0, "\(node.errors)")
        }
    }
}
