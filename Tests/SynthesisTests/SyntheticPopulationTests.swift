import Foundation
import Identity
import Synthesis
import Testing

/// The generated people are a population: numbers are valid and unique, twins and namesakes exist.
///
/// Method: extracts without errors are read back and judged by the rules of Identity, which were
/// written apart from the generator's own.
@Suite struct SyntheticPopulationTests {
    /// Values that pass for numbers of a national register.
    private static let authorities: [SynthesisLocale: String] = [
        .cl: "cl-run", .pe: "pe-dni", .fr: "fr-ins-nir", .ir: "ir-nid",
    ]

    @Test(arguments: SynthesisLocale.allCases)
    func cleanNationalIdsAreValidAndOnesOwn(_ locale: SynthesisLocale) throws {
        let extract = try GeneratedExtract(
            persons: 4000, locale: locale, seed: 77, rates: .none)
        let code = try #require(Self.authorities[locale])
        let authority = try #require(AssigningAuthority.shipped(code: code))
        let idPlace = extract.place("national_id")
        let authorityPlace = extract.place("national_id_authority")
        var holders: [String: String] = [:]
        var invalid = 0
        for row in extract.rows where row[authorityPlace] == code {
            var value = row[idPlace]
            // One Iranian source leaves the leading zeros away.
            if locale == .ir, value.count < 10 {
                value = String(repeating: "0", count: 10 - value.count) + value
            }
            let assessment = authority.assess(value)
            if assessment.finding != .valid { invalid += 1 }
            let person = extract.persons[row[0]] ?? ""
            #expect(holders.updateValue(person, forKey: assessment.canonical) ?? person == person)
        }
        #expect(holders.count > 2000)
        // A rare number looks like a filler (a run of digits) and is none.
        #expect(invalid <= 1, "\(invalid) invalid ids")
    }

    @Test(arguments: SynthesisLocale.allCases)
    func birthDatesAreDaysOfTheirCalendar(_ locale: SynthesisLocale) throws {
        let extract = try GeneratedExtract(persons: 3000, locale: locale, seed: 14)
        for date in extract.values("birth_date") where !date.isEmpty {
            #expect(throws: Never.self) { try PartialDate(date) }
        }
    }

    @Test(arguments: SynthesisLocale.allCases)
    func twinsAndNamesakesExist(_ locale: SynthesisLocale) throws {
        let extract = try GeneratedExtract(persons: 6000, locale: locale, seed: 9, rates: .none)
        let orders = Set(extract.values("birth_order"))
        #expect(orders == ["", "1", "2"])
        let given = extract.place("given")
        let family = extract.place("family")
        var people: [String: Set<String>] = [:]
        for row in extract.rows {
            people["\(row[given]) \(row[family])", default: []].insert(
                extract.persons[row[0]] ?? "")
        }
        #expect(people.values.contains { $0.count > 1 })
    }

    @Test func largerPopulationsBeginWithTheSamePeople() throws {
        // The blocks' independence is what keeps memory bounded.
        let small = try GeneratedExtract(persons: 512, locale: .cl, seed: 5, rates: .none)
        let large = try GeneratedExtract(persons: 1024, locale: .cl, seed: 5, rates: .none)
        func names(_ extract: GeneratedExtract) -> Set<String> {
            let columns = ["given", "family", "birth_date", "recorded_at"].map(extract.place)
            return Set(
                extract.rows.filter { Int(extract.persons[$0[0]] ?? "") ?? 0 <= 512 }.map { row in
                    columns.map { row[$0] }.joined(separator: "|")
                })
        }
        #expect(names(small) == names(large))
    }

    @Test func thePageShowsTheRatesOfTheCode() throws {
        let page = try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "Sources/Synthesis/Synthesis.docc/Synthesis.md"),
            encoding: .utf8)
        for kind in ErrorKind.allCases {
            let line = "| \(kind) | \(ErrorRates.documented[kind]) | \(kind.summary) |"
            #expect(page.contains(line), "the page lacks \(line)")
        }
    }
}
