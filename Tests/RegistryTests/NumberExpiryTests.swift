import Foundation
import Identity
import Registry
import RegistryModel
import RegistryStore
import Synchronization
import Testing

/// A number counts up to its last day, and from the next one on as one that the person had, without
/// anybody saying so and whenever a node was started.
///
/// Method: a child process whose calendar is moved on; whoever comes with another number joins by the day
/// alone, at a writer that goes on, and at one that is opened from a snapshot of the days before.
@Suite(.timeLimit(.minutes(10))) struct NumberExpiryTests {
    @Test func theEngineFollowsTheDay() async throws {
        let folder = NSTemporaryDirectory() + "expiry-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try await TestRegistry.withDatabase { url in
            await #expect(processExitsWith: .success) {
                [url = url as String, folder = folder as String] in
                try Self.letDaysGoBy(url, folder)
            }
        }
    }

    /// Somebody with a number of her own, and until when that is valid.
    private static func person(
        _ given: String, _ number: String, until day: Int32? = nil
    ) throws -> PersonRecord {
        var person = TestRegistry.person([
            .given: given, .family: "Huenchullán", .mothersFamily: "Quispe",
            .birthDate: "1984-03-17", .sex: "F",
        ])
        let end = try day.map { try WrittenDate(EntryPeriod.text($0)) }
        person.identifiers = [
            LocalIdentifier(
                authority: "cl-run", value: number,
                validity: try #require(ValidityPeriod(from: nil, to: end)))
        ]
        return person
    }

    private static func letDaysGoBy(_ url: String, _ folder: String) throws {
        var session = try RegistrySession(databaseURL: url)
        for code in ["clinic", "hospital"] { _ = try session.add(Source(code: code)) }
        var options = TestRegistry.options("writer")
        options.snapshotFolder = folder
        var known: [EnterpriseIdentifier] = []
        do {
            let writer = try RegistryNode.open(databaseURL: url, options: options)
            defer { writer.close() }
            let tomorrow = CalendarDate.todayNumber + 1
            for (given, number) in [("Rayén", "12345678-5"), ("Griselda", "5126663-3")] {
                let person = try person(given, number, until: tomorrow)
                known.append(
                    try TestRegistry.submit(writer, "clinic", given, person).enterpriseIdentifier)
            }
            // Who has another number is another one while both are valid.
            let other = try TestRegistry.submit(
                writer, "hospital", "1", try person("Rayén", "9876543-3"))
            #expect(other.outcome == .review && other.enterpriseIdentifier != known[0])
            try writer.saveSnapshot()
            CalendarDate.daysAhead.store(1, ordering: .relaxed)
            try waitForTheDay(writer)
            let last = try TestRegistry.submit(
                writer, "hospital", "2", try person("Rayén", "7654321-6"))
            #expect(last.outcome == .review && last.enterpriseIdentifier != known[0])
            CalendarDate.daysAhead.store(2, ordering: .relaxed)
            let position = writer.status().position
            try waitForTheDay(writer)
            #expect(writer.status().position == position)
            let later = try TestRegistry.submit(
                writer, "hospital", "3", try person("Rayén", "11222333-9"))
            #expect(later.outcome == .linked && later.enterpriseIdentifier == known[0])
        }
        let writer = try RegistryNode.open(databaseURL: url, options: options)
        defer { writer.close() }
        #expect(writer.wasOpenedFromSnapshot)
        try waitForTheDay(writer)
        let later = try TestRegistry.submit(
            writer, "hospital", "4", try person("Griselda", "11333444-4"))
        #expect(later.outcome == .linked && later.enterpriseIdentifier == known[1])
        #expect(try TestRegistry.findings(in: url) == [])
    }

    /// Waits until the engine of a node has taken account of the day.
    private static func waitForTheDay(_ node: RegistryNode) throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while node.numbersDay != CalendarDate.todayNumber {
            try #require(ContinuousClock.now < deadline)
            usleep(5_000)
        }
    }
}
