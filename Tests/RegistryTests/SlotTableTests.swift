import Registry
import SeededTesting
import Testing

/// Shows that the index's hash table holds what a dictionary of lists holds.
///
/// Method: random insertions and removals, hashes from so few values that keys, tags and homes
/// collide, and after each run all keys asked for; a run of so many keys that every part grows often.
@Suite(.timeLimit(.minutes(10)))
struct SlotTableTests {
    @Test(
        arguments: [1, 1 << 36, 1 << 52, 0x9E37_79B9_7F4A_7C15] as [UInt64], PropertySeeds.few)
    func holdsWhatADictionaryHolds(spread: UInt64, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var table = SlotTable()
        var expected: [UInt64: [UInt32]] = [:]
        for _ in 0..<20_000 {
            let hash = UInt64.random(in: 0..<300, using: &random) &* spread
            if Bool.random(using: &random), let slot = expected[hash]?.randomElement(using: &random)
            {
                table.remove(slot, hash: hash)
                expected[hash]?.removeAll { $0 == slot }
            } else {
                // Some beyond what three bytes hold, where a part becomes another.
                let slot = UInt32.random(
                    in: 0..<(Int.random(in: 0..<500, using: &random) == 0 ? .max : 0xFF_FFFF),
                    using: &random)
                guard expected[hash]?.contains(slot) != true else { continue }
                table.insert(slot, hash: hash)
                expected[hash, default: []].append(slot)
            }
        }
        #expect(table.count == expected.values.reduce(0) { $0 + $1.count })
        for (hash, slots) in expected {
            var found: Set<UInt32> = []
            _ = table.first(hash: hash) { slot in
                found.insert(slot)
                return false
            }
            #expect(found.isSuperset(of: slots), "\(PropertySeeds.replay(seed))")
        }
    }

    @Test func takesFewBytesAnEntry() {
        var random = SeededGenerator(seed: 1)
        var table = SlotTable()
        let hashes = (0..<400_000).map { _ in UInt64.random(in: 0 ... .max, using: &random) }
        table.reserve(100_000)
        for (slot, hash) in hashes.enumerated() { table.insert(UInt32(slot), hash: hash) }
        #expect(table.byteCount < 8 * hashes.count)
        let isFound = hashes.enumerated().allSatisfy { slot, hash in
            table.first(hash: hash) { $0 == UInt32(slot) } == UInt32(slot)
        }
        #expect(isFound)
        for (slot, hash) in hashes.enumerated() { table.remove(UInt32(slot), hash: hash) }
        #expect(table.count == 0)
    }
}
