import Foundation
import Glibc
import Registry
import RegistryModel
import RegistryStore
import SeededTesting
import Testing

/// An import whose process is killed leaves nothing that anybody sees, and the next one clears it away.
///
/// Method: the import runs in a child process that kills itself, after a random time or between staging
/// and activation; then another is run to its end. What the catalog says must equal what it says of an
/// unkilled run, and `verify` must find nothing.
@Suite(.serialized, .timeLimit(.minutes(10))) struct KilledImportTests {
    private static let catalog = CatalogKey(.service, "clinic")

    private static func take(into url: String, killsBeforeActivation: Bool = false) throws {
        try ImportJob(databaseURL: url, request: TestCatalog.request(catalog)).run(
            entries: { body in
                for line in 2..<40_002 { try body(TestCatalog.row(line, "code-\(line)")) }
            },
            afterwards: { report in
                if killsBeforeActivation { kill(getpid(), SIGKILL) }
                guard let release = report.release else { return }
                _ = try ReleaseJob(databaseURL: url).activate(release, actor: "test", reason: "")
            })
    }

    @Test(arguments: PropertySeeds.few) func killedWhileStaging(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        try await TestRegistry.withDatabase { url in
            for _ in 0..<2 {
                let delay = Int.random(in: 100...2_500, using: &random)
                await #expect(processExitsWith: .signal(SIGKILL)) {
                    [url = url as String, delay = delay as Int] in
                    Thread.detachNewThread {
                        usleep(UInt32(delay) * 1_000)
                        kill(getpid(), SIGKILL)
                    }
                    try KilledImportTests.take(into: url)
                    while true { sleep(1) }
                }
            }
            try Self.take(into: url)
            #expect(
                try TestCatalog.says(Self.catalog, in: url).count == 40_000,
                "\(PropertySeeds.replay(seed))")
            let states = try TestCatalog.states(Self.catalog, in: url)
            #expect(Set(states).isSubset(of: [.live, .abandoned]), "\(states)")
            #expect(try TestRegistry.findings(in: url) == [], "\(PropertySeeds.replay(seed))")
        }
    }

    @Test func killedBetweenStagingAndActivation() async throws {
        try await TestRegistry.withDatabase { url in
            for _ in 0..<2 {
                await #expect(processExitsWith: .signal(SIGKILL)) { [url = url as String] in
                    try KilledImportTests.take(into: url, killsBeforeActivation: true)
                }
            }
            // The second has cleared the first away; the second can be made live by hand.
            #expect(try TestCatalog.states(Self.catalog, in: url) == [.staged, .abandoned])
            #expect(try TestCatalog.says(Self.catalog, in: url).isEmpty)
            _ = try ReleaseJob(databaseURL: url).activate(2, actor: "test", reason: "")
            #expect(try TestCatalog.says(Self.catalog, in: url).count == 40_000)
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }
}
