import Identity
import SeededTesting
import Testing

@testable import Linkage

/// Records that no blocking rule brings together are found where few records share a loose key.
///
/// Method: a pair with an error in every fact that a rule uses, put among ordinary records, is linked
/// with and without the second look; groups are held against a plain search for shared keys; pairs of
/// records with two errors must share a key.
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

    /// More records than a file may have in which all meet all.
    private static let manyPersons = 7_000

    private static func manyRecords() -> [PersonRecord] {
        var generator = SeededGenerator(seed: 5)
        func pick(_ words: [String]) -> String { words.randomElement(using: &generator) ?? "" }
        let syllables = ["ma", "ri", "lo", "pe", "san", "tor", "quin", "ve", "ga", "du", "cha"]
        return (0..<manyPersons).map { number in
            PersonRecord([
                .given: pick(syllables) + pick(syllables) + pick(syllables),
                .family: pick(syllables) + pick(syllables) + pick(syllables),
                .birthDate: "\(1930 + number % 80)-0\(1 + number % 9)-\(10 + number % 17)",
                .municipality: pick(["Iquique", "Arica", "Talca", "Osorno"]),
            ])
        }
    }

    private static func population(of records: [PersonRecord]) -> Population {
        var builder = PopulationBuilder()
        builder.append(records, sources: records.map { _ in "" })
        return builder.finish()
    }

    @Test(arguments: RescueKeys.Round.allCases)
    func groupsAreAllThatFewRecordsShare(round: RescueKeys.Round) {
        let population = Self.population(of: Self.manyRecords())
        let members = (0..<UInt32(population.count)).filter { $0 % 7 != 0 }
        let pass = RescuePass(
            members: members, records: population.count, links: [], missedShare: 0.004)
        let isExhaustive = pass.isExhaustive
        #expect(!isExhaustive)
        var holders: [UInt32: Set<UInt32>] = [:]
        for slot in members {
            RescueKeys.forEach(
                of: population.persons[Int(slot)], tokens: population.tokens, round: round
            ) { holders[$0, default: []].insert(slot) }
        }
        var found: [Set<UInt32>] = []
        for part in pass.groups(of: round, population, threads: 2) {
            for block in 0..<part.blockCount {
                found.append(
                    Set(part.slots[Int(part.starts[block])..<Int(part.starts[block + 1])]))
            }
        }
        let largest = found.map(\.count).max() ?? 0
        #expect(largest > RescuePass.groupMin && largest <= RescuePass.groupMax)
        let expected = holders.values.filter { $0.count > 1 && $0.count <= largest }
        let isEqual =
            found.map { $0.sorted() }.sorted(by: Self.precedes)
            == expected.map { $0.sorted() }.sorted(by: Self.precedes)
        #expect(isEqual, "\(found.count) groups, \(expected.count) expected")
    }

    @Test func whoIsLookedAtFollowsFromWhatIsMissed() {
        let members = (0..<300_000).map { UInt32($0) }
        let links = members.filter { $0 % 2 == 0 }.map {
            ScoredPair(left: $0, right: $0, weight: 5, decision: .link)
        }
        for (missedShare, looksAtAll) in [(0.0099, false), (0.01, true), (nil, true)] {
            let pass = RescuePass(
                members: members, records: members.count, links: links, missedShare: missedShare)
            #expect(pass.unreached == 150_000)
            let isAsAsked = pass.isLookedAt.enumerated().allSatisfy {
                $1 == (looksAtAll || $0 % 2 == 1)
            }
            #expect(isAsAsked)
        }
        // A smaller file is looked at whole as soon as links are missed.
        let few = Array(members.prefix(200_000))
        let pass = RescuePass(
            members: few, records: few.count, links: links.prefix(9), missedShare: 0.004)
        let looksAtAll = pass.isLookedAt.allSatisfy { $0 }
        #expect(looksAtAll)
        #expect(RescuePass.isWorthIt(records: few.count, missedShare: 0.003))
        #expect(!RescuePass.isWorthIt(records: few.count, missedShare: 0.0029))
        #expect(!RescuePass.isWorthIt(records: 5_000_000, missedShare: 0.0099))
    }

    @Test func inASmallFileAllMeetAll() {
        let population = Self.population(of: Self.population())
        let members = (0..<UInt32(population.count)).map { $0 }
        let pass = RescuePass(
            members: members, records: members.count, links: [], missedShare: nil)
        #expect(pass.isExhaustive)
        let groups = pass.groups(of: .first, population, threads: 2)
        #expect(groups.map(\.pairs) == [members.count * (members.count - 1) / 2])
        let one = RescuePass(members: [3], records: 9, links: [], missedShare: nil)
        #expect(one.groups(of: .first, population, threads: 1).isEmpty)
    }

    /// Each pair differs in two values; what is left must join it.
    @Test(arguments: [
        // Letters that changed places in one name, one too many in the other.
        (["Sandoz", "Lisa", "", ""], ["aSndoz", "Liosa", "", ""]),
        // Other letters in both names, on another day of the year.
        (["Gautier", "Martine", "1954-05-09", ""], ["Gauxier", "Nartine", "1954-09-05", ""]),
        // A surname dropped, at another place.
        (["Staudinger", "Caroline", "1942-03-02", ""], ["", "Caroline", "1942", "Hof"]),
        // Other names altogether, on one day.
        (["Chappuis", "Fabriel", "1954-06-18", "Vannes"], ["Vinco", "Toms", "1954-06-18", ""]),
    ])
    func keysOutlastTwoErrors(left: [String], right: [String]) {
        let population = Self.population(
            of: [left, right].map {
                PersonRecord([
                    .family: $0[0], .given: $0[1], .birthDate: $0[2], .municipality: $0[3],
                ])
            })
        let keys = population.persons.map { person in
            var keys: Set<UInt32> = []
            for round in RescueKeys.Round.allCases {
                RescueKeys.forEach(of: person, tokens: population.tokens, round: round) {
                    keys.insert($0)
                }
            }
            return keys
        }
        #expect(!keys[0].isDisjoint(with: keys[1]))
    }

    @Test func pairsAreGatheredOnce() {
        var (first, second) = (SortedPairs(), SortedPairs())
        for (left, right) in [(9, 2), (2, 9), (1, 7)] as [FilterTile.Pair] {
            first.add(left, right)
        }
        for (left, right) in [(7, 1), (2, 3)] as [FilterTile.Pair] { second.add(left, right) }
        let pairs = SortedPairs.joined([first, second])
        #expect(
            pairs.map { [SortedPairs.slots($0).left, SortedPairs.slots($0).right] }
                == [[1, 7], [2, 3], [2, 9]])
        #expect(SortedPairs.difference(pairs, []) == pairs)
        #expect(SortedPairs.difference(pairs, [0, pairs[1]]) == [pairs[0], pairs[2]])
        #expect(SortedPairs.difference(pairs, pairs).isEmpty)
    }

    @Test func recallCountsTruePairsOfDifferentContent() throws {
        let labelled = LinkageRunTests.population(households: 150)
        // A copy adds no pair.
        let records = labelled.map(\.record) + [labelled[0].record]
        let persons = (labelled.map(\.person) + [labelled[0].person]).map { UInt32($0) }
        let outcome = LinkageRunTests.link(records) { $0.persons = persons }
        let recall = try #require(outcome.statistics.blockingRecall)
        #expect(recall.truePairs == labelled.count / 2)
        #expect(recall.foundByRules > 0)
        // All meet all.
        #expect(recall.share == 1)
        #expect(recall.missedLinks == 0)
        let without = LinkageRunTests.link(records) {
            $0.persons = persons
            $0.rescues = false
        }
        #expect(without.statistics.blockingRecall?.foundBySecondLook == 0)
        #expect(without.statistics.blockingRecall?.foundByRules == recall.foundByRules)
        #expect(LinkageRunTests.link(records).statistics.blockingRecall == nil)
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
