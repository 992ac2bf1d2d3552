import Foundation

/// The seeds that property tests run with.
///
/// `PADRON_TEST_SEED=7` replays one seed, as a failure names it; `PADRON_TEST_RUNS=20` runs twenty
/// seeds instead of the few that every change is tested with.
enum PropertySeeds {
    /// The seeds of a test that costs one or two runs of the engine.
    static let many = seeds(4)
    /// The seeds of a test that costs several.
    static let few = seeds(2)

    private static func seeds(_ usual: Int) -> [UInt64] {
        let variables = ProcessInfo.processInfo.environment
        if let seed = variables["PADRON_TEST_SEED"].flatMap(UInt64.init) { return [seed] }
        let runs = variables["PADRON_TEST_RUNS"].flatMap(Int.init) ?? usual
        return (1...max(1, runs)).map(UInt64.init)
    }

    /// What a failure says so that it can be seen again.
    static func replay(_ seed: UInt64) -> String { "replay with PADRON_TEST_SEED=\(seed)" }
}

/// The SplitMix64 generator of Vigna, the same everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
