import SeededTesting
import Identity
import Testing

@testable import Linkage

/// Persons with dozens of records each stay whole and stay apart.
///
/// Method: twins of the same families, each recorded many times with fields missing and letters
/// wrong, among ordinary people; every pair within every cluster is looked at.
@Suite struct LargeClusterTests {
    private static let recordsOfEach = 40

    /// Ordinary people, and families of twins with many records of each.
    private static func twins(seed: UInt64) throws -> SyntheticPopulation {
        var generator = SeededGenerator(seed: seed)
        let names = ["Tomas", "Benjamin", "Marta", "Elena", "Jorge", "Felipe", "Nora", "Clara"]
        let surnames = ["Quilodran", "Huenchual", "Aravena", "Mella", "Zuniga", "Larrain"]
        let people = try SyntheticPopulation(persons: 800, seed: seed)
        var further: [(PersonRecord, String, UInt32)] = []
        for family in 0..<6 {
            let month = 1 + Int.random(in: 0..<9, using: &generator)
            for child in 0..<2 {
                let person = PersonRecord(
                    [
                        .given: names[(family + child * 3) % names.count],
                        .family: surnames[family], .mothersFamily: surnames[(family + 1) % 6],
                        .birthDate: "193\(family)-0\(month)-14", .birthOrder: "\(child + 1)",
                        .phone: "98700\(4_000 + family)", .address: "Los Notros \(10 * family + 1)",
                        .municipality: "Ancud",
                    ], id: Self.run(5_000_000 + family * 10 + child))
                for _ in 0..<recordsOfEach {
                    further.append(
                        (
                            Self.noisy(person, &generator), people.sources[0],
                            UInt32(1_000_000 + family * 2 + child)
                        ))
                }
            }
        }
        return people.adding(further)
    }

    /// A Chilean number with its check digit.
    private static func run(_ number: Int) -> String {
        let sum = String(number).reversed().enumerated().reduce(0) { sum, digit in
            sum + (digit.element.wholeNumberValue ?? 0) * (2 + digit.offset % 6)
        }
        let check = 11 - sum % 11
        return "\(number)-\(check == 11 ? "0" : check == 10 ? "K" : String(check))"
    }

    private static func noisy(
        _ person: PersonRecord, _ generator: inout SeededGenerator
    ) -> PersonRecord {
        var record = person
        for field in [
            DemographicField.mothersFamily, .birthDate, .birthOrder, .phone, .address,
        ] where Int.random(in: 0..<3, using: &generator) == 0 {
            record[field] = ""
        }
        if Bool.random(using: &generator) { record.identifiers = [] }
        for field in [DemographicField.given, .family]
        where Int.random(in: 0..<3, using: &generator) == 0 {
            var letters = Array(record[field])
            letters.remove(at: Int.random(in: 1..<letters.count, using: &generator))
            record[field] = String(letters)
        }
        return record
    }

    @Test(arguments: PropertySeeds.few) func twinsOfManyRecords(seed: UInt64) throws {
        let people = try Self.twins(seed: seed)
        let outcome = people.linked(threads: 2)
        let population = people.population()
        #expect(
            MergeVeto.count(within: outcome.clusters, of: population) == 0,
            "\(PropertySeeds.replay(seed))")
        let accuracy = people.accuracy(outcome)
        #expect(accuracy.precision > 0.99, "\(PropertySeeds.replay(seed))")
        #expect(accuracy.recall > 0.9, "\(PropertySeeds.replay(seed))")
    }

    @Test(arguments: PropertySeeds.few) func orderDoesNotMatter(seed: UInt64) throws {
        let people = try Self.twins(seed: seed)
        let labels = Partition.labels(people.population())
        for isOnePerSource in [false, true] {
            let expected = people.linked { $0.onePerSource = isOnePerSource }
            var generator = SeededGenerator(seed: seed)
            let order = Array(0..<people.count).shuffled(using: &generator)
            let found = people.taken(order).linked(threads: 2) { $0.onePerSource = isOnePerSource }
            #expect(
                Partition(found.clusters, labels: order.map { labels[$0] })
                    == Partition(expected.clusters, labels: labels),
                "one per source: \(isOnePerSource), \(PropertySeeds.replay(seed))")
        }
    }
}

extension MergeVeto {
    /// The pairs of records of one cluster that contradict each other.
    static func count(within clusters: [UInt32], of population: Population) -> Int {
        var members: [UInt32: [Int]] = [:]
        for (place, cluster) in clusters.enumerated() {
            members[cluster, default: []].append(place)
        }
        var comparator = PairComparator(tokens: population.tokens)
        var count = 0
        population.persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return }
            for cluster in members.values {
                for (index, left) in cluster.enumerated() {
                    for right in cluster[(index + 1)...] {
                        let vector = comparator.compare(base + left, base + right)
                        if holds(vector, base + left, base + right) { count += 1 }
                    }
                }
            }
        }
        return count
    }
}
