import SeededTesting
import Foundation
import Glibc
import Identity
import Registry
import RegistryModel
import RegistryStore
import Testing

/// A load that is taken back leaves the registry as if it had never been, but for what later words hold.
///
/// Method: literal extracts and a generated one on a real database; persons, current versions, golden
/// records and open tasks are compared as text, and the database is proved sound. The killed one runs in
/// a child process that kills itself.
@Suite(.serialized) struct LoadRevertTests {
    private let first = [
        "clinic,1,Rayén Antonia,Huenchullán,Quispe,1984-03-17,F,12345678-5",
        "clinic,2,Bruno,Ñancupil,Lobos,1961-05-04,M,",
    ]
    /// The same record said otherwise, one more of the first person, and one who is new.
    private let second = [
        "clinic,2,Bruno Elías,Ñancupil,Lobos,1961-05-04,M,",
        "hospital,77,Rayén Antonia,Huenchullán,Quispe,1984-03-17,F,12345678-5",
        "hospital,78,Griselda,Urrutia,Mamani,2001-09-30,F,",
    ]

    @Test func aLoadIsTakenBackAndLoadedAgain() throws {
        try TestRegistry.withDatabase { url in
            try RevertedLoads.load(first, into: url)
            let before = try RevertedLoads.state(of: url)
            let load = try RevertedLoads.load(second, into: url)
            #expect(load.counts.linked == 1 && load.counts.updated == 1)
            let loaded = try RevertedLoads.state(of: url)
            let summary = try RevertedLoads.revert(load.load, in: url)
            #expect(summary.counts.withdrawn == 2 && summary.counts.restored == 1)
            #expect(summary.counts.stayed == 0 && summary.operation != nil)
            #expect(try RevertedLoads.state(of: url, upTo: 2) == before)
            #expect(try TestRegistry.findings(in: url) == [])
            #expect(throws: RegistryError.self) { try RevertedLoads.revert(load.load, in: url) }
            let again = try RevertedLoads.load(second, into: url)
            #expect(again.counts.updated == 3)
            #expect(try RevertedLoads.state(of: url) == loaded)
            try RevertedLoads.revert(again.load, in: url)
            #expect(try RevertedLoads.state(of: url, upTo: 2) == before)
            #expect(try TestRegistry.findings(in: url) == [])
            var session = try RegistrySession(databaseURL: url)
            #expect(try session.loads().map(\.state) == [.reverted, .reverted, .done])
        }
    }

