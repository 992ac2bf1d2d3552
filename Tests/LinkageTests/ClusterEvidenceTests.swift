import Identity
import Testing

@testable import Linkage

/// Two groups of records weigh what they say together, not what their pairs say one by one.
///
/// Method: groups of literal records under a shipped model; the weight of single records is that of
/// their pair, and the sides may be exchanged.
@Suite struct ClusterEvidenceTests {
    private static let ana: KeyValuePairs<DemographicField, String> = [
        .given: "Ana", .family: "Rojas", .mothersFamily: "Tapia", .birthDate: "1985-05-18",
        .sex: "F", .phone: "987004455",
    ]

    private func record(_ changes: KeyValuePairs<DemographicField, String> = [:]) -> PersonRecord {
        var record = PersonRecord(Self.ana)
        for (field, value) in changes { record[field] = value }
        return record
    }

    /// The weight of two groups, seen from either side, and those of their pairs.
    private func weights(
        _ left: [PersonRecord], _ right: [PersonRecord]
    ) throws -> (groups: Float, pairs: [Float]) {
        let model = try #require(ShippedModels.named("cl")).scaled(toRecords: 10_000)
        var builder = PopulationBuilder()
        for person in left + right { builder.append(person, source: "a") }
        let population = builder.finish()
        let table = PairWeights(model, tokens: population.tokens)
        var scorer = PairScorer(tokens: population.tokens, weights: table)
        var pairs: [Float] = []
        let sides = population.persons.withUnsafeBufferPointer { persons in
            persons.baseAddress.map { base in
                var evidence = ClusterEvidence(table)
                func weight(_ first: Range<Int>, _ second: Range<Int>) -> Float {
                    evidence.removeAll()
                    pairs.removeAll()
                    for one in first {
                        for other in second {
                            let (vector, weight) = scorer.score(base + one, base + other)
                            evidence.add(vector, base + one, base + other)
                            pairs.append(weight)
                        }
                    }
                    return evidence.weight(leftCount: first.count, rightCount: second.count)
                }
                let (ours, theirs) = (0..<left.count, left.count..<population.count)
                return (weight(theirs, ours), weight(ours, theirs))
            }
        }
        let (one, other) = try #require(sides)
        #expect(abs(one - other) < 1e-3, "the sides may be exchanged")
        return (one, pairs)
    }

    @Test func singleRecordsWeighWhatTheirPairDoes() throws {
        let others = [
            record(), record([.given: "Anna"]), record([.given: "Marta"]), record([.phone: ""]),
            record([.birthDate: "1958-05-18", .family: "Tapia", .mothersFamily: "Rojas"]),
            PersonRecord([.given: "RN", .family: "Rojas", .birthDate: "1985-05-18"]),
        ]
        for other in others {
            let (groups, pairs) = try weights([record()], [other])
            #expect(abs(groups - pairs[0]) < 1e-3)
        }
    }

    @Test func oneOddRecordKeepsNobodyApart() throws {
        let noisy = record([.given: "Rojas", .family: "Xna", .birthDate: "1958-12-01", .phone: ""])
        let partial = record([.birthDate: "1985-05-19", .phone: ""])
        let (groups, pairs) = try weights([record(), noisy], [partial])
        #expect(groups > 3 && pairs.reduce(0, +) < 0)
    }

    @Test func whatAGroupAgreesInStaysAContradiction() throws {
        let mother = record([.birthDate: "1951-02-03"])
        let undated = record([.birthDate: ""])
        #expect(try weights([record(), undated], [mother]).groups < 0)
        #expect(try weights([record(), record(), undated], [mother, mother]).groups < 0)
        let twin = record([.given: "Marta"])
        let both = record([.given: "Ana Marta"])
        let joined = try weights([record(), record(), both], [twin, twin]).groups
        #expect(try joined < weights([record(), record(), both], [twin]).groups)
    }

    @Test func logarithmsOfLanesAreThoseOfNumbers() {
        for exponent in stride(from: Float(-100), to: 100, by: 0.37) {
            let value = BinaryLogarithm.power(SIMD8(repeating: -0.37 * (exponent + 101)))[0]
            let lanes = BinaryLogarithm.of(SIMD8<Float>(repeating: max(value, 1e-30)))
            #expect(abs(lanes[5] - BinaryLogarithm.of(max(value, 1e-30))) < 1e-5)
        }
    }
}
