import SeededTesting
import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Testing

/// Providers are persons in a realm of their own: nothing of a patient ever meets anything of a provider.
///
/// Method: random histories of registrations, decisions, loads and rematches in which the same few
/// people are patients and providers, on a real database, after which no person, task, constraint or
/// answer has something of both; the registry of patients beside providers against the same one without
/// them; a physician who is a patient, literally. A failure names its seed.
@Suite(.timeLimit(.minutes(10))) struct RealmTests {
    static let sources = [
        Source(code: "clinic"), Source(code: "hospital"),
        Source(code: "college", realm: .provider), Source(code: "council", realm: .provider),
    ]

    @Test(arguments: PropertySeeds.seeds(2)) func nothingCrossesRealms(seed: UInt64) throws {
        try TestRegistry.withNode(sources: Self.sources) { node, url in
            var history = RealmHistory(node, url, seed: seed)
            for _ in 0..<200 { try history.step() }
            try history.check(node)
            // So does a node that reads all of it anew.
            let reader = try RegistryNode.open(
                databaseURL: url, options: TestRegistry.options("reader", role: .reader))
            defer { reader.close() }
            try history.check(reader)
            #expect(history.refusedAcross > 10, "seed \(seed)")
        }
    }

    @Test func whatASourceDoesToItsRecordsIsOfItsOwnRegistry() throws {
        try TestRegistry.withNode(sources: Self.sources) { node, url in
            let person = DecisionRegistry.person(1)
            for (source, realm) in [("clinic", Realm.patient), ("college", .provider)] {
                let answer = Promised<SubmissionReceipt>()
                node.submit(
                    PatientSubmission(source: source, localID: "1", person: person, realm: realm),
                    actor: "test"
                ) { answer.set($0) }
                _ = try answer.wait().get()
            }
            func refusal(_ decision: Decision, of realm: Realm) -> String? {
                let answer = Promised<DecisionOutcome>()
                var request = DecisionRequest(decision, actor: "test", reason: "test")
                request.realm = realm
                node.decide(request) { answer.set($0) }
                guard case .failure(let error) = answer.wait() else { return nil }
                return error.message
            }
            let (patient, provider) = (
                LocalIdentifier(authority: "clinic", value: "1"),
                LocalIdentifier(authority: "college", value: "1")
            )
            #expect(
                refusal(.retire(provider, into: nil), of: .patient)
                    == "the source's records are of providers: RETIRE provider")
            #expect(
                refusal(.renumber(patient, to: "2"), of: .provider)
                    == "the source's records are of patients: RENUMBER patient")
            #expect(refusal(.renumber(patient, to: "2"), of: .patient) == nil)
            #expect(refusal(.retire(provider, into: nil), of: .provider) == nil)
        }
    }

    @Test func patientsAreLinkedAsIfThereWereNoProviders() throws {
        let patients = try TestRegistry.extract(persons: 400, seed: 11)
        let providers = try Self.ofProviders(patients)
        func registry(_ extracts: [String]) throws -> (patients: [String], providers: [String]) {
            try TestRegistry.withDatabase { url in
                try Self.addProviderSources(of: patients, to: url)
                for path in extracts { _ = try TestRegistry.load(path, into: url) }
                #expect(try TestRegistry.findings(in: url) == [])
                let before = try TestRegistry.endState(of: url)
                try Rematches.rematch(url, automatic: 12, review: 4)
                try Self.expectApart(url)
                #expect(try TestRegistry.findings(in: url) == [])
                let all = before + (try TestRegistry.endState(of: url))
                return (all.filter { !$0.contains("pro-") }, all.filter { $0.contains("pro-") })
            }
        }
        let alone = try registry([patients])
        let beside = try registry([providers, patients])
        #expect(alone.providers == [])
        let difference = Set(alone.patients).symmetricDifference(beside.patients)
        #expect(difference.isEmpty, "\(difference.count) lines differ")
        // The same said of providers comes to the same, but where the order of equals decides.
        let mirrored = Set(beside.providers.map { $0.replacing("pro-", with: "") })
        let unlike = mirrored.symmetricDifference(alone.patients)
        #expect(unlike.count * 50 < alone.patients.count, "\(unlike.count) lines differ")
    }

    @Test func aPhysicianWhoIsAPatientIsTwoPersons() throws {
        try TestRegistry.withNode(sources: Self.sources) { node, url in
            let registry = try DecisionRegistry(node, url, count: 0)
            let ana = TestRegistry.person(
                [.given: "Ana Luisa", .family: "Soto", .birthDate: "1980-02-29"],
                run: "12345678-5")
            let patient = try Self.put(node, "clinic", "1", ana)
            let provider = try Self.put(node, "college", "1", ana)
            #expect(provider.outcome == .created)
            #expect(provider.enterpriseIdentifier != patient.enterpriseIdentifier)
            #expect(try Self.put(node, "hospital", "1", ana).outcome == .linked)
            let also = try Self.put(node, "council", "1", ana)
            #expect(also.outcome == .linked)
            #expect(also.enterpriseIdentifier == provider.enterpriseIdentifier)
            let run = PatientSelector.identifier(
                LocalIdentifier(authority: "cl-run", value: "12345678-5"))
            for (realm, receipt) in [(Realm.patient, patient), (.provider, provider)] {
                let euid = receipt.enterpriseIdentifier
                #expect(try node.person(run, of: realm).enterpriseIdentifier == euid)
                #expect(try node.person(run, of: realm).sourceCount == 2)
                let found = try node.match(ana, of: realm, limit: 10, grade: .possible)
                #expect(found.map(\.patient.enterpriseIdentifier) == [euid])
                #expect(throws: RegistryError.self) {
                    try node.person(
                        .enterpriseIdentifier(euid), of: realm == .patient ? .provider : .patient)
                }
            }
            let clinic = LocalIdentifier(authority: "clinic", value: "1")
            let others = try node.crossReferences(of: clinic, to: [])
            #expect(others.map(\.authority).sorted() == ["cl-run", "hospital"])
            #expect(throws: RegistryError.self) {
                try node.patient(.identifier(LocalIdentifier(authority: "college", value: "1")))
            }
            let (one, other) = (patient.enterpriseIdentifier, provider.enterpriseIdentifier)
            let record = LocalIdentifier(authority: "college", value: "1")
            for decision in [
                Decision.merge(retired: one, survivor: other),
                .merge(retired: other, survivor: one), .link(record, to: one),
                .distinct(.person(one), .person(other)), .confirm(.person(one), .record(record)),
            ] {
                #expect(throws: RegistryError.self) { try registry.decide(decision) }
            }
            #expect(throws: RegistryError.self) {
                try TestRegistry.submit(node, "college", "2", ana)
            }
            #expect(node.status().reviewTasks == 0)
            try Self.expectApart(url)
        }
    }

    /// Registers somebody in the realm of a source.
    static func put(
        _ node: RegistryNode, _ source: String, _ localID: String, _ person: PersonRecord
    ) throws -> SubmissionReceipt {
        let answer = Promised<SubmissionReceipt>()
        let realm = sources.first { $0.code == source }?.realm ?? .patient
        node.submit(
            PatientSubmission(source: source, localID: localID, person: person, realm: realm),
            actor: "test"
        ) { answer.set($0) }
        return try answer.wait().get()
    }

    /// A generated extract as if all of its sources were of providers.
    private static func ofProviders(_ path: String) throws -> String {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let rows = lines.dropFirst().map { line -> String in
            var columns = line.split(separator: ",", omittingEmptySubsequences: false)
                .map(String.init)
            columns[0] = "pro-" + columns[0]
            columns[1] = "pro-" + columns[1]
            return columns.joined(separator: ",")
        }
        let copy = path + ".providers.csv"
        try ([String(lines[0])] + rows).joined(separator: "\n").write(
            toFile: copy, atomically: true, encoding: .utf8)
        return copy
    }

    private static func addProviderSources(of path: String, to url: String) throws {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let codes = Set(
            lines.dropFirst().map {
                String($0.split(separator: ",", omittingEmptySubsequences: false)[1])
            })
        var session = try RegistrySession(databaseURL: url)
        for code in codes.sorted() {
            _ = try session.add(Source(code: "pro-" + code, realm: .provider))
        }
    }

    /// Nothing in the database has something of both realms.
    static func expectApart(_ url: String) throws {
        var connection = try PostgresConnection(DatabaseAddress(url))
        let first = Realm.firstProviderSource
        let mixed = try connection.query(
            """
            SELECT 'person' FROM padron.source_record GROUP BY euid
                HAVING min(source) < \(first) AND max(source) >= \(first)
            UNION ALL SELECT 'task' FROM padron.review_task t
                JOIN padron.source_record l ON l.record = t.record
                JOIN padron.source_record r ON r.record = t.other_record
                WHERE (l.source < \(first)) <> (r.source < \(first))
            UNION ALL SELECT 'constraint' FROM padron.record_constraint c
                JOIN padron.source_record l ON l.record = c.left_record
                JOIN padron.source_record r ON r.record = c.right_record
                WHERE (l.source < \(first)) <> (r.source < \(first))
            """)
        #expect(mixed.isEmpty)
    }
}

