import Identity
import Testing

@testable import Linkage

/// A run puts the records of one person together and nobody else's.
///
/// Method: small populations with the classic false links, run at default settings; the partition
/// is compared by content after shuffling and on one and two threads.
@Suite struct LinkageRunTests {
    private static let givenNames = [
        "Ana", "Luis", "Pedro", "Marta", "Jorge", "Elena", "Raul", "Ines", "Hugo", "Sofia", "Ivan",
        "Clara", "Oscar", "Julia", "Mario", "Berta", "Felipe", "Nora", "Simon", "Rosa",
    ]
    private static let surnames = [
        "Rojas", "Tapia", "Soto", "Vera", "Mella", "Pinto", "Lagos", "Cortes", "Bravo", "Nunez",
        "Godoy", "Ponce", "Salas", "Ibarra", "Fuentes", "Herrera", "Quispe", "Mamani", "Condori",
    ]

    /// Persons in households of three siblings, two records each, the second with a slip.
    static func population(households: Int) -> [(person: Int, record: PersonRecord)] {
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = TextHash.mix(state &+ 0x9E37_79B9)
            return Int(state % UInt64(bound))
        }
        var records: [(Int, PersonRecord)] = []
        for household in 0..<households {
            let family = surnames[next(surnames.count)]
            let mothers = surnames[next(surnames.count)]
            let phone = "9\(10_000_000 + next(80_000_000))"
            let address = "\(surnames[next(surnames.count)]) \(1 + next(3000))"
            for child in 0..<3 {
                let given = givenNames[(next(7) + child * 7) % givenNames.count]
                let year = 1960 + next(30) + child * 2
                let record = PersonRecord([
                    .given: given, .family: family, .mothersFamily: mothers, .phone: phone,
                    .address: address, .municipality: "Iquique",
                    .birthDate: "\(year)-0\(1 + next(9))-\(10 + next(18))",
                ])
                var slip = record
                switch next(4) {
                case 0: slip[.family] = family + "s"
                case 1: slip[.phone] = ""
                case 2: slip[.mothersFamily] = ""
                default: slip[.address] = "Otra Calle \(next(900))"
                }
                records.append((household * 3 + child, record))
                records.append((household * 3 + child, slip))
            }
        }
        return records
    }

    static func link(
        _ records: [PersonRecord], threads: Int = 1, sources: [String]? = nil,
        configure: (inout LinkageOptions) -> Void = { _ in }
    ) -> LinkageOutcome {
        var builder = PopulationBuilder(threads: threads)
        builder.append(records, sources: sources ?? records.map { _ in "a" })
        var options = LinkageOptions()
        options.threads = threads
        configure(&options)
        return LinkageRun.run(builder.finish(), options: options)
    }

    @Test func siblingsStayApartAndRecordsMeet() {
        let population = Self.population(households: 300)
        let outcome = Self.link(population.map(\.record))
        var wrong = 0
        for left in 0..<population.count {
            for right in left + 1..<min(population.count, left + 6) {
                let same = population[left].person == population[right].person
                if (outcome.clusters[left] == outcome.clusters[right]) != same { wrong += 1 }
            }
        }
        #expect(wrong <= 12, "of 900 persons")
    }

    @Test(arguments: [1, 2, 3]) func orderAndThreadsDoNotMatter(_ seed: UInt64) {
        let records = Self.population(households: 120).map(\.record)
        let base = Self.link(records).clusters
        let order = records.indices.sorted {
            TextHash.mix(UInt64($0) ^ seed &<< 40) < TextHash.mix(UInt64($1) ^ seed &<< 40)
        }
        let shuffled = Self.link(order.map { records[$0] }, threads: 2).clusters
        for (place, slot) in order.enumerated() {
            // One cluster's first in either order is a member of the cluster in the other.
            let first = order[Int(shuffled[place])]
            #expect(base[first] == base[slot], "seed \(seed)")
        }
        #expect(Set(base).count == Set(shuffled).count)
    }

    @Test func emptySingleAndEqualRecords() {
        #expect(Self.link([]).clusters.isEmpty)
        #expect(Self.link([PersonRecord([.given: "Ana"])]).clusters == [0])
        let equal = PersonRecord([
            .given: "Ana", .family: "Rojas", .birthDate: "1980-02-11", .phone: "912345678",
        ])
        let outcome = Self.link(Array(repeating: equal, count: 20_000), threads: 2)
        #expect(outcome.clusters.count == 20_000)
        #expect(Set(outcome.clusters).count == 1)
    }

    @Test func longNamesAndStrangeBytes() {
        let long = String(repeating: "a", count: 10_000)
        let records = [
            PersonRecord([.given: long, .family: long]),
            PersonRecord([.given: long + "b", .family: "\u{202E}\u{0}\u{7}"]),
            PersonRecord([.given: "", .birthDate: "19561399", .address: long]),
        ]
        #expect(Self.link(records, threads: 2).clusters.count == 3)
    }
}

