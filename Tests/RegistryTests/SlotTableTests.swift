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

    /// A key of so many slots that its part is put in order to grow and its probes go round the end.
    @Test(arguments: PropertySeeds.few) func oneKeyOfManySlots(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var table = SlotTable()
        let part: UInt64 = 0xFFF << 52
        var expected: [UInt64: Set<UInt32>] = [:]
        for slot in 0..<UInt32(40_000) {
            let isCrowded = Int.random(in: 0..<20, using: &random) != 0
            let hash = isCrowded ? .max : part | UInt64.random(in: 0..<1 << 52, using: &random)
            table.insert(slot, hash: hash)
            expected[hash, default: []].insert(slot)
            guard Int.random(in: 0..<200, using: &random) == 0,
                let (other, slots) = expected.randomElement(using: &random),
                let gone = slots.randomElement(using: &random)
            else { continue }
            table.remove(gone, hash: other)
            expected[other]?.remove(gone)
        }
        func isAsExpected() -> Bool {
            expected.allSatisfy { hash, slots in
                var found: Set<UInt32> = []
                _ = table.first(hash: hash) { slot in
                    found.insert(slot)
                    return false
                }
                // Two keys may have one tag.
                return found.isSuperset(of: slots)
            }
        }
        #expect(isAsExpected(), "\(PropertySeeds.replay(seed))")
        for (hash, slots) in expected {
            for slot in slots where slot % 3 == 0 { table.remove(slot, hash: hash) }
            expected[hash] = slots.filter { $0 % 3 != 0 }
        }
        #expect(isAsExpected(), "\(PropertySeeds.replay(seed))")
        #expect(table.count == expected.values.reduce(0) { $0 + $1.count })
    }

    @Test func takesFewBytesAnEntry() {
        var random = SeededGenerator(seed: 1)
        var table = SlotTable()
        let hashes = (0..<400_000).map { _ in UInt64.random(in: 0 ... .max, using: &random) }
        for step in 0..<7 { table.reserve(100_000, step: step, of: 7) }
        #expect(table.byteCount > 4 * 100_000, "all parts have room")
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