/// A random history of a few people who are patients and providers.
private struct RealmHistory {
    private let registry: DecisionRegistry
    private let url: String
    private let seed: UInt64
    private var random: SeededGenerator
    private var records: [(record: LocalIdentifier, realm: Realm)] = []
    private var operations: [Int64] = []
    private(set) var refusedAcross = 0

    init(_ node: RegistryNode, _ url: String, seed: UInt64) {
        registry = DecisionRegistry(node, url, [])
        self.url = url
        self.seed = seed
        random = SeededGenerator(seed: seed)
    }

    mutating func step() throws {
        switch pick(20) {
        case 0..<9: try register()
        case 9: try undo()
        case 10 where records.count > 20: try rematch()
        default: try decide()
        }
    }

    /// States one of ten people in any source, now and then with other values.
    private mutating func register() throws {
        let source = RealmTests.sources[pick(4)]
        let place = pick(10)
        var person = DecisionRegistry.person(place)
        if pick(3) > 0 {
            person.identifiers = [
                LocalIdentifier(authority: "cl-run", value: "1111111\(place % 5)-\(place)")
            ]
        }
        if pick(4) == 0 { person[.given] = "Otro" }
        let localID = "\(pick(15))"
        _ = try RealmTests.put(registry.node, source.code, localID, person)
        let record = LocalIdentifier(authority: source.code, value: localID)
        if !records.contains(where: { $0.record == record }) {
            records.append((record, source.realm))
        }
    }

