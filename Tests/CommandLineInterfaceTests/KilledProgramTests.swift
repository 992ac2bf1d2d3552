import SeededTesting
import Foundation
import Testing

/// A load ends as if nothing had happened, whichever program is killed, and whenever.
///
/// Method: the built programs are killed with SIGKILL at random moments of a load and started
/// again until it is done. Persons, versions, golden records and tasks must equal those of a load
/// that nobody disturbed, and `db verify` must find nothing. The seed of the moments is printed.
@Suite(.serialized, .timeLimit(.minutes(10))) struct KilledProgramTests {
    private static let persons = 3_000
    private static let killsCount = 3

    /// The end state of an undisturbed load of the same extract, and how long it took.
    private static let undisturbed = Result {
        try RegistryRun.with { registry in
            let extract = try registry.extract(persons: persons)
            try registry.lines("db", "migrate")
            let duration = try ContinuousClock().measure {
                try registry.lines("load", extract, "--create-sources")
            }
            return (state: try registry.endState(), duration: duration)
        }
    }

    /// Moments within a load of the duration given, in microseconds.
    private func moments(within duration: Duration) -> [UInt32] {
        let seed = UInt64.random(in: 1...UInt64.max)
        print("moments of seed \(seed)")
        var random = SeededGenerator(seed: seed)
        let microseconds = Int(duration / .microseconds(1))
        return (0..<Self.killsCount).map { _ in
            UInt32(Int.random(in: microseconds / 20...microseconds, using: &random))
        }
    }

    private func expect(_ registry: RegistryRun, toEndAs expected: [String]) throws {
        #expect(try registry.endState() == expected)
        #expect(try registry.lines("db", "verify") == ["nothing found"])
    }

    @Test func theLoadIsKilled() throws {
        let (expected, duration) = try Self.undisturbed.get()
        try RegistryRun.with { registry in
            let extract = try registry.extract(persons: Self.persons)
            try registry.lines("db", "migrate")
            for moment in moments(within: duration) {
                let load = try registry.start("load", extract, "--create-sources")
                usleep(moment)
                load.kill()
            }
            try registry.lines("load", extract, "--create-sources")
            try expect(registry, toEndAs: expected)
        }
    }

    @Test func theNodeIsKilled() throws {
        let (expected, duration) = try Self.undisturbed.get()
        try RegistryRun.with { registry in
            let extract = try registry.extract(persons: Self.persons)
            try registry.lines("db", "migrate")
            var node = try registry.start("serve", "--listen", "127.0.0.1:0")
            _ = try node.port()
            let load = try registry.start("load", extract, "--create-sources")
            for moment in moments(within: duration) {
                usleep(moment)
                node.kill()
                node = try registry.start("serve", "--listen", "127.0.0.1:0")
                _ = try node.port()
            }
            #expect(load.status() == 0, "\(load.errors)")
            #expect(node.terminate() == 0, "\(node.errors)")
            try expect(registry, toEndAs: expected)
        }
    }

    @Test func aLoadBesideANodeIsKilled() throws {
        let (expected, duration) = try Self.undisturbed.get()
        try RegistryRun.with { registry in
            let extract = try registry.extract(persons: Self.persons)
            try registry.lines("db", "migrate")
            let node = try registry.start("serve", "--listen", "127.0.0.1:0")
            _ = try node.port()
            for moment in moments(within: duration) {
                let load = try registry.start("load", extract, "--create-sources")
                usleep(moment)
                load.kill()
            }
            try registry.lines("load", extract, "--create-sources")
            #expect(node.terminate() == 0, "\(node.errors)")
            try expect(registry, toEndAs: expected)
        }
    }
}
