import Identity
import Testing

@testable import Linkage

/// Two records of one person meet under a rule, whatever single thing is wrong in one of them.
///
/// Method: a whole record, and a copy with one or two of its values changed as sources change them;
/// literal expectations of the rules that the pair must share; no rule without what it needs.
@Suite struct BlockingKeyTests {
    private func keys(_ person: PersonRecord) -> BlockingKeys {
        var tokens = TokenTable()
        var encoder = PersonEncoder()
        let encoded = encoder.encode(person, tokens: &tokens)
        return BlockingKeyMaker.keys(of: encoded, tokens: tokens)
    }

    private func shared(_ left: PersonRecord, _ right: PersonRecord) -> Set<BlockingRule> {
        let (first, second) = (keys(left), keys(right))
        return Set(
            BlockingRule.allCases.filter {
                first[$0.rawValue] != 0 && first[$0.rawValue] == second[$0.rawValue]
            })
    }

    private let whole: PersonRecord = [
        .given: "Marcela", .family: "Huenchumilla", .mothersFamily: "Rojas",
        .birthDate: "1984-05-09", .municipality: "Temuco", .phone: "+56 9 8765 4321",
        .address: "Los Aromos 12", .birthPlace: "Lautaro",
    ].record

    @Test(
        arguments: [
            ([.given: "Narcisa"], .familyDate), ([.family: "Wenchumiya"], .givenDate),
            ([.birthDate: "1984-09-05"], .givenDate), ([.birthDate: "1974-05-09"], .names),
            ([.given: "Huenchumilla", .family: "Marcela"], .names),
            ([.family: "Rojas", .mothersFamily: "Huenchumilla"], .surnames),
            ([.given: "Marzeka", .family: "Huendhumila", .birthDate: "1984-01-30"], .nameStarts),
            ([.given: "Narcela", .family: "Juenchumilla", .birthDate: "1984-02-28"], .nameEnds),
            ([.given: "Nardena", .family: "Cruz"], .municipalityDate),
            ([.given: "RN de Ana", .family: "Cruz", .birthDate: ""], .dwelling),
            ([.given: "Marta", .birthDate: "1970"], .familyPlace),
            ([.family: "Huerta", .birthDate: "1970"], .givenPlace),
        ] as [([DemographicField: String], BlockingRule)])
    func oneErrorIsBridged(changes: [DemographicField: String], rule: BlockingRule) {
        var other = whole
        for (field, value) in changes { other[field] = value }
        #expect(shared(whole, other).contains(rule))
    }

    @Test func fewColumnsUseTheirRulesForWhatTheyHave() {
        let person: PersonRecord = [
            .given: "Mary Ann", .family: "Thorncombe", .birthDate: "1984-05-09",
        ].record
        var other = person
        other[.family] = "Zhorncombe"
        other[.given] = "Ann"
        #expect(shared(person, other) == [.municipalityDate])
        other = person
        other[.given] = "Nary"
        other[.birthDate] = "1984-05-29"
        #expect(shared(person, other).isSuperset(of: [.email, .familyPlace]))
    }

    @Test func aYearAloneIsEnough() {
        let person: PersonRecord = [
            .given: "René Jean-Paul", .family: "Charpentier", .birthDate: "1955",
            .municipality: "Lyon",
        ].record
        var other = person
        other[.given] = "Jean Paul"
        #expect(shared(person, other).isSuperset(of: [.familyDate, .municipalityDate]))
        other = person
        other[.family] = "Xarpantjer"
        #expect(shared(person, other).contains(.givenDate))
    }

    @Test func solarHijriYearsAreGregorianOnes() {
        for year in 1300...1404 {
            for (month, day) in [(1, 1), (6, 31), (10, 5), (10, 25), (12, 28)] {
                var person = PersonRecord()
                person[.birthDate] = "\(year)/\(month)/\(day)"
                var tokens = TokenTable()
                var encoder = PersonEncoder()
                let date = encoder.encode(person, tokens: &tokens).birthDate
                let gregorian = CalendarDate(dayNumber: date.firstDay).year
                #expect(BlockingDateProbe.year(date) == UInt32(gregorian))
            }
        }
    }

    @Test func nothingGivesNoKey() {
        #expect(keys(PersonRecord()) == .zero)
        #expect(shared(PersonRecord([.sex: "F"]), PersonRecord([.sex: "F"])).isEmpty)
    }
}

/// The year that keys and the splitting of blocks take of a date.
private enum BlockingDateProbe {
    static func year(_ date: PackedDate) -> UInt32 {
        var person = EncodedPerson()
        person.birthDate = date
        return BlockingKeyMaker.refinement(0, of: person, tokens: TokenTable.empty)
    }
}

extension Dictionary<DemographicField, String> {
    /// A record of these fields.
    fileprivate var record: PersonRecord {
        var person = PersonRecord()
        for (field, value) in self { person[field] = value }
        return person
    }
}
