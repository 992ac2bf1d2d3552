import Identity
import RegistryModel
import SeededTesting
import Testing

/// Names and numbers with status and validity go through JSON, packed bytes and golden records
/// unharmed, and records without them are written as ever.
///
/// Method: round trips of random records, literal bytes, random orders of random sets of records,
/// literal lines of errors.
@Suite struct StatedStandingTests {
    private static let dates = ["1372-05", "1999", "2001-02-03", "2010-12", "2024-01-31", "2031"]

    private static func period(_ random: inout SeededGenerator) -> ValidityPeriod {
        let places = (0..<2).map { _ in Int.random(in: 0...dates.count, using: &random) }.sorted()
        func date(_ place: Int) -> WrittenDate? {
            place == dates.count ? nil : try? WrittenDate(dates[place])
        }
        return ValidityPeriod(from: date(places[0]), to: date(places[1])) ?? .unstated
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        ["Ana", "ANA", "Álex", "خ", "a\"\\/\n\u{1}", "Rojas Tapia", ""]
            .randomElement(using: &random) ?? ""
    }

    private static func person(_ random: inout SeededGenerator) -> PersonRecord {
        var person = PersonRecord()
        for field in DemographicField.allCases where Int.random(in: 0..<4, using: &random) == 0 {
            person[field] = text(&random)
        }
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            person.identifiers.append(
                LocalIdentifier(
                    authority: ["cl-run", "x"].randomElement(using: &random) ?? "x",
                    value: "\(Int.random(in: 1...4, using: &random))",
                    status: IdentifierStatus.allCases.randomElement(using: &random) ?? .current,
                    validity: period(&random)))
        }
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let name = FurtherName(
                use: NameUse.allCases.randomElement(using: &random) ?? .alias,
                given: text(&random), family: text(&random), mothersFamily: text(&random),
                validity: period(&random))
            if !name.isEmpty { person.names.append(name) }
        }
        return person
    }

    @Test(arguments: UInt64(1)...200) func roundTrips(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let person = Self.person(&random)
        let json = person.json
        #expect(PersonRecord(canonicalJSON: json) == person)
        #expect(PersonRecord(canonicalJSON: json)?.json == json)
        let bytes = PackedPerson.bytes(of: person)
        #expect(PackedPerson.person(from: bytes.span) == person)
        for count in bytes.indices {
            let cut = Array(bytes[..<count])
            let read = PackedPerson.person(from: cut.span)
            #expect(read == nil || read.map(PackedPerson.bytes) == cut)
        }
    }

    @Test func recordsWithoutThemAreWrittenAsEver() {
        var person = PersonRecord()
        person[.given] = "Al"
        person.identifiers = [LocalIdentifier(authority: "x", value: "7")]
        #expect(
            String(decoding: person.json, as: UTF8.self)
                == #"{"given":"Al","identifiers":[{"authority":"x","value":"7"}]}"#)
        #expect(
            PackedPerson.bytes(of: person) == [0, 2, 0x41, 0x6C, 0x40, 1, 0x78, 1, 0x37])
        #expect(
            ContentDigest(of: person.json).bits == 0x13fe_885e_e1f5_3940_c116_5d65_52b0_231a)
    }

    @Test func allThatIsStatedIsWritten() throws {
        let json =
            #"{"given":"Ana","identifiers":[{"authority":"x","value":"7","status":"old","#
            + #""from":"2001","to":"2020-05"}],"names":[{"use":"social","given":"Alex"},"#
            + #"{"use":"former","given":"Ana","family":"Rojas","mothers_family":"Tapia","#
            + #""to":"2019-03-01"}]}"#
        let person = try #require(PersonRecord(canonicalJSON: Array(json.utf8)))
        #expect(String(decoding: person.json, as: UTF8.self) == json)
        #expect(
            FieldChange.values(of: person).map { "\($0.field)=\($0.value)" } == [
                "given=Ana", "id.x=7 (old, 2001 to 2020-05)", "name.social=Alex",
                "name.former=Ana Rojas Tapia (to 2019-03-01)",
            ])
    }

    @Test(arguments: [
        (
            #"{"identifiers":[{"authority":"x","value":"1","status":"usual"}]}"#,
            "the status of an identifier is current, temporary, old or mistaken"
        ),
        (
            #"{"identifiers":[{"authority":"x","value":"1","to":"2021-02-29"}]}"#,
            "to of an identifier is no day of the calendar"
        ),
        (
            #"{"identifiers":[{"authority":"x","value":"1","from":"1/2/2021"}]}"#,
            "from of an identifier is no ISO date; write YYYY-MM-DD, YYYY-MM or YYYY"
        ),
        (
            #"{"names":[{"use":"former","family":"R","from":"2021","to":"2020-12"}]}"#,
            "a name has a validity whose from is after its to"
        ),
        (#"{"names":[{"given":"A"}]}"#, "the use of a name is social, former or alias"),
        (
            #"{"names":[{"use":"nick","given":"A"}]}"#,
            "the use of a name is social, former or alias"
        ),
        (
            #"{"names":[{"use":"social"}]}"#,
            "a name states given, family or mothers_family at least"
        ),
        (#"{"names":[{"use":"social","giver":"A"}]}"#, "unknown member giver of a name"),
        (#"{"names":[{"use":"social","given":1}]}"#, "given of a name is a string"),
        (#"{"names":["Ana"]}"#, #"names is an array of {"use","given","family"}"#),
        (#"{"names":"Ana"}"#, #"names is an array of {"use","given","family"}"#),
    ])
    func whatCannotBeIsOneLine(json: String, message: String) throws {
        let value = try JSONParser.parse(json)
        let error = #expect(throws: RegistryError.self) { _ = try PersonRecord(json: value) }
        #expect(error?.message == message && error?.code == .badRequest)
    }

    @Test(arguments: UInt64(1)...100) func goldenRecordsAreOfTheSet(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let sources = (1...Int64.random(in: 1...4, using: &random)).map { record in
            GoldenRecordSource(
                person: Self.person(&random), recordedAt: Int64.random(in: 1...3, using: &random),
                record: record, source: Int32(record))
        }
        let golden = GoldenRecord.derive(from: sources)
        for _ in 0..<4 {
            let shuffled = sources.shuffled(using: &random)
            #expect(GoldenRecord.derive(from: shuffled) == golden)
            #expect(GoldenRecord.deriveWithProvenance(from: shuffled).person == golden)
        }
        #expect(!golden.identifiers.contains { $0.isMistaken })
        let uses = golden.names.map(\.use.rawValue)
        #expect(uses == uses.sorted())
        let stated = sources.flatMap(\.person.names)
        #expect(golden.names.allSatisfy { stated.contains($0) })
        for name in stated {
            let same = golden.names.filter {
                $0.use == name.use && NameFolding.folded($0.text) == NameFolding.folded(name.text)
            }
            #expect(!same.isEmpty)
        }
    }

    @Test func theLastWordOnANumberStandsAndNamesAreUnited() throws {
        func source(_ record: Int64, at recordedAt: Int64, _ json: String) throws
            -> GoldenRecordSource
        {
            GoldenRecordSource(
                person: try PersonRecord(json: JSONParser.parse(json)), recordedAt: recordedAt,
                record: record, source: Int32(record))
        }
        let golden = GoldenRecord.derive(from: [
            try source(
                1, at: 2,
                #"{"identifiers":[{"authority":"x","value":"1","status":"old","to":"2020"},"#
                    + #"{"authority":"x","value":"2"},"#
                    + #"{"authority":"x","value":"3","status":"mistaken"}],"#
                    + #""names":[{"use":"former","family":"Rojas","to":"2010"},"#
                    + #"{"use":"social","given":"Alex"}]}"#),
            try source(
                2, at: 1,
                #"{"identifiers":[{"authority":"x","value":"1"},"#
                    + #"{"authority":"x","value":"3","status":"mistaken"}],"#
                    + #""names":[{"use":"former","family":"ROJAS"},"#
                    + #"{"use":"former","family":"Tapia","to":"2015"}]}"#),
        ])
        #expect(
            FieldChange.values(of: golden).map { "\($0.field)=\($0.value)" } == [
                "id.x=2; 1 (old, to 2020)", "name.social=Alex",
                "name.former=Tapia (to 2015); Rojas (to 2010)",
            ])
    }
}
