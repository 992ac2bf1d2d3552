import SeededTesting
import Testing

@testable import Linkage

/// What makes scoring quicker for an index leaves every weight as it is.
///
/// Method: shares of a table against those of a dictionary, for listed, unlisted and missing values; pairs
/// of a generated population scored with a least weight against the same pairs scored without, bit by
/// bit, for several least weights.
@Suite struct PairScorerTests {
    @Test(arguments: PropertySeeds.few) func sharesAreThoseOfADictionary(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for count in [0, 1, 3, 8, 500] {
            var shares: [UInt64: Float] = [:]
            for place in 0..<count {
                shares[random.next() &<< 32 | UInt64(place + 1)] = Float(place + 1) / 1_000
            }
            let table = ShareTable(FrequencyTable(shares: shares, floor: 0.001))
            var expected: [UInt32: Float] = [:]
            for (hash, share) in shares {
                expected[UInt32(truncatingIfNeeded: hash)] = BinaryLogarithm.of(share)
            }
            let floor = BinaryLogarithm.of(Float(0.001))
            for value in 0..<UInt32(600) {
                #expect(table[value] == expected[value] ?? floor, "\(PropertySeeds.replay(seed))")
            }
        }
    }

    @Test func pairsBelowALeastWeightAreThoseLeftOut() {
        let records = LinkageRunTests.population(households: 60).map(\.record)
        let model = LinkageRunTests.link(records).model
        var builder = PopulationBuilder()
        for record in records { builder.append(record, source: "") }
        let population = builder.finish()
        let weights = PairWeights(model, tokens: population.tokens)
        var scorer = PairScorer(tokens: population.tokens, weights: weights)
        population.persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return }
            var kept = 0
            for left in 0..<persons.count {
                for right in 0..<left {
                    let whole = scorer.score(base + left, base + right)
                    for least in [-20, -3, 0, 8] as [Float] {
                        let found = scorer.score(base + left, base + right, atLeast: least)
                        let isSame =
                            whole.weight < least
                            ? found == nil
                            : found?.weight == whole.weight && found?.vector == whole.vector
                        if !isSame { Issue.record("\(left), \(right): \(whole), \(least)") }
                        if found != nil { kept += 1 }
                    }
                }
            }
            #expect(kept > 100)
        }
    }
}
