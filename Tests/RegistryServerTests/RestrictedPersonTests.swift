import Foundation
import PostgresClient
import Registry
import RegistryClient
import RegistryModel
import RegistryServer
import RegistryStore
import Testing

/// A restricted person is told to nobody but a steward who says that it is an emergency, by no node and
/// under no name, and the journal tells who saw it and who did not.
///
/// Method: two nodes over one database of a throw-away cluster, each behind a server of its own; every verb
/// that tells of persons is asked under each purpose and role, before, during and after the restriction.
@Suite(.timeLimit(.minutes(10))) struct RestrictedPersonTests {
    /// A writer and a follower, and a steward and a feeder who may ask both.
    private struct Scene {
        let writer: RegistryServer
        let reader: RegistryServer
        let readerNode: RegistryNode
        let journal: String
        let steward: TokenHolder
        let feeder: TokenHolder

        func connect(
            _ holder: TokenHolder, purpose: String = "", toReader: Bool = false
        ) throws -> RegistryConnection {
            var connection = try RegistryConnection.connect(
                host: "127.0.0.1", port: toReader ? reader.port : writer.port,
                timeoutMilliseconds: 60_000)
            try connection.authenticate(token: holder.token, purpose: purpose)
            return connection
        }

        /// The outcomes that the writer's journal holds for a verb and a purpose, in their order.
        func outcomes(_ verb: String, purpose: String) throws -> [String] {
            let names = try FileManager.default.contentsOfDirectory(atPath: journal)
                .filter { $0.hasPrefix("audit-") }.sorted()
            return try names.flatMap { name in
                let bytes = try Data(contentsOf: URL(filePath: journal + "/" + name))
                return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                    .split(separator: "\n").filter {
                        $0.contains("\"verb\":\"\(verb)\",\"purpose\":\"\(purpose)\"")
                    }.compactMap { $0.firstMatch(of: /"outcome":"([^"]*)"/).map { String($0.1) } }
            }
        }
    }

    private func withScene(_ body: (Scene) throws -> Void) throws {
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
            func node(_ role: WantedRole) throws -> RegistryNode {
                try RegistryNode.open(
                    databaseURL: url,
                    options: RegistryNodeOptions(nodeName: "\(role)", role: role, model: "cl"))
            }
            let directories = (try TemporaryDirectory(), try TemporaryDirectory())
            var options = ServerOptions(journal: directories.0.journal)
            options.port = 0
            let writerNode = try node(.writer)
            defer { writerNode.close() }
            let writer = try RegistryServer.start(writerNode, options: options)
            defer { writer.stop() }
            options.journal = directories.1.journal
            let readerNode = try node(.reader)
            defer { readerNode.close() }
            let reader = try RegistryServer.start(readerNode, options: options)
            defer { reader.stop() }
            try body(
                Scene(
                    writer: writer, reader: reader, readerNode: readerNode,
                    journal: directories.0.journal.directory, steward: steward, feeder: feeder))
        }
    }

    private let ana =
        "given=Ana family=Sotomayorga mothers_family=Rojas birth_date=1980-02-29 sex=F "
        + "national_id=12345678-5"
    private let luis = "given=Luis family=Carrasco birth_date=1975-11-30 sex=M"

    private func refusal(_ connection: inout RegistryConnection, _ line: String)
        -> RegistryErrorCode?
    {
        do throws(RegistryConnectionError) {
            _ = try connection.request(line)
        } catch {
            if case .refused(let refusal) = error { return refusal.code }
        }
        return nil
    }

    /// Whether any answer of a verb that tells of persons holds the name.
    private func tells(_ connection: inout RegistryConnection, _ euid: String) throws -> [String] {
        let questions = [
            "GET patient north:7", "GET patient cl-run:12345678-5", "GET patient euid:\(euid)",
            "MATCH \(ana)", "SHOW north:7", "SHOW euid:\(euid)", "HISTORY north:7",
            "HISTORY euid:\(euid)", "COMPARE north:7 north:9", "XREF north:7",
        ]
        return questions.filter { question in
            guard let reply = try? connection.request(question) else { return false }
            let text = ((try? reply.objects()) ?? []).map { "\($0)" }.joined()
            return text.contains("Sotomayorga") || text.contains("12345678")
        }
    }

    @Test func nobodyIsToldButInAnEmergency() throws {
        try withScene { scene in
            var feeder = try scene.connect(scene.feeder)
            let put = try feeder.request("PUT patient source=north local_id=7 \(ana)").objects()[0]
            let euid = try #require(put["euid"]?.string)
            _ = try feeder.request("PUT patient source=north local_id=9 \(luis)")
            var steward = try scene.connect(scene.steward)
            #expect(try tells(&steward, euid).count >= 8)
            let restrict = try steward.request("RESTRICT north:7 reason=\"court order\"")
            let operation = try #require(restrict.objects()[0]["operation"]?.integer)
            let position = try #require(restrict.objects()[0]["position"]?.string)
            let deadline = Date(timeIntervalSinceNow: 60)
            while "\(scene.readerNode.status().position)" != position, Date() < deadline {
                usleep(2_000)
            }
            for toReader in [false, true] {
                var asSteward = try scene.connect(scene.steward, toReader: toReader)
                #expect(try tells(&asSteward, euid) == [])
                #expect(refusal(&asSteward, "COMPARE north:7 north:9") == .forbidden)
                #expect(refusal(&asSteward, "XREF north:7") == .forbidden)
                #expect(
                    try asSteward.request("SHOW north:7").objects()[0]["restricted"]
                        == .boolean(true))
                var asFeeder = try scene.connect(
                    scene.feeder, purpose: "emergency", toReader: toReader)
                #expect(try tells(&asFeeder, euid) == [])
                var opening = try scene.connect(
                    scene.steward, purpose: "emergency", toReader: toReader)
                #expect(try tells(&opening, euid).count >= 9)
            }
            #expect(try scene.outcomes("HISTORY", purpose: "") == ["ok", "ok", "masked", "masked"])
            #expect(
                try scene.outcomes("COMPARE", purpose: "emergency").last == "opened-restricted")
            #expect(
                Set(try scene.outcomes("SHOW", purpose: "emergency")) == [
                    "forbidden", "opened-restricted",
                ])
            #expect(try scene.outcomes("XREF", purpose: "emergency").contains("opened-restricted"))
            _ = try steward.request("UNDO \(operation) reason=\"lifted\"")
            #expect(try tells(&steward, euid).count >= 8)
        }
    }

    /// A record that is restricted is told under no person whose it once was, nor is what others of its
    /// person have said under the identifiers that they had.
    @Test func thePastOfOtherPersonsDoesNotTell() throws {
        try withScene { scene in
            var feeder = try scene.connect(scene.feeder)
            func put(_ id: String, _ person: String) throws -> String {
                let answer = try feeder.request("PUT patient source=north local_id=\(id) \(person)")
                return try #require(answer.objects()[0]["euid"]?.string)
            }
            let ana = try put("7", ana)
            let luis = try put("9", luis)
            let marta = try put("11", "given=Marta family=Ibarra birth_date=1991-07-04 sex=F")
            var steward = try scene.connect(scene.steward)
            // Ana's record was Luis's for a while, by mistake, and is Marta's now.
            _ = try steward.request("LINK north:7 to=\(luis) reason=\"a\"")
            _ = try steward.request("UNLINK north:7 rejoin=yes reason=\"a\"")
            _ = try steward.request("LINK north:7 to=\(marta) reason=\"b\"")
            _ = try steward.request("RESTRICT north:7 reason=\"c\"")
            for question in [
                "HISTORY euid:\(ana)", "HISTORY euid:\(luis)", "HISTORY euid:\(marta)",
                "SHOW euid:\(marta)",
            ] {
                guard let reply = try? steward.request(question) else { continue }
                let text = try reply.objects().map { "\($0)" }.joined()
                #expect(!text.contains("Sotomayorga") && !text.contains("Ibarra"), "\(question)")
            }
            let now = try steward.request("SHOW euid:\(luis)").objects()[0]
            #expect(now["golden"]?["family"]?.string == "Carrasco")
        }
    }
}
