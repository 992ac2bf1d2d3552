import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Testing

/// What is erased is gone from the database and from every node, and never comes back by itself.
///
/// Method: a person with versions, a merge, a renumbering, reasons and staged rows is erased; every
/// column of every table is then searched for each of its values, a following node is asked, and
/// each way by which something could come back is tried.
@Suite(.timeLimit(.minutes(10))) struct ErasureTests {
    private let ana: [DemographicField: String] = [
        .given: "Anatolia", .family: "Sotomayorga", .birthDate: "1980-02-29", .phone: "987650001",
        .address: "Pasaje Qzx 77",
    ]
    private let values = [
        "Anatolia", "Sotomayorga", "1980-02-29", "987650001", "Pasaje Qzx", "5126663", "5.126.663",
        "K-2001", "K-2002", "H-3001", "zwilling",
    ]

    /// A registry with Ana in two records, of whom one was renumbered, and Luis; `erase` grants.
    private struct Scene {
        let node: RegistryNode
        let url: String
        let ana: EnterpriseIdentifier
        let luis: EnterpriseIdentifier
        let merge: Int64
        let retire: Int64

        func decide(_ decision: Decision, actor: String = "os:eva") throws -> DecisionOutcome {
            let answer = Promised<DecisionOutcome>()
            node.decide(
                DecisionRequest(decision, actor: actor, reason: "zwilling of somebody")
            ) { answer.set($0) }
            return try answer.wait().get()
        }

        func request(_ subject: DecisionSubject) throws -> Erasure {
            var session = try RegistrySession(DatabaseAddress(url))
            return try ErasureRequest.make(
                of: subject, basis: "order 7 of 2026", actor: "os:adam", &session)
        }

        func refusal(_ body: () throws -> Void) -> RegistryErrorCode? {
            do { try body() } catch { return (error as? RegistryError)?.code }
            return nil
        }
    }

    private func withScene(_ body: (Scene) throws -> Void) throws {
        try TestRegistry.withNode { node, url in
            func put(_ source: String, _ localID: String, _ values: [DemographicField: String])
                throws -> EnterpriseIdentifier
            {
                try TestRegistry.submit(
                    node, source, localID,
                    TestRegistry.person(values, run: values[.given] == "Luis" ? nil : "5126663-3")
                ).enterpriseIdentifier
            }
            var changed = ana
            changed[.phone] = "987650009"
            let first = try put("clinic", "K-2001", changed)
            _ = try put("clinic", "K-2001", ana)
            let second = try put(
                "hospital", "H-3001", [.given: "Anatolia", .birthDate: "1980-02-29"])
            let luis = try put(
                "hospital", "L-1",
                [
                    .given: "Luis", .family: "Carrasco", .birthDate: "1975-11-30",
                ])
            var scene = Scene(
                node: node, url: url, ana: first, luis: luis, merge: 0, retire: 0)
            var merge: Int64 = 0
            if second != first {
                merge = try #require(
                    scene.decide(.merge(retired: second, survivor: first)).operation)
            }
            _ = try scene.decide(
                .renumber(
                    LocalIdentifier(authority: "clinic", value: "K-2001"), to: "K-2002"))
            let retire = try #require(
                scene.decide(
                    .retire(LocalIdentifier(authority: "hospital", value: "H-3001"), into: nil)
                ).operation)
            scene = Scene(
                node: node, url: url, ana: first, luis: luis, merge: merge, retire: retire)
            try body(scene)
        }
    }

    /// The tables in a column of which one of the values stands.
    private func tables(holding values: [String], in url: String) throws -> [String] {
        var connection = try PostgresConnection(DatabaseAddress(url))
        let tables = try connection.query(
            """
            SELECT relname::text FROM pg_class
            WHERE relnamespace = 'padron'::regnamespace AND relkind = 'r'
            """
        ).map { try $0.text(0) }
        var found: [String] = []
        for table in tables + ["pg_statistic"] {
            let name = table == "pg_statistic" ? "pg_catalog.pg_statistic" : "padron.\(table)"
            for value in values {
                let count = try connection.query(
                    SQL(
                        unsafeSQL: """
                            SELECT count(*) FROM \(name) t
                            WHERE t::text ILIKE \(SQL.quoted(literal: "%\(value)%"))
                                OR t::text ILIKE
                                    '%' || encode(\(SQL.quoted(literal: value))::bytea, 'hex') || '%'
                            """)
                ).single.int64(0)
                if count > 0 { found.append("\(table) holds \(value)") }
            }
        }
        return found
    }

    private func erase(_ scene: Scene) throws -> DecisionOutcome {
        let erasure = try scene.request(.person(scene.ana))
        let outcome = try scene.decide(.erase(request: erasure.number))
        var session = try RegistrySession(DatabaseAddress(scene.url))
        try session.cleanAfterErasure()
        return outcome
    }

    @Test func nothingIsLeftInAnyColumn() throws {
        try withScene { scene in
            var connection = try PostgresConnection(DatabaseAddress(scene.url))
            try connection.query(
                """
                INSERT INTO padron.decision_request (content, state, answer)
                VALUES ('{"subject":"clinic:K-2002"}', 'done', '{}')
                """)
            #expect(try !tables(holding: values, in: scene.url).isEmpty)
            let outcome = try erase(scene)
            #expect(outcome.moves == [] && outcome.warnings.count == 2)
            #expect(try tables(holding: values, in: scene.url) == [])
            #expect(try tables(holding: ["Carrasco"], in: scene.url) != [])
            #expect(try TestRegistry.findings(in: scene.url) == [])
        }
    }

    @Test func everyNodeForgetsAtOnce() throws {
        try withScene { scene in
            let reader = try RegistryNode.open(
                databaseURL: scene.url, options: TestRegistry.options("reader", role: .reader))
            defer { reader.close() }
            let outcome = try erase(scene)
            let position = try #require(outcome.position)
            while reader.status().position < position { usleep(10_000) }
            for node in [scene.node, reader] {
                let answer = try node.patient(.enterpriseIdentifier(scene.ana))
                #expect(answer.status == .erased)
                #expect(answer.person == PersonRecord())
                for name in [("clinic", "K-2001"), ("clinic", "K-2002"), ("hospital", "H-3001")] {
                    let error = #expect(throws: RegistryError.self) {
                        try node.patient(
                            .identifier(LocalIdentifier(authority: name.0, value: name.1)))
                    }
                    #expect(error?.code == .notFound)
                    #expect(error?.message == "the source's record was erased")
                }
                #expect(
                    scene.refusal {
                        _ = try node.patient(
                            .identifier(
                                LocalIdentifier(authority: "cl-run", value: "5126663-3")))
                    } == .notFound)
                let found = try node.match(
                    TestRegistry.person(ana, run: "5126663-3"), limit: 5, grade: .possible)
                #expect(!found.contains { $0.patient.enterpriseIdentifier == scene.ana })
            }
            let feed = Promised<FeedPage>()
            reader.feed(
                FeedQuestion(
                    since: LogPosition(epoch: position.epoch, sequence: position.sequence - 1),
                    limit: 5)
            ) { feed.set($0) }
            let event = try #require(try feed.wait().get().events.first)
            #expect(event.kind == .erased)
            #expect(event.persons == [scene.ana])
        }
    }

    @Test func nobodyGrantsTheirOwnRequest() throws {
        try withScene { scene in
            let erasure = try scene.request(.person(scene.ana))
            #expect(
                scene.refusal {
                    _ = try scene.decide(.erase(request: erasure.number), actor: "os:adam")
                } == .forbidden)
            #expect(scene.refusal { _ = try scene.request(.person(scene.ana)) } == .conflict)
            var connection = try PostgresConnection(DatabaseAddress(scene.url))
            for change in [
                "state = 'done', decided_by = 'os:adam', decided_at = now(), operation = 1",
                "requested_by = 'os:other'", "records = '{1}'",
            ] {
                #expect(throws: PostgresError.self) {
                    try connection.query(
                        SQL(unsafeSQL: "UPDATE padron.erasure SET \(change)"))
                }
            }
            var session = try RegistrySession(DatabaseAddress(scene.url))
            try session.refuseErasure(erasure.number, actor: "os:adam")
            #expect(
                scene.refusal { _ = try scene.decide(.erase(request: erasure.number)) }
                    == .conflict)
            #expect(try scene.node.patient(.enterpriseIdentifier(scene.ana)).status == .active)
        }
    }

    @Test func nothingBringsItBack() throws {
        try withScene { scene in
            let outcome = try erase(scene)
            let operation = try #require(outcome.operation)
            #expect(
                scene.refusal { _ = try scene.decide(.undo(operation: operation)) } == .badRequest)
            let undone = try scene.decide(.undo(operation: scene.retire))
            #expect(undone.reinstated == [])
            #expect(undone.warnings.contains { $0.contains("erased by operation \(operation)") })
            if scene.merge > 0 { _ = try scene.decide(.undo(operation: scene.merge)) }
            #expect(try tables(holding: values.dropLast(), in: scene.url) == [])
            #expect(
                scene.refusal {
                    _ = try scene.decide(.merge(retired: scene.ana, survivor: scene.luis))
                } == .conflict)
            for localID in ["K-2001", "K-2002", "erased-1"] {
                #expect(
                    scene.refusal {
                        _ = try TestRegistry.submit(
                            scene.node, "clinic", localID, TestRegistry.person(ana))
                    } == .conflict)
            }
            var session = try RegistrySession(DatabaseAddress(scene.url))
            let clinic = try #require(try session.sources().first { $0.source.code == "clinic" })
            try session.allowErasedName(
                source: clinic.number, localID: "K-2002", actor: "os:eva", reason: "came back")
            let deadline = Date() + 60
            var receipt: SubmissionReceipt?
            while receipt == nil, Date() < deadline {
                receipt = try? TestRegistry.submit(
                    scene.node, "clinic", "K-2002", TestRegistry.person(ana))
                usleep(50_000)
            }
            #expect(receipt?.outcome == .created)
            #expect(receipt?.enterpriseIdentifier != scene.ana)
            #expect(try TestRegistry.findings(in: scene.url) == [])
        }
    }

    @Test func oneRecordIsErasedAndThePersonStays() throws {
        try withScene { scene in
            let outcome = try scene.decide(.undo(operation: scene.retire))
            #expect(outcome.reinstated.count == 1)
            let erasure = try scene.request(
                .record(LocalIdentifier(authority: "hospital", value: "H-3001")))
            _ = try scene.decide(.erase(request: erasure.number))
            let answer = try scene.node.patient(.enterpriseIdentifier(scene.ana))
            #expect(answer.status == .active && answer.sourceCount == 1)
            #expect(answer.person[.family] == "Sotomayorga")
            #expect(try TestRegistry.findings(in: scene.url) == [])
        }
    }

    /// A file with a row of Ana and one of Marta.
    private func withExtract(_ body: (String) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "erasure-\(UUID().uuidString).csv"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let rows = """
            record_id,source,given,family,birth_date,run
            K-2002,clinic,Anatolia,Sotomayorga,1980-02-29,5126663-3
            M-1,clinic,Marta,Ibarra,1991-07-04,

            """
        try rows.write(toFile: path, atomically: true, encoding: .utf8)
        try body(path)
    }

    @Test func aLoadRejectsWhoWasErased() throws {
        try withExtract { path in
            try withScene { scene in
                _ = try erase(scene)
                let summary = try TestRegistry.load(path, into: scene.url)
                #expect(summary.rejected == 1)
                #expect(summary.counts.total == 1)
                #expect(try tables(holding: values, in: scene.url) == [])
                #expect(try TestRegistry.findings(in: scene.url) == [])
            }
        }
    }

    @Test func stagedRowsAreErasedAndTheirLoadEnds() throws {
        try withExtract { path in
            try withScene { scene in
                var connection = try PostgresConnection(DatabaseAddress(scene.url))
                // A load whose rows are staged and whose turn has not come: a copy of one that is done.
                try connection.executeScript(
                    """
                    CREATE TABLE public.kept (content bytea);
                    CREATE FUNCTION public.keep() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
                        INSERT INTO public.kept VALUES (NEW.content); RETURN NEW; END$$;
                    CREATE TRIGGER keep BEFORE INSERT ON padron.load_chunk
                        FOR EACH ROW EXECUTE FUNCTION public.keep();
                    """)
                _ = try TestRegistry.load(path, into: scene.url)
                try connection.executeScript(
                    """
                    DROP TRIGGER keep ON padron.load_chunk;
                    INSERT INTO padron.load (load, extract_name, extract_digest, state, actor,
                        rows_staged, chunks) VALUES (99, 'x', 'x', 'staging', 'test', 2, 1);
                    INSERT INTO padron.load_chunk SELECT 99, 0, 2, content FROM public.kept;
                    DROP TABLE public.kept;
                    """)
                #expect(
                    try tables(holding: ["Sotomayorga"], in: scene.url).contains {
                        $0.hasPrefix("load_chunk ")
                    })
                _ = try erase(scene)
                #expect(try tables(holding: values, in: scene.url) == [])
                try connection.query("UPDATE padron.load SET state = 'staged' WHERE load = 99")
                try connection.query("NOTIFY padron_work")
                var session = try RegistrySession(DatabaseAddress(scene.url))
                let deadline = Date() + 60
                while try session.load(99).state != .done, Date() < deadline { usleep(20_000) }
                #expect(try session.load(99).counts.unchanged == 2)
                #expect(try TestRegistry.findings(in: scene.url) == [])
            }
        }
    }
}
