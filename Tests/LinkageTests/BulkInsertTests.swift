import Identity
import SeededTesting
import Testing

@testable import Linkage

/// An index filled at once answers as one that took the same records one by one.
///
/// Method: records of few values, so that blocks split again and again and some cannot be split; both
/// indexes are asked for every record, candidates and weights are compared, and again after both were
/// changed in the same ways, with printed seeds; on one thread and on several, into empty and into
/// filled indexes, with slots left vacant.
@Suite struct BulkInsertTests {
    private struct Pair {
        let one = OnlineIndex(model: LinkageModel(records: 1_000))
        let many = OnlineIndex(model: LinkageModel(records: 1_000))

        func differences(_ slots: Range<UInt32>) -> Int {
            let expected = one.matchHeld(slots, limit: 2_000, minimumWeight: -50)
            let found = many.matchHeld(slots, limit: 2_000, minimumWeight: -50)
            return zip(expected, found).count { $0 != $1 }
        }
    }

    /// A record of one of some thousands that no key tells apart, or of few values.
    private static func record(_ random: inout SeededGenerator, _ number: Int) -> PersonRecord {
        var record = OnlineCandidateTests.record(&random, values: number % 2 == 0 ? 5 : 40)
        if number % 4 == 0 {
            record = PersonRecord([
                .given: "maria", .family: "gonzalez", .email: "m\(number)@example.org",
            ])
        }
        return record
    }

    @Test(arguments: PropertySeeds.few, [1, 3])
    func allQueriesAnswerTheSame(seed: UInt64, threads: Int) {
        var random = SeededGenerator(seed: seed)
        let pair = Pair()
        // Some come first, one by one, so that the others find pages, split blocks and orders there.
        let first = UInt32(random.below(2) * 700)
        var slot: UInt32 = 0
        func nextRecord() -> PersonRecord { Self.record(&random, Int(slot)) }
        while slot < first {
            let record = nextRecord()
            pair.one.insert(record, slot: slot)
            pair.many.insert(record, slot: slot)
            slot += 1
        }
        var pieces: [EncodedRecords] = []
        for _ in 0..<5 {
            var piece = EncodedRecords(capacity: 1_000)
            for _ in 0..<300 + random.below(700) {
                if random.below(20) == 0 {
                    piece.appendVacancy()
                } else {
                    let record = nextRecord()
                    piece.append(record)
                    pair.one.insert(record, slot: slot)
                }
                slot += 1
            }
            pieces.append(piece)
        }
        pair.many.insert(pieces, slot: first, threads: threads)
        #expect(pair.many.count == pair.one.count, "\(PropertySeeds.replay(seed))")
        #expect(pair.differences(0..<slot) == 0, "\(PropertySeeds.replay(seed))")
        for _ in 0..<600 {
            let slot = UInt32(random.below(Int(slot) + 50))
            let record = Self.record(&random, random.below(1_000))
            let isRemoval = random.below(2) == 0
            for index in [pair.one, pair.many] {
                if isRemoval {
                    index.remove(slot: slot)
                } else {
                    index.update(record, slot: slot)
                }
            }
        }
        #expect(pair.many.count == pair.one.count, "\(PropertySeeds.replay(seed))")
        #expect(pair.differences(0..<slot + 50) == 0, "\(PropertySeeds.replay(seed))")
    }

    @Test(arguments: PropertySeeds.few, [1, 3])
    func batchesIntoAFilledIndexAnswerTheSame(seed: UInt64, threads: Int) {
        var random = SeededGenerator(seed: seed)
        let pair = Pair()
        var slot: UInt32 = 0
        for _ in 0..<8 {
            var records = (0..<200 + random.below(1_200)).map {
                Self.record(&random, Int(slot) + $0)
            }
            for (place, record) in records.enumerated() {
                pair.one.insert(record, slot: slot + UInt32(place))
            }
            // Of a batch that was withdrawn marks stay.
            if random.below(3) == 0 {
                for place in records.indices.reversed() {
                    pair.one.remove(slot: slot + UInt32(place))
                }
                enter(records, pair.many, slot, threads)
                for place in records.indices.reversed() {
                    pair.many.remove(slot: slot + UInt32(place))
                }
                records.shuffle(using: &random)
                for (place, record) in records.enumerated() {
                    pair.one.insert(record, slot: slot + UInt32(place))
                }
            }
            enter(records, pair.many, slot, threads)
            slot += UInt32(records.count)
            #expect(pair.many.count == pair.one.count, "\(PropertySeeds.replay(seed))")
            #expect(pair.differences(0..<slot) == 0, "\(PropertySeeds.replay(seed))")
        }
    }

    private func enter(
        _ records: [PersonRecord], _ index: OnlineIndex, _ slot: UInt32, _ threads: Int
    ) {
        var encoded = EncodedRecords(records)
        for start in stride(from: 0, to: records.count, by: 512) {
            let range = start..<min(start + 512, records.count)
            index.insert(&encoded, range, slot: slot + UInt32(start), threads: threads)
        }
    }

    @Test func ofManyRoundsOfPagesEachHoldsItsOwn() {
        var random = SeededGenerator(seed: 5)
        var bulk = KeyPages(pageEntries: 1)
        var plain = KeyPages(pageEntries: 1)
        for round in 0..<3 {
            let entries = KeyEntries(expected: 10)
            for number in 0..<70_000 {
                let key = UInt32(truncatingIfNeeded: random.next()) & 0xFFF0_FFFF
                // Those of the last round take more than three bytes.
                let slot = UInt32(round * 70_000 + number) &* 113
                entries.append(slot, under: key)
                plain.insert(slot, under: key)
            }
            _ = bulk.insert([entries], threads: 2) { KeepingAll() }
            #expect(bulk.count == plain.count)
        }
        random = SeededGenerator(seed: 5)
        for _ in 0..<210_000 {
            let key = UInt32(truncatingIfNeeded: random.next()) & 0xFFF0_FFFF
            let found = bulk.withSlots(of: key) { Array($0) }
            #expect(found == plain.withSlots(of: key) { Array($0) })
        }
    }

    private struct KeepingAll: KeySettlement {
        mutating func settle(
            _ key: UInt32, _ slots: UnsafeMutableBufferPointer<UInt32>, held: Int
        ) -> Int { slots.count }
    }
}
