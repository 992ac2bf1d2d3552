/// What goes wrong between a person and a record.
package enum ErrorKind: Int, CaseIterable, Sendable {
    case typing, hearing, scanning
    case secondGivenDropped, secondGivenAbbreviated, onlySecondGiven, givenAbbreviated, nickname
    case compoundChanged, secondSurnameDropped, surnamesInOneField, surnamesSwapped
    case givenFamilySwapped, staleUsedName
    case dayMonthSwapped, birthDigit, birthDayOff, birthYearOff, birthYearOnly, birthPlaceholder
    case sexFlipped
    case identifierDigit, identifierPlaceholder, guardianIdentifier
    case newbornUnnamed
    case phoneDigit, addressAbbreviated, addressTyping, staleAddress, twinOrderMissing

    /// What the error does, as the page tells it.
    package var summary: String {
        switch self {
        case .typing: "neighbouring key, transposed, dropped or doubled letter, per name"
        case .hearing: "a letter group written as it sounds, per name that has one"
        case .scanning: "0/O, 1/l, 5/S, rn/m and the like, per name that has one"
        case .secondGivenDropped: "second given name not recorded"
        case .secondGivenAbbreviated: "second given name as an initial"
        case .onlySecondGiven: "first given name not recorded, the second instead"
        case .givenAbbreviated: "customary abbreviation (Ma., J.-P.) or initial"
        case .nickname: "short form, where the name has one"
        case .compoundChanged: "compound name split or joined"
        case .secondSurnameDropped: "second surname not recorded"
        case .surnamesInOneField: "both surnames in the first field"
        case .surnamesSwapped: "the two surnames swapped"
        case .givenFamilySwapped: "given name and surname swapped"
        case .staleUsedName: "husband's name recorded as the birth name (Peru: as the second)"
        case .dayMonthSwapped: "day and month of birth swapped, where both can be"
        case .birthDigit: "one digit of the birth date wrong, date still valid"
        case .birthDayOff: "birth date off by one day"
        case .birthYearOff: "birth year off by one or ten"
        case .birthYearOnly: "year known only: 1 January or 31 December"
        case .birthPlaceholder: "1 January 1900 (or the calendar's like)"
        case .sexFlipped: "the other sex"
        case .identifierDigit: "national id with a wrong digit or two transposed"
        case .identifierPlaceholder: "national id of a filler (11111111-1, 99999999)"
        case .guardianIdentifier: "a minor under the mother's national id"
        case .newbornUnnamed: "newborn's record without a given name (RN de …)"
        case .phoneDigit: "one digit of the phone wrong"
        case .addressAbbreviated: "street type abbreviated, unit left out"
        case .addressTyping: "typing error in the address"
        case .staleAddress: "former address or phone kept after a move"
        case .twinOrderMissing: "order in a multiple birth not recorded"
        }
    }
}

/// How often each error strikes where it can, in ten thousandths.
package struct ErrorRates: Sendable, Equatable {
    private var rates: [Int]

    /// Rates that are all zero, for clean extracts.
    package static let none = ErrorRates(rates: ErrorKind.allCases.map { _ in 0 })

    /// The documented rates; the page of this target shows the same table.
    package static let documented = {
        var rates = ErrorRates.none
        for (kind, rate) in table { rates[kind] = rate }
        return rates
    }()

    /// The rate of a kind.
    package subscript(kind: ErrorKind) -> Int {
        get { rates[kind.rawValue] }
        set { rates[kind.rawValue] = newValue }
    }

    private static let table: [(ErrorKind, Int)] = [
        (.typing, 150), (.hearing, 200), (.scanning, 40),
        (.secondGivenDropped, 2200), (.secondGivenAbbreviated, 300), (.onlySecondGiven, 150),
        (.givenAbbreviated, 120), (.nickname, 150), (.compoundChanged, 500),
        (.secondSurnameDropped, 400), (.surnamesInOneField, 60), (.surnamesSwapped, 60),
        (.givenFamilySwapped, 50), (.staleUsedName, 500),
        (.dayMonthSwapped, 80), (.birthDigit, 100), (.birthDayOff, 50), (.birthYearOff, 50),
        (.birthYearOnly, 60), (.birthPlaceholder, 40), (.sexFlipped, 30),
        (.identifierDigit, 120), (.identifierPlaceholder, 80), (.guardianIdentifier, 400),
        (.newbornUnnamed, 7000), (.phoneDigit, 150), (.addressAbbreviated, 2500),
        (.addressTyping, 200), (.staleAddress, 600), (.twinOrderMissing, 4000),
    ]
}

/// How often each kind of error could strike, and how often it did.
package struct ErrorCounts: Sendable, Equatable {
    private var eligible = [Int](repeating: 0, count: ErrorKind.allCases.count)
    private var applied = [Int](repeating: 0, count: ErrorKind.allCases.count)

    /// Creates empty counts.
    package init() {}

    /// Values in which the error could have been made.
    package func eligible(_ kind: ErrorKind) -> Int { eligible[kind.rawValue] }

    /// Values in which it was made.
    package func applied(_ kind: ErrorKind) -> Int { applied[kind.rawValue] }

    mutating func note(_ kind: ErrorKind, struck: Bool) {
        eligible[kind.rawValue] += 1
        if struck { applied[kind.rawValue] += 1 }
    }
}
