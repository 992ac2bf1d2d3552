import Identity
import SeededTesting
import Testing

@testable import Linkage

/// Records matched with each other at once find those before them that an index finds one by one, also those that
/// an index held before.
///
/// Method: generated records of few values, some of them equal, some of providers, in pieces of which an index
/// holds none, or the first ones with some of them taken out, with printed seeds; an index that holds the same ones
/// is asked for each, and every pair is weighed by itself.
@Suite struct EarlierCandidatesTests {
    private static let model = LinkageModel(records: 1_000)
    private static let minimumWeight: Float = -2

    private struct Records {
        var all: [(person: PersonRecord, realm: Realm)] = []
        var pieces: [EncodedRecords] = []
        /// An index with all of them but those taken out.
        let index = OnlineIndex(model: model)

        var extract: EncodedExtract { extract(ofPieces: pieces[...]) }

        func extract(ofPieces pieces: ArraySlice<EncodedRecords>) -> EncodedExtract {
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

        /// What is found for the records of the pieces behind the first ones, which an index held before.
        func found(behind heldPieces: Int, threads: Int) -> Found {
            let held = pieces[..<heldPieces].reduce(0) { $0 + $1.count }
            var extract = extract(ofPieces: pieces[heldPieces...])
            guard held > 0 else {
                return Found(
                    candidates: EarlierCandidates(
                        extract.population, count: extract.count, model: model,
                        minimumWeight: minimumWeight, threads: threads), held: 0)
            }
            // They have words that the extract has not, and no records where some were taken out.
            let before = OnlineIndex(model: model)
            for slot in 0..<held {
                before.insert(all[slot].person, slot: UInt32(slot), realm: all[slot].realm)
            }
            for slot in stride(from: 3, to: held, by: 17) {
                before.remove(slot: UInt32(slot))
                index.remove(slot: UInt32(slot))
            }
            extract.giveWords(to: before)
            var population = extract.population.withRoom(for: held)
            let half = UInt32(held / 2)
            before.append(0..<half, to: &population)
            before.append(half..<UInt32(held), to: &population)
            return Found(
                candidates: EarlierCandidates(
                    population, count: extract.count, model: model,
                    minimumWeight: minimumWeight, threads: threads), held: held)
        }
    }

    private struct Found {
        let candidates: EarlierCandidates
        /// The number of records that were held before.
        let held: Int

        /// What is found for a record, by the slots of an index with all.
        func candidates(of slot: UInt32, limit: Int) -> [OnlineCandidate] {
            let count = UInt32(candidates.count)
            return candidates.candidates(of: slot - UInt32(held), limit: limit).map {
                var candidate = $0
                candidate.slot =
                    $0.slot < count ? $0.slot + UInt32(held) : $0.slot - count
                return candidate
            }
        }
    }

    @Test(arguments: PropertySeeds.few, [(0, 1), (0, 3), (1, 2), (3, 2)])
    func whatAnIndexFindsIsFound(seed: UInt64, pieces: (held: Int, threads: Int)) {
        let records = Records(seed: seed)
        let found = records.found(behind: pieces.held, threads: pieces.threads)
        #expect(found.held + found.candidates.count == records.all.count)
        let slots = UInt32(found.held)..<UInt32(records.all.count)
        let expected = records.index.matchHeld(
            slots, limit: 1_000, minimumWeight: Self.minimumWeight)
        var count = 0
        for slot in slots {
            let candidates = found.candidates(of: slot, limit: 1_000)
            count += candidates.count
            for candidate in expected[Int(slot) - found.held] {
                #expect(
                    candidates.contains(candidate),
                    "slot \(slot), \(PropertySeeds.replay(seed))")
            }
            #expect(Set(candidates.map(\.slot)).count == candidates.count)
            #expect(
                candidates.map(\.weight) == candidates.map(\.weight).sorted(by: >),
                "\(PropertySeeds.replay(seed))")
            #expect(found.candidates(of: slot, limit: 2) == Array(candidates.prefix(2)))
            let place = slot - UInt32(found.held)
            let even = found.candidates.candidates(of: place, limit: 1_000).filter {
                $0.slot % 2 == 0
            }
            #expect(
                found.candidates.candidates(of: place, limit: 2) { $0 % 2 == 0 }
                    == Array(even.prefix(2)))
        }
        #expect(count > 20, "the records say something of each other")
    }

    @Test(arguments: PropertySeeds.few, [0, 2])
    func eachIsOlderAndOfItsRealmAndWeighsWhatThePairDoes(seed: UInt64, heldPieces: Int) {
        let records = Records(seed: seed)
        let found = records.found(behind: heldPieces, threads: 2)
        let extract = records.extract
        let persons = extract.population.persons
        var scorer = PairScorer(
            tokens: extract.population.tokens,
            weights: PairWeights(Self.model, tokens: extract.population.tokens))
        persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return }
            for slot in found.held..<persons.count {
                for candidate in found.candidates(of: UInt32(slot), limit: 1_000) {
                    let other = Int(candidate.slot)
                    let weight = scorer.score(base + slot, base + other).weight
                    #expect(
                        other < slot && records.all[other].realm == records.all[slot].realm
                            && weight == candidate.weight && weight >= Self.minimumWeight,
                        "slots \(slot) and \(other), \(PropertySeeds.replay(seed))")
                    #expect(found.held == 0 || other >= found.held || other % 17 != 3)
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
        for place in [0, half] {
            #expect(
                extract.contentHash(at: place) == records.index.contentHash(of: UInt32(place)))
        }
        index.insert([extract.records(at: 0..<half)], slot: 0, threads: 2)
        var others = extract.records(at: half..<records.all.count)
        index.insert(&others, 0..<others.count, slot: UInt32(half), threads: 2)
        let slots = 0..<UInt32(records.all.count)
        #expect(
            index.matchHeld(slots, limit: 50, minimumWeight: -5)
                == records.index.matchHeld(slots, limit: 50, minimumWeight: -5))
    }
}
