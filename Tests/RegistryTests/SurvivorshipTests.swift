import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Testing

/// A change of policy or of an authority reaches a running node, its answers and the stored rows.
///
/// Method: a writing node over a real database, changes made by another session as commands make
/// them, `db verify` before and after.
@Suite(.timeLimit(.minutes(10))) struct SurvivorshipTests {
    private let ana = TestRegistry.person(
        [
            .given: "Ana María", .family: "Huenchullán", .mothersFamily: "Quispe",
            .birthDate: "1984-03-17", .sex: "F", .municipality: "Arica",
        ], run: "12.345.678-5")

    /// Expects that something becomes true within a minute.
    private func expectSoon(
        at location: SourceLocation = #_sourceLocation, _ isDone: () throws -> Bool
    ) rethrows {
        let deadline = Date().addingTimeInterval(60)
        while Date() < deadline {
            if try isDone() { return }
            Thread.sleep(forTimeInterval: 0.02)
        }
        Issue.record("not within a minute", sourceLocation: location)
    }

    /// A person of a record of the clinic, and a later one of the hospital with another municipality.
    private func registerTwice(_ node: RegistryNode) throws -> EnterpriseIdentifier {
        var moved = ana
        moved[.municipality] = "Iquique"
        let first = try TestRegistry.submit(node, "clinic", "A-1", ana, recordedAt: 1)
        let second = try TestRegistry.submit(node, "hospital", "7", moved, recordedAt: 2)
        #expect(second.outcome == .linked)
        #expect(second.enterpriseIdentifier == first.enterpriseIdentifier)
        return first.enterpriseIdentifier
    }

    @Test func aPolicyReachesARunningNodeAndTheStoredRows() throws {
        try TestRegistry.withNode { node, url in
            let person = try registerTwice(node)
            let selector = PatientSelector.enterpriseIdentifier(person)
            #expect(try node.patient(selector).person[.municipality] == "Iquique")
            var session = try RegistrySession(databaseURL: url)
            var policy = SurvivorshipPolicy.standard
            policy.fieldTrust[.municipality] = [.source("clinic")]
            #expect(try session.activate(policy, actor: "test") == 1)
            try expectSoon { try node.patient(selector).person[.municipality] == "Arica" }
            try expectSoon { try !session.goldenBasis().isPending }
            #expect(try session.verify().findings == [])
            #expect(try session.survivorshipPolicies().map(\.policy) == [policy])
            let derivation = try node.derivation(of: selector)
            let municipality = derivation.fields.first { $0.field == .municipality }
            #expect(municipality?.record == 1)
            #expect(municipality?.basis == .rule(.trust))
            #expect(municipality?.rivals == 1)
        }
    }

    @Test func whatNobodyRewroteIsToldAndTheNextWriterRewritesIt() throws {
        try TestRegistry.withDatabase { url in
            var session = try RegistrySession(databaseURL: url)
            for code in ["clinic", "hospital"] { _ = try session.add(Source(code: code)) }
            let first = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            _ = try registerTwice(first)
            first.close()
            var policy = SurvivorshipPolicy.standard
            policy.fieldRules[.municipality] = [.trust]
            policy.fieldTrust[.municipality] = [.source("clinic")]
            _ = try session.activate(policy, actor: "test")
            #expect(
                try session.verify().findings.map(\.description) == [
                    "golden records: 1 follow an earlier policy or authority; the writer rewrites"
                        + " them while a server or a load runs"
                ])
            let second = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            defer { second.close() }
            try expectSoon { try !session.goldenBasis().isPending }
            #expect(try session.verify().findings == [])
        }
    }

    @Test func manyGoldenRecordsAreRewrittenBetweenLiveWrites() throws {
        try TestRegistry.withDatabase { url in
            let path = try TestRegistry.extract(persons: 1_500, seed: 5)
            defer { try? FileManager.default.removeItem(atPath: path) }
            _ = try TestRegistry.load(path, into: url)
            var session = try RegistrySession(databaseURL: url)
            _ = try session.add(Source(code: "clinic"))
            let node = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            defer { node.close() }
            #expect(try session.goldenRecordCount() > 0)
            let policy = SurvivorshipPolicy(defaultRules: [.completeness, .recency])
            _ = try session.activate(policy, actor: "test")
            for number in 0..<40 {
                var person = ana
                person.identifiers = []
                person[.given] = "Ana \(number)"
                person[.birthDate] = "19\(50 + number)-01-17"
                _ = try TestRegistry.submit(node, "clinic", "\(number)", person)
            }
            try expectSoon { try !session.goldenBasis().isPending }
            #expect(try session.verify().findings == [])
        }
    }

    @Test func anAuthorityConcernsThoseAloneWhoHaveAValueOfIt() throws {
        try TestRegistry.withNode { node, url in
            var holder = ana
            holder.identifiers.append(LocalIdentifier(authority: "arica-card", value: "7"))
            for source in ["clinic", "hospital"] {
                _ = try TestRegistry.submit(node, source, "1", holder)
                _ = try TestRegistry.submit(
                    node, source, "2",
                    TestRegistry.person(
                        [.given: "Bruno", .family: "Ñancupil", .birthDate: "1961-05-04"],
                        run: "11222333-9"))
            }
            var session = try RegistrySession(databaseURL: url)
            func rows() throws -> [String] {
                var connection = try PostgresConnection(DatabaseAddress(url))
                return try connection.query(
                    "SELECT xmin || ' ' || euid FROM padron.golden_record ORDER BY sequence"
                ).map { try $0.text(0) }
            }
            let before = try rows()
            #expect(before.count == 2)
            var card = AssigningAuthority(
                code: "arica-card", names: ["es": "Tarjeta"], kind: .regional,
                format: .digits(lengths: 1...6))
            try session.put(card, isNew: true)
            try expectSoon { try !session.goldenBasis().isPending }
            let after = try rows()
            #expect(after[0] != before[0] && after[1] == before[1])
            card.names["fr"] = "Carte"
            try session.put(card, isNew: false)
            #expect(try !session.goldenBasis().isPending)
            #expect(try session.verify().findings == [])
        }
    }

    @Test func anAuthorityReachesARunningNode() throws {
        try TestRegistry.withNode { node, url in
            var person = ana
            person.identifiers = [LocalIdentifier(authority: "arica-card", value: "00 12-34")]
            _ = try TestRegistry.submit(node, "clinic", "A-1", person)
            let asked = PatientSelector.identifier(
                LocalIdentifier(authority: "arica-card", value: "1234"))
            let refusal = #expect(throws: RegistryError.self) { _ = try node.patient(asked) }
            #expect(refusal?.code == .unknownAuthority)
            var session = try RegistrySession(databaseURL: url)
            var card = AssigningAuthority(
                code: "arica-card", names: ["es": "Tarjeta"], kind: .regional,
                format: .digits(lengths: 6...6))
            try session.put(card, isNew: true)
            #expect(throws: StoreError.alreadyExists("authority arica-card")) {
                try session.put(card, isNew: true)
            }
            let spaced = PatientSelector.identifier(
                LocalIdentifier(authority: "arica-card", value: "001234"))
            expectSoon { (try? node.patient(spaced)) != nil }
            card.placeholders.values = ["001234"]
            try session.put(card, isNew: false)
            expectSoon { (try? node.patient(spaced)) == nil }
            let placeholder = #expect(throws: RegistryError.self) { _ = try node.patient(spaced) }
            #expect(placeholder?.code == .invalidIdentifier)
            card.placeholders.values = []
            try session.put(card, isNew: false)
            expectSoon { (try? node.patient(spaced)) != nil }
            #expect(try session.verify().findings == [])
        }
    }
}
