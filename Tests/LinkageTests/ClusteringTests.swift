import Identity
import Testing

@testable import Linkage

/// Contradictions keep records apart, and sets are what was joined.
///
/// Method: vetoes on literal pairs; union-find against a list of labels.
@Suite struct ClusteringTests {
    private func isVetoed(_ left: PersonRecord, _ right: PersonRecord) -> Bool {
        MatchExplanation(left: left, right: right, model: LinkageModel(records: 1_000)).isVetoed
    }

    @Test func numbersThatBothHoldKeepApart() {
        let first = PersonRecord([.given: "Ana", .family: "Rojas"], id: "12345678-5")
        let second = PersonRecord([.given: "Ana", .family: "Rojas"], id: "5126663-3")
        #expect(isVetoed(first, second))
        let mistyped = PersonRecord([.given: "Ana", .family: "Rojas"], id: "12345679-5")
        #expect(!isVetoed(first, mistyped))
    }

    @Test func aWrongNumberDoesNotOutweighNamesAndDate() {
        let fields: KeyValuePairs<DemographicField, String> = [
            .given: "Ana", .family: "Rojas", .birthDate: "2015-05-08",
        ]
        let own = PersonRecord(fields, id: "12345678-5")
        let guardians = PersonRecord(fields, id: "5126663-3")
        #expect(!isVetoed(own, guardians))
        var twin = guardians
        twin[.given] = "Marta"
        #expect(isVetoed(own, twin))
    }

    /// A number that may be another person's neither keeps apart nor takes a contradiction away.
    @Test func sharedNumbersDecideNothingAlone() {
        func record(_ given: String, _ number: String, _ authority: String, order: String = "")
            -> PersonRecord
        {
            var record = PersonRecord([
                .given: given, .family: "Rojas", .birthDate: "2020-01-15", .birthOrder: order,
            ])
            record.identifiers = [LocalIdentifier(authority: authority, value: number)]
            return record
        }
        let own = record("Ana", "12345678-5", "cl-run")
        #expect(isVetoed(own, record("Anita María", "5126663-3", "cl-run", order: "1")) == false)
        #expect(isVetoed(own, record("Marta", "5126663-3", "cl-run")))
        #expect(!isVetoed(own, record("Marta", "5126663-3", "cl-run-shared")))
        #expect(!isVetoed(own, record("RN de Marta", "5126663-3", "cl-run")))
        let twins = ["1", "2"].map { record("RN", "12345678-5", "cl-run-shared", order: $0) }
        #expect(isVetoed(twins[0], twins[1]))
        let unnamed = record("RN", "12345678-5", "cl-run-shared")
        #expect(isVetoed(unnamed, unnamed))
    }

    @Test func placesInAMultipleBirthKeepApart() {
        let first = PersonRecord([.birthDate: "2020-01-15", .birthOrder: "1"])
        let second = PersonRecord([.birthDate: "2020-01-15", .birthOrder: "2"])
        #expect(isVetoed(first, second) && !isVetoed(first, first))
    }

    /// Two equal records of newborns without a name are two children, unless something is the child's own.
    @Test func equalNewbornsWithoutANameStayApart() {
        let newborn = PersonRecord([
            .given: "Recién nacido", .family: "Rojas", .birthDate: "2020-01-15",
            .phone: "987004455",
        ])
        #expect(isVetoed(newborn, newborn))
        var named = newborn
        named[.given] = "Ana"
        #expect(!isVetoed(named, named) && !isVetoed(newborn, named))
        var elsewhere = newborn
        elsewhere[.municipality] = "Ancud"
        #expect(!isVetoed(newborn, elsewhere))
        var second = newborn
        second[.birthOrder] = "2"
        #expect(!isVetoed(second, second))
        let numbered = PersonRecord(
            [.given: "RN", .family: "Rojas", .birthDate: "2020-01-15"], id: "12345678-5")
        #expect(!isVetoed(numbered, numbered))
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func unionFindAgainstLabels(seed: UInt64) {
        let count = 200
        var sets = UnionFind(count: count)
        var labels = Array(0..<count)
        var state = seed
        for _ in 0..<150 {
            state = TextHash.mix(state &+ 0x9E37_79B9)
            let left = Int(state % UInt64(count))
            let right = Int((state >> 32) % UInt64(count))
            sets.join(sets.find(UInt32(left)), sets.find(UInt32(right)))
            let (from, to) = (labels[left], labels[right])
            for index in labels.indices where labels[index] == from { labels[index] = to }
        }
        for element in 0..<count {
            let members = Set(sets.members(UInt32(element)).map(Int.init))
            let expected = Set(labels.indices.filter { labels[$0] == labels[element] })
            #expect(members == expected, "seed \(seed)")
            #expect(sets.size(sets.find(UInt32(element))) == expected.count)
        }
    }
}
