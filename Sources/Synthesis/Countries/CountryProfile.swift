/// All that makes a generated population look like one country's.
struct CountryProfile {
    let locale: SynthesisLocale
    let pool: NamePool
    let communities: [Community]
    let places: [Place]
    /// Draws a place by its population.
    let placePicker: WeightedPicker
    let streets: NamePicker
    var sources: [SourceProfile]
    let naming: NamingRules
    let errors: LetterErrorRules
    /// Short forms of given names, looked up alone: the order of the table is never used.
    let nicknames: [Name: [Name]]
    /// Customary abbreviations of given names.
    let abbreviations: [Name: Name]
    /// Street types at the start of an address, long and short.
    let streetTypes: [(long: String, short: String)]
    /// Words for female and male.
    let sexWords: (female: String, male: String)
    let insurers: [Name]
    let insurerPicker: WeightedPicker
    let emailDomains: [String]
    let columns: [Column]
    /// Numbers that stand for "no number".
    let placeholderNationalIDs: [String]
    /// How a newborn without a name is written; `%` is the mother's first given name.
    let newbornPhrases: [String]
    /// The column for a second identifier, of foreigners' passports.
    let passportAuthority: String
    let nationalAuthority: String

    /// The regions of a country; the first sources are their networks, in order.
    static let regionCount = 3

    /// The most sources of a country.
    static let sourcesMax = 8

    /// The profile of a locale.
    static func of(_ locale: SynthesisLocale) -> CountryProfile {
        switch locale {
        case .cl: chile()
        case .pe: peru()
        case .fr: france()
        case .ir: iran()
        }
    }
}

/// People of one origin: the names they draw from and the papers they hold.
struct Community {
    /// Share of the population, in ten thousandths.
    let share: Int
    let surnames: NamePicker
    /// By sex, then by era of birth.
    let given: [[NamePicker]]
    /// How many have no national id but a passport, in ten thousandths.
    let passportOnly: Int
    /// How many have a single surname where two are usual, in ten thousandths.
    let singleSurname: Int
    /// The authority of their passports, for example `passport-ven`; empty for natives.
    let passportAuthority: String
    let bornAbroad: Bool
    /// The country of birth, where birth places abroad have codes.
    let birthPlace: Int?
}

/// A municipality.
struct Place {
    let name: Name
    /// From 0; the regional networks are divided by it.
    let region: Int
    /// Official code: COG, ubigeo, INE code; for Iran the office prefixes of national codes.
    let code: String
    let postalCode: String
    /// Inhabitants in thousands.
    let weight: UInt64
}

/// How a country passes surnames on.
struct NamingRules {
    /// Second surname from the mother (Chile, Peru).
    let hasMothersFamily: Bool
    /// Wives use the husband's surname, in ten thousandths of married women.
    let usedFamilyShare: Int
    /// Children with both parents' surnames joined by a hyphen (France).
    let doubleNameShare: Int
    /// Persons with a second given name, in ten thousandths.
    let secondGivenShare: Int
    /// First sons who get the father's first given name.
    let namesakeShare: Int
    /// Children whose father is not on record and who have the mother's surnames.
    let fatherlessShare: Int
}

/// Columns of the extract behind `record_id`, `source` and `local_id`, in their canonical order.
enum Column: Int, CaseIterable {
    case nationalID, nationalIDAuthority, given, family, mothersFamily, usedFamily, sex
    case birthDate, birthPlace, phone, email, address, municipality, postalCode, motherGiven
    case fatherGiven, birthOrder, deceasedDate, insurer, recordedAt, passport

    /// The header; `passport` is replaced by `id.` and its authority.
    var header: String {
        switch self {
        case .nationalID: "national_id"
        case .nationalIDAuthority: "national_id_authority"
        case .given: "given"
        case .family: "family"
        case .mothersFamily: "mothers_family"
        case .usedFamily: "used_family"
        case .sex: "sex"
        case .birthDate: "birth_date"
        case .birthPlace: "birth_place"
        case .phone: "phone"
        case .email: "email"
        case .address: "address"
        case .municipality: "municipality"
        case .postalCode: "postal_code"
        case .motherGiven: "mother_given"
        case .fatherGiven: "father_given"
        case .birthOrder: "birth_order"
        case .deceasedDate: "deceased_date"
        case .insurer: "insurer"
        case .recordedAt: "recorded_at"
        case .passport: "id.passport"
        }
    }
}
