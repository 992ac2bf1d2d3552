import Foundation
import PostgresClient
import RegistryClient
import RegistryModel
import SeededTesting
import Testing

/// PostgreSQL may be killed at any moment: what was begun is not seen, and goes on when it is back.
///
/// Method: the built program over a server of the test's own, killed as `kill -9` does and started
/// again; imports at moments of a printed seed, a node asked before, meanwhile and afterwards.
@Suite(.serialized, .timeLimit(.minutes(10))) struct KilledDatabaseTests {
    private static let rows = 4_000

    private func write(_ registry: RegistryRun) throws -> String {
        let lines = (1...Self.rows).map { "\($0),Hospital \($0),-33.\($0),-70.\($0)\n" }
        return try registry.folder.write(
            "code,name,latitude,longitude\n" + lines.joined(), to: "sites.csv")
    }

    private func export(_ registry: RegistryRun) throws -> [String] {
        try registry.lines("export", "facilities", "--catalog", "my-sites", "--format", "csv")
    }

    /// The states of the releases, the last one's first.
    private func releases(_ registry: RegistryRun) throws -> [String?] {
        try registry.lines("release", "list", "--json").map {
            try JSONParser.parse($0)["state"]?.string
        }
    }

    @Test func anImportIsRunAgain() throws {
        let (expected, duration) = try RegistryRun.with { registry in
            let path = try write(registry)
            try registry.lines("db", "migrate")
            let duration = try ContinuousClock().measure {
                try registry.lines("import", "facilities", path, "--catalog", "my-sites", "--yes")
            }
            return (try export(registry), Int(duration / .microseconds(1)))
        }
        let cluster = try ThrowAwayCluster()
        let registry = RegistryRun(address: cluster.address, folder: try TemporaryFolder())
        let path = try write(registry)
        try registry.lines("db", "migrate")
        let seed = UInt64.random(in: 1...UInt64.max)
        print("moments of seed \(seed)")
        var random = SeededGenerator(seed: seed)
        for part in 0..<3 {
            let run = try registry.start(
                "import", "facilities", path, "--catalog", "my-sites", "--yes")
            if part == 0 {
                try waitForRows(registry)
            } else {
                usleep(UInt32.random(in: 0...UInt32(duration), using: &random))
            }
            try cluster.killServer()
            let status = run.status()
            try cluster.restart()
            // libpq tells itself of a server that dies in the moment a session begins, before it can be told not to.
            let lines = run.errors.split(separator: "\n").filter { !$0.hasPrefix("FATAL:") }
            #expect(status == 0 || lines.count == 1, "\(run.errors)")
            #expect(part > 0 || status == 1, "\(run.errors)")
            // All of it is seen, or nothing.
            let isLive = try releases(registry).contains("live")
            #expect(isLive || status == 1)
            let export = try registry.run("export", "facilities", "--catalog", "my-sites")
            #expect(isLive || export.errors.contains("there is no catalog"), "\(export.errors)")
        }
        try registry.lines("import", "facilities", path, "--catalog", "my-sites", "--yes")
        #expect(try export(registry) == expected)
        let states = try releases(registry)
        #expect(states.count { $0 == "live" } == 1, "\(states)")
        #expect(states.allSatisfy { $0 == "live" || $0 == "abandoned" }, "\(states)")
        #expect(try registry.lines("db", "verify") == ["nothing found"])
    }

    /// Waits until an import has begun a release.
    private func waitForRows(_ registry: RegistryRun) throws {
        var connection = try PostgresConnection(registry.address)
        let deadline = ContinuousClock.now + .seconds(60)
        while try connection.query("SELECT FROM padron.catalog_release").isEmpty {
            try #require(ContinuousClock.now < deadline)
            usleep(500)
        }
    }

    @Test func aNodeAnswersWhatItHasInMemory() throws {
        let cluster = try ThrowAwayCluster()
        let registry = RegistryRun(address: cluster.address, folder: try TemporaryFolder())
        let sites = try registry.folder.write(
            "code,name,latitude,longitude\n10,North,-33.4,-70.6\n11,South,-41.4,-72.9\n",
            to: "sites.csv")
        try registry.lines("import", "facilities", sites, "--catalog", "my-sites", "--yes")
        try registry.lines("source", "add", "north", "--authority", "cl-run")
        try registry.lines("source", "add", "college", "--realm", "provider")
        let feeder = try registry.lines(
            "client", "add", "hospital", "--role", "feeder", "--source", "north")[0]
        let steward = try registry.lines("client", "add", "ines", "--role", "steward")[0]
        let node = try registry.start("serve", "--listen", "127.0.0.1:0")
        var hospital = try node.connect()
        try hospital.authenticate(token: feeder)
        let ana = "given=Ana family=Soto birth_date=1980-02-29 national_id=5126663-3"
        _ = try hospital.request("PUT patient source=north local_id=1 \(ana)")
        var ward = try node.connect()
        try ward.authenticate(token: steward, purpose: "stewardship")
        let fromMemory = [
            "GET patient north:1", "GET patient cl-run:5126663-3", "XREF north:1",
            "MATCH given=Ana family=Soto birth_date=1980-02-29", "GET facility my-sites:10",
            "FIND facility text=nort", "FIND facility near=-41,-72 within=200",
            "FIND facility catalog=my-sites limit=1",
        ]
        let fromDatabase = [
            "HISTORY north:1", "QUEUE", "GET provider college:1", "GET coverage cl-run:5126663-3",
        ]
        let known = try fromMemory.map { try ward.request($0).lines }
        #expect(known.allSatisfy { !$0.isEmpty })
        let told = fromDatabase.map { answer(to: $0, &ward) }

        try cluster.killServer()
        #expect(try fromMemory.map { try ward.request($0).lines } == known)
        for question in fromDatabase {
            let refusal = refusal(of: question, &ward)
            #expect(question == "GET provider college:1" || refusal?.code == .unavailable)
            #expect(refusal?.message.contains("\n") == false, "\(question)")
        }
        let find = try registry.run("find", "facilities", "north")
        #expect(find.status == 1 && find.errors.split(separator: "\n").count == 1, "\(find.errors)")
        // A write waits for the database to come back.
        try hospital.send("PUT patient source=north local_id=2 given=Luis family=Carrasco")

        try cluster.restart()
        #expect(try hospital.receive().objects()[0]["outcome"]?.string == "created")
        #expect(try fromMemory.map { try ward.request($0).lines } == known)
        #expect(fromDatabase.map { answer(to: $0, &ward) } == told)
        let more = try registry.folder.write("code,name\n12,West\n", to: "more.csv")
        try registry.lines(
            "import", "facilities", more, "--catalog", "my-sites", "--partial", "--yes")
        let deadline = ContinuousClock.now + .seconds(60)
        while refusal(of: "GET facility my-sites:12", &ward) != nil {
            try #require(ContinuousClock.now < deadline)
            usleep(10_000)
        }
        #expect(node.terminate() == 0, "\(node.errors)")
        #expect(try registry.lines("db", "verify") == ["nothing found"])
    }

    /// What a node answers, or why it does not.
    private func answer(to line: String, _ client: inout RegistryConnection) -> [[UInt8]] {
        do throws(RegistryConnectionError) {
            return try client.request(line).lines
        } catch {
            return [Array("\(error)".utf8)]
        }
    }

    /// Why a node refuses a request; nil where it answers.
    private func refusal(
        of line: String, _ client: inout RegistryConnection
    ) -> RegistryError? {
        do throws(RegistryConnectionError) {
            _ = try client.request(line)
            return nil
        } catch {
            guard case .refused(let refusal) = error else {
                return RegistryError(.internal, "\(error)")
            }
            return refusal
        }
    }
}
