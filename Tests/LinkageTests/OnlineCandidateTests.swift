import SeededTesting
import Identity
import Similarity
import Testing

@testable import Linkage

/// The index finds the candidates that a run finds, and those alone, after any history of changes.
///
/// Method: random inserts, updates and removals against a plain list in which every record is held
/// against every other, with printed seeds; for blocks that split, against the blocks of a run over
/// the same records; `matchHeld` against `match`.
@Suite struct OnlineCandidateTests {
    /// A record of few and often equal values, so that many share keys.
    static func record(_ random: inout SeededGenerator, values: Int) -> PersonRecord {
        func pick(_ count: Int) -> Int { random.below(count) }
        var record = PersonRecord()
        let syllables = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "so", "tu", "ra", "ve"]
        func word(_ number: Int) -> String {
            syllables[number % 12] + syllables[number / 12 % 12] + syllables[number / 144 % 12]
        }
        record[.given] = word(pick(values))
        record[.family] = word(pick(values))
        if pick(3) > 0 { record[.mothersFamily] = word(pick(values)) }
        if pick(5) > 0 {
            record[.birthDate] = "19\(10 + pick(80))-0\(1 + pick(9))-\(10 + pick(19))"
        }
        if pick(2) == 0 { record[.phone] = "9\(10_000_000 + pick(values * 10) * 7)" }
        if pick(3) == 0 { record[.municipality] = word(pick(20)) }
        if pick(4) == 0 { record[.address] = "\(word(pick(values))) \(1 + pick(30))" }
        return record
    }

    @Test(arguments: PropertySeeds.many)
    func candidatesAreAllThatShareAKey(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let index = OnlineIndex(model: LinkageModel(records: 1_000))
        var held: [UInt32: PersonRecord] = [:]
        for round in 0..<900 {
            let slot = UInt32(random.below(400) * (round % 7 == 0 ? 50 : 1))
            let record = Self.record(&random, values: 60)
            switch random.below(3) {
            case 0:
                index.remove(slot: slot)
                held[slot] = nil
            case 1: index.update(record, slot: slot)
            default: index.insert(record, slot: slot)
            }
            if index.records.record(slot) != nil { held[slot] = record }
            guard round % 30 == 29 else { continue }
            #expect(index.count == held.count)
            for _ in 0..<5 {
                let query = Self.record(&random, values: 60)
                #expect(
                    Self.found(query, in: index) == Self.sharingAKey(query, held),
                    "\(PropertySeeds.replay(seed))")
            }
        }
    }

    private static func found(_ query: PersonRecord, in index: OnlineIndex) -> Set<UInt32> {
        var tokens = TokenTable()
        var encoder = PersonEncoder()
        let encoded = encoder.encode(query, tokens: &tokens)
        let slots = index.candidates(encoded, tokens)
        #expect(Set(slots).count == slots.count)
        return Set(slots)
    }

    private static func sharingAKey(
        _ query: PersonRecord, _ held: [UInt32: PersonRecord]
    ) -> Set<UInt32> {
        var tokens = TokenTable()
        var encoder = PersonEncoder()
        func keys(_ record: PersonRecord) -> BlockingKeys {
            let encoded = encoder.encode(record, tokens: &tokens)
            return BlockingKeyMaker.keys(of: encoded, tokens: tokens)
        }
        let wanted = keys(query)
        return Set(
            held.filter { _, record in
                let other = keys(record)
                return (0..<BlockingRule.count).contains {
                    wanted[$0] != 0 && wanted[$0] == other[$0]
                }
            }.keys)
    }

    @Test(arguments: PropertySeeds.few, [4, 25])
    func splitBlocksAreThoseOfARun(seed: UInt64, values: Int) {
        var random = SeededGenerator(seed: seed)
        let index = OnlineIndex(model: LinkageModel(records: 1_000))
        var builder = PopulationBuilder()
        var contents: Set<UInt64> = []
        while contents.count < 4_000 {
            var record = Self.record(&random, values: values)
            // Blocks of thousands that nothing splits.
            if contents.count % 3 == 0 {
                record[.birthDate] = ""
                record[.municipality] = ""
                record[.given] = "maria"
                record[.family] = "gonzalez"
                record[.mothersFamily] = ""
                record[.email] = "m\(contents.count)@example.org"
            }
            index.insert(record, slot: UInt32(contents.count))
            let content = index.records.record(UInt32(contents.count))?.pointee.contentHash ?? 0
            guard contents.insert(content).inserted else { continue }
            builder.append(record, source: "")
        }
        let population = builder.finish()
        let blocks = BlockIndex(population, members: Array(0..<4_000), threads: 1)
        var expected = [Set<UInt32>](repeating: [], count: 4_000)
        for rule in blocks.rules {
            for block in 0..<rule.blockCount {
                let slots = rule.slots[Int(rule.starts[block])..<Int(rule.starts[block + 1])]
                let reach = rule.neighbours(slots.count)
                for place in slots.indices {
                    for other in slots[place...].dropFirst().prefix(reach) {
                        expected[Int(slots[place])].insert(other)
                        expected[Int(other)].insert(slots[place])
                    }
                }
            }
        }
        for slot in 0..<UInt32(4_000) {
            guard let record = index.records.record(slot) else { continue }
            var found = Set(index.candidates(record.pointee, index.tokens))
            found.remove(slot)
            if found != expected[Int(slot)] {
                Issue.record(
                    "\(PropertySeeds.replay(seed)), slot \(slot): \(found.count), \(expected[Int(slot)].count)"
                )
                break
            }
        }
    }

    @Test(arguments: PropertySeeds.few) func heldRecordsAreMatchedAsQueries(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let index = OnlineIndex(model: LinkageModel(records: 1_000))
        var records: [PersonRecord] = []
        for slot in 0..<UInt32(600) {
            records.append(Self.record(&random, values: 40))
            index.insert(records[Int(slot)], slot: slot)
        }
        for slot in stride(from: UInt32(3), to: 600, by: 11) { index.remove(slot: slot) }
        let found = index.matchHeld(100..<700, limit: 20, minimumWeight: -50)
        #expect(found.count == 600)
        for (offset, candidates) in found.enumerated() {
            let slot = UInt32(100 + offset)
            guard index.records.record(slot) != nil else {
                #expect(candidates.isEmpty)
                continue
            }
            let asked = index.match(
                records[Int(slot)], below: slot, limit: 20, minimumWeight: -50)
            #expect(candidates == asked, "\(PropertySeeds.replay(seed))")
        }
        #expect(found.contains { $0.count > 3 })
    }

    @Test func recordsEncodedApartAreThoseInsertedOneByOne() {
        var random = SeededGenerator(seed: 9)
        let records = (0..<300).map { _ in Self.record(&random, values: 40) }
        let one = OnlineIndex(model: LinkageModel(records: 1_000))
        let many = OnlineIndex(model: LinkageModel(records: 1_000))
        for (slot, record) in records.enumerated() { one.insert(record, slot: UInt32(slot)) }
        var encoded = EncodedRecords(records)
        many.insert(&encoded, 0..<100, slot: 0)
        many.insert(&encoded, 100..<300, slot: 100)
        for query in records.prefix(60) {
            #expect(
                one.match(query, limit: 50, minimumWeight: -50)
                    == many.match(query, limit: 50, minimumWeight: -50))
        }
    }
}

/// The table of words grows a little with each word and is the same table meanwhile.
///
/// Method: many words are added, with and without growing ahead; every number, hash and text must be
/// the same, and the place of each word be found.
@Suite struct GrowthTests {
    @Test func wordsKeepTheirNumbers() {
        var plain = TokenTable()
        var ahead = TokenTable()
        for number in 0..<60_000 {
            let word = "w\(number % 50_000)x"
            let expected = plain.intern(word.utf8.span)
            let count = ahead.count
            #expect(ahead.intern(word.utf8.span) == expected)
            if ahead.count > count { ahead.growAhead(words: ahead.count - count) }
        }
        #expect(plain.count == ahead.count)
        for number in stride(from: UInt32(1), to: UInt32(ahead.count), by: 17) {
            let hash = ahead.entries[Int(number)].hash
            #expect(ahead.find(hash: hash) == number)
            #expect(ahead.text(number) == plain.text(number))
            #expect(ahead.column.units(of: number) == plain.column.units(of: number))
        }
        #expect(ahead.find(hash: 12_345) == 0)
    }
}
