import Identity
import Registry
import RegistryModel
import SeededTesting

/// Small catalogs of places, services, facilities and drugs, random, release after release, with all that
/// was ever said kept as plain values.
struct RandomCatalogs {
    /// What a release says of a code.
    struct Said {
        var release: Int64
        var entries: [CatalogEntry]
    }

    private(set) var tables = CatalogTables()
    /// What the live releases of each catalog say of its codes, the last one last.
    private(set) var said: [CatalogKey: [String: [Said]]] = [:]
    var generator: SeededGenerator
    private var release: Int64 = 0

    static let places = CatalogKey(.place, "cl-territory")
    static let services = CatalogKey(.service, "cl-fonasa")
    static let facilities = [CatalogKey(.facility, "cl-sites"), CatalogKey(.facility, "pe-sites")]
    static let drugs = CatalogKey(.drug, "fr-packs")
    /// The first day of which releases speak.
    static let firstDay: Int32 = 19_000

    private static let words = [
        "Hospital", "Hôpital", "Clínica", "Posta", "Regional", "Dr.", "Juan", "Noé", "Arica",
        "Iquique", "Central", "Norte", "Salud", "Rural", "بیمارستان", "کودکان", "Saint-Étienne",
        "Consultorio", "Maternidad", "Laboratorio", "Ñuñoa", "12", "3",
    ]

    /// Catalogs after some releases.
    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        take(Self.places, codes: 20)
        take(Self.services, codes: 8)
        for _ in 0..<3 { for key in Self.facilities { take(key, codes: 60) } }
        for _ in 0..<2 { take(Self.drugs, codes: 40) }
    }

    /// All entries of a kind that stand, by catalog and code.
    func standing(_ kind: CatalogKind) -> [(key: CatalogKey, entry: CatalogEntry)] {
        said.filter { $0.key.kind == kind }.flatMap { key, codes in
            codes.values.flatMap { ($0.last?.entries ?? []).map { (key, $0) } }
        }
    }

    /// Takes a release of some codes of a catalog.
    mutating func take(_ key: CatalogKey, codes count: Int) {
        release += 1
        var rows: [String: [CatalogEntry]] = [:]
        for _ in 0..<count {
            let code = "\(1_000 + Int.random(in: 0..<count * 2, using: &generator))"
            rows[code] = entries(key, code)
        }
        let number = release
        tables.take(release: number, of: key) { take in
            for (code, entries) in rows {
                if entries.isEmpty { take(code, nil, Array("{}".utf8)) }
                for entry in entries { take(code, entry.period, entry.content.json) }
            }
        }
        for (code, entries) in rows {
            said[key, default: [:]][code, default: []].append(
                Said(release: number, entries: entries))
        }
    }

    /// Entries of a code on days that follow each other; none for one that is no more.
    private mutating func entries(_ key: CatalogKey, _ code: String) -> [CatalogEntry] {
        guard Int.random(in: 0..<12, using: &generator) > 0 else { return [] }
        var entries: [CatalogEntry] = []
        var from: Int32? = Bool.random(using: &generator) ? nil : Self.firstDay + day()
        for _ in 0..<Int.random(in: 1...2, using: &generator) {
            let through = Bool.random(using: &generator) ? nil : (from ?? Self.firstDay) + day()
            guard let period = EntryPeriod(from: from, through: through) else { break }
            entries.append(CatalogEntry(code: code, period: period, content: content(key, code)))
            guard let through else { break }
            from = through + 1 + day()
        }
        return entries
    }

    private mutating func day() -> Int32 { Int32.random(in: 0..<300, using: &generator) }

    private mutating func content(_ key: CatalogKey, _ code: String) -> EntryContent {
        var members: [JSONMember] = [
            JSONMember("name", .object([JSONMember("es", .string(phrase(1...4)))])),
            JSONMember("alias", .array([.string(phrase(0...2))])),
            JSONMember("id", .object([JSONMember("shared", .array([.string(pick(30, "S"))]))])),
        ]
        switch key.kind {
        case .place:
            // Of lower codes alone, so that there is no cycle.
            if let number = Int(code), number > 1_004, Int.random(in: 0..<4, using: &generator) > 0
            {
                let parent = Int.random(in: 1_000..<number, using: &generator)
                members.append(JSONMember("parent", .string("cl-territory:\(parent)")))
            }
        case .facility:
            members += facility(key, code)
        case .drug:
            members += drug()
        default: break
        }
        do {
            return try EntryContent(members, schema: key.kind.schema)
        } catch {
            preconditionFailure("a random content is refused: \(error)")
        }
    }

    private mutating func facility(_ key: CatalogKey, _ code: String) -> [JSONMember] {
        var members = [
            JSONMember("level", .string(pick(4, "III-"))),
            JSONMember(
                "status", .string(["active", "closed"].randomElement(using: &generator) ?? "")),
            JSONMember("place", .string("cl-territory:\(pick(40, "", from: 1_000))")),
            JSONMember("latitude", .string("-33.\(pick(90, "", from: 10))")),
            JSONMember("longitude", .string("-70.\(pick(90, "", from: 10))")),
            JSONMember("municipality", .string(phrase(1...1))),
            JSONMember("service", .array([.string("cl-fonasa:\(pick(16, "", from: 1_000))")])),
        ]
        if let number = Int(code), number > 1_002 {
            let parent = Int.random(in: 1_000..<number, using: &generator)
            members.append(
                JSONMember(
                    "parent",
                    .object([JSONMember("network", .string("\(key.authority):\(parent)"))])))
        }
        return members
    }

    private mutating func drug() -> [JSONMember] {
        [
            JSONMember("product", .string("drug")),
            JSONMember("inn", .array([.string(pick(3, "inn"))])),
            JSONMember("atc", .array([.string(pick(3, "C09AA0"))])),
            JSONMember("form", .string(pick(2, "form"))),
            JSONMember("route", .array([.string("oral")])),
            JSONMember(
                "ingredient",
                .array([
                    .object([
                        JSONMember("substance", .string("x")),
                        JSONMember(
                            "amount",
                            .string(["5", "5.0", "10"].randomElement(using: &generator) ?? "")),
                    ])
                ])),
        ]
            + (Bool.random(using: &generator)
                ? [JSONMember("generic_group", .string(pick(4, "G")))] : [])
    }

    private mutating func pick(_ count: Int, _ prefix: String, from first: Int = 0) -> String {
        "\(prefix)\(first + Int.random(in: 0..<count, using: &generator))"
    }

    private mutating func phrase(_ counts: ClosedRange<Int>) -> String {
        (0..<Int.random(in: counts, using: &generator)).map { _ in
            Self.words.randomElement(using: &generator) ?? ""
        }.joined(separator: " ")
    }

    /// A word of some name, perhaps cut short or misspelt.
    mutating func askedWord() -> String {
        var letters = Array(Self.words.randomElement(using: &generator) ?? "")
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: letters.removeLast(min(letters.count - 1, 2))
        case 1 where letters.count > 4: letters.swapAt(1, 2)
        case 2 where letters.count > 4: letters.remove(at: 3)
        default: break
        }
        return String(letters)
    }
}
