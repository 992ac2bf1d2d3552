internal import Foundation

/// The seeds that property tests run with.
///
/// `PADRON_TEST_SEED=7` replays one seed, as a failure names it; `PADRON_TEST_RUNS=20` runs twenty
/// seeds instead of the few that every change is tested with.
package enum PropertySeeds {
    /// The seeds of a test that costs little.
    package static let many = seeds(4)
    /// The seeds of a test that costs several runs of the engine, or a database.
    package static let few = seeds(2)

    /// As many seeds as a test usually runs with, unless the environment says otherwise.
    package static func seeds(_ usual: Int) -> [UInt64] {
        let variables = ProcessInfo.processInfo.environment
        if let seed = variables["PADRON_TEST_SEED"].flatMap(UInt64.init) { return [seed] }
        let runs = variables["PADRON_TEST_RUNS"].flatMap(Int.init) ?? usual
        return (1...max(1, runs)).map(UInt64.init)
    }

    /// What a failure says so that it can be seen again.
    package static func replay(_ seed: UInt64) -> String {
        "replay with PADRON_TEST_SEED=\(seed)"
    }
}
