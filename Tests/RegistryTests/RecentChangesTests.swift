import SeededTesting
import Testing

@testable import Registry

/// Changes are told to whoever has seen those before them, or not at all.
///
/// Method: random changes, and random numbers of them that are known already, beside a list of all, with printed seeds.
@Suite struct RecentChangesTests {
    @Test(arguments: PropertySeeds.few, [1, 7, 300])
    func tellWhatHasChangedSince(seed: UInt64, kept: Int) {
        var random = SeededGenerator(seed: seed)
        var changes = RecentChanges(kept: kept)
        var all: [UInt32] = []
        for _ in 0..<1_000 {
            #expect(changes.count == all.count)
            let known = Int.random(in: 0..<all.count + 2, using: &random)
            let isRemembered = known <= all.count && all.count - known <= kept
            #expect(
                changes.slots(behind: known) == (isRemembered ? Array(all[known...]) : nil),
                "\(PropertySeeds.replay(seed))")
            let slot = UInt32.random(in: 0..<50, using: &random)
            changes.append(slot)
            all.append(slot)
        }
    }
}
