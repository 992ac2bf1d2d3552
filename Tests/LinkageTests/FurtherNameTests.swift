import Identity
import Testing

@testable import Linkage

/// Further names find a person under each of them, and numbers out of use contradict nobody.
///
/// Method: literal records encoded and compared; records without further names beside them.
@Suite struct FurtherNameTests {
    private func encoded(_ person: PersonRecord) -> (EncodedPerson, TokenTable) {
        var tokens = TokenTable()
        var encoder = PersonEncoder()
        return (encoder.encode(person, tokens: &tokens), tokens)
    }

    private func words(_ person: PersonRecord) -> (given: [String], surnames: [String]) {
        let (person, tokens) = encoded(person)
        return (
            (0..<3).map { tokens.text(person.givenNames[$0]) },
            (0..<3).map { tokens.text(person.surnames[$0]) }
        )
    }

    private let ana = PersonRecord([
        .given: "Ana", .family: "Rojas", .mothersFamily: "Tapia", .birthDate: "1984-03-17",
    ])

    private func named(_ names: [FurtherName], _ person: PersonRecord? = nil) -> PersonRecord {
        var named = person ?? ana
        named.names = names
        return named
    }

    @Test func furtherNamesTakeTheThirdPlaces() {
        let none = tokenText(0)
        let former = words(
            named([
                FurtherName(use: .former, given: "Alex", family: "de la Soto"),
                FurtherName(use: .social, given: "Max", family: "Lang"),
            ]))
        #expect(former.given == ["ana", none, "alex"])
        #expect(former.surnames == ["rojas", "tapia", "soto"])
        let same = words(named([FurtherName(use: .former, given: "ANA", family: "Tápia")]))
        #expect(same == words(ana))
    }

    @Test func anEmptyFirstPlaceIsTakenFirst() {
        let person = words(
            named(
                [FurtherName(use: .social, given: "Alex", family: "Soto")],
                PersonRecord([.birthDate: "1984-03-17"])))
        #expect(person.given.first == "alex" && person.surnames.first == "soto")
    }

    @Test func anUnnamedNewbornStaysUnnamed() {
        let child = PersonRecord([.given: "RN", .family: "Rojas"])
        let (person, _) = encoded(named([FurtherName(use: .social, given: "Alex")], child))
        #expect(person.traits.isUnnamedNewborn && person.givenNames == .zero)
    }

    @Test func aFormerSurnameBringsTwoRecordsTogether() throws {
        let married = PersonRecord([
            .given: "Ana", .family: "Lang", .birthDate: "1984-03-17", .sex: "F",
        ])
        let before = PersonRecord([
            .given: "Ana", .family: "Rojas", .birthDate: "1984-03-17", .sex: "F",
        ])
        let model = try #require(ShippedModels.named("cl"))
        let apart = MatchExplanation(left: before, right: married, model: model)
        let together = MatchExplanation(
            left: before, right: named([FurtherName(use: .former, family: "Rojas")], married),
            model: model)
        #expect(together.total > apart.total + 4)
        #expect(together.waterfall.contains("formerly or also Rojas"))
    }

    @Test func numbersOutOfUseContradictNobody() throws {
        let model = try #require(ShippedModels.named("cl"))
        func person(_ numbers: [(String, IdentifierStatus)], _ given: String) -> PersonRecord {
            var person = ana
            person[.given] = given
            person.identifiers = numbers.map {
                LocalIdentifier(authority: "cl-run", value: $0.0, status: $0.1)
            }
            return person
        }
        func isVetoed(
            _ left: [(String, IdentifierStatus)], _ right: [(String, IdentifierStatus)]
        ) -> Bool {
            MatchExplanation(
                left: person(left, "Ana"), right: person(right, "Luis"), model: model
            ).isVetoed
        }
        let (one, other) = ("12345678-5", "7654321-6")
        #expect(isVetoed([(one, .current)], [(other, .current)]))
        #expect(isVetoed([(one, .temporary)], [(other, .current)]))
        #expect(!isVetoed([(one, .old)], [(other, .current)]))
        #expect(!isVetoed([(one, .mistaken)], [(other, .current)]))
        #expect(!isVetoed([(one, .current), (other, .old)], [(other, .current)]))
        #expect(isVetoed([(one, .current), (other, .mistaken)], [(other, .current)]))
        let (kept, _) = encoded(person([(one, .old), (other, .current)], "Ana"))
        let (current, _) = encoded(person([(other, .current)], "Ana"))
        #expect(kept.identifiers == current.identifiers)
        let (mistaken, _) = encoded(person([(one, .mistaken)], "Ana"))
        #expect(mistaken.identifiers == .zero)
    }

    private func tokenText(_ word: UInt32) -> String { TokenTable().text(word) }
}
