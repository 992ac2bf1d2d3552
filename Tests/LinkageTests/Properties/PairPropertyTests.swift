import SeededTesting
import Foundation
import Identity
import Testing

@testable import Linkage

/// A pair has one weight, whichever record comes first and whichever path it takes.
///
/// Method: generated populations; random pairs are scored in both directions, and the pairs that a
/// run weighed are weighed again by an index that took the records one by one in another order and by the
/// explanation of a pair, to the last bit.
@Suite struct PairPropertyTests {
    @Test(arguments: PropertySeeds.many) func comparisonIsSymmetric(seed: UInt64) throws {
        let population = try SyntheticPopulation(persons: 300, seed: seed).population()
        let weights = PairWeights(LinkageModel(records: 10_000), tokens: population.tokens)
        var scorer = PairScorer(tokens: population.tokens, weights: weights)
        var reversed = PairScorer(tokens: population.tokens, weights: weights)
        var generator = SeededGenerator(seed: seed)
        var differing = 0
        population.persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return }
            for _ in 0..<100_000 {
                let left = base + Int.random(in: 0..<persons.count, using: &generator)
                let right = base + Int.random(in: 0..<persons.count, using: &generator)
                let forth = scorer.score(left, right)
                let back = reversed.score(right, left)
                if forth.vector != back.vector || forth.weight != back.weight { differing += 1 }
            }
        }
        #expect(differing == 0, "\(PropertySeeds.replay(seed))")
    }

    @Test(arguments: PropertySeeds.many) func onlineWeighsAsARun(seed: UInt64) throws {
        let people = try SyntheticPopulation(persons: 300, seed: seed)
        let outcome = people.linked(threads: 2)
        #expect(!outcome.pairs.isEmpty)
        let index = OnlineIndex(model: outcome.model)
        var generator = SeededGenerator(seed: seed)
        for slot in Array(0..<people.count).shuffled(using: &generator) {
            index.insert(people.records[slot], slot: UInt32(slot))
        }
        // Records that share no key are met by the rescue pass of a run alone: a pair in a hundred may be
        // out of reach of the index, but none weighs otherwise.
        var missed = 0
        for pair in outcome.pairs {
            let (left, right) = (people.records[Int(pair.left)], people.records[Int(pair.right)])
            let found = index.match(left, limit: .max, minimumWeight: -.infinity)
            let weight = found.first { $0.slot == pair.right }?.weight
            if weight == nil { missed += 1 }
            #expect(weight == nil || weight == pair.weight, "\(PropertySeeds.replay(seed))")
            let explained = MatchExplanation(left: left, right: right, model: outcome.model)
            #expect(explained.total == pair.weight, "\(PropertySeeds.replay(seed))")
        }
        #expect(missed * 100 <= outcome.pairs.count, "\(PropertySeeds.replay(seed))")
    }
}
