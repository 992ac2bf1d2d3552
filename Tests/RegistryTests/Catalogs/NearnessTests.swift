import Foundation
import Registry
import RegistryModel
import RegistryStore
import SeededTesting
import Testing

/// What is near a point is the same in memory, in the database, and by a look at every entry.
///
/// Method: sites all over the Earth, crowded at the poles, the antimeridian, one city and single points,
/// in two catalogs of several releases that replace and close them; random points, distances, conditions
/// and pages. The memory's answer is compared with the one from the database's index of positions to the
/// last bit, and with distances by haversines, a formula that neither uses, to the millimetre.
@Suite(.timeLimit(.minutes(10)))
struct NearnessTests {
    @Test(arguments: PropertySeeds.few)
    func memoryAnswersAsTheDatabaseAndAPlainScan(seed: UInt64) throws {
        try TestRegistry.withDatabase { url in
            var sites = RandomSites(seed: seed)
            for _ in 0..<2 {
                for key in RandomSites.catalogs { try sites.release(key, codes: 150, into: url) }
            }
            let (tables, _) = try CatalogReading.read(databaseURL: url, kinds: [.facility])
            for round in 0..<60 {
                var search = sites.search()
                if round % 3 == 0 { search.limit = EntrySearch.limitMax }
                let page = try tables.find(search, today: 0)
                #expect(
                    try CatalogReading.find(search, today: 0, databaseURL: url) == page,
                    "\(search) \(PropertySeeds.replay(seed))")
                sites.check(page, search, PropertySeeds.replay(seed))
            }
        }
    }

    @Test(arguments: PropertySeeds.many)
    func pagesHaveNeitherGapNorRepeat(seed: UInt64) throws {
        var sites = RandomSites(seed: seed)
        var tables = CatalogTables()
        for release in 1...3 {
            for key in RandomSites.catalogs {
                let rows = sites.rows(key, codes: 150)
                try tables.take(release: Int64(release), of: key) { take in
                    for row in rows {
                        let content = try EntryContent(row.members, schema: key.kind.schema)
                        take(row.code, row.period, content.json)
                    }
                }
                sites.note(rows, of: key)
            }
        }
        for _ in 0..<30 {
            var search = sites.search()
            search.limit = EntrySearch.limitMax
            let whole = try tables.find(search, today: 0).entries
            sites.check(EntryPage(entries: whole, next: nil), search, PropertySeeds.replay(seed))
            search.limit = Int.random(in: 1...9, using: &sites.generator)
            var paged: [FoundEntry] = []
            while true {
                let page = try tables.find(search, today: 0)
                paged += page.entries
                guard let next = page.next else { break }
                #expect(page.entries.count == search.limit)
                search.after = SearchPlace(next.description)
            }
            #expect(paged == whole, "\(search) \(PropertySeeds.replay(seed))")
        }
    }

    @Test func theEarthIsRound() throws {
        var tables = CatalogTables()
        let places = [
            ("1", "90", "0"), ("2", "89.999", "-120"), ("3", "-90", "77"), ("4", "0", "180"),
            ("5", "0", "-179.99"), ("6", "-18.48", "-70.31"), ("7", "-18.50", "-70.30"),
        ]
        tables.take(release: 1, of: CatalogKey(.facility, "sites")) { take in
            for (code, latitude, longitude) in places {
                let content =
                    #"{"name":{"und":"S"},"latitude":"\#(latitude)","longitude":"\#(longitude)"}"#
                take(code, .always, Array(content.utf8))
            }
        }
        for (near, within, expected) in [
            ("90,180", "1", ["1", "2"]), ("-89.999,10", "1", ["3"]),
            ("0.0,-180.0", "5", ["4", "5"]), ("0,179.99", "5", ["4", "5"]),
            ("-18.48,-70.32", "5", ["6", "7"]), ("-18.48,-70.32", "1", []),
            ("-90,0", "20038", ["3", "7", "6", "4", "5", "2", "1"]),
        ] as [(String, String, [String])] {
            var search = EntrySearch(.facility)
            try search.setNearness(near: near, within: within)
            let found = try tables.find(search, today: 0).entries
            #expect(found.map(\.code) == expected, "\(near)")
        }
        var search = EntrySearch(.facility, limit: 1)
        try search.setNearness(near: "-18.48,-70.32", within: "5")
        let kilometres = try tables.find(search, today: 0).entries.first?.kilometres ?? 0
        #expect(abs(kilometres - 1.0546) < 0.0001)
    }
}

/// Sites at random places, with all that is said of them kept as plain values.
private struct RandomSites {
    static let catalogs = [CatalogKey(.facility, "test-east"), CatalogKey(.facility, "test-west")]
    private static let levels = ["I", "II"]
    private static let words = ["Posta", "Hospital", "Rural", "Central"]

    var generator: SeededGenerator
    private var said: [CatalogKey: [String: StatedEntry]] = [:]
    private var crowded: [(latitude: Double, longitude: Double)] = []

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// Imports a release of a catalog, and notes it.
    mutating func release(_ key: CatalogKey, codes: Int, into url: String) throws {
        let rows = rows(key, codes: codes)
        let outcome = try TestCatalog.take(
            rows.map { .success($0) }, TestCatalog.request(key, scope: .partial), into: url)
        #expect(outcome.refused.isEmpty)
        note(rows, of: key)
    }

