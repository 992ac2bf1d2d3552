/// The words of which the registries of a country are composed, all written for this purpose.
struct RegistryWords: Sendable {
    /// A type of facility: its name, level and complexity, beds at most, and how common it is.
    struct FacilityType: Sendable {
        var name: String
        var level: String
        var complexity: String
        var bedsMax: Int
        var weight: Int
    }

    /// A profession with its specialties; some have none.
    struct Profession: Sendable {
        var name: String
        var specialties: [String]
    }

    var language = "es"
    var placeAuthority = ""
    var facilityAuthority = ""
    var serviceAuthority = ""
    var drugAuthority = ""
    /// The source of the register of professions, and the one of the employers' lists.
    var providerSource = ""
    var staffSource = ""
    /// The authority of the professional number.
    var providerAuthority = ""
    var insurer = ""
    var currency = ""
    /// What numbers of phones begin with.
    var dialling = ""
    /// Names of the levels of divisions, the lowest last.
    var divisions: [String] = []
    var placeStarts: [String] = []
    var placeEnds: [String] = []
    var facilityTypes: [FacilityType] = []
    /// Whom or what facilities are named after.
    var patrons: [String] = []
    var owners: [String] = []
    var legalEntity = ""
    var streets: [String] = []
    var serviceGroups: [String] = []
    var procedures: [String] = []
    var sites: [String] = []
    var manners: [String] = []
    var forms: [(name: String, route: String, unit: String)] = []
    var laboratories: [String] = []
    var packWord = ""
    var equipment: [(name: String, kind: String)] = []
    var professions: [Profession] = []
    var roles: [String] = []
    var suspensions: [String] = []
    var languages: [String] = []
    var tiers: [String] = []
    var plans: [String] = []
    var relationships: [String] = []
    /// The box in which facilities lie, in thousandths of degrees: south, north, west, east.
    var box = (south: 0, north: 0, west: 0, east: 0)

    /// The words of a list: parted by bars.
    static func list(_ text: String) -> [String] {
        text.split(separator: "|").map { String($0.filter { $0 != "\n" }) }
    }

    /// The words of a country.
    static func of(_ locale: SynthesisLocale) -> RegistryWords {
        switch locale {
        case .cl: chile
        case .pe: peru
        case .fr: france
        case .ir: iran
        }
    }
}
