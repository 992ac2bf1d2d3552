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
/// an unkilled run, and `verify` must find nothing. Loads that match their extract with itself first do so
/// again whenever they are begun again.
@Suite(.serialized) struct KilledLoadTests {
    private static let persons = 6_000

    /// The end state of a load that nobody killed, matched with itself first.
    private static let unkilled = Result {
        let path = try TestRegistry.extract(persons: persons, seed: 11)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try TestRegistry.withDatabase { url in
            _ = try TestRegistry.load(path, into: url, matchedMin: 0)
            return try TestRegistry.endState(of: url)
        }
    }

    @Test(arguments: [UInt64](1...3)) func killedThreeTimes(seed: UInt64) async throws {
        let expected = try Self.unkilled.get()
        let path = try TestRegistry.extract(persons: Self.persons, seed: 11)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var random = SeededGenerator(seed: seed)
        try await TestRegistry.withDatabase { url in
            for _ in 0..<3 {
                let delay = Int.random(in: 20...900, using: &random)
                await #expect(processExitsWith: .signal(SIGKILL)) {
                    [url = url as String, path = path as String, delay = delay as Int] in
                    Thread.detachNewThread {
                        usleep(UInt32(delay) * 1_000)
                        kill(getpid(), SIGKILL)
                    }
                    _ = try TestRegistry.load(path, into: url, matchedMin: 0)
                    while true { sleep(1) }
                }
            }
            let summary = try TestRegistry.load(path, into: url, matchedMin: 0)
            #expect(summary.counts.total == summary.rowsRead)
            #expect(try TestRegistry.endState(of: url) == expected, "seed \(seed)")
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }
}
