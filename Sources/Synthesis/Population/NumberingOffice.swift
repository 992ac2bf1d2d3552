/// Gives out national numbers as the country's register does: in order of birth, never twice.
///
/// The numbers depend on the order in which persons come; every pass over the population brings
/// them in the same order to a new office, so that each gets the same number again.
struct NumberingOffice {
    let profile: CountryProfile
    /// Numbers given out, by cell: a month of birth, an office, or sex, month and commune.
    private var given: [UInt32]
    private var overflow = 0

    init(profile: CountryProfile) {
        self.profile = profile
        switch profile.locale {
        case .cl, .pe: given = Array(repeating: 0, count: Self.monthCount)
        case .ir: given = Array(repeating: 0, count: profile.places.count)
        case .fr:
            given = Array(repeating: 0, count: profile.places.count * Self.monthCount * 2)
        }
    }

    private static let firstYear = 1915
    private static let monthCount = (2027 - firstYear) * 12

    /// Numbers the persons of a block that hold a national number, and gives others a passport.
    mutating func register(_ persons: inout [SyntheticPerson], seed: UInt64) {
        for place in persons.indices {
            var random = RandomStream(
                seed: seed &+ 1, domain: .population, index: persons[place].index)
            let community = profile.communities[persons[place].community]
            let paperless = random.chance(community.passportOnly)
            if paperless || community.bornAbroad {
                persons[place].passportNumber = random.pick(1_000_000...199_999_999)
            }
            if paperless { continue }
            if persons[place].birthOrder == 2, place > 0, persons[place - 1].birthOrder == 1,
                persons[place - 1].nationalNumber != 0, profile.locale != .fr
            {
                persons[place].nationalNumber = persons[place - 1].nationalNumber + 1
            } else {
                persons[place].nationalNumber = number(of: persons[place])
            }
        }
    }

    private mutating func number(of person: SyntheticPerson) -> Int {
        let born = CivilDate.components(of: person.birthDay)
        let month = max(0, (born.year - Self.firstYear) * 12 + born.month - 1)
        switch profile.locale {
        case .cl: return next(inMonth: month, starts: Self.chileStarts, end: 30_000_000)
        case .pe: return next(inMonth: month, starts: Self.peruStarts, end: 95_000_000)
        case .ir: return office(person.birthPlace)
        case .fr:
            let cell =
                (person.birthPlace * Self.monthCount + month) * 2 + person.sex.rawValue
            given[cell] += 1
            return Int(given[cell])
        }
    }

    /// An even number of a month's range, in mixed order; the odd one after it is a twin's.
    private mutating func next(
        inMonth month: Int, starts: [(year: Int, number: Int)], end: Int
    ) -> Int {
        let first = Self.start(ofMonth: month, in: starts)
        let pairs = (Self.start(ofMonth: month + 1, in: starts) - first) / 2
        let slot = Int(given[month])
        given[month] += 1
        guard slot < pairs else {
            overflow += 2
            return end + overflow
        }
        var stride = pairs * 382 / 1000 | 1
        while Self.greatestCommonDivisor(stride, pairs) != 1 { stride += 2 }
        return first + 2 * (slot * stride % pairs)
    }

    /// The first number of a month, between the years on record.
    private static func start(
        ofMonth month: Int, in starts: [(year: Int, number: Int)]
    ) -> Int {
        for (left, right) in zip(starts, starts.dropFirst()) {
            let first = (left.year - firstYear) * 12
            let last = (right.year - firstYear) * 12
            if month <= last {
                return left.number + (right.number - left.number) * (month - first)
                    / (last - first)
            }
        }
        return starts.last?.number ?? 0
    }

    /// The prefix of the office of birth, and its serial of six digits in mixed order.
    private mutating func office(_ place: Int) -> Int {
        let prefixes = profile.places[place].code.split(separator: " ").compactMap { Int($0) }
        let serial = Int(given[place])
        given[place] += 1
        let prefix = prefixes[serial / 500_000 % prefixes.count]
        return prefix * 1_000_000 + 2 * (serial * 190_983 % 500_000)
    }

    private static func greatestCommonDivisor(_ left: Int, _ right: Int) -> Int {
        right == 0 ? left : greatestCommonDivisor(right, left % right)
    }

    /// First RUN of some years of birth, roughly as the Registro Civil gave them out.
    private static let chileStarts: [(year: Int, number: Int)] = [
        (1915, 1_000_000), (1930, 2_600_000), (1940, 4_000_000), (1950, 5_700_000),
        (1960, 8_200_000), (1970, 11_400_000), (1980, 14_000_000), (1990, 17_300_000),
        (2000, 20_300_000), (2010, 23_200_000), (2020, 26_500_000), (2028, 29_000_000),
    ]

    /// First DNI of some years of birth, roughly as the RENIEC gave them out.
    private static let peruStarts: [(year: Int, number: Int)] = [
        (1915, 200_000), (1940, 4_000_000), (1950, 8_000_000), (1960, 16_000_000),
        (1970, 25_000_000), (1980, 40_000_000), (1990, 46_000_000), (1996, 70_000_000),
        (2005, 73_500_000), (2012, 78_000_000), (2020, 90_000_000), (2028, 94_500_000),
    ]
}
