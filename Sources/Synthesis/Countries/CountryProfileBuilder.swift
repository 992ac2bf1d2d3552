/// Puts a country's profile together from its name lists.
struct CountryProfileBuilder {
    let locale: SynthesisLocale
    var pool = NamePool()
    var communities: [Community] = []
    var places: [Place] = []
    var streets: [Name] = []
    var sources: [SourceProfile] = []
    var naming = NamingRules(
        hasMothersFamily: false, usedFamilyShare: 0, doubleNameShare: 0, secondGivenShare: 0,
        namesakeShare: 0, fatherlessShare: 0)
    var errors = LetterErrorRules(keyboard: "", respellings: "", misreadings: "")
    var nicknames: [Name: [Name]] = [:]
    var abbreviations: [Name: Name] = [:]
    var streetTypes: [(long: String, short: String)] = []
    var sexWords = (female: "F", male: "M")
    var insurers: [Name] = []
    var insurerWeights: [UInt64] = []
    var emailDomains: [String] = ["example.org"]
    var columns: [Column] = []
    var placeholderNationalIDs: [String] = []
    var newbornPhrases: [String] = []
    var passportAuthority = ""
    var nationalAuthority = ""
    /// How flat the distribution of surnames is at its top, and whether its tail is heavy.
    var surnameFlatness = 6
    var hasHeavyTail = false

    /// Rare surnames of one community.
    private static let tailCountMax = 20_000

    init(locale: SynthesisLocale) { self.locale = locale }

    /// A community from its lists; a passport's authority makes it one of people born abroad.
    mutating func community(
        share: Int, surnames: String, tail: SurnameTail, female: [String], male: [String],
        passportOnly: Int = 0, singleSurname: Int = 0, passportAuthority: String = "",
        bornIn country: String = ""
    ) -> Community {
        let head = NamePool.withoutRepeats(pool.intern(list: surnames))
        let birthPlace = pool.find(country)
        return Community(
            share: share,
            surnames: NamePicker(
                head: head, tail: tail.names(in: &pool, countMax: Self.tailCountMax),
                flatness: surnameFlatness, heavyTail: hasHeavyTail),
            given: [female, male].map { eras in
                eras.map {
                    NamePicker(NamePool.withoutRepeats(pool.intern(list: $0)), flatness: 6)
                }
            },
            passportOnly: passportOnly, singleSurname: singleSurname,
            passportAuthority: passportAuthority, bornAbroad: !passportAuthority.isEmpty,
            birthPlace: birthPlace.flatMap { name in places.firstIndex { $0.name == name } })
    }

    /// Reads lines of name, region, code, postal code and thousands of inhabitants.
    mutating func readPlaces(_ table: String) {
        for line in table.split(separator: "\n") {
            let fields = line.split(separator: "|", omittingEmptySubsequences: false)
            guard fields.count == 5, let region = Int(fields[1]), let weight = UInt64(fields[4])
            else { preconditionFailure("a place has five fields") }
            places.append(
                Place(
                    name: pool.intern(String(fields[0])), region: region, code: String(fields[2]),
                    postalCode: String(fields[3]), weight: weight))
        }
    }

    /// Reads street types with the names that go with them, one type a line: `Type|Name Name`.
    mutating func readStreets(_ table: String) {
        var kinds: [[Name]] = []
        for line in table.split(separator: "\n") {
            let parts = line.split(separator: "|", omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            kinds.append(
                parts[1].split(separator: " ").map { word in
                    let name = String(word.map { $0 == "_" ? " " : $0 })
                    return pool.intern(String(parts[0]) + name)
                })
        }
        // By turns, so that no type has all the common ones.
        for rank in 0..<(kinds.map(\.count).max() ?? 0) {
            for kind in kinds where rank < kind.count { streets.append(kind[rank]) }
        }
    }

    /// Reads words of the form `Francisco=Pancho,Paco`.
    mutating func readNicknames(_ list: String) {
        for (name, shorts) in pairs(list) {
            nicknames[name] = shorts.split(separator: ",").map { pool.intern(String($0)) }
        }
    }

    /// Reads words of the form `María=Ma.`.
    mutating func readAbbreviations(_ list: String) {
        for (name, short) in pairs(list) { abbreviations[name] = pool.intern(short) }
    }

    private mutating func pairs(_ list: String) -> [(Name, String)] {
        list.split(whereSeparator: \.isWhitespace).compactMap { word in
            let sides = word.split(separator: "=").map {
                String($0.map { $0 == "_" ? " " : $0 })
            }
            return sides.count == 2 ? (pool.intern(sides[0]), sides[1]) : nil
        }
    }

    mutating func readInsurers(_ list: String, weights: [UInt64]) {
        insurers = pool.intern(list: list)
        insurerWeights = weights
    }

    /// The finished profile.
    func build() -> CountryProfile {
        precondition(sources.count <= CountryProfile.sourcesMax, "too many sources")
        precondition(insurers.count == insurerWeights.count, "each insurer has a weight")
        return CountryProfile(
            locale: locale, pool: pool, communities: communities, places: places,
            placePicker: WeightedPicker(weights: places.map(\.weight)),
            streets: NamePicker(streets, flatness: 120), sources: sources, naming: naming,
            errors: errors, nicknames: nicknames, abbreviations: abbreviations,
            streetTypes: streetTypes, sexWords: sexWords, insurers: insurers,
            insurerPicker: WeightedPicker(weights: insurerWeights), emailDomains: emailDomains,
            columns: columns, placeholderNationalIDs: placeholderNationalIDs,
            newbornPhrases: newbornPhrases, passportAuthority: passportAuthority,
            nationalAuthority: nationalAuthority)
    }
}
