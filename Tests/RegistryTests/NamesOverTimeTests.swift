import Foundation
import Identity
import Linkage
import PostgresClient
import Registry
import RegistryModel
import Testing

/// What a source says of names and numbers over time is kept, found, matched and shown as the contract
/// of `PUT` says.
///
/// Method: a node over a real database, literal persons; answers, histories and a node opened anew.
@Suite(.timeLimit(.minutes(10))) struct NamesOverTimeTests {
    private func person(
        _ given: String, _ family: String, _ numbers: [(String, IdentifierStatus)] = [],
        names: [FurtherName] = []
    ) -> PersonRecord {
        var person = TestRegistry.person([
            .given: given, .family: family, .mothersFamily: "Quispe", .birthDate: "1984-03-17",
            .sex: "F", .municipality: "Arica",
        ])
        person.identifiers = numbers.map {
            LocalIdentifier(authority: "cl-run", value: $0.0, status: $0.1)
        }
        person.names = names
        return person
    }

    private func find(_ node: RegistryNode, _ run: String) -> EnterpriseIdentifier? {
        let run = LocalIdentifier(authority: "cl-run", value: run)
        return try? node.patient(.identifier(run)).enterpriseIdentifier
    }

    private let first = "12345678-5"
    private let second = "5126663-3"
    private let third = "7654321-6"

    @Test func oldNumbersFindAndMistakenOnesDoNot() throws {
        try TestRegistry.withNode { node, url in
            let ana = person(
                "Ana", "Huenchullán", [(first, .current), (second, .old), (third, .mistaken)])
            let receipt = try TestRegistry.submit(node, "clinic", "A-1", ana)
            let reader = try RegistryNode.open(
                databaseURL: url, options: TestRegistry.options("reader", role: .reader))
            defer { reader.close() }
            for node in [node, reader] {
                #expect(find(node, first) == receipt.enterpriseIdentifier)
                #expect(find(node, second) == receipt.enterpriseIdentifier)
                #expect(find(node, third) == nil)
                let answer = try node.patient(
                    .enterpriseIdentifier(receipt.enterpriseIdentifier))
                #expect(answer.person.identifiers == Array(ana.identifiers.prefix(2)))
                #expect(
                    try node.crossReferences(
                        of: LocalIdentifier(authority: "clinic", value: "A-1"), to: ["cl-run"])
                        == [
                            LocalIdentifier(authority: "cl-run", value: first),
                            LocalIdentifier(
                                authority: "cl-run", value: second, status: .old),
                        ])
            }
            // What was a mistake here may be right there.
            let other = try TestRegistry.submit(
                node, "hospital", "9", person("Rosa", "Mamani", [(third, .current)]))
            #expect(find(node, third) == other.enterpriseIdentifier)
            let corrected = person("Ana", "Huenchullán", [(first, .current), (second, .mistaken)])
            _ = try TestRegistry.submit(node, "clinic", "A-1", corrected)
            #expect(find(node, second) == nil)
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func aNumberIsWhoseItIsToday() throws {
        try TestRegistry.withNode { node, url in
            var before = person("Ana María", "Huenchullán", [(first, .current)])
            let today = CalendarDate.todayNumber
            func set(to day: Int32) throws {
                let text = EntryPeriod.text(day)
                before.identifiers[0].validity = try #require(
                    ValidityPeriod(from: nil, to: try WrittenDate(text)))
            }
            var stranger = DecisionRegistry.person(3)
            stranger.identifiers = [LocalIdentifier(authority: "cl-run", value: first)]
            // Days apart, so that no midnight comes between.
            try set(to: today + 1)
            let old = try TestRegistry.submit(node, "clinic", "A-1", before)
            #expect(find(node, first) == old.enterpriseIdentifier)
            let new = try TestRegistry.submit(node, "hospital", "9", stranger)
            #expect(new.enterpriseIdentifier != old.enterpriseIdentifier)
            #expect(find(node, first) == nil)
            try set(to: today - 1)
            _ = try TestRegistry.submit(node, "clinic", "A-1", before)
            #expect(find(node, first) == new.enterpriseIdentifier)
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func aNumberThatWasReplacedIsNoContradiction() throws {
        try TestRegistry.withNode { node, _ in
            let stale = try TestRegistry.submit(
                node, "clinic", "A-1", person("Ana María", "Huenchullán", [(first, .current)]))
            let known = try TestRegistry.submit(
                node, "hospital", "77",
                person("Ana María", "Huenchullán", [(second, .current), (first, .old)]))
            #expect(known.outcome == .linked || known.outcome == .review)
            let stranger = try TestRegistry.submit(
                node, "hospital", "78", person("Ana María", "Huenchullán", [(third, .current)]))
            #expect(stranger.outcome == .review || stranger.outcome == .created)
            #expect(stranger.enterpriseIdentifier != stale.enterpriseIdentifier)
        }
    }

    @Test func aSourceThatReplacesANumberAsksNobody() throws {
        try TestRegistry.withNode { node, url in
            let receipt = try TestRegistry.submit(
                node, "clinic", "A-1", person("Ana María", "Huenchullán", [(first, .current)]))
            var replaced = person("Ana", "Huenchullán", [(second, .current), (first, .current)])
            replaced.identifiers[1].validity = try #require(
                ValidityPeriod(from: nil, to: try WrittenDate("2019-05")))
            let updated = try TestRegistry.submit(node, "clinic", "A-1", replaced)
            #expect(updated.outcome == .updated)
            #expect(updated.enterpriseIdentifier == receipt.enterpriseIdentifier)
            for run in [first, second] { #expect(find(node, run) == receipt.enterpriseIdentifier) }
            let answer = try node.patient(.enterpriseIdentifier(receipt.enterpriseIdentifier))
            #expect(answer.person.identifiers == replaced.identifiers)
            var connection = try PostgresConnection(DatabaseAddress(url))
            let open = try connection.query("SELECT count(*) FROM padron.review_task")
            #expect(try open.single.int(0) == 0)
        }
    }

    @Test func aWomanIsKnownUnderHerFormerSurname() throws {
        try TestRegistry.withNode { node, url in
            let before = try TestRegistry.submit(
                node, "clinic", "A-1", person("Ximena", "Huenchullán"))
            var married = person(
                "Ximena", "Oyarzún", names: [FurtherName(use: .former, family: "Huenchullan")])
            married[.mothersFamily] = ""
            var unknown = married
            unknown.names = []
            let weight = { (asked: PersonRecord) in
                try node.match(asked, limit: 1, grade: .possible).first?.weight ?? -.infinity
            }
            #expect(try weight(married) > weight(unknown) + 4)
            let after = try TestRegistry.submit(node, "hospital", "77", married)
            #expect(after.outcome == .linked || after.outcome == .review)
            if after.outcome == .linked {
                #expect(after.enterpriseIdentifier == before.enterpriseIdentifier)
            }
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func theSocialNameIsAnsweredAndTheHistoryKeepsWhatWasSaid() throws {
        try TestRegistry.withNode { node, url in
            let day: Int64 = 86_400_000_000
            let receipt = try TestRegistry.submit(
                node, "clinic", "A-1", person("Ana", "Huenchullán", [(first, .current)]),
                recordedAt: 10 * day)
            let called = person(
                "Ana", "Huenchullán", [(first, .current)],
                names: [
                    FurtherName(use: .alias, given: "Chica"),
                    FurtherName(use: .social, given: "Alex"),
                ])
            let updated = try TestRegistry.submit(
                node, "clinic", "A-1", called, recordedAt: 11 * day)
            #expect(updated.outcome == .updated)
            #expect(
                try TestRegistry.submit(node, "clinic", "A-1", called, recordedAt: 12 * day)
                    .outcome == .unchanged)
            let answer = try node.patient(.enterpriseIdentifier(receipt.enterpriseIdentifier))
            #expect(answer.person.names.map(\.text) == ["Alex", "Chica"])
            var writer = JSONWriter()
            answer.write(to: &writer)
            let text = String(decoding: writer.bytes, as: UTF8.self)
            #expect(text.contains(#""names":[{"use":"social","given":"Alex"},"#))
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }
}
