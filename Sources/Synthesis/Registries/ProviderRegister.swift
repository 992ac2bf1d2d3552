internal import Extracts

/// Providers: grown-up persons of a population, what the register of the professions says of them, and
/// the records of a third of them on their employers' lists.
struct ProviderRegister {
    let words: RegistryWords
    let options: RegistryOptions
    let facilities: FacilityRegister
    /// The population's noise on the employers' lists; the register has none.
    let rates: ErrorRates

    init(
        words: RegistryWords, options: RegistryOptions, facilities: FacilityRegister,
        rates: ErrorRates = .documented
    ) {
        self.words = words
        self.options = options
        self.facilities = facilities
        self.rates = rates
    }

    /// The professional number, which is the register's local identifier.
    func code(of provider: Int) -> String {
        switch options.locale {
        case .cl: RegistryCode.padded(100_000 + provider, 6)
        case .pe: RegistryCode.padded(1 + provider, 6)
        case .fr: RegistryCode.luhn(1_000_000_000 + provider * 7, 10)
        case .ir: RegistryCode.padded(10_000 + provider, 6)
        }
    }

    // MARK: - What the register says

    private func appendProfessions(_ provider: Int, to table: inout RegistryTable) {
        var random = RandomStream(seed: options.seed, domain: .providers, index: provider)
        let profession = words.professions[
            random.pick(weights: words.professions.indices.map { $0 == 0 ? 5 : 3 })]
        let licensed = CivilDate.today - 365 - random.below(365 * 35)
        var groups = GroupList()
        add(&groups, "profession", profession.name, from: licensed)
        table.append(json: groups.take())
        if !profession.specialties.isEmpty, random.chance(6_500) {
            let specialty = profession.specialties[random.below(profession.specialties.count)]
            add(
                &groups, "specialty", specialty,
                from: min(CivilDate.today - 30, licensed + 365 * random.pick(3...6)))
        }
        table.append(json: groups.take())
        let suspended = random.chance(150)
        let since = max(licensed, CivilDate.today - random.below(900))
        writeLicence(provider, licensed, suspendedSince: suspended ? since : nil, &groups, &random)
        table.append(json: groups.take())
        if suspended {
            groups.begin()
            groups.add("reason", words.suspensions[random.below(words.suspensions.count)])
            groups.add("from", RegistryTable.text(day: since))
            if random.chance(5_000) {
                groups.add("through", RegistryTable.text(day: since + random.pick(30...400)))
            }
            groups.end()
        }
        table.append(json: groups.take())
        if facilities.count > 0 { addAffiliations(since: licensed, &groups, &random) }
        table.append(json: groups.take())
        table.append(
            random.chance(8_000)
                ? words.languages[0]
                : words.languages[0] + " | "
                    + words.languages[random.pick(1...words.languages.count - 1)])
    }

    private func add(_ groups: inout GroupList, _ key: String, _ value: String, from day: Int) {
        groups.begin()
        groups.add(key, value)
        groups.add("from", RegistryTable.text(day: day))
        groups.end()
    }

    private func writeLicence(
        _ provider: Int, _ licensed: Int, suspendedSince since: Int?, _ groups: inout GroupList,
        _ random: inout RandomStream
    ) {
        groups.begin()
        groups.add("authority", words.providerAuthority)
        groups.add("number", code(of: provider))
        groups.add("status", since == nil && random.chance(300) ? "expired" : "active")
        groups.add("from", RegistryTable.text(day: licensed))
        if let since, since > licensed {
            groups.add("through", RegistryTable.text(day: since - 1))
        }
        groups.end()
        guard let since, since > licensed else { return }
        groups.begin()
        groups.add("authority", words.providerAuthority)
        groups.add("number", code(of: provider))
        groups.add("status", "suspended")
        groups.add("from", RegistryTable.text(day: since))
        groups.end()
    }

