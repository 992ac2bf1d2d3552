import Foundation
import Glibc
import Registry
import RegistryModel
import SeededTesting
import Testing

/// A rematch whose process is killed at any moment ends, followed up, as one that was never killed.
///
/// Method: the rematch, and then its undo, run in child processes that kill themselves after a random time,
/// several times over; then they are run to their ends. Persons, golden records and tasks must equal those
/// of an unkilled run, and after the undo those before it; `verify` must find nothing.
@Suite(.serialized) struct KilledRematchTests {
    /// Plans and carries out, or goes on with what is under way.
    private static func rematch(_ url: String) throws {
        let job = Rematches.job(url)
        if let unfinished = try job.unfinished() {
            _ = try job.follow(unfinished.rematch)
        } else if try !Rematches.isDone(in: url) {
            try Rematches.rematch(url, automatic: 5)
        }
    }

    /// The end state of a rematch that nobody killed.
    private static let unkilled = Result {
        try Rematches.withCautiousRegistry(persons: 1_500) { url in
            try Rematches.rematch(url, automatic: 5)
            return try TestRegistry.endState(of: url)
        }
    }

    @Test(arguments: PropertySeeds.seeds(2)) func killedThreeTimes(seed: UInt64) async throws {
        let expected = try Self.unkilled.get()
        var random = SeededGenerator(seed: seed)
        try await Rematches.withCautiousRegistry(persons: 1_500) { url in
            let before = try RevertedLoads.state(of: url)
            for _ in 0..<3 {
                let delay = Int.random(in: 100...1_500, using: &random)
                await #expect(processExitsWith: .signal(SIGKILL)) {
                    [url = url as String, delay = delay as Int] in
                    Thread.detachNewThread {
                        usleep(UInt32(delay) * 1_000)
                        kill(getpid(), SIGKILL)
                    }
                    try KilledRematchTests.rematch(url)
                    while true { sleep(1) }
                }
            }
            try Self.rematch(url)
            #expect(try TestRegistry.endState(of: url) == expected, "seed \(seed)")
            #expect(try TestRegistry.findings(in: url) == [])
            let operation = try Rematches.lastOperation(of: url)
            for _ in 0..<2 {
                let delay = Int.random(in: 100...1_000, using: &random)
                await #expect(processExitsWith: .signal(SIGKILL)) {
                    [url = url as String, delay = delay as Int, operation = operation as Int64] in
                    Thread.detachNewThread {
                        usleep(UInt32(delay) * 1_000)
                        kill(getpid(), SIGKILL)
                    }
                    try KilledRematchTests.undo(operation, url)
                    while true { sleep(1) }
                }
            }
            try Self.undo(operation, url)
            #expect(try RevertedLoads.state(of: url) == before, "seed \(seed)")
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    /// Takes back, or goes on with it; one that is taken back already is left so.
    private static func undo(_ operation: Int64, _ url: String) throws {
        let job = Rematches.job(url)
        if let unfinished = try job.unfinished() {
            _ = try job.follow(unfinished.rematch)
        } else {
            do {
                _ = try job.undo(operation, actor: "test", reason: "test")
            } catch let error as RegistryError where error.code == .conflict {
                return
            }
        }
    }
}
