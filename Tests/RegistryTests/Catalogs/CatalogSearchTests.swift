import Identity
import Registry
import RegistryModel
import SeededTesting
import Testing

/// The catalogs in memory answer what a look at every entry would answer.
///
/// Method: random catalogs of several releases, random questions; the reference keeps all entries as plain
/// values and goes through all of them.
@Suite(.timeLimit(.minutes(10)))
struct CatalogSearchTests {
    private static let day = RandomCatalogs.firstDay + 150

    @Test(arguments: PropertySeeds.many)
    func searchesAnswerWhatAPlainScanAnswers(seed: UInt64) throws {
        var catalogs = RandomCatalogs(seed: seed)
        for _ in 0..<120 {
            var search = Self.search(&catalogs)
            search.limit = EntrySearch.limitMax
            let day = Self.day + Int32.random(in: -100..<300, using: &catalogs.generator)
            search.day = day
            let plain = PlainSearch(catalogs: catalogs, search: search, day: day).answer
            let found: [FoundEntry]
            do throws(RegistryError) {
                found = try catalogs.tables.find(search, today: 0).entries
            } catch {
                // The search names what is not there, which is refused and not just met by nothing.
                #expect(error.code == .notFound)
                continue
            }
            #expect(
                found.map { "\($0.catalog.authority):\($0.code)" }
                    == plain.map { "\($0.authority):\($0.code)" },
                "\(search) \(PropertySeeds.replay(seed))")
            #expect(found.allSatisfy { $0.period.contains(day) })
            // What lies below a place is known the second time.
            #expect(try catalogs.tables.find(search, today: 0).entries == found)
        }
    }

    @Test(arguments: PropertySeeds.many)
    func pagesHaveNeitherGapNorRepeat(seed: UInt64) throws {
        var catalogs = RandomCatalogs(seed: seed)
        for _ in 0..<40 {
            var search = Self.search(&catalogs)
            (search.places, search.ancestors) = ([], [])
            search.day = Self.day
            search.limit = EntrySearch.limitMax
            let whole = try catalogs.tables.find(search, today: 0).entries
            var paged: [FoundEntry] = []
            search.limit = Int.random(in: 1...7, using: &catalogs.generator)
            while true {
                let page = try catalogs.tables.find(search, today: 0)
                paged += page.entries
                guard let next = page.next else { break }
                #expect(page.entries.count == search.limit)
                search.after = SearchPlace(next.description)
            }
            #expect(paged == whole, "\(search) \(PropertySeeds.replay(seed))")
        }
    }

    @Test(arguments: PropertySeeds.many)
    func codesAndIdentifiersAnswerAsOfAnyDay(seed: UInt64) throws {
        var catalogs = RandomCatalogs(seed: seed)
        for _ in 0..<200 {
            let key = try #require(
                RandomCatalogs.facilities.randomElement(using: &catalogs.generator))
            let code = "\(1_000 + Int.random(in: 0..<130, using: &catalogs.generator))"
            let day = Self.day + Int32.random(in: -300..<400, using: &catalogs.generator)
            let known = catalogs.said[key]?[code]?.last?.entries ?? []
            let expected = known.first { $0.period.contains(day) }
            let found = try? catalogs.tables.entries(
                .facility, EntryReference(authority: key.authority, code: code), on: day)
            #expect(found?.count ?? 0 == (expected == nil ? 0 : 1), "\(PropertySeeds.replay(seed))")
            #expect(found?.first?.contentJSON == expected?.content.json)
            #expect(found?.first?.period == expected?.period)
        }
        for number in 0..<30 {
            let expected = catalogs.standing(.facility).filter {
                $0.entry.period.contains(Self.day)
                    && PlainSearch.texts($0.entry.content["id"]).contains("S\(number)")
            }
            let found = try? catalogs.tables.entries(
                .facility, EntryReference(authority: "shared", code: "S\(number)"), on: Self.day)
            #expect(
                Set((found ?? []).map { "\($0.catalog.text) \($0.code)" })
                    == Set(expected.map { "\($0.key.text) \($0.entry.code)" }))
        }
    }

    @Test func refusalsSayWhatIsNotThere() throws {
        var tables = CatalogTables()
        let key = CatalogKey(.service, "cl-fonasa")
        let period = try #require(EntryPeriod(from: 19_723, through: 20_088))
        tables.take(release: 1, of: key) { take in
            take("0101001", period, Array(#"{"name":{"es":"Consulta"}}"#.utf8))
        }
        let reference = EntryReference(authority: "cl-fonasa", code: "0101001")
        #expect(try tables.entries(.service, reference, on: 19_723).count == 1)
        #expect(
            throws: RegistryError(
                .notFound, "not valid on 2025-01-01, but from 2024-01-01 to 2024-12-31")
        ) { try tables.entries(.service, reference, on: 20_089) }
        #expect(throws: RegistryError(.notFound, "no such service")) {
            try tables.entries(
                .service, EntryReference(authority: "cl-fonasa", code: "9"), on: 19_723)
        }
        #expect(
            throws: RegistryError(
                .unknownAuthority, "no service has a code or an identifier of nobody")
        ) {
            try tables.entries(.service, EntryReference(authority: "nobody", code: "9"), on: 1)
        }
    }

    @Test func substitutesAreOfOneGroupOrOfOneKind() throws {
        var tables = CatalogTables()
        let same = #""inn":["Paracetamol"],"form":"tablet","route":["oral"]"#
        let strength = #""ingredient":[{"substance":"Paracetamol","amount":"#
        let drugs = [
            ("1", #"{"name":{"es":"A"},"id":{"gtin":["71"]},"generic_group":"G1"}"#),
            ("2", #"{"name":{"es":"B"},"generic_group":"G1"}"#),
            ("3", #"{"name":{"es":"C"},"generic_group":"G2"}"#),
            ("4", "{\"name\":{\"es\":\"D\"},\(same),\(strength)\"500\",\"unit\":\"mg\"}]}"),
            ("5", "{\"name\":{\"es\":\"E\"},\(same),\(strength)\"500.0\",\"unit\":\"MG\"}]}"),
            ("6", "{\"name\":{\"es\":\"F\"},\(same),\(strength)\"250\",\"unit\":\"mg\"}]}"),
            ("7", #"{"name":{"es":"G"},"id":{"gtin":["77"]},"parent":"drugs:2"}"#),
        ]
        tables.take(release: 1, of: CatalogKey(.drug, "drugs")) { take in
            for (code, content) in drugs { take(code, .always, Array(content.utf8)) }
        }
        for (asked, expected) in [
            ("gtin:71", ["2"]), ("drugs:4", ["5"]), ("drugs:6", []), ("gtin:77", ["1"]),
        ] {
            var search = EntrySearch(.drug)
            try search.set("substitutes", asked)
            #expect(try tables.find(search, today: 1).entries.map(\.code) == expected, "\(asked)")
        }
    }

    @Test func openMeansInUseAndWithinHoursWhereTheyAreStated() throws {
        var tables = CatalogTables()
        let hours = #"[{"day":"thu","opens":"22:00","closes":"02:00"}]"#
        tables.take(release: 1, of: CatalogKey(.facility, "sites")) { take in
            take("1", .always, Array(#"{"name":{"es":"A"},"status":"active"}"#.utf8))
            take("2", .always, Array(#"{"name":{"es":"B"},"status":"closed"}"#.utf8))
            take("3", .always, Array("{\"name\":{\"es\":\"C\"},\"opening_hours\":\(hours)}".utf8))
        }
        // The first day of 1970 was a Thursday.
        for (day, time, expected) in [
            (0, "23:00", ["1", "3"]), (0, "12:00", ["1"]), (1, "01:59", ["1", "3"]),
            (1, "02:00", ["1"]),
        ] {
            var search = EntrySearch(.facility)
            try search.set("open", time)
            #expect(
                try tables.find(search, today: Int32(day)).entries.map(\.code) == expected,
                "\(day) \(time)")
        }
    }

    private static func search(_ catalogs: inout RandomCatalogs) -> EntrySearch {
        var search = EntrySearch(.facility)
        let kinds = Int.random(in: 0..<32, using: &catalogs.generator)
        if kinds & 1 != 0 {
            search.text = (0..<Int.random(in: 1...2, using: &catalogs.generator)).map { _ in
                catalogs.askedWord()
            }.joined(separator: " ")
        }
        if kinds & 6 == 2 {
            search.conditions.append(.init(field: "level", value: "iii-\(kinds % 4)"))
        }
        if kinds & 6 == 4 { search.conditions.append(.init(field: "level", value: "III*")) }
        if kinds & 24 == 8 {
            let code = "\(1_000 + Int.random(in: 0..<10, using: &catalogs.generator))"
            search.places.append(EntryReference(authority: "cl-territory", code: code))
        }
        if kinds & 24 == 16 { search.codePrefix = "10" }
        if kinds & 24 == 24 {
            let code = "\(1_000 + Int.random(in: 0..<10, using: &catalogs.generator))"
            search.ancestors.append(
                .init(
                    hierarchy: "network", entry: EntryReference(authority: "cl-sites", code: code)))
        }
        return search
    }
}