    private mutating func undo() throws {
        guard let operation = operations.randomElement(using: &random) else { return }
        _ = try? registry.decide(.undo(operation: operation))
    }

    private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    private mutating func rematch() throws {
        try Rematches.rematch(url, automatic: pick(2) == 0 ? 8 : 20, review: -3)
    }

    private mutating func decide() throws {
        guard let one = records.randomElement(using: &random),
            let other = records.randomElement(using: &random), one.record != other.record
        else { return }
        let (left, right) = (try person(one), try person(other))
        let decision: Decision =
            switch pick(4) {
            case 0: .merge(retired: left, survivor: right)
            case 1: .link(one.record, to: right)
            case 2: .distinct(.record(one.record), .record(other.record))
            default: .confirm(.record(one.record), .person(right))
            }
        do {
            let outcome = try registry.decide(decision)
            #expect(one.realm == other.realm, "seed \(seed)")
            if let operation = outcome.operation { operations.append(operation) }
        } catch let error as RegistryError {
            if one.realm != other.realm {
                refusedAcross += 1
                #expect(error.code == .badRequest, "seed \(seed): \(error.message)")
            }
        }
    }

    private func person(
        _ known: (record: LocalIdentifier, realm: Realm)
    ) throws -> EnterpriseIdentifier {
        try registry.node.person(.identifier(known.record), of: known.realm).enterpriseIdentifier
    }

    /// Looks at all there is, from memory and in the database.
    func check(_ node: RegistryNode) throws {
        try RealmTests.expectApart(url)
        #expect(try TestRegistry.findings(in: url) == [], "seed \(seed)")
        var realms: [EnterpriseIdentifier: Realm] = [:]
        for known in records {
            let person = try node.person(.identifier(known.record), of: known.realm)
                .enterpriseIdentifier
            #expect(realms.updateValue(known.realm, forKey: person) ?? known.realm == known.realm)
            let opposite: Realm = known.realm == .patient ? .provider : .patient
            #expect(throws: RegistryError.self) {
                try node.person(.identifier(known.record), of: opposite)
            }
        }
        for place in 0..<10 {
            for realm in Realm.allCases {
                let found = try node.match(
                    DecisionRegistry.person(place), of: realm, limit: 50, grade: .possible)
                for candidate in found {
                    #expect(realms[candidate.patient.enterpriseIdentifier] == realm)
                }
            }
        }
    }
}
