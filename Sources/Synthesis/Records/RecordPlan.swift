/// When and where one record of a person was made.
struct RecordPlan {
    var source: Int
    var recordedDay: Int
    /// Made within days of birth, perhaps before the child had a name.
    var atBirth: Bool
}

/// Decides how many records a person has, where, and when.
struct RecordPlanner {
    /// The first day of the systems that feed records.
    static let firstDay = CivilDate.dayNumber(year: 2012, month: 1, day: 1)

    /// The most records of one person.
    static let recordsMax = 12

    private let sources: [SourceProfile]
    private let places: [Place]
    private let seed: UInt64
    private let insurer: Int
    private let laboratory: Int

    init(profile: CountryProfile, seed: UInt64) {
        sources = profile.sources
        places = profile.places
        self.seed = seed
        insurer = sources.firstIndex { $0.kind == .insurer } ?? 0
        laboratory = sources.firstIndex { $0.kind == .laboratory } ?? 0
    }

    /// Shares of persons with 1, 2, … records: under 60 years, and older.
    private static let younger = [6050, 2350, 900, 380, 170, 80, 35, 20, 10, 5, 0, 0]
    private static let older = [4500, 2400, 1300, 750, 430, 250, 140, 90, 60, 40, 25, 15]

    /// Replaces `plans` by those of a person's records.
    func plan(_ person: SyntheticPerson, dwellings: [Dwelling], into plans: inout [RecordPlan]) {
        plans.removeAll(keepingCapacity: true)
        var random = RandomStream(seed: seed, domain: .plan, index: person.index)
        let weights = person.age < 60 ? Self.younger : Self.older
        let count = random.pick(weights: weights) + 1
        let end = person.deathDay == 0 ? CivilDate.today : person.deathDay
        let start = min(max(Self.firstDay, person.birthDay), end)
        for record in 0..<count {
            var day = start + random.below(end - start + 1)
            let atBirth =
                record == 0 && person.birthDay >= Self.firstDay && random.chance(2500)
            if atBirth { day = min(end, person.birthDay + random.below(4)) }
            let atFormerHome = person.formerHome >= 0 && day < person.movedDay
            let home = atFormerHome ? person.formerHome : person.home
            plans.append(
                RecordPlan(
                    source: source(region: places[dwellings[home].place].region, &random),
                    recordedDay: day, atBirth: atBirth))
        }
    }

    private func source(region: Int, _ random: inout RandomStream) -> Int {
        switch random.below(100) {
        case 0..<63: region
        case 63..<67: random.below(CountryProfile.regionCount)
        case 67..<86: insurer
        default: laboratory
        }
    }
}
