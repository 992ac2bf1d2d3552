import Identity
import Testing

/// Validity, status and further names are kept as said, and an impossible date is refused.
///
/// Method: literal dates, periods and names; equality of what is read with what was written.
@Suite struct StatedStandingTests {
    @Test(arguments: ["2020-02-29", "2020-02", "2020", "1399-12-30", "1501-01-01", "9999"])
    func isoDatesAreKeptAsSaid(text: String) throws {
        #expect(try WrittenDate(text).text == text)
    }

    @Test(arguments: [
        ("2021-02-29", DateError.impossibleDate), ("2021-13", .impossibleDate),
        ("20210201", .unreadable), ("1/2/2021", .unreadable), ("", .empty), ("x", .unreadable),
        ("1100", .yearOutOfRange), ("2021-02-01T10:00", .unreadable),
    ])
    func otherTextIsNoDate(text: String, error: DateError) {
        #expect(throws: error) { try WrittenDate(text) }
    }

    @Test func aPeriodEndsNotBeforeItBegins() throws {
        let (year, later) = (try WrittenDate("2020"), try WrittenDate("2020-06"))
        #expect(ValidityPeriod(from: later, to: year) != nil)
        #expect(ValidityPeriod(from: later, to: try WrittenDate("2020-05-31")) == nil)
        let period = try #require(ValidityPeriod(from: year, to: later))
        #expect(period.from == year && period.to == later && !period.isUnstated)
        var bytes: [UInt8] = []
        period.append(to: &bytes)
        #expect(bytes.count == ValidityPeriod.packedBytes)
        #expect(ValidityPeriod(packed: bytes.span) == period)
        #expect(ValidityPeriod(packed: [UInt8](repeating: 255, count: 8).span) == nil)
    }

    @Test func anIdentifierIsFormerByItsStatusOrByItsEnd() throws {
        func identifier(_ status: IdentifierStatus, to: String?) throws -> LocalIdentifier {
            let period = ValidityPeriod(from: nil, to: try to.map { try WrittenDate($0) })
            return LocalIdentifier(
                authority: "a", value: "1", status: status, validity: try #require(period))
        }
        #expect(try !identifier(.current, to: nil).isFormer)
        #expect(try identifier(.old, to: "9999").isFormer)
        #expect(try identifier(.current, to: "2001").isFormer)
        #expect(try identifier(.temporary, to: "1380-01-01").isFormer)
        #expect(try !identifier(.current, to: "9999").isFormer)
        #expect(try !identifier(.mistaken, to: "2001").isFormer)
        let period = try #require(ValidityPeriod(from: nil, to: try WrittenDate("2020-05")))
        #expect(!period.isOver(on: 18_413) && period.isOver(on: 18_414))
    }

    @Test func flatColumnsMakeOneNameOfAUse() {
        var person = PersonRecord()
        person.set(.formerGiven, to: "Ana")
        person.set(.socialGiven, to: "Alex")
        person.set(.formerFamily, to: "Rojas")
        person.set(.socialGiven, to: "")
        #expect(
            person.names == [
                FurtherName(use: .former, given: "Ana", family: "Rojas"),
                FurtherName(use: .social, given: "Alex"),
            ])
        #expect(person[.formerFamily] == "Rojas" && person[.socialGiven] == "Alex")
        #expect(!"\(person.names)".contains("Ana"))
        person.removeAll()
        #expect(person.isEmpty && person == PersonRecord())
    }
}