    @Test func whatLaterWordsHoldStays() throws {
        try TestRegistry.withNode { node, url in
            let load = try RevertedLoads.load(first + second, into: url)
            let registry = try DecisionRegistry(node, url, count: 1)
            let bruno = registry.record("2")
            let griselda = LocalIdentifier(authority: "hospital", value: "78")
            try registry.decide(
                .confirm(
                    .record(registry.record("1")),
                    .record(
                        LocalIdentifier(authority: "hospital", value: "77"))))
            let later = try TestRegistry.submit(
                node, "clinic", "2", TestRegistry.person([.given: "Bruno", .family: "Ñancupil"]))
            #expect(later.outcome == .updated)
            let summary = try RevertedLoads.revert(load.load, in: url)
            #expect(summary.counts.withdrawn == 1 && summary.counts.stayed == 3)
            #expect(summary.stays.contains(RecordStay(record: bruno, operation: 0)))
            #expect(try node.patient(.identifier(griselda)).status == .withdrawn)
            #expect(try node.patient(.identifier(registry.record("1"))).sourceCount == 2)
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    /// What a decision held when its load was taken back is what a later load leaves behind.
    @Test func whatADecisionHeldOutlivesALaterLoad() throws {
        try TestRegistry.withNode { node, url in
            let load = try RevertedLoads.load(first + second[1...], into: url)
            let registry = try DecisionRegistry(node, url, count: 1)
            let held = registry.record("1")
            let hospital = LocalIdentifier(authority: "hospital", value: "77")
            try registry.decide(.confirm(.record(held), .record(hospital)))
            let summary = try RevertedLoads.revert(load.load, in: url)
            #expect(summary.counts.withdrawn == 2 && summary.counts.stayed == 2)
            let before = try RevertedLoads.state(of: url)
            let line = "clinic,1,Rayén,Huenchullán,Quispe,1984-03-17,F,"
            let later = try RevertedLoads.load([line], into: url)
            #expect(later.counts.updated == 1)
            #expect(try RevertedLoads.state(of: url) != before)
            let revert = try RevertedLoads.revert(later.load, in: url)
            #expect(revert.counts.restored == 1 && revert.counts.withdrawn == 0)
            #expect(try RevertedLoads.state(of: url) == before)
            #expect(try versionsNowAndByTheLog(held, node, url) == [1, 1])
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    /// Of two loads of one record nothing is left, in whatever order they are taken back.
    @Test(arguments: [false, true]) func bothLoadsOfARecord(isLastFirst: Bool) throws {
        try TestRegistry.withNode { node, url in
            var loads = try [first, [second[0]]].map { try RevertedLoads.load($0, into: url).load }
            if isLastFirst { loads.reverse() }
            for load in loads { try RevertedLoads.revert(load, in: url) }
            let bruno = LocalIdentifier(authority: "clinic", value: "2")
            #expect(try node.patient(.identifier(bruno)).status == .withdrawn)
            let version: Int32 = isLastFirst ? 1 : 2
            #expect(try versionsNowAndByTheLog(bruno, node, url) == [version, version])
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    /// The current version of a record as the registry has it, and as its log tells.
    private func versionsNowAndByTheLog(
        _ record: LocalIdentifier, _ node: RegistryNode, _ url: String
    ) throws -> [Int32?] {
        var session = try RegistrySession(databaseURL: url)
        let person = try node.patient(.identifier(record)).enterpriseIdentifier
        let archive = try ArchiveReader.archive(of: .person(person), &session)
        let position = try session.counters().position
        return [KnownTime.now, .position(position)].map { time in
            PersonSnapshot(archive, at: time, policy: .standard)?.records
                .first { $0.name == record }?.version.version
        }
    }

    @Test func movesOfALoadAreUndone() throws {
        try TestRegistry.withNode { node, url in
            var person = TestRegistry.person([
                .family: "Huenchullán", .mothersFamily: "Quispe", .sex: "F",
                .phone: "+56 9 8123 4477", .address: "Los Notros 1187", .municipality: "Ancud",
            ])
            let moved = try TestRegistry.submit(node, "clinic", "1", person)
            person[.given] = "Rayén Antonia"
            person[.birthDate] = "1984-03-17"
            person.identifiers = [LocalIdentifier(authority: "cl-run", value: "12345678-5")]
            let held = try TestRegistry.submit(node, "hospital", "77", person)
            try #require(moved.enterpriseIdentifier != held.enterpriseIdentifier)
            let before = try RevertedLoads.state(of: url)
            let line = first[0] + ",+56 9 8123 4477,Los Notros 1187,Ancud"
            let load = try RevertedLoads.load([line, first[1]], into: url)
            let reader = try RegistryNode.open(
                databaseURL: url, options: TestRegistry.options("reader", role: .reader))
            defer { reader.close() }
            let old = PatientSelector.enterpriseIdentifier(moved.enterpriseIdentifier)
            #expect(
                try reader.patient(old).enterpriseIdentifier == held.enterpriseIdentifier)
            let summary = try RevertedLoads.revert(load.load, in: url)
            #expect(summary.counts.returned == 1)
            #expect(try RevertedLoads.state(of: url, upTo: 2) == before)
            #expect(try node.patient(old).enterpriseIdentifier == moved.enterpriseIdentifier)
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func killedThreeTimes() async throws {
        let path = try TestRegistry.extract(persons: 6_000, seed: 12)
        let part = path + ".part"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        try lines.prefix(lines.count / 3).joined(separator: "\n")
            .write(toFile: part, atomically: true, encoding: .utf8)
        defer {
            for path in [path, part] { try? FileManager.default.removeItem(atPath: path) }
        }
        @Sendable func fill(_ url: String) throws -> Int64 {
            _ = try TestRegistry.load(part, into: url)
            return try TestRegistry.load(path, into: url).load
        }
        let expected = try TestRegistry.withDatabase { url in
            try RevertedLoads.revert(try fill(url), in: url)
            return try TestRegistry.endState(of: url)
        }
        var random = SeededGenerator(seed: 5)
        try await TestRegistry.withDatabase { url in
            let load = try fill(url)
            for _ in 0..<3 {
                let delay = Int.random(in: 20...900, using: &random)
                await #expect(processExitsWith: .signal(SIGKILL)) {
                    [url = url as String, load = load as Int64, delay = delay as Int] in
                    Thread.detachNewThread {
                        usleep(UInt32(delay) * 1_000)
                        kill(getpid(), SIGKILL)
                    }
                    _ = try? RevertedLoads.job(load, in: url).run(actor: "test", reason: "test")
                    while true { sleep(1) }
                }
            }
            _ = try? RevertedLoads.job(load, in: url).run(actor: "test", reason: "test")
            #expect(try TestRegistry.endState(of: url) == expected)
            #expect(try TestRegistry.findings(in: url) == [])
            var session = try RegistrySession(databaseURL: url)
            #expect(try session.load(load).state == .reverted)
        }
    }
}
