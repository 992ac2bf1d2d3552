import SeededTesting
import Foundation
import Glibc
import Registry
import RegistryModel
import Testing

/// A load whose process is killed at any moment ends, begun again, as one that was never killed.
///
/// Method: the load runs in a child process that kills itself after a random time, several times
/// over; then it is run to its end. Persons, versions, golden records and tasks must equal those of
/// an unkilled run, and `verify` must find nothing. A load that matches its extract with itself, and with what the
/// registry holds, first does so again when it is begun again; where it cannot, since something came between, single
/// questions may differ.
@Suite(.serialized) struct KilledLoadTests {
    private static let persons = 6_000

    /// The end state of a load that nobody killed.
    private static func unkilled(matchedMin: Int, isNext: Bool = false) throws -> [String] {
        try TestRegistry.withDatabase { url in
            let path = try extract(isNext: isNext, in: url)
            defer { try? FileManager.default.removeItem(atPath: path) }
            _ = try TestRegistry.load(path, into: url, matchedMin: matchedMin)
            return try TestRegistry.endState(of: url)
        }
    }

    /// The extract that is loaded: a first one, or one into a registry that has records.
    private static func extract(isNext: Bool, in url: String) throws -> String {
        guard isNext else { return try TestRegistry.extract(persons: persons, seed: 11) }
        let (first, next) = try TestRegistry.extracts(persons: persons, seed: 12)
        defer { try? FileManager.default.removeItem(atPath: first) }
        _ = try TestRegistry.load(first, into: url)
        return next
    }

    private static let lookedUp = Result { try unkilled(matchedMin: .max) }

    @Test(arguments: [UInt64](1...2)) func killedThreeTimes(seed: UInt64) async throws {
        let state = try await Self.endStateOfKilled(seed: seed, matchedMin: .max)
        #expect(try state == Self.lookedUp.get(), "seed \(seed)")
    }

    @Test(arguments: [false, true]) func killedWhileMatchedBeforehand(isNext: Bool) async throws {
        let expected = try Self.unkilled(matchedMin: 0, isNext: isNext)
        let state = try await Self.endStateOfKilled(seed: 3, matchedMin: 0, isNext: isNext)
        let differences = Set(state).symmetricDifference(expected)
        #expect(differences.count * 100 <= expected.count, "\(differences)")
    }

    /// The end state of a load that was killed three times and then run to its end.
    private static func endStateOfKilled(
        seed: UInt64, matchedMin: Int, isNext: Bool = false
    ) async throws -> [String] {
        var random = SeededGenerator(seed: seed)
        return try await TestRegistry.withDatabase { url in
            let path = try extract(isNext: isNext, in: url)
            defer { try? FileManager.default.removeItem(atPath: path) }
            for _ in 0..<3 {
                let delay = Int.random(in: 20...900, using: &random)
                await #expect(processExitsWith: .signal(SIGKILL)) {
                    [
                        url = url as String, path = path as String, delay = delay as Int,
                        matchedMin = matchedMin as Int
                    ] in
                    Thread.detachNewThread {
                        usleep(UInt32(delay) * 1_000)
                        kill(getpid(), SIGKILL)
                    }
                    _ = try TestRegistry.load(path, into: url, matchedMin: matchedMin)
                    while true { sleep(1) }
                }
            }
            let summary = try TestRegistry.load(path, into: url, matchedMin: matchedMin)
            #expect(summary.counts.total == summary.rowsRead)
            #expect(try TestRegistry.findings(in: url) == [])
            return try TestRegistry.endState(of: url)
        }
    }
}
