import SeededTesting
import Foundation
import Identity
import Testing

@testable import Linkage

/// What says nothing about persons changes nothing about the persons found.
///
/// Method: generated populations of all countries are linked once as they are and once with the
/// records in another order, in several batches, on other numbers of threads, with their fields set
/// in another order, or under the model that was saved; the partition must be the same. Records of
/// equal content count as exchangeable.
@Suite struct PartitionInvarianceTests {
    private static let persons = 500

    @Test(arguments: PropertySeeds.few) func orderOfInputAndFields(seed: UInt64) throws {
        let people = try SyntheticPopulation(persons: Self.persons, seed: seed)
        let labels = Partition.labels(people.population())
        let expected = Partition(people.linked().clusters, labels: labels)
        var generator = SeededGenerator(seed: seed)
        let order = Array(0..<people.count).shuffled(using: &generator)
        let shuffled = people.taken(order).changed { _, record in
            var rewritten = PersonRecord()
            for field in DemographicField.allCases.shuffled(using: &generator) {
                rewritten[field] = record[field]
            }
            rewritten.identifiers = record.identifiers.reversed()
            record = rewritten
        }
        let found = shuffled.linked(threads: 2)
        #expect(
            Partition(found.clusters, labels: order.map { labels[$0] }) == expected,
            "\(PropertySeeds.replay(seed))")
    }

    @Test(arguments: PropertySeeds.few) func threadsAndBatches(seed: UInt64) throws {
        let people = try SyntheticPopulation(persons: Self.persons, seed: seed)
        let expected = people.linked()
        for (threads, batches) in [(2, 1), (5, 2), (1, 7)] {
            let found = people.linked(threads: threads, batches: batches)
            let comment = "\(threads) threads, \(batches) batches, \(PropertySeeds.replay(seed))"
            #expect(found.clusters == expected.clusters, "\(comment)")
            #expect(found.pairs == expected.pairs, "\(comment)")
            #expect(found.model == expected.model, "\(comment)")
        }
    }

    @Test(arguments: PropertySeeds.few) func aSavedModel(seed: UInt64) throws {
        let people = try SyntheticPopulation(persons: Self.persons, seed: seed)
        let trained = people.linked()
        let saved = try LinkageModel(json: trained.model.json())
        let reused = people.linked { $0.model = saved }
        #expect(reused.clusters == trained.clusters, "\(PropertySeeds.replay(seed))")
        #expect(reused.pairs == trained.pairs, "\(PropertySeeds.replay(seed))")
        #expect(reused.training == nil)
    }
}
