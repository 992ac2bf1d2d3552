import Identity
import Registry
import RegistryModel
import Testing

/// A new version of a record takes it to the person it belongs to, unless that is a steward's to say.
///
/// Method: literal persons on a real database; after each test the database is proved sound.
@Suite struct UpdateTests {
    private let right = TestRegistry.person(
        [
            .given: "Rayén Antonia", .family: "Huenchullán", .mothersFamily: "Quispe",
            .birthDate: "1984-03-17", .sex: "F", .phone: "+56 9 8123 4477",
            .address: "Los Notros 1187", .municipality: "Ancud",
        ], run: "12.345.678-5")

    /// What the clinic said first: without the number, under another name and date.
    private let wrong = TestRegistry.person([
        .given: "Rosa", .family: "Huenchullán", .mothersFamily: "Quispe",
        .birthDate: "1961-11-02", .sex: "F", .phone: "+56 9 8123 4477",
        .address: "Los Notros 1187", .municipality: "Ancud",
    ])

    /// A date corrected in a digit, and the number added.
    private var nearlyRight: PersonRecord {
        var person = right
        person[.birthDate] = "1984-03-11"
        person.identifiers = []
        return person
    }

    private func withRecords(
        _ body: (RegistryNode, SubmissionReceipt, SubmissionReceipt) throws -> Void
    ) throws {
        try TestRegistry.withNode { node, url in
            let held = try TestRegistry.submit(node, "hospital", "77", right)
            let first = try TestRegistry.submit(node, "clinic", "A-1", wrong)
            try #require(first.enterpriseIdentifier != held.enterpriseIdentifier)
            try body(node, held, first)
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func anOverlayIsAskedAboutAndStays() throws {
        try withRecords { node, held, first in
            let update = try TestRegistry.submit(node, "clinic", "A-1", right)
            #expect(update.outcome == .updated)
            #expect(update.enterpriseIdentifier == first.enterpriseIdentifier)
            #expect(node.status().reviewTasks > 0)
        }
    }

    @Test func aCorrectedBirthDateFindsTheRightPerson() throws {
        try TestRegistry.withNode { node, url in
            let held = try TestRegistry.submit(node, "hospital", "77", right)
            var mistaken = right
            mistaken[.birthDate] = "1971-12-30"
            mistaken.identifiers = []
            let first = try TestRegistry.submit(node, "clinic", "A-1", mistaken)
            try #require(first.enterpriseIdentifier != held.enterpriseIdentifier)
            var corrected = mistaken
            corrected[.birthDate] = right[.birthDate]
            let update = try TestRegistry.submit(node, "clinic", "A-1", corrected)
            #expect(update.enterpriseIdentifier == held.enterpriseIdentifier)
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func aRecordMovesAndItsOldPersonAnswersWithTheNew() throws {
        try TestRegistry.withNode { node, url in
            var unknown = nearlyRight
            unknown[.given] = ""
            unknown[.birthDate] = ""
            let first = try TestRegistry.submit(node, "clinic", "A-1", unknown)
            let held = try TestRegistry.submit(node, "hospital", "77", right)
            try #require(first.enterpriseIdentifier != held.enterpriseIdentifier)
            let update = try TestRegistry.submit(node, "clinic", "A-1", right)
            #expect(update.outcome == .updated)
            #expect(update.enterpriseIdentifier == held.enterpriseIdentifier)
            let answer = try node.patient(.enterpriseIdentifier(first.enterpriseIdentifier))
            #expect(answer.enterpriseIdentifier == held.enterpriseIdentifier)
            #expect(answer.sourceCount == 2)
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func whatAStewardPlacedStays() throws {
        try TestRegistry.withNode { node, url in
            var unknown = nearlyRight
            unknown[.given] = ""
            unknown[.birthDate] = ""
            let registry = try DecisionRegistry(node, url, count: 1)
            let first = try TestRegistry.submit(node, "clinic", "A-1", unknown)
            let held = try TestRegistry.submit(node, "hospital", "77", right)
            try registry.decide(
                .distinct(
                    .person(first.enterpriseIdentifier), .person(held.enterpriseIdentifier)))
            let update = try TestRegistry.submit(node, "clinic", "A-1", right)
            #expect(update.enterpriseIdentifier == first.enterpriseIdentifier)
            try registry.decide(.undo(operation: 1))
            try registry.decide(
                .link(registry.record("A-1"), to: registry.persons[0]))
            let again = try TestRegistry.submit(node, "clinic", "A-1", nearlyRight)
            #expect(again.enterpriseIdentifier == registry.persons[0])
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }
}
