import Identity
import Testing

@testable import Linkage

/// Records that no blocking rule brings together are found where few records share a loose key.
///
/// Method: a pair with an error in every fact that a rule uses, put among ordinary records, is linked
/// with and without the second look; groups are held against a plain search for shared keys.
@Suite struct RescuePassTests {
    private static func population() -> [PersonRecord] {
        LinkageRunTests.population(households: 150).map(\.record) + [
            PersonRecord(
                [.given: "Christopher", .family: "Zubizarreta", .birthDate: "1971-04-23"],
                id: "15119335-8"),
            PersonRecord([.given: "Xristopher", .family: "Zubizarreta"], id: "15129335-8"),
        ]
    }

    @Test(arguments: [1, 2]) func twoErrorsInARecordAreBridged(threads: Int) throws {
        let records = Self.population()
        let (first, second) = (records.count - 2, records.count - 1)
        let without = LinkageRunTests.link(records, threads: threads) { $0.rescues = false }
        #expect(without.clusters[first] != without.clusters[second])
        #expect(without.statistics.rescue == nil)
        let outcome = LinkageRunTests.link(records, threads: threads)
        #expect(outcome.clusters[first] == outcome.clusters[second])
        let rescue = try #require(outcome.statistics.rescue)
        #expect(rescue.links > 0)
        #expect(rescue.comparedPairs >= rescue.links)
    }

    @Test func groupsAreSmallAndHoldAnUnreachedRecord() {
        var builder = PopulationBuilder()
        let records = Self.population()
        builder.append(records, sources: records.map { _ in "" })
        let population = builder.finish()
        let members = (0..<UInt32(records.count)).filter { $0 % 7 != 0 }
        // Every other record counts as linked already.
        let links = members.filter { $0 % 2 == 0 }.map {
            ScoredPair(left: $0, right: $0, weight: 5, decision: .link)
        }
        let pass = RescuePass(
            population, members: members, links: links, missedShare: 0.004, threads: 2)
        var holders: [UInt32: Set<UInt32>] = [:]
        for slot in members {
            RescueKeys.forEach(
                of: population.persons[Int(slot)], tokens: population.tokens
            ) { holders[$0, default: []].insert(slot) }
        }
        let expected = holders.values.filter { group in
            group.count > 1 && group.count <= RescuePass.groupMax
                && group.contains { $0 % 2 == 1 }
        }
        var found: [Set<UInt32>] = []
        for part in pass.groups {
            for block in 0..<part.blockCount {
                found.append(
                    Set(part.slots[Int(part.starts[block])..<Int(part.starts[block + 1])]))
            }
        }
        #expect(pass.unreached == members.count - links.count)
        #expect(!found.isEmpty)
        #expect(
            found.map { $0.sorted() }.sorted(by: Self.precedes)
                == expected.map { $0.sorted() }.sorted(by: Self.precedes))
    }

    @Test func whereManyLinksAreMissedAllAreLookedAt() {
        var builder = PopulationBuilder()
        let records = Self.population()
        builder.append(records, sources: records.map { _ in "" })
        let population = builder.finish()
        let members = (0..<UInt32(records.count)).map { $0 }
        let links = members.map { ScoredPair(left: $0, right: $0, weight: 5, decision: .link) }
        for (missedShare, looksAtAll) in [(0.0099, false), (0.01, true), (nil, true)] {
            let pass = RescuePass(
                population, members: members, links: links, missedShare: missedShare, threads: 2)
            #expect(pass.unreached == 0)
            #expect(pass.isLookedAt.allSatisfy { $0 == looksAtAll })
            #expect((pass.pairs > 0) == looksAtAll)
        }
    }

    private static func precedes(_ left: [UInt32], _ right: [UInt32]) -> Bool {
        left.lexicographicallyPrecedes(right)
    }

    @Test func whatFewLinksMissCannotBeTold() {
        var builder = PopulationBuilder()
        builder.append(
            PersonRecord([
                .given: "Ana", .family: "Rojas", .birthDate: "1980-02-11", .phone: "912345678",
            ]), source: "")
        let blocks = BlockIndex(builder.finish(), members: [0], threads: 1)
        var missed = MissedShare()
        // A record shares all its keys with itself, more than two of them.
        missed.add(blocks.keys[0], blocks.keys[0])
        #expect(missed.estimate == nil)
        for _ in 0..<2_000 { missed.add(blocks.keys[0], blocks.keys[0]) }
        #expect(missed.estimate == 0)
        var other = MissedShare()
        var (one, two) = (BlockingKeys.zero, BlockingKeys.zero)
        (one[3], two[3], two[5]) = (7, 7, 8)
        for _ in 0..<40 { other.add(one, one) }
        for _ in 0..<10 { other.add(two, two) }
        missed.add(other)
        // 40² / 20 = 80 beside the 2,051 that were seen.
        #expect(missed.estimate == 80.0 / 2_131)
    }
}