extension LinkageRunTests {
    /// Twins, a namesake and a child under its guardian's number, once among ordinary records.
    @Test func peopleWhoShareMuchStayApart() {
        var records = Self.population(households: 200).map(\.record)
        let first = records.count
        let home: KeyValuePairs<DemographicField, String> = [
            .given: "Tomas", .family: "Aravena", .mothersFamily: "Mella", .birthDate: "2015-05-08",
            .phone: "987001122", .address: "Los Boldos 254", .municipality: "Iquique", .sex: "M",
        ]
        let tomas = PersonRecord(home)
        var twin = tomas
        twin[.given] = "Benjamin"
        var father = tomas
        father[.mothersFamily] = "Soto"
        father[.birthDate] = "1984-11-23"
        var mother = PersonRecord(home, id: "12345678-5")
        mother[.given] = "Carolina"
        mother[.family] = "Mella"
        mother[.mothersFamily] = "Vera"
        mother[.birthDate] = "1986-02-14"
        mother[.sex] = "F"
        let underGuardian = PersonRecord(home, id: "12345678-5")
        records += [tomas, twin, father, mother, underGuardian]
        let clusters = Self.link(records).clusters[first...]
        #expect(clusters[first] == clusters[first + 4], "the child and the child under her number")
        #expect(Set(clusters[first...first + 3]).count == 4)
    }

    @Test func oneRecordOfASource() {
        let records = Self.population(households: 60).map(\.record)
        let outcome = Self.link(records) { $0.onePerSource = true }
        #expect(Set(outcome.clusters).count == records.count)
        let sources = records.indices.map { $0 % 2 == 0 ? "a" : "b" }
        let paired = Self.link(records, sources: sources) { $0.onePerSource = true }
        var seen: Set<[Int]> = []
        for (slot, cluster) in paired.clusters.enumerated() {
            #expect(seen.insert([Int(cluster), slot % 2]).inserted)
        }
        #expect(Set(paired.clusters).count < records.count * 3 / 4)
    }

    @Test func shippedModelsLinkAtOnce() throws {
        let population = Self.population(households: 100)
        for name in ["generic", "cl"] {
            let model = try #require(ShippedModels.named(name))
            let outcome = Self.link(population.map(\.record)) {
                $0.model = model.scaled(toRecords: population.count)
            }
            let truth = Evaluation(
                clusters: outcome.clusters, persons: population.map { UInt32($0.person) })
            #expect(truth.pairwise.f1 > 0.95, "\(name)")
        }
    }

    @Test func wideRunsCompareMorePairs() {
        let records = Self.population(households: 200).map(\.record)
        // Without the second look, in which all records of so small a file meet.
        let pairs = [false, true].map { wide in
            Self.link(records) {
                $0.wide = wide
                $0.rescues = false
            }.statistics.comparedPairs
        }
        #expect(pairs[1] > pairs[0])
    }

    /// What is kept of pairs does not depend on threads, and only what lies below the least weight goes.
    @Test func tooManyPairsAreKeptFromTheHeaviestDown() {
        let records = Self.population(households: 60).map(\.record)
        let all = Self.link(records)
        for limit in [10, 60, 150] {
            let one = Self.link(records) { $0.keptPairsMax = limit }
            let two = Self.link(records, threads: 2) { $0.keptPairsMax = limit }
            #expect(one.clusters == two.clusters && one.pairs == two.pairs)
            #expect(one.statistics.leastKeptWeight == two.statistics.leastKeptWeight)
            #expect(one.pairs.count <= limit)
        }
        #expect(all.statistics.leastKeptWeight == nil)
        let few = Self.link(records) { $0.keptPairsMax = 10 }
        #expect((few.statistics.leastKeptWeight ?? 0) > 0)
    }
}
