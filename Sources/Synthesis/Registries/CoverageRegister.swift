internal import Extracts

/// Members of the country's public insurer: persons of the population, by their national numbers.
///
/// They are the first ones of the population of the same seed that have a number, so that an extract of
/// that population and this file speak of the same people.
struct CoverageRegister {
    let words: RegistryWords
    let options: RegistryOptions

    func write(to path: String) throws -> Int {
        var profile = CountryProfile.of(options.locale)
        // Numbers as the authority itself writes them.
        profile.sources = [
            SourceProfile(
                code: words.insurer, kind: .insurer,
                identifierStyle: options.locale == .cl ? .hyphen : .plain)
        ]
        var table = try RegistryTable(
            path: path, header: "code,valid_from,valid_to,plan,tier,status,relationship")
        var composer = RecordComposer(profile: profile, rates: .none, seed: options.seed)
        var builder = PopulationBuilder(profile: profile, seed: options.seed)
        var office = NumberingOffice(profile: profile)
        var block = 0
        while table.rows < options.coverage {
            builder.build(block: block, count: PopulationBuilder.blockPersons)
            builder.register(with: &office)
            block += 1
            for person in builder.persons
            where person.nationalNumber != 0 && table.rows < options.coverage {
                composer.compose(
                    person,
                    plan: RecordPlan(source: 0, recordedDay: CivilDate.today, atBirth: false),
                    number: 0, builder: builder)
                let number = String(
                    decoding: composer.values[Column.nationalID.rawValue], as: UTF8.self)
                try write(
                    "\(profile.nationalAuthority):\(number)", of: person, to: &table)
            }
        }
        try table.finish()
        return table.rows
    }

    private func write(
        _ member: String, of person: SyntheticPerson, to table: inout RegistryTable
    ) throws {
        var random = RandomStream(seed: options.seed, domain: .coverage, index: person.index)
        let joined = max(person.birthDay, CivilDate.today - 365 * random.pick(1...15))
        let isOver = person.deathDay != 0 || random.chance(600)
        let draw = random.below(1_000)
        table.append(member)
        table.append(day: joined)
        if isOver {
            let end = person.deathDay != 0 ? person.deathDay : CivilDate.today - random.below(300)
            table.append(day: max(joined, end))
        } else {
            table.skip()
        }
        table.append(words.plans[random.below(words.plans.count)])
        table.append(words.tiers[random.below(words.tiers.count)])
        table.append(isOver ? "cancelled" : draw < 15 ? "suspended" : "active")
        table.append(
            person.age < 18
                ? words.relationships[1]
                : words.relationships[random.chance(8_000) ? 0 : words.relationships.count - 1])
        try table.endRow()
    }
}
