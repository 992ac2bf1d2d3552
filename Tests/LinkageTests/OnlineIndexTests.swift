import Identity
import Testing

@testable import Linkage

/// The index answers as a run would: same weights, same candidates, also after changes.
///
/// Method: a generated population is linked by a run; its model is then used by an index that took
/// the records one by one, and both are compared pair by pair, to the last bit.
@Suite struct OnlineIndexTests {
    private let records = LinkageRunTests.population(households: 150).map(\.record)

    @Test func weightsAreThoseOfARun() throws {
        let outcome = LinkageRunTests.link(records)
        let index = OnlineIndex(model: outcome.model)
        for (slot, record) in records.enumerated() { index.insert(record, slot: UInt32(slot)) }
        #expect(index.count == records.count)
        #expect(!outcome.pairs.isEmpty)
        var missed = 0
        for pair in outcome.pairs {
            let found = index.match(
                records[Int(pair.left)], limit: 100, minimumWeight: -100)
            guard let candidate = found.first(where: { $0.slot == pair.right }) else {
                missed += 1
                continue
            }
            #expect(candidate.weight == pair.weight)
            let explained = MatchExplanation(
                left: records[Int(pair.left)], right: records[Int(pair.right)],
                model: outcome.model)
            #expect(explained.total == pair.weight)
        }
        #expect(missed == 0)
    }

    @Test func aRecordThatNoRuleReachesIsFoundByLooseKeys() {
        let index = OnlineIndex(model: LinkageRunTests.link(records).model)
        for (slot, record) in records.enumerated() { index.insert(record, slot: UInt32(slot)) }
        let held = PersonRecord(
            [.given: "Christopher", .family: "Zubizarreta", .birthDate: "1971-04-23"],
            id: "15119335-8")
        let query = PersonRecord(
            [.given: "Xristopher", .family: "Zubizarreta"], id: "15129335-8")
        let slot = UInt32(records.count)
        #expect(index.match(query).isEmpty)
        index.insert(held, slot: slot)
        #expect(index.match(query).map(\.slot) == [slot])
        index.insert(query, slot: slot + 1)
        #expect(
            index.matchHeld(slot + 1..<slot + 2, limit: 5, minimumWeight: -3)[0].map(\.slot)
                == [slot])
        index.remove(slot: slot)
        #expect(index.match(query).map(\.slot) == [slot + 1])
    }

    @Test func looseKeysOfManyRecordsAreGivenUp() {
        let person = PersonRecord([
            .given: "Ana", .family: "Tapia", .mothersFamily: "Rojas",
        ])
        var tokens = TokenTable()
        var encoder = PersonEncoder()
        let encoded = encoder.encode(person, tokens: &tokens)
        var table = RescueTable()
        var found: [UInt32] = []
        for slot in 0..<UInt32(RescueKeys.keptGroupMax) {
            found.removeAll()
            table.forEachGroup(RescueTable.Keys(encoded, tokens)) { found.append(contentsOf: $0) }
            #expect(Set(found) == Set(0..<slot))
            table.insert(slot, RescueTable.Keys(encoded, tokens))
        }
        found.removeAll()
        table.forEachGroup(RescueTable.Keys(encoded, tokens)) { found.append(contentsOf: $0) }
        #expect(found.isEmpty)
        table.remove(3, RescueTable.Keys(encoded, tokens))
        table.forEachGroup(RescueTable.Keys(encoded, tokens)) { found.append(contentsOf: $0) }
        #expect(found.isEmpty)
    }

    @Test func removedRecordsAreNotFound() {
        let index = OnlineIndex(model: LinkageRunTests.link(records).model)
        for (slot, record) in records.enumerated() { index.insert(record, slot: UInt32(slot)) }
        for slot in stride(from: 0, to: records.count, by: 2) { index.remove(slot: UInt32(slot)) }
        #expect(index.count == records.count / 2)
        for record in records {
            let found = index.match(record, limit: 1_000, minimumWeight: -100)
            #expect(found.allSatisfy { $0.slot % 2 == 1 })
        }
        index.update(records[0], slot: 1)
        #expect(index.match(records[0], limit: 1)[0].slot == 1)
    }

    @Test func wordsThatTheIndexLacksAreCompared() {
        let model = LinkageRunTests.link(records).model
        let index = OnlineIndex(model: model)
        let held = PersonRecord([
            .given: "Xaviera", .family: "Zubizarreta", .birthDate: "1971-04-23",
            .phone: "987651234",
        ])
        index.insert(held, slot: 3)
        var query = held
        query[.family] = "Zubisarretta"
        let found = index.match(query, minimumWeight: -100)
        #expect(found.map(\.slot) == [3])
        let explained = MatchExplanation(left: held, right: query, model: model)
        #expect(found[0].weight == explained.total)
        #expect(explained.steps.first { $0.field == .family }?.level == "close")
        #expect(explained.waterfall.contains("birth_date"))
    }

    @Test func manyEqualRecordsNeitherHangNorOverflow() {
        let index = OnlineIndex(model: LinkageModel(records: 1_000))
        let record = PersonRecord([
            .given: "Ana", .family: "Rojas", .birthDate: "1980-02-11", .phone: "912345678",
        ])
        for slot in 0..<UInt32(20_000) { index.insert(record, slot: slot) }
        #expect(index.match(record, limit: 5).count == 5)
        for slot in 0..<UInt32(20_000) { index.remove(slot: slot) }
        #expect(index.count == 0)
        #expect(index.match(record).isEmpty)
    }
}

/// An index made of another one's images is that index.
///
/// Method: images of random ranges of an index with gaps, taken in any order by a second one, which must
/// find the same for every record; words that no image has must not be in it.
@Suite struct OnlineIndexImageTests {
    private let records = LinkageRunTests.population(households: 150).map(\.record)

    @Test func findsTheSame() throws {
        let model = LinkageRunTests.link(records).model
        let index = OnlineIndex(model: model)
        for (slot, record) in records.enumerated() { index.insert(record, slot: UInt32(slot)) }
        let gone = PersonRecord([.given: "Quetzalcoatl", .family: "Zubizarreta"])
        index.update(gone, slot: 5)
        for slot in stride(from: 5, to: records.count, by: 9) { index.remove(slot: UInt32(slot)) }
        let pieces = stride(from: 0, to: records.count, by: 100).map {
            $0..<min($0 + 100, records.count)
        }
        var words = ImageWords()
        let images = pieces.map { piece in
            var bytes: [UInt8] = []
            for slot in piece { index.appendImage(of: UInt32(slot), to: &bytes, &words) }
            return bytes
        }
        let text = index.image(of: words)
        #expect(!String(decoding: text, as: UTF8.self).contains("quetzal"))
        let other = OnlineIndex(model: model)
        let filling = try #require(other.beginFilling(records: records.count, words: text))
        let taken = zip(pieces, images).reversed().map { piece, image in
            filling.take(image.span, slot: UInt32(piece.lowerBound))
        }
        other.enter(taken.compactMap { $0 }, threads: 2)
        #expect(other.count == index.count)
        for record in records {
            #expect(
                other.match(record, limit: 50, minimumWeight: -100)
                    == index.match(record, limit: 50, minimumWeight: -100))
        }
        // It goes on as any other.
        other.insert(gone, slot: 5)
        #expect(other.match(gone, limit: 1).map(\.slot) == [5])
        #expect(OnlineIndex(model: model).beginFilling(records: 1, words: [1, 0, 0]) == nil)
    }
}
