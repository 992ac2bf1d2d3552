import SeededTesting
import Testing

@testable import Linkage

/// The pages of keys and the order of a large block hold what was put in, whatever came before.
///
/// Method: random inserts and removals against a dictionary of arrays, with printed seeds, on pages
/// that never split and on pages that split all the time; keys come in few and in many values.
@Suite struct KeyPagesTests {
    @Test(arguments: PropertySeeds.many, [1, 512])
    func pagesAreADictionaryOfLists(seed: UInt64, pageEntries: Int) {
        var random = SeededGenerator(seed: seed)
        var pages = KeyPages(pageEntries: pageEntries)
        var expected: [UInt32: [UInt32]] = [:]
        var keys: [UInt32] = []
        for step in 0..<UInt32(150_000) {
            // The later ones take more than three bytes.
            let slot = step &* 211
            // Some keys differ in their upper or lower half alone, some are met again and again.
            let fresh = UInt32(truncatingIfNeeded: random.next())
            let key =
                switch random.below(4) {
                case 0: fresh & 0xFFFF
                case 1 where !keys.isEmpty: keys[random.below(keys.count)]
                case 2: fresh &<< 16 | 7
                default: fresh
                }
            expected[key, default: []].append(slot)
            keys.append(key)
            let count = pages.insert(slot, under: key)
            #expect(count == expected[key]?.count, "\(PropertySeeds.replay(seed))")
            guard random.below(3) == 0 else { continue }
            let other = keys[random.below(keys.count)]
            guard let removed = expected[other]?.randomElement(using: &random) else { continue }
            expected[other]?.removeAll { $0 == removed }
            let removals = [
                pages.remove(removed, under: other), pages.remove(removed, under: other),
            ]
            #expect(removals == [true, false], "\(PropertySeeds.replay(seed))")
        }
        let (count, byteCount) = (pages.count, pages.byteCount)
        #expect(count == expected.values.reduce(0) { $0 + $1.count })
        #expect(byteCount > 5 * count)
        for (key, slots) in expected {
            let found = pages.withSlots(of: key) { Array($0) }
            #expect(found == slots, "\(PropertySeeds.replay(seed))")
        }
    }

    @Test func aMarkTakesThePlaceOfABlock() {
        var pages = KeyPages()
        for slot in 0..<UInt32(60) { pages.insert(slot, under: (slot % 3) &<< 16) }
        pages.replaceAll(under: 1 &<< 16, by: 9)
        let found = [0, 1 &<< 16, 2 &<< 16, 5].map { key in pages.withSlots(of: key) { Array($0) } }
        #expect(found.map(\.count) == [20, 1, 20, 0])
        #expect(found[1] == [9])
        #expect(found[2].first == 2)
        let count = pages.count
        #expect(count == 41)
    }

    @Test(arguments: PropertySeeds.few) func largeBlocksLieInTheOrderOfContent(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var records = RecordStore()
        var order = ContentOrder()
        var held: [(UInt64, UInt32)] = []
        for slot in 0..<UInt32(3_000) {
            var record = EncodedPerson()
            record.contentHash = 1 + UInt64(random.below(700))
            records.set(slot, to: record)
            order.insert(slot, records)
            held.append((record.contentHash, slot))
            guard random.below(4) == 0 else { continue }
            let removed = held.remove(at: random.below(held.count))
            let removals = [order.remove(removed.1, records), order.remove(removed.1, records)]
            #expect(removals == [true, false])
        }
        #expect(order.count == held.count)
        let sorted = held.sorted { $0 < $1 }
        for content in stride(from: UInt64(0), through: 702, by: 13) {
            let place = sorted.firstIndex { $0.0 >= content } ?? sorted.count
            let reach = BlockIndex.neighboursMax
            let nearby = sorted[max(0, place - reach)..<min(sorted.count, place + reach + 1)]
            var found: [UInt32] = []
            order.collect(content, records, into: &found)
            #expect(found.sorted() == nearby.map(\.1).sorted(), "\(PropertySeeds.replay(seed))")
        }
        for entry in held { order.remove(entry.1, records) }
        #expect(order.count == 0)
    }
}

extension SeededGenerator {
    /// A number from 0, less than a bound.
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
