import Synthesis
import Testing

/// The generated extract is whole, repeatable, and as wrong as it says.
///
/// Method: small populations of every locale are generated in memory and read back; the shares of
/// errors are compared with the documented rates within five standard deviations.
@Suite struct PopulationSynthesizerTests {
    @Test(arguments: SynthesisLocale.allCases)
    func sameSeedSameBytes(_ locale: SynthesisLocale) throws {
        let first = try GeneratedExtract(persons: 1000, locale: locale, seed: 11)
        let second = try GeneratedExtract(persons: 1000, locale: locale, seed: 11)
        let third = try GeneratedExtract(persons: 1000, locale: locale, seed: 12)
        #expect(first.bytes == second.bytes)
        #expect(first.truthBytes == second.truthBytes)
        #expect(first.bytes != third.bytes)
    }

    @Test(arguments: SynthesisLocale.allCases)
    func truthCoversEveryRecordOnce(_ locale: SynthesisLocale) throws {
        let extract = try GeneratedExtract(persons: 3000, locale: locale, seed: 3)
        let ids = extract.values("record_id")
        #expect(Set(ids).count == ids.count)
        #expect(extract.truthLines == ids.count)
        #expect(ids.allSatisfy { extract.persons[$0] != nil })
        #expect(Set(extract.persons.values).count == 3000)
        #expect(extract.summary.records == ids.count)
        #expect(extract.rows.allSatisfy { $0.count == extract.header.count })
    }

    @Test(arguments: SynthesisLocale.allCases)
    func bytesAreValidUTF8(_ locale: SynthesisLocale) throws {
        let extract = try GeneratedExtract(persons: 2000, locale: locale, seed: 5)
        #expect(String(validating: extract.bytes, as: UTF8.self) != nil)
    }

    @Test(arguments: SynthesisLocale.allCases)
    func recordsPerPerson(_ locale: SynthesisLocale) throws {
        let extract = try GeneratedExtract(persons: 6000, locale: locale, seed: 8)
        let mean = Double(extract.summary.records) / 6000
        #expect((1.72...1.84).contains(mean), "mean \(mean)")
        var counts: [String: Int] = [:]
        for person in extract.persons.values { counts[person, default: 0] += 1 }
        #expect((6...12).contains(counts.values.max() ?? 0))
    }

    @Test(arguments: SynthesisLocale.allCases)
    func errorsStrikeAsOftenAsDocumented(_ locale: SynthesisLocale) throws {
        let extract = try GeneratedExtract(persons: 5000, locale: locale, seed: 21)
        // In letters an error finds nothing to change in some names; the page says so.
        let letterKinds: Set<ErrorKind> = [.typing, .hearing, .scanning]
        for kind in ErrorKind.allCases {
            let eligible = Double(extract.summary.errors.eligible(kind))
            let rate = Double(ErrorRates.documented[kind]) / 10_000
            let expected = eligible * rate
            let deviation = (expected * (1 - rate)).squareRoot()
            let applied = Double(extract.summary.errors.applied(kind))
            let low = letterKinds.contains(kind) ? expected * 0.6 : expected
            #expect(
                applied >= low - 5 * deviation - 1 && applied <= expected + 5 * deviation + 1,
                "\(kind): \(applied) of \(eligible), documented \(rate)")
        }
    }

    @Test(arguments: SynthesisLocale.allCases)
    func nationalIdsAreMissingInThirtyPercent(_ locale: SynthesisLocale) throws {
        let extract = try GeneratedExtract(persons: 6000, locale: locale, seed: 34)
        let ids = extract.values("national_id")
        let missing = Double(ids.count { $0.isEmpty }) / Double(ids.count)
        #expect((0.28...0.32).contains(missing), "missing \(missing)")
    }

    @Test func rowsOfASourceAreShuffled() throws {
        let extract = try GeneratedExtract(
            persons: 4096, locale: .cl, seed: 2, windowPersonsMax: 4096)
        let order = extract.values("record_id").prefix(600).compactMap {
            extract.persons[$0].flatMap { Int($0) }
        }
        let ascents = zip(order, order.dropFirst()).count { $0 < $1 }
        #expect((240...360).contains(ascents))
    }

    @Test func anEmptyPopulationIsAHeader() throws {
        let extract = try GeneratedExtract(persons: 0, locale: .cl, seed: 1)
        #expect(extract.rows.isEmpty)
        #expect(extract.header.prefix(3) == ["record_id", "source", "local_id"])
    }
}
