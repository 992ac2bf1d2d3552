import SeededTesting
import Foundation
import Identity
import Testing

@testable import Linkage

/// No cluster holds what must not be together, and each holds what must.
///
/// Method: every pair of records within every cluster of generated populations is looked at, some of
/// whose records stand there many times.
@Suite struct ClusterPropertyTests {
    /// A population of which every tenth record stands several times, in several sources.
    private static func repeating(seed: UInt64) throws -> SyntheticPopulation {
        let people = try SyntheticPopulation(persons: 500, seed: seed)
        var generator = SeededGenerator(seed: seed)
        var places = Array(0..<people.count)
        for place in stride(from: 0, to: people.count, by: 10) {
            for _ in 0..<Int.random(in: 1...4, using: &generator) { places.append(place) }
        }
        return people.taken(places.shuffled(using: &generator))
    }

    /// The places of the records of each cluster.
    private static func members(_ clusters: [UInt32]) -> [[Int]] {
        var members: [UInt32: [Int]] = [:]
        for (place, cluster) in clusters.enumerated() {
            members[cluster, default: []].append(place)
        }
        return Array(members.values)
    }

    @Test(arguments: PropertySeeds.many) func noVetoHoldsWithin(seed: UInt64) throws {
        let people = try Self.repeating(seed: seed)
        let outcome = people.linked(threads: 2)
        let vetoed = MergeVeto.count(within: outcome.clusters, of: people.population())
        #expect(vetoed == 0, "\(PropertySeeds.replay(seed))")
    }

    @Test(arguments: PropertySeeds.many) func oneRecordOfASource(seed: UInt64) throws {
        let people = try Self.repeating(seed: seed)
        let outcome = people.linked(threads: 2) { $0.onePerSource = true }
        let clusters = Self.members(outcome.clusters)
        let repeating = clusters.count { cluster in
            Set(cluster.map { people.sources[$0] }).count < cluster.count
        }
        #expect(repeating == 0, "\(PropertySeeds.replay(seed))")
        #expect(clusters.contains { $0.count > 1 })
    }

    @Test(arguments: PropertySeeds.many) func equalRecordsMeetWhereTheyMay(seed: UInt64) throws {
        let people = try Self.repeating(seed: seed)
        let outcome = people.linked(threads: 2)
        let population = people.population()
        let weights = PairWeights(outcome.model, tokens: population.tokens)
        var scorer = PairScorer(tokens: population.tokens, weights: weights)
        let first = Partition.labels(population)
        var apart = 0
        population.persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return }
            for (place, label) in first.enumerated() where label != place {
                let (vector, weight) = scorer.score(base + label, base + place)
                let mayMeet =
                    Double(weight) >= outcome.model.linkThreshold
                    && !MergeVeto.holds(vector, base + label, base + place)
                if mayMeet, outcome.clusters[label] != outcome.clusters[place] { apart += 1 }
            }
        }
        #expect(apart == 0, "\(PropertySeeds.replay(seed))")
    }

    /// Two newborns without a name say the same but for their place in the birth, and are two.
    @Test(arguments: PropertySeeds.few) func unnamedTwinsStayApart(seed: UInt64) throws {
        let people = try SyntheticPopulation(persons: 500, seed: seed)
        let first = PersonRecord([
            .given: "RN de Marta", .family: "Quilodran", .mothersFamily: "Huenchual",
            .birthDate: "2021-06-14", .phone: "987004455", .address: "Los Notros 1187",
            .municipality: "Ancud", .sex: "M", .birthOrder: "1",
        ])
        let source = people.sources[0]
        var second = first
        second[.birthOrder] = "2"
        let clusters = people.adding([(first, source, 1_000_000), (second, source, 1_000_001)])
            .linked(threads: 2)
            .clusters
        #expect(
            clusters[people.count] != clusters[people.count + 1], "\(PropertySeeds.replay(seed))")
    }
}
