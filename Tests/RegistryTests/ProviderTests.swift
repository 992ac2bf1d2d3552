import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Testing

/// A provider is answered with what all of its records' registers say, on any day, and coverage with what
/// all insurers say of all of a patient's identifiers.
///
/// Method: literal persons and entries, imported by the code of `padron import` into a real database
/// beside a writing node; merges and their undo between answers; days at the ends of what is said.
@Suite(.timeLimit(.minutes(10))) struct ProviderTests {
    private static let run = LocalIdentifier(authority: "cl-run", value: "12345678-5")
    private static let ana = TestRegistry.person(
        [.given: "Ana Luisa", .family: "Soto", .birthDate: "1980-02-29"], run: "12345678-5")

    @Test func professionsFollowTheRecords() throws {
        try TestRegistry.withNode(sources: RealmTests.sources) { node, url in
            let registry = DecisionRegistry(node, url, [])
            try Catalogs.importing(
                [("101100", #"{"name":{"es":"Hospital de Arica"}}"#)],
                into: .init(.facility, "cl-deis"),
                url)
            try Catalogs.importing(
                [
                    (
                        "1",
                        #"{"profession":[{"profession":"physician"}],"affiliation":[{"#
                            + #""facility":"cl-deis:101100","role":"chief"}],"licence":[{"#
                            + #""authority":"cl-rnpi","number":"7","status":"active"}]}"#
                    ),
                    (
                        "2",
                        #"{"specialty":[{"specialty":"surgery"}],"suspension":[{"#
                            + #""reason":"inquiry","from":"2024-03-01","through":"2024-03-31"}]}"#
                    ),
                ], into: .init(.provider, "college"), url)
            let one = try RealmTests.put(node, "college", "1", DecisionRegistry.person(0))
            let other = try RealmTests.put(node, "college", "2", DecisionRegistry.person(1))
            let before = try answers(node, day: "2024-03-15")
            #expect(before[0].contains(#""licence_status":"active""#))
            #expect(before[0].contains(#""name":"Hospital de Arica","role":"chief""#))
            #expect(before[1].contains(#""licence_status":"suspended""#))
            let merge = try registry.decide(
                .merge(retired: other.enterpriseIdentifier, survivor: one.enterpriseIdentifier))
            let merged = try answers(node, day: "2024-03-15")
            #expect(merged[0] == merged[1])
            #expect(merged[0].contains("physician") && merged[0].contains("surgery"))
            #expect(merged[0].contains(#""licence_status":"suspended""#))
            #expect(
                try answers(node, day: "2024-04-01")[0].contains(#""licence_status":"active""#))
            try registry.decide(
                .unmerge(operation: try #require(merge.operation), mayRejoin: false))
            #expect(
                try answers(node, day: "2024-03-15").map(Self.professions)
                    == before.map(Self.professions))
        }
    }

    /// What is answered of both records on a day.
    private func answers(_ node: RegistryNode, day: String) throws -> [String] {
        try ["1", "2"].map { localID in
            let answer = Promised<ProviderAnswer>()
            node.provider(
                .identifier(LocalIdentifier(authority: "college", value: localID)),
                on: EntryPeriod.day(day)
            ) { answer.set($0) }
            var writer = JSONWriter()
            try answer.wait().get().write(to: &writer)
            return writer.text
        }
    }

    /// An answer from the professions on: versions of persons rise with each decision.
    private static func professions(_ answer: String) -> String {
        String(answer[(answer.range(of: #""as_of""#)?.lowerBound ?? answer.startIndex)...])
    }

    private func coverage(
        _ node: RegistryNode, _ identifier: LocalIdentifier, _ day: String
    ) throws -> Eligibility {
        let answer = Promised<CoverageAnswer>()
        node.coverage(of: identifier, on: EntryPeriod.day(day)) { answer.set($0) }
        return try answer.wait().get().eligibility
    }

    @Test func coverageFollowsAllIdentifiers() throws {
        try TestRegistry.withNode(sources: RealmTests.sources) { node, url in
            let registry = DecisionRegistry(node, url, [])
            let one = try RealmTests.put(node, "clinic", "1", Self.ana)
            let other = try RealmTests.put(node, "hospital", "9", DecisionRegistry.person(3))
            let member = #"{"plan":"mai","tier":"B","status":"active"}"#
            try Catalogs.importing(
                [("cl-run:12.345.678-5", member), ("cl-run:11222333-9", member)],
                into: .init(.coverage, "fonasa"), url, from: "2024-01-01", through: "2024-12-31")
            try Catalogs.importing(
                [("hospital:9", #"{"plan":"own"}"#)], into: .init(.coverage, "isapre"), url)
            let asWritten = LocalIdentifier(authority: "cl-run", value: "12.345.678-5")
            for (day, reason) in [
                ("2023-12-31", "begins on 2024-01-01"), ("2024-01-01", "active"),
                ("2024-12-31", "active"), ("2025-01-01", "expired on 2024-12-31"),
            ] {
                let found = try coverage(node, asWritten, day)
                #expect(found.reason == reason, "\(day)")
                #expect(found.person == one.enterpriseIdentifier)
            }
            let clinic = LocalIdentifier(authority: "clinic", value: "1")
            #expect(try coverage(node, clinic, "2024-06-01").isEligible)
            // Nobody in the index has this number, and the insurer knows it.
            let unknown = LocalIdentifier(authority: "cl-run", value: "11222333-9")
            #expect(try coverage(node, unknown, "2024-06-01").isEligible)
            #expect(try coverage(node, unknown, "2024-06-01").person == nil)
            let nobody = LocalIdentifier(authority: "cl-run", value: "5126663-3")
            #expect(try coverage(node, nobody, "2024-06-01").reason == "unknown to all insurers")
            let merge = try registry.decide(
                .merge(retired: other.enterpriseIdentifier, survivor: one.enterpriseIdentifier))
            #expect(try coverage(node, clinic, "2024-06-01").statements.count == 2)
            #expect(try coverage(node, clinic, "2025-06-01").reason == "active")
            try registry.undo(merge)
            #expect(try coverage(node, clinic, "2024-06-01").statements.count == 1)
            #expect(try coverage(node, clinic, "2025-06-01").reason == "expired on 2024-12-31")
            #expect(throws: RegistryError.self) {
                try coverage(node, LocalIdentifier(authority: "nobody", value: "1"), "2024-06-01")
            }
        }
    }
}

extension ProviderTests {
    /// The codes of all entries of a kind, of whatever release.
    private func codes(_ kind: CatalogKind, in url: String) throws -> [String] {
        var connection = try PostgresConnection(DatabaseAddress(url))
        return try connection.query(
            """
            SELECT DISTINCT e.code FROM padron.catalog_entry e
            JOIN padron.catalog_release r USING (release) JOIN padron.catalog c USING (catalog)
            WHERE c.kind = \(kind.rawValue) ORDER BY 1
            """
        ).map { try $0.text(0) }
    }

    private func erase(_ record: LocalIdentifier, _ registry: DecisionRegistry) throws {
        var session = try RegistrySession(DatabaseAddress(registry.url))
        let erasure = try ErasureRequest.make(
            of: .record(record), basis: "order 7", actor: "os:adam", &session)
        try registry.decide(.erase(request: erasure.number))
    }

    @Test func whatIsErasedLeavesCoverageAndProfessionsToo() throws {
        try TestRegistry.withNode(sources: RealmTests.sources) { node, url in
            let registry = DecisionRegistry(node, url, [])
            let luis = TestRegistry.person(
                [.given: "Luis", .family: "Carrasco", .birthDate: "1975-11-30"], run: "5126663-3")
            _ = try RealmTests.put(node, "clinic", "1", Self.ana)
            _ = try RealmTests.put(node, "clinic", "2", luis)
            _ = try RealmTests.put(node, "hospital", "2", luis)
            _ = try RealmTests.put(node, "college", "1", Self.ana)
            let coverage = CatalogKey(.coverage, "fonasa")
            let members = ["cl-run:12345678-5", "clinic:1", "clinic:2", "cl-run:5126663-3"]
            for tier in ["A", "B"] {
                try Catalogs.importing(
                    members.map { ($0, #"{"tier":"\#(tier)"}"#) }, into: coverage, url)
            }
            try Catalogs.importing(
                [("1", #"{"language":["es"]}"#), ("2", #"{"language":["es"]}"#)],
                into: CatalogKey(.provider, "college"), url)
            try erase(LocalIdentifier(authority: "clinic", value: "1"), registry)
            #expect(try codes(.coverage, in: url) == ["cl-run:5126663-3", "clinic:2"])
            // Another record states this number still.
            try erase(LocalIdentifier(authority: "clinic", value: "2"), registry)
            #expect(try codes(.coverage, in: url) == ["cl-run:5126663-3"])
            #expect(try codes(.provider, in: url) == ["1", "2"])
            try erase(LocalIdentifier(authority: "college", value: "1"), registry)
            #expect(try codes(.provider, in: url) == ["2"])
            #expect(try TestRegistry.findings(in: url) == [])
            // The insurer's next file says it again, by a statement of its own.
            try Catalogs.importing([("cl-run:12345678-5", #"{"tier":"B"}"#)], into: coverage, url)
            #expect(try codes(.coverage, in: url).contains("cl-run:12345678-5"))
        }
    }

    @Test func referencesThatLeadNowhereAreFound() throws {
        try TestRegistry.withDatabase { url in
            let name = #""name":{"es":"x"}"#
            try Catalogs.importing(
                [("15101", "{\(name)}"), ("15102", "{\(name)}")], into: .init(.place, "cl-comuna"),
                url)
            try Catalogs.importing(
                [
                    ("101100", "{\(name),\"place\":\"cl-comuna:15101\"}"),
                    ("101101", "{\(name),\"place\":\"cl-comuna:15102\"}"),
                    ("101102", "{\(name),\"place\":\"cl-comuna:15103\"}"),
                    ("101103", "{\(name),\"service\":[\"cl-none:1\"]}"),
                ], into: .init(.facility, "cl-deis"), url)
            try Catalogs.importing(
                [
                    (
                        "1",
                        #"{"affiliation":[{"role":"x","facility":"cl-deis:199999"},"#
                            + #"{"role":"y","facility":"cl-deis:101100"}]}"#
                    )
                ], into: .init(.provider, "college"), url)
            func problems(staged release: Int64? = nil) throws -> [String] {
                let check = ReferenceCheck(on: 20_500)
                let found =
                    try release.map { try check.run(release: $0, databaseURL: url) }
                    ?? check.run(databaseURL: url)
                return found.sorts.flatMap { sort in
                    (found.samples[sort] ?? []).map {
                        "\($0.code) \($0.field) \($0.reference.text) \($0.problem.rawValue)"
                    }
                }
            }
            let unknown = [
                "101102 place cl-comuna:15103 unknown", "101103 service cl-none:1 no-such-catalog",
                "1 affiliation.facility cl-deis:199999 unknown",
            ]
            #expect(try problems() == unknown)
            let staged = try TestCatalog.take(
                [TestCatalog.row(2, "15101")], TestCatalog.request(.init(.place, "cl-comuna")),
                into: url, activates: false)
            #expect(
                try problems(staged: staged.report.release)
                    == ["101101 place cl-comuna:15102 closed"])
            // The next file has one municipality less: it is closed, and a facility is left behind.
            try Catalogs.importing([("15101", "{\(name)}")], into: .init(.place, "cl-comuna"), url)
            #expect(
                try problems() == ["101101 place cl-comuna:15102 closed"] + unknown)
        }
    }
}

/// Small catalogs of literal entries.
enum Catalogs {
    /// Imports entries, JSON by code, and makes the release live.
    static func importing(
        _ entries: [(code: String, json: String)], into catalog: CatalogKey, _ url: String,
        scope: ReleaseScope = .full, from: String? = nil, through: String? = nil
    ) throws {
        let period = EntryPeriod(
            from: from.flatMap(EntryPeriod.day), through: through.flatMap(EntryPeriod.day))
        let job = ImportJob(
            databaseURL: url,
            request: ImportRequest(
                catalog: catalog, scope: scope, fileName: "test.csv", effectiveDay: 20_000,
                actor: "test"))
        let report = try job.run(
            entries: { body in
                for (line, entry) in entries.enumerated() {
                    guard case .object(let members) = try JSONParser.parse(Array(entry.json.utf8))
                    else { continue }
                    try body(
                        .success(
                            StatedEntry(
                                line: line + 2, code: entry.code, period: period ?? .always,
                                members: members)))
                }
            },
            afterwards: { report in
                guard let release = report.release else { return }
                _ = try ReleaseJob(databaseURL: url).activate(
                    release, actor: "test", reason: "test")
            })
        try #require(report.refusals.isEmpty, "\(report.refusals)")
    }
}