    private func addAffiliations(
        since licensed: Int, _ groups: inout GroupList, _ random: inout RandomStream
    ) {
        for number in 0..<[0, 1, 1, 1, 2, 2, 3][random.below(7)] {
            // The legal entities at the heads of blocks employ nobody.
            var facility = random.below(facilities.count)
            if facility % FacilityRegister.blockSize == 0 {
                facility = min(facility + 1, facilities.count - 1)
            }
            let from = licensed + random.below(max(1, CivilDate.today - licensed))
            groups.begin()
            groups.add("role", words.roles[random.below(words.roles.count)])
            groups.add("facility", facilities.reference(to: facility))
            groups.add("from", RegistryTable.text(day: from))
            if number > 0, random.chance(5_000) {
                groups.add("through", RegistryTable.text(day: from + random.pick(90...2_000)))
            }
            groups.end()
        }
    }

    // MARK: - Who they are

    /// Both records of a person are made of the same one; the first numbers are of its registers.
    private struct Clerks {
        var register: RecordComposer
        var staff: RecordComposer
        var people: PopulationBuilder
        var office: NumberingOffice
        let header: String

        init(_ words: RegistryWords, _ options: RegistryOptions, _ rates: ErrorRates) {
            var profile = CountryProfile.of(options.locale)
            profile.sources = [
                SourceProfile(
                    code: words.providerSource, kind: .insurer,
                    identifierStyle: options.locale == .cl ? .hyphen : .plain),
                SourceProfile(
                    code: words.staffSource, kind: .region(0), letterCase: .upper,
                    dateStyle: .slashes, identifierStyle: .plain, nameLettersMax: 24,
                    missing: [.nationalID: 2_500, .phone: 4_000, .address: 3_000, .birthDate: 300]),
            ]
            header = profile.columns.map {
                $0 == .passport ? "id." + profile.passportAuthority : $0.header
            }.joined(separator: ",")
            // Other persons than the patients of the same seed.
            let seed = options.seed &+ 77
            register = RecordComposer(profile: profile, rates: .none, seed: seed)
            staff = RecordComposer(profile: profile, rates: rates, seed: seed)
            people = PopulationBuilder(profile: profile, seed: seed)
            office = NumberingOffice(profile: profile)
        }

        /// The next persons of the population.
        mutating func next(block: Int) {
            people.build(block: block, count: PopulationBuilder.blockPersons)
            people.register(with: &office)
        }
    }

    /// Writes the register with persons and professions in one row, and the employers' lists as an
    /// extract of persons; tells how many rows each has.
    func write(to path: String, staff staffPath: String) throws -> (register: Int, staff: Int) {
        var clerks = Clerks(words, options, rates)
        let number = "id.\(words.providerAuthority)"
        var table = try RegistryTable(
            path: path,
            header: "record_id,source,local_id,\(number),profession,specialty,licence,suspension,"
                + "affiliation,language," + clerks.header)
        var lists = try RegistryTable(
            path: staffPath, header: "record_id,source,local_id,\(number)," + clerks.header)
        var provider = 0
        var block = 0
        while provider < options.providers {
            clerks.next(block: block)
            block += 1
            for person in clerks.people.persons
            where person.deathDay == 0 && (25...75).contains(person.age)
                && provider < options.providers
            {
                try write(person, provider, &clerks, to: &table, &lists)
                provider += 1
            }
        }
        try table.finish()
        try lists.finish()
        return (table.rows, lists.rows)
    }

    private func write(
        _ person: SyntheticPerson, _ provider: Int, _ clerks: inout Clerks,
        to table: inout RegistryTable, _ lists: inout RegistryTable
    ) throws {
        var random = RandomStream(seed: options.seed &+ 5, domain: .providers, index: provider)
        let code = code(of: provider)
        let day = CivilDate.today - random.below(2_000)
        clerks.register.compose(
            person, plan: RecordPlan(source: 0, recordedDay: day, atBirth: false), number: 0,
            builder: clerks.people)
        table.append(words.providerSource, "-", code)
        table.append(words.providerSource)
        table.append(code)
        table.append(code)
        appendProfessions(provider, to: &table)
        try table.endRow { clerks.register.append(to: &$0) }
        guard random.chance(3_300) else { return }
        clerks.staff.compose(
            person, plan: RecordPlan(source: 1, recordedDay: day, atBirth: false), number: 1,
            builder: clerks.people)
        lists.append(words.staffSource, "-", String(provider + 1))
        lists.append(words.staffSource)
        lists.append(provider + 1)
        if random.chance(6_000) { lists.append(code) } else { lists.skip() }
        try lists.endRow { clerks.staff.append(to: &$0) }
    }
}
