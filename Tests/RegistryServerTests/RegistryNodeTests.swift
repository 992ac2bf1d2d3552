import Identity
import PostgresClient
import Registry
import RegistryClient
import RegistryModel
import RegistryServer
import RegistryStore
import Testing

/// The whole node answers: sockets, sessions, the registry and PostgreSQL under it.
///
/// Method: a throw-away cluster, a writing node over a new database, and literal expectations.
@Suite(.timeLimit(.minutes(10))) struct RegistryNodeTests {
    /// Calls a closure with a client that feeds `north`, connected to a whole node.
    private func withNode(
        asSteward: (inout RegistryConnection) throws -> Void = { _ in },
        _ body: (inout RegistryConnection) throws -> Void
    ) throws {
        try ThrowAwayCluster.withDatabase { address in
            let url = address.connectionString
            try RegistryNode.migrate(databaseURL: url)
            let feeder = try TokenHolder("hospital", .feeder, sources: ["north"])
            let steward = try TokenHolder("ines", .steward)
            do {
                var session = try RegistrySession(address)
                _ = try session.add(Source(code: "north", defaultAuthority: "cl-run"))
                _ = try session.add(feeder.client)
                _ = try session.add(steward.client)
            }
            let node = try RegistryNode.open(
                databaseURL: url,
                options: RegistryNodeOptions(nodeName: "test", role: .writer, model: "cl"))
            defer { node.close() }
            let directory = try TemporaryDirectory()
            var options = ServerOptions(journal: directory.journal)
            options.port = 0
            let server = try RegistryServer.start(node, options: options)
            defer { server.stop() }
            var connection = try RegistryConnection.connect(
                host: "127.0.0.1", port: server.port, timeoutMilliseconds: 60_000)
            try connection.authenticate(token: feeder.token)
            try body(&connection)
            try connection.authenticate(token: steward.token, purpose: "stewardship")
            try asSteward(&connection)
        }
    }

    private let ana =
        "given=Ana family=Soto mothers_family=Rojas birth_date=1980-02-29 sex=F "
        + "national_id=12345678-5"

    @Test func everyVerb() throws {
        try withNode { client in
            #expect(try client.hello().fields["role"] == "writer")
            let first = try client.request("PUT patient source=north local_id=7 \(ana)").objects()
            #expect(first[0]["outcome"]?.string == "created")
            let second = try client.request("PUT patient source=north local_id=8 \(ana)").objects()
            #expect(second[0]["outcome"]?.string == "linked")
            let euid = try #require(first[0]["euid"]?.string)
            #expect(second[0]["euid"]?.string == euid)
            for selector in ["cl-run:12345678-5", "north:8", "euid:\(euid)"] {
                let patient = try client.request("GET patient \(selector)").objects()[0]
                #expect(patient["euid"]?.string == euid)
                #expect(patient["sources"]?.integer == 2)
            }
            let references = try client.request("XREF north:7").objects()
            #expect(references.contains { $0["value"]?.string == "8" })
            let found = try client.request("MATCH given=Ana family=Soto birth_date=1980-02-29")
            #expect(try found.objects().first?["euid"]?.string == euid)
            let statistics = try client.request("STATS").objects()[0]
            #expect(statistics["records"]?.integer == 2)
            #expect(statistics["persons"]?.integer == 1)
        }
    }

    @Test func aStewardMergesAndTakesItBack() throws {
        var persons: [String] = []
        try withNode(asSteward: { steward in
            let (retired, survivor) = (persons[0], persons[1])
            let line = "MERGE \(retired) into=\(survivor) reason=\"one card\""
            let preview = try steward.request(line + " preview=yes").objects()[0]
            #expect(preview["operation"] == nil && preview["moves"]?.array?.count == 1)
            let merge = try steward.request(line).objects()[0]
            let operation = try #require(merge["operation"]?.integer)
            let answer = try steward.request("GET patient euid:\(retired)").objects()[0]
            #expect(answer["euid"]?.string == survivor && answer["sources"]?.integer == 2)
            let undo = try steward.request("UNDO \(operation) reason=\"two\"").objects()[0]
            #expect(undo["revived"]?.array?.first?.string == retired)
            #expect(throws: RegistryConnectionError.self) {
                try steward.request("UNDO \(operation) reason=\"two\"")
            }
        }) { client in
            for (id, name) in [("7", "Ana"), ("9", "Wenceslao")] {
                let line = "PUT patient source=north local_id=\(id) given=\(name) family=\(name)son"
                persons.append(try #require(try client.request(line).objects()[0]["euid"]?.string))
            }
            #expect(throws: RegistryConnectionError.self) {
                try client.request("MERGE \(persons[0]) into=\(persons[1]) reason=x")
            }
        }
    }

    @Test func aStewardAsksForThePastAndAWatcherForTheFeed() throws {
        var euid = ""
        try withNode(asSteward: { steward in
            let shown = try steward.request("SHOW north:7").objects()[0]
            #expect(shown["euid"]?.string == euid)
            #expect(shown["records"]?.array?.count == 2)
            #expect(shown["golden"]?["family"]?.string == "Soto")
            let first = try steward.request("HISTORY euid:\(euid) limit=1")
            let next = try #require(first.fields["next"])
            #expect(try first.objects()[0]["change"]?.string == "registered")
            let rest = try steward.request("HISTORY \(euid) after=\(next)").objects()
            #expect(rest.map { $0["record"]?.string } == ["north:8"])
            let pair = try steward.request("COMPARE north:7 north:8").objects()[0]
            #expect(pair["one_person"] == .boolean(true) && pair["grade"]?.string == "certain")
            #expect(try steward.request("QUEUE").fields["duplicate"] == "0")
            let feed = try steward.request("WATCH since=0:0")
            #expect(
                try feed.objects().map { $0["euids"] }
                    == [.array([.string(euid)]), .array([.string(euid)])])
            #expect(feed.fields["next"] == "1:2")
            let line = "DISTINCT north:7 euid:\(euid) reason=x"
            #expect(throws: RegistryConnectionError.self) { try steward.request(line) }
            #expect(throws: RegistryConnectionError.self) {
                try steward.request("WATCH since=9:1 wait=60")
            }
        }) { client in
            for id in ["7", "8"] {
                let put = try client.request("PUT patient source=north local_id=\(id) \(ana)")
                euid = try #require(try put.objects()[0]["euid"]?.string)
            }
        }
    }

    @Test func aWatcherGoesOnWhereItWasWhenTheNodeStartsAgain() throws {
        try ThrowAwayCluster.withDatabase { address in
            try RegistryNode.migrate(databaseURL: address.connectionString)
            let feeder = try TokenHolder("hospital", .feeder, sources: ["north"])
            do {
                var session = try RegistrySession(address)
                _ = try session.add(Source(code: "north"))
                _ = try session.add(feeder.client)
            }
            let directory = try TemporaryDirectory()
            var (since, told) = ("0:0", [JSONValue]())
            for round in 0..<4 {
                let node = try RegistryNode.open(
                    databaseURL: address.connectionString,
                    options: RegistryNodeOptions(nodeName: "test", role: .writer, model: "cl"))
                defer { node.close() }
                var options = ServerOptions(journal: directory.journal)
                options.port = 0
                let server = try RegistryServer.start(node, options: options)
                defer { server.stop() }
                var client = try RegistryConnection.connect(
                    host: "127.0.0.1", port: server.port, timeoutMilliseconds: 60_000)
                try client.authenticate(token: feeder.token)
                for place in 0..<2 where round < 3 {
                    let name = "given=Ana\(round) family=Soto\(place)"
                    _ = try client.request(
                        "PUT patient source=north local_id=\(round)-\(place) \(name)")
                }
                // One event of each round is left for the next node; the last one tells the rest.
                let page = try client.request("WATCH since=\(since) limit=\(round < 3 ? 1 : 9)")
                told += try page.objects()
                since = try #require(page.fields["next"])
            }
            #expect(told.map { $0["version"]?.integer } == [1, 2, 3, 4, 5, 6])
            #expect(
                told.map { $0["position"]?.string } == ["1:1", "1:2", "2:3", "2:4", "3:5", "3:6"])
            #expect(since == "3:6")
        }
    }

    @Test func refusals() throws {
        try withNode { client in
            for (line, code) in [
                ("GET patient cl-run:11222333-9", RegistryErrorCode.notFound),
                ("GET patient cl-run:11222333-8", .invalidIdentifier),
                ("GET patient nobody:1", .unknownAuthority),
                ("PUT patient source=south local_id=1", .forbidden),
            ] {
                do throws(RegistryConnectionError) {
                    _ = try client.request(line)
                    Issue.record("not refused: \(line)")
                } catch {
                    guard case .refused(let refusal) = error else { throw error }
                    #expect(refusal.code == code, "\(line)")
                }
            }
        }
    }

    @Test func aReadSeesTheWritesBeforeIt() throws {
        try withNode { client in
            for round in 0..<10 {
                for place in 0..<10 {
                    let local = "\(round)-\(place)"
                    try client.send("PUT patient source=north local_id=\(local) given=Luis")
                    try client.send("GET patient north:\(local)")
                }
                for _ in 0..<20 { #expect(try client.receive().count == 1) }
            }
        }
    }
}
