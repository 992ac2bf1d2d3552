import Identity
import RegistryModel
import Testing

/// A golden record is a pure function of a set of records.
///
/// Method: literal cases for each rule, then random sets of records under random orders.
@Suite struct GoldenRecordTests {
    private static func source(
        _ values: [DemographicField: String], recordedAt: Int64 = 0,
        identifiers: [LocalIdentifier] = []
    ) -> GoldenRecordSource {
        var person = PersonRecord()
        for (field, value) in values { person[field] = value }
        person.identifiers = identifiers
        return GoldenRecordSource(person: person, recordedAt: recordedAt)
    }

    @Test func mostAgreedValueSurvives() {
        let golden = GoldenRecord.derive(from: [
            Self.source([.family: "Soto"]), Self.source([.family: "Sotto Perez"]),
            Self.source([.family: "Soto"]),
        ])
        #expect(golden[.family] == "Soto")
    }

    @Test func completerValueSurvivesAmongEquals() {
        let golden = GoldenRecord.derive(from: [
            Self.source([.given: "Juan Carlos"], recordedAt: 1),
            Self.source([.given: "Juan"], recordedAt: 2),
        ])
        #expect(golden[.given] == "Juan Carlos")
    }

    @Test func latestAddressSurvives() {
        let golden = GoldenRecord.derive(from: [
            Self.source([.address: "Calle Larga 1234, Arica"], recordedAt: 1),
            Self.source([.address: "Calle 2"], recordedAt: 2),
        ])
        #expect(golden[.address] == "Calle 2")
    }

    @Test func oneNumberWrittenTwoWaysIsOne() {
        let dotted = LocalIdentifier(authority: "cl-run", value: "12.497.947-1")
        let plain = LocalIdentifier(authority: "cl-run", value: "12497947-1")
        let golden = GoldenRecord.derive(from: [
            Self.source([:], identifiers: [dotted]), Self.source([:], identifiers: [plain]),
            Self.source([:], identifiers: [plain]),
        ])
        #expect(golden.identifiers == [plain])
    }

    @Test func identifiersAreUnited() {
        let run = LocalIdentifier(authority: "cl-run", value: "11111111-1")
        let passport = LocalIdentifier(authority: "passport-per", value: "X1")
        let golden = GoldenRecord.derive(from: [
            Self.source([:], identifiers: [passport, run]), Self.source([:], identifiers: [run]),
        ])
        #expect(golden.identifiers == [run, passport])
    }

    @Test func oneRecordIsItsOwnGoldenRecord() {
        let only = Self.source(
            [.given: "Ana"],
            identifiers: [
                LocalIdentifier(authority: "b", value: "2"),
                LocalIdentifier(authority: "a", value: "1"),
            ])
        #expect(GoldenRecord.derive(from: [only]) == only.person)
    }

    @Test(arguments: UInt64(1)...40) func orderOfRecordsChangesNothing(seed: UInt64) {
        var random = SplitMix(state: seed)
        let values = ["Ana", "Ana Maria", "Anna", "María", "Zoë"]
        let sources = (0..<Int.random(in: 2...6, using: &random)).map { _ in
            var person = PersonRecord()
            for field in DemographicField.allCases where Bool.random(using: &random) {
                person[field] = values.randomElement(using: &random) ?? ""
            }
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                person.identifiers.append(
                    LocalIdentifier(
                        authority: "a", value: String(Int.random(in: 0...2, using: &random))))
            }
            return GoldenRecordSource(
                person: person, recordedAt: Int64.random(in: 0...2, using: &random))
        }
        let golden = GoldenRecord.derive(from: sources)
        for _ in 0..<10 {
            #expect(GoldenRecord.derive(from: sources.shuffled(using: &random)) == golden)
        }
        for field in DemographicField.allCases {
            let stated = sources.map { $0.person[field] }.filter { !$0.isEmpty }
            #expect(stated.isEmpty ? !golden.has(field) : stated.contains(golden[field]))
        }
        #expect(Set(golden.identifiers) == Set(sources.flatMap(\.person.identifiers)))
    }
}

/// A seeded generator, so that a failing case can be played again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
