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

    private static let persons = [
        ("Rayén", "Huenchullán", "1984-03-17", "1985-04-17"),
        ("Griselda", "Urrutia", "1961-05-04", "1962-06-04"),
        ("Wenceslao", "Ñancupil", "1958-12-09", "1957-11-09"),
        ("Bruno", "Carrasco", "1975-11-30", "1976-10-30"),
    ]

    /// What a clinic says of somebody, until when his number is valid; or a hospital, later, with another
    /// number and another birth date, so that the numbers decide.
    private static func record(
        _ place: Int, until day: Int32? = nil, isLater: Bool = false
    ) throws -> PersonRecord {
        let (given, family, birthDate, laterDate) = persons[place]
        var person = TestRegistry.person([
            .given: given, .family: family,
            .mothersFamily: "Quispe", .birthDate: isLater ? laterDate : birthDate, .sex: "F",
            .phone: "+56 9 8123 447\(place)", .address: "Los Notros 118\(place)",
            .municipality: "Ancud", .email: "nadie\(place)@example.org", .motherGiven: "Elcira",
            .fatherGiven: "Anselmo",
        ])
        let end = try day.map { try WrittenDate(EntryPeriod.text($0)) }
        person.identifiers = [
            LocalIdentifier(
                authority: "cl-run",
                value: run(11_222_333 + place * 7_919 + (isLater ? 104_729 : 0)),
                validity: try #require(ValidityPeriod(from: nil, to: end)))
        ]
        return person
    }

    /// A RUN with its check digit, modulo 11.
    private static func run(_ number: Int) -> String {
        let digits = String(number).reversed().compactMap(\.wholeNumberValue)
        let sum = digits.enumerated().reduce(0) { $0 + $1.element * (2 + $1.offset % 6) }
        let check = 11 - sum % 11
        return "\(number)-" + (check == 11 ? "0" : check == 10 ? "K" : "\(check)")
    }

    private static func letDaysGoBy(_ url: String, _ folder: String) throws {
        var session = try RegistrySession(databaseURL: url)
        for code in ["clinic", "hospital"] { _ = try session.add(Source(code: code)) }
        var options = TestRegistry.options("writer")
        options.snapshotFolder = folder
        let tomorrow = CalendarDate.todayNumber + 1
        var known: [EnterpriseIdentifier] = []
        /// Whether the other number of a person joins the one that is known.
        func joins(_ place: Int, _ node: RegistryNode) throws -> Bool {
            let answer = try TestRegistry.submit(
                node, "hospital", "\(place)", try record(place, isLater: true))
            #expect(answer.outcome == .linked || answer.outcome == .review)
            return answer.enterpriseIdentifier == known[place]
        }
        do {
            let writer = try RegistryNode.open(databaseURL: url, options: options)
            defer { writer.close() }
            for place in persons.indices {
                known.append(
                    try TestRegistry.submit(
                        writer, "clinic", "\(place)", try record(place, until: tomorrow)
                    ).enterpriseIdentifier)
            }
            #expect(try !joins(0, writer))
            try writer.saveSnapshot()
            CalendarDate.daysAhead.store(1, ordering: .relaxed)
            try waitForTheDay(writer)
            #expect(try !joins(1, writer))
            CalendarDate.daysAhead.store(2, ordering: .relaxed)
            let position = writer.status().position
            try waitForTheDay(writer)
            #expect(writer.status().position == position)
            #expect(try joins(2, writer))
        }
        let writer = try RegistryNode.open(databaseURL: url, options: options)
        defer { writer.close() }
        #expect(writer.wasOpenedFromSnapshot)
        try waitForTheDay(writer)
        #expect(try joins(3, writer))
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
