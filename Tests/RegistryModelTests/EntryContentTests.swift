import Identity
import RegistryModel
import SeededTesting
import Testing

/// Contents that say the same are the same bytes, and periods are sets of days.
///
/// Method: random contents of every kind, shuffled and written again; literal contents and refusals;
/// periods against sets of days.
@Suite struct EntryContentTests {
    private func content(
        _ kind: CatalogKind, _ text: String, _ authorities: AuthorityDirectory? = nil
    ) throws -> String {
        guard case .object(let members) = try JSONParser.parse(text) else { return "" }
        return String(
            decoding: try EntryContent(members, schema: kind.schema, authorities: authorities).json,
            as: UTF8.self)
    }

    private func problem(_ kind: CatalogKind, _ text: String) -> EntryProblem? {
        #expect(throws: EntryProblem.self) { try content(kind, text, .shipped) }
    }

    @Test func contentIsInTheOrderOfItsSchema() throws {
        #expect(
            try content(
                .service,
                #"""
                {"tariff":{"b":"+007.50","a":3},"group":"  lab ","name":" Hemograma ",
                "alias":["x","x",""],"version":"  ","status":"active"}
                """#)
                == #"{"name":{"und":"Hemograma"},"alias":["x"],"group":"lab","status":"active","#
                + #""tariff":{"a":"3","b":"7.50"}}"#)
    }

    @Test func codesAreWrittenAsTheirAuthoritiesWriteThem() throws {
        #expect(
            try content(
                .facility,
                #"""
                {"name":"A","id":{"fr-finess":["75 071 2184"],"own":[" x-1 "]},
                "place":"pe-ubigeo-inei:10101","parent":{"legal":"other: a b "}}
                """#, .shipped)
                == #"{"name":{"und":"A"},"id":{"fr-finess":["750712184"],"own":["x-1"]},"#
                + #""parent":{"legal":"other:a b"},"place":"pe-ubigeo-inei:010101"}"#)
        #expect(
            try content(
                .drug, #"{"name":"A","product":"drug","atc":"n02 be01"}"#, .shipped)
                == #"{"name":{"und":"A"},"product":"drug","atc":["N02BE01"]}"#)
    }

    @Test func whatIsWrongIsNamed() {
        #expect(problem(.service, #"{"group":"x"}"#) == .missing(field: "name"))
        #expect(problem(.service, #"{"name":"A","colour":"x"}"#) == .unknownField("colour"))
        #expect(
            problem(.service, #"{"name":"A","relative_value":{"x":"1,5"}}"#)
                == .badValue(field: "relative_value.x", expected: "a number like 12.50"))
        #expect(
            problem(.facility, #"{"name":"A","opened":"2024-02-30"}"#)
                == .badValue(field: "opened", expected: "a day like 2024-01-31"))
        #expect(
            problem(.facility, #"{"name":"A","place":"cl-comuna:x"}"#)
                == .badIdentifier(authority: "cl-comuna"))
        #expect(
            problem(.drug, #"{"name":"A","product":"drug","atc":"N0"}"#)
                == .badIdentifier(authority: "atc"))
    }

    @Test(arguments: PropertySeeds.many) func contentIsIdempotentAndWithoutOrder(seed: UInt64)
        throws
    {
        var random = SeededGenerator(seed: seed)
        for kind in CatalogKind.allCases {
            for _ in 0..<50 {
                let members = members(of: kind.schema.fields, &random)
                let first = try EntryContent(
                    members, schema: kind.schema, authorities: .shipped)
                let shuffled = shuffled(members, &random)
                let second = try EntryContent(
                    shuffled, schema: kind.schema, authorities: .shipped)
                #expect(first.json == second.json, "\(PropertySeeds.replay(seed))")
                let stored = try EntryContent(stored: first.json)
                #expect(stored == first)
                let again = try EntryContent(
                    stored.members, schema: kind.schema, authorities: .shipped)
                #expect(again.json == first.json, "\(PropertySeeds.replay(seed))")
            }
        }
    }

    private func members(
        of fields: [EntryField], _ random: inout SeededGenerator
    ) -> [JSONMember] {
        fields.compactMap { field in
            guard field.isRequired || Bool.random(using: &random) else { return nil }
            let value = value(of: field.form, isCode: field.codesOf != nil, &random)
            return JSONMember(field.name, value)
        }
    }

    private func value(
        of form: EntryField.Form, isCode: Bool = false, _ random: inout SeededGenerator
    ) -> JSONValue {
        let number = Int64.random(in: 1...9, using: &random)
        switch form {
        case .text: return .string(isCode ? " N0\(number)BE01" : " text\u{a0}\(number)\" ")
        case .localized:
            return keyed(["es", "fa", "und"], &random) { _ in .string("نام \(number)") }
        case .choice(let words): return .string(words[Int(number) % words.count])
        case .integer: return Bool.random(using: &random) ? .integer(number) : .string("\(number)")
        case .decimal:
            return Bool.random(using: &random) ? .integer(number) : .string("0\(number).50")
        case .day: return .string("202\(number)-0\(number)-1\(number)")
        case .flag: return .string("true")
        case .reference: return .string("clinic:code \(number)")
        case .identifiers: return keyed(["own", "other"], &random) { _ in .string(" \(number)") }
        case .list(let element):
            return .array(
                (0..<number % 3 + 1).map { _ in value(of: element, isCode: isCode, &random) })
        case .keyed(let element):
            return keyed(["b", "a", "c"], &random) { value(of: element, &$0) }
        case .group(let fields): return .object(members(of: fields, &random))
        }
    }

    private func keyed(
        _ keys: [String], _ random: inout SeededGenerator,
        _ value: (inout SeededGenerator) -> JSONValue
    ) -> JSONValue {
        .object(keys.shuffled(using: &random).map { JSONMember($0, value(&random)) })
    }

    /// The members of all objects in another order.
    private func shuffled(
        _ members: [JSONMember], _ random: inout SeededGenerator
    ) -> [JSONMember] {
        members.map { member in
            var member = member
            if case .object(let inner) = member.value {
                member.value = .object(shuffled(inner, &random))
            }
            return member
        }.shuffled(using: &random)
    }

    @Test func periodsAreSetsOfDays() throws {
        let bounds: [Int32?] = [nil, 0, 1, 2, 3]
        let periods = bounds.flatMap { from in
            bounds.compactMap { EntryPeriod(from: from, through: $0) }
        }
        #expect(EntryPeriod(from: 2, through: 1) == nil)
        let days: ClosedRange<Int32> = -2...6
        for period in periods {
            let inside = Set(days.filter(period.contains))
            for other in periods {
                let common = inside.intersection(days.filter(other.contains))
                #expect(period.overlaps(other) == !common.isEmpty, "\(period) \(other)")
            }
            for day in -1...Int32(4) {
                let before = Set(days.filter { period.before(day)?.contains($0) ?? false })
                #expect(before == inside.filter { $0 < day }, "\(period) before \(day)")
            }
        }
        #expect(EntryPeriod.day("2024-02-29").map(EntryPeriod.text) == "2024-02-29")
        for text in ["2023-02-29", "2024-2-9", "24-02-09", "2024-02-09 ", "۲۰۲۴-۰۲-۰۹"] {
            #expect(EntryPeriod.day(text) == nil, "\(text)")
        }
    }

    @Test func referencesAreFoundWhereverTheyStand() throws {
        let text = #"""
            {"affiliation":[{"service":"s:1","facility":"f:2"},{"facility":"f:3"}]}
            """#
        guard case .object(let members) = try JSONParser.parse(text) else { return }
        let schema = EntrySchema.provider
        let content = try EntryContent(members, schema: schema)
        #expect(
            content.references(of: schema.references(to: .facility)).map { "\($0.0) \($0.1.text)" }
                == ["affiliation.facility f:2", "affiliation.facility f:3"])
        #expect(schema.references(to: .drug).isEmpty)
        let facility = try EntryContent(
            [
                JSONMember("name", .string("A")),
                JSONMember("parent", .object([JSONMember("legal", .string("f:9"))])),
            ], schema: .facility)
        #expect(
            facility.references(of: EntrySchema.facility.references).map(\.0) == ["parent.legal"])
    }
}
