import Extracts
import Foundation
import Identity
import Registry
import RegistryModel
import RegistryStore
import Testing

/// A source's rules say what its bad identifiers get, for single submissions and loads alike.
///
/// Method: a node over a real database, literal persons, refusals by their lines.
@Suite(.timeLimit(.minutes(10))) struct SourceRuleTests {
    private let ana = TestRegistry.person(
        [
            .given: "Ana María", .family: "Huenchullán", .mothersFamily: "Quispe",
            .birthDate: "1984-03-17", .sex: "F", .municipality: "Arica",
        ], run: "12.345.678-5")

    private static let sources = [
        Source(code: "clinic"),
        Source(code: "strict", rules: SourceRules(badIdentifiers: .reject)),
        Source(code: "careful", rules: SourceRules(badIdentifiers: .quarantine)),
        Source(code: "school", rules: SourceRules(isOfTests: true)),
    ]

    /// Ana with other identifiers.
    private func anaWith(_ identifiers: (String, String)...) -> PersonRecord {
        var person = ana
        person.identifiers = identifiers.map { LocalIdentifier(authority: $0, value: $1) }
        return person
    }

    @Test func aStrictSourceIsToldWhatIsWrong() throws {
        let cases: [(PersonRecord, RegistryErrorCode, String)] = [
            (
                anaWith(("cl-run", "12345678-6")), .invalidIdentifier,
                "the check digit of cl-run is wrong; look at the number again"
            ),
            (
                anaWith(("cl-run", "SIN DOCUMENTACION")), .invalidIdentifier,
                "the value of cl-run does not have the authority's format"
            ),
            (anaWith(("nowhere", "1")), .unknownAuthority, "unknown authority nowhere"),
            (
                anaWith(("fr-ins-nir", "279035121518989"), ("fr-ins-status", "vali")),
                .invalidIdentifier,
                "fr-ins-nir stands on an identity of status VALI; only QUAL carries it"
            ),
            (
                anaWith(("fr-ins-nir-test", "279035121518989")), .invalidIdentifier,
                "fr-ins-nir-test numbers invented patients, and this is no source of tests"
            ),
        ]
        try TestRegistry.withNode(sources: Self.sources) { node, _ in
            for (person, code, message) in cases {
                let refusal = #expect(throws: RegistryError.self) {
                    _ = try TestRegistry.submit(node, "strict", "1", person)
                }
                #expect(refusal == RegistryError(code, message))
            }
            for person in [
                ana, anaWith(("cl-run", "11.111.111-1")), anaWith(("clinic", "A-1")),
                anaWith(("fr-ins-nir", "279035121518989"), ("fr-ins-status", "QUAL")),
            ] {
                _ = try TestRegistry.submit(node, "strict", "1", person)
            }
            #expect(node.status().records == 1)
        }
    }

    @Test func othersAreTakenAsTheyAre() throws {
        try TestRegistry.withNode(sources: Self.sources) { node, _ in
            let receipt = try TestRegistry.submit(
                node, "clinic", "1", anaWith(("cl-run", "12345678-6")))
            let found = try node.patient(
                .identifier(LocalIdentifier(authority: "cl-run", value: "12.345.678-6")))
            #expect(found.enterpriseIdentifier == receipt.enterpriseIdentifier)
            let refusal = #expect(throws: RegistryError.self) {
                _ = try node.patient(
                    .identifier(LocalIdentifier(authority: "fr-ins-status", value: "QUAL")))
            }
            #expect(refusal?.code == .invalidIdentifier)
        }
    }

    @Test func aBadNumberInQuarantineJoinsNobodyUntilItIsMended() throws {
        try TestRegistry.withNode(sources: Self.sources) { node, url in
            let first = try TestRegistry.submit(node, "clinic", "A-1", ana)
            let bad = anaWith(("cl-run", "12345678-6"))
            let held = try TestRegistry.submit(node, "careful", "1", bad)
            #expect(held.outcome == .review)
            #expect(held.enterpriseIdentifier != first.enterpriseIdentifier)
            #expect(node.status().reviewTasks == 1)
            var session = try RegistrySession(databaseURL: url)
            let task = try session.openTasks().first
            #expect(task?.kind == .identifierConflict)
            #expect(task?.record == 2 && task?.otherRecord == 2)
            // Nor does anybody join it: the twin record goes to the first person.
            let third = try TestRegistry.submit(node, "clinic", "A-2", ana)
            #expect(third.enterpriseIdentifier == first.enterpriseIdentifier)
            // Mended, it moves to where it belongs.
            let mended = try TestRegistry.submit(node, "careful", "1", ana)
            #expect(mended.outcome == .updated)
            #expect(mended.enterpriseIdentifier == first.enterpriseIdentifier)
            #expect(try session.verify().findings == [])
        }
    }

    @Test func inventedPatientsNeverMeetPersons() throws {
        try TestRegistry.withNode(sources: Self.sources) { node, url in
            let first = try TestRegistry.submit(node, "clinic", "A-1", anaWith(("clinic", "9")))
            let test = anaWith(("fr-ins-nir-test", "279035121518989"))
            let invented = try TestRegistry.submit(node, "school", "1", test)
            #expect(invented.outcome == .created)
            #expect(invented.enterpriseIdentifier != first.enterpriseIdentifier)
            #expect(node.status().reviewTasks == 0)
            let again = try TestRegistry.submit(node, "school", "2", test)
            #expect(again.enterpriseIdentifier == invented.enterpriseIdentifier)
            let refusal = #expect(throws: RegistryError.self) {
                _ = try TestRegistry.submit(node, "school", "3", ana)
            }
            #expect(
                refusal?.message == "a source of tests cannot state a person's number of cl-run")
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func aLoadRejectsTheSameRows() throws {
        try TestRegistry.withDatabase { url in
            var session = try RegistrySession(databaseURL: url)
            for source in Self.sources { _ = try session.add(source) }
            let path = NSTemporaryDirectory() + "rules-\(UUID().uuidString).csv"
            defer { try? FileManager.default.removeItem(atPath: path) }
            try """
            record_id,source,given,family,birth_date,sex,run
            1,strict,Ana,Soto,1980-02-29,F,5.126.663-3
            2,strict,Luis,Carrasco,1975-11-30,M,5.126.663-4
            3,clinic,Marta,Ibarra,1991-07-04,F,5.126.663-4

            """.write(toFile: path, atomically: true, encoding: .utf8)
            var reasons: [String] = []
            let summary = try LoadJob(
                databaseURL: url, request: LoadRequest(path: path, actor: "test"),
                node: TestRegistry.options("load")
            ).run(rejected: { reasons.append("\($0.lineNumber): \($0.reason)") })
            #expect(
                reasons == ["3: the check digit of cl-run is wrong; look at the number again"])
            #expect(summary.rejected == 1)
            #expect(summary.newRecords == 2)
        }
    }
}