    /// Rows of a release: some codes again, each anywhere.
    mutating func rows(_ key: CatalogKey, codes: Int) -> [StatedEntry] {
        let numbers = Set((0..<codes).map { _ in Int.random(in: 0..<codes * 2, using: &generator) })
        return numbers.sorted().enumerated().map { line, number in
            let isOver = Int.random(in: 0..<8, using: &generator) == 0
            var members = [
                JSONMember(
                    "name", .string(Self.words.randomElement(using: &generator) ?? "")),
                JSONMember(
                    "level", .string(Self.levels.randomElement(using: &generator) ?? "")),
            ]
            if Int.random(in: 0..<10, using: &generator) > 0 {
                let place = place()
                members.append(JSONMember("latitude", .string(Self.degrees(place.latitude))))
                members.append(JSONMember("longitude", .string(Self.degrees(place.longitude))))
            }
            return StatedEntry(
                line: line + 2, code: "C\(1_000 + number)",
                period: isOver ? EntryPeriod(from: nil, through: 100) ?? .always : .always,
                members: members)
        }
    }

    mutating func note(_ rows: [StatedEntry], of key: CatalogKey) {
        for row in rows { said[key, default: [:]][row.code] = row }
    }

    /// A place: a pole, the antimeridian, a city, one where something is, or anywhere.
    private mutating func place() -> (latitude: Double, longitude: Double) {
        var place: (latitude: Double, longitude: Double)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0:
            let pole: Double = Bool.random(using: &generator) ? 90 : -90
            place = (pole * Double.random(in: 0.999...1, using: &generator), anywhere(180))
        case 1:
            let side: Double = Bool.random(using: &generator) ? 180 : -180
            place = (anywhere(2), side * Double.random(in: 0.999...1, using: &generator))
        case 2: place = (-33.4 + anywhere(0.2), -70.6 + anywhere(0.2))
        case 3: place = crowded.randomElement(using: &generator) ?? (0, 0)
        default: place = (anywhere(90), anywhere(180))
        }
        place = (Self.rounded(place.latitude), Self.rounded(place.longitude))
        crowded.append(place)
        return place
    }

    private mutating func anywhere(_ most: Double) -> Double {
        Double.random(in: -most...most, using: &generator)
    }

    private static func rounded(_ degrees: Double) -> Double { (degrees * 1e6).rounded() / 1e6 }

    private static func degrees(_ value: Double) -> String { String(format: "%.6f", value) }

    /// A random question about nearness.
    mutating func search() -> EntrySearch {
        var search = EntrySearch(
            .facility, limit: Int.random(in: 1...40, using: &generator))
        let place = place()
        let distances = [0.001, 1, 30, 500, 9_000, 20_038]
        if let point = GeographicPoint(latitude: place.latitude, longitude: place.longitude) {
            search.nearness = .init(
                point: point, kilometres: distances.randomElement(using: &generator) ?? 1)
        }
        search.day = Bool.random(using: &generator) ? 50 : 20_000
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: search.conditions.append(.init(field: "level", value: "II"))
        case 1: search.text = "posta"
        case 2: search.codePrefix = "C11"
        case 3: search.catalog = "test-west"
        default: break
        }
        return search
    }

    /// Compares an answer with a look at every entry.
    func check(_ page: EntryPage, _ search: EntrySearch, _ replay: String) {
        guard let nearness = search.nearness else { return }
        let day = search.day ?? 0
        var distances: [String: Double] = [:]
        for (key, rows) in said where search.catalog.map({ $0 == key.authority }) ?? true {
            for row in rows.values where row.period.contains(day) {
                guard row.code.hasPrefix(search.codePrefix),
                    search.conditions.allSatisfy({ row.text($0.field) == $0.value }),
                    search.text.isEmpty || row.text("name") == "Posta",
                    let latitude = row.text("latitude").flatMap(Double.init),
                    let longitude = row.text("longitude").flatMap(Double.init)
                else { continue }
                distances["\(key.authority):\(row.code)"] = Self.haversine(
                    nearness.point, latitude, longitude)
            }
        }
        let found = page.entries.map { "\($0.catalog.authority):\($0.code)" }
        var last = 0.0
        for (name, entry) in zip(found, page.entries) {
            let expected = distances.removeValue(forKey: name)
            let kilometres = entry.kilometres ?? .nan
            // Near the antipodes both formulas lose half of their digits.
            let slack = kilometres > 20_000 ? 0.01 : 0.000_001
            #expect(abs(kilometres - (expected ?? .nan)) < slack, "\(name) \(search) \(replay)")
            #expect(kilometres >= last)
            last = kilometres
        }
        let isFull = page.entries.count == search.limit
        let reach = isFull ? last : nearness.kilometres
        let slack = reach > 20_000 ? 0.01 : 0.000_001
        let missed = distances.filter { $0.value < reach - slack }
        #expect(missed.isEmpty, "\(search) \(replay)")
        #expect(found.count == Set(found).count)
    }

    /// Kilometres between two points, by Sinnott's "Virtues of the Haversine" (1984).
    private static func haversine(
        _ point: GeographicPoint, _ latitude: Double, _ longitude: Double
    ) -> Double {
        let radians = Double.pi / 180
        let south = sin((latitude - point.latitude) * radians / 2)
        let west = sin((longitude - point.longitude) * radians / 2)
        let share =
            south * south + cos(latitude * radians) * cos(point.latitude * radians) * west * west
        return 2 * SpherePoint.earthRadius * asin(min(1, share.squareRoot()))
    }
}

extension StatedEntry {
    /// The text of a member; nil where there is none.
    fileprivate func text(_ name: String) -> String? {
        members.first { $0.key == name }?.value.string
    }
}
