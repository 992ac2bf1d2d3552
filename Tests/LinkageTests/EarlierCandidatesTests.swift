import Identity
import SeededTesting
import Testing

@testable import Linkage

/// Records matched with each other at once find those before them that an index finds one by one.
///
/// Method: generated records of few values, some of them equal, some of providers, in pieces, with printed
/// seeds; an index that holds the same ones is asked for each, and every pair is weighed by itself.
@Suite struct EarlierCandidatesTests {
    private static let model = LinkageModel(records: 1_000)
    private static let minimumWeight: Float = -2

    private struct Records {
        var all: [(person: PersonRecord, realm: Realm)] = []
        var pieces: [EncodedRecords] = []
        let index = OnlineIndex(model: model)

        var extract: EncodedExtract {
            var extract = EncodedExtract()
            for piece in pieces { extract.append(piece) }
            extract.close()
            return extract
        }

        init(seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            for _ in 0..<4 {
                var piece = EncodedRecords(capacity: 200)
                for _ in 0..<100 + random.below(100) {
                    let isCopy = !all.isEmpty && random.below(6) == 0
                    let record =
                        isCopy
                        ? all[random.below(all.count)]
                        : (
                            person: OnlineCandidateTests.record(&random, values: 40),
                            realm: random.below(9) == 0 ? Realm.provider : .patient
                        )
                    index.insert(record.person, slot: UInt32(all.count), realm: record.realm)
                    piece.append(record.person, realm: record.realm)
                    all.append(record)
                }
                pieces.append(piece)
            }
        }
    }

    @Test(arguments: PropertySeeds.few, [1, 3])
    func whatAnIndexFindsIsFound(seed: UInt64, threads: Int) {
        let records = Records(seed: seed)
        let extract = records.extract
        let found = EarlierCandidates(
            extract, model: Self.model, minimumWeight: Self.minimumWeight, threads: threads)
        #expect(found.count == records.all.count)
        let slots = 0..<UInt32(records.all.count)
        let expected = records.index.matchHeld(
            slots, limit: 1_000, minimumWeight: Self.minimumWeight)
        var count = 0
        for slot in slots {
            let candidates = found.candidates(of: slot, limit: 1_000)
            count += candidates.count
            for candidate in expected[Int(slot)] {
                #expect(
                    candidates.contains(candidate),
                    "slot \(slot), \(PropertySeeds.replay(seed))")
            }
            #expect(Set(candidates.map(\.slot)).count == candidates.count)
            #expect(
                candidates.map(\.weight) == candidates.map(\.weight).sorted(by: >),
                "\(PropertySeeds.replay(seed))")
            #expect(found.candidates(of: slot, limit: 2) == Array(candidates.prefix(2)))
        }
        #expect(count > 100, "the records say something of each other")
    }

    @Test(arguments: PropertySeeds.few)
    func eachIsOlderAndOfItsRealmAndWeighsWhatThePairDoes(seed: UInt64) {
        let records = Records(seed: seed)
        let extract = records.extract
        let found = EarlierCandidates(
            extract, model: Self.model, minimumWeight: Self.minimumWeight, threads: 2)
        let persons = extract.population.persons
        var scorer = PairScorer(
            tokens: extract.population.tokens,
            weights: PairWeights(Self.model, tokens: extract.population.tokens))
        persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return }
            for slot in persons.indices {
                for candidate in found.candidates(of: UInt32(slot), limit: 1_000) {
                    let other = Int(candidate.slot)
                    let weight = scorer.score(base + slot, base + other).weight
                    #expect(
                        other < slot && records.all[other].realm == records.all[slot].realm
                            && weight == candidate.weight && weight >= Self.minimumWeight,
                        "slots \(slot) and \(other), \(PropertySeeds.replay(seed))")
                }
            }
        }
    }

    @Test func anIndexTakesTheRecordsWithTheirWords() {
        let records = Records(seed: 5)
        var extract = records.extract
        let index = OnlineIndex(model: Self.model)
        // The index has words of its own before.
        index.insert(PersonRecord([.given: "zoraida", .family: "ba"]), slot: 5_000)
        extract.giveWords(to: index)
        let half = records.all.count / 2
        index.insert([extract.records(at: 0..<half)], slot: 0, threads: 2)
        var others = extract.records(at: half..<records.all.count)
        index.insert(&others, 0..<others.count, slot: UInt32(half), threads: 2)
        let slots = 0..<UInt32(records.all.count)
        #expect(
            index.matchHeld(slots, limit: 50, minimumWeight: -5)
                == records.index.matchHeld(slots, limit: 50, minimumWeight: -5))
    }
}
