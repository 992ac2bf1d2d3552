/// Makes the population block by block: families with their relatives, dwellings and moves.
///
/// A block depends on the seed and its number alone, so that any pass over the population makes
/// the same people again and none has to be kept.
struct PopulationBuilder {
    /// The persons of one block.
    static let blockPersons = 256

    let profile: CountryProfile
    let seed: UInt64
    private(set) var persons: [SyntheticPerson] = []
    private(set) var dwellings: [Dwelling] = []
    private var random: RandomStream
    private let communityShares: [Int]

    init(profile: CountryProfile, seed: UInt64) {
        self.profile = profile
        self.seed = seed
        communityShares = profile.communities.map(\.share)
        random = RandomStream(seed: seed, domain: .population, index: 0)
    }

    /// Replaces the block at hand by another one of `count` persons.
    mutating func build(block: Int, count: Int) {
        persons.removeAll(keepingCapacity: true)
        dwellings.removeAll(keepingCapacity: true)
        random = RandomStream(seed: seed, domain: .population, index: block)
        while persons.count < count { addFamily() }
        persons.removeLast(persons.count - count)
        for place in persons.indices { persons[place].index = block * Self.blockPersons + place }
    }

    /// Has the block's persons numbered by the country's register.
    mutating func register(with office: inout NumberingOffice) {
        office.register(&persons, seed: seed)
    }

    /// One household of strangers to the others, with the relatives who live elsewhere.
    private mutating func addFamily() {
        let community = random.pick(weights: communityShares)
        let home = addDwelling(near: nil)
        let age = adultAge()
        switch random.below(100) {
        case 0..<22:
            let sex: SyntheticPerson.Sex = random.below(2) == 0 ? .female : .male
            let single = addAdult(sex, age: age, community: community, home: home)
            moveIn(single)
        case 22..<34:
            let mother = addAdult(.female, age: min(age, 70), community: community, home: home)
            moveIn(mother)
            addChildren(mother: mother, father: nil)
        default:
            let father = addAdult(.male, age: age, community: community, home: home)
            moveIn(father)
            let mother = addWife(of: father)
            addChildren(mother: mother, father: father)
            if random.chance(1200) { addGrandmother(of: random.below(2) == 0 ? father : mother) }
        }
    }

    /// An age from 18 to 99 as a population pyramid has it.
    private mutating func adultAge() -> Int {
        switch random.below(100) {
        case 0..<14: random.pick(18...25)
        case 14..<35: random.pick(26...35)
        case 35..<55: random.pick(36...46)
        case 55..<73: random.pick(47...57)
        case 73..<88: random.pick(58...69)
        case 88..<97: random.pick(70...82)
        default: random.pick(83...99)
        }
    }

    // MARK: - Persons

    private mutating func addAdult(
        _ sex: SyntheticPerson.Sex, age: Int, community: Int, home: Int
    ) -> Int {
        var person = blank(sex, birthDay: birthDay(age: age), community: community, home: home)
        let names = profile.communities[community]
        person.family = names.surnames.pick(&random)
        if profile.naming.hasMothersFamily {
            person.secondFamily = names.surnames.pick(&random)
            person.singleSurname = random.chance(names.singleSurname)
        } else if random.chance(profile.naming.doubleNameShare / 4) {
            person.secondFamily = names.surnames.pick(&random)
        }
        nameGiven(&person)
        person.motherGiven = given(.female, of: community, bornIn: -26, before: person)
        person.fatherGiven = given(.male, of: community, bornIn: -29, before: person)
        settle(&person)
        persons.append(person)
        return persons.count - 1
    }

    private mutating func blank(
        _ sex: SyntheticPerson.Sex, birthDay: Int, community: Int, home: Int
    ) -> SyntheticPerson {
        var person = SyntheticPerson()
        person.sex = sex
        person.birthDay = birthDay
        person.community = community
        person.home = home
        return person
    }

    private mutating func birthDay(age: Int) -> Int {
        CivilDate.today - age * 1461 / 4 - random.below(365)
    }

    /// Everything of a person that does not follow from the parents.
    private mutating func settle(_ person: inout SyntheticPerson) {
        let age = person.age
        if age >= 14, random.chance(age < 80 ? 8800 : 4500) { person.phone = subscriber() }
        if person.phone != 0, random.chance(2500) { person.formerPhone = subscriber() }
        if age >= 50, random.below(2200) < (age - 45) * (age - 45) / 5 {
            person.deathDay = CivilDate.today - random.below(3650)
        }
        if age >= 16, random.chance(5500) { person.emailForm = random.pick(1...6) }
        let town = dwellings[person.home].place
        person.birthPlace =
            random.chance(age < 18 ? 8200 : 5500) ? town : profile.placePicker.pick(&random)
        if age >= 18, let country = profile.communities[person.community].birthPlace {
            person.birthPlace = country
        }
        person.insurer = profile.insurerPicker.pick(&random)
    }

    private mutating func subscriber() -> Int { random.pick(20_000_000...99_999_999) }

    // MARK: - Names

    /// First days of the second and later eras of given names.
    private static let eraStarts = [1950, 1975, 1996].map {
        CivilDate.dayNumber(year: $0, month: 1, day: 1)
    }

    private static func era(ofBirthDay day: Int) -> Int { eraStarts.count { $0 <= day } }

    private mutating func given(
        _ sex: SyntheticPerson.Sex, of community: Int, bornIn years: Int,
        before person: SyntheticPerson
    ) -> Name {
        let era = Self.era(ofBirthDay: person.birthDay + years * 365)
        return profile.communities[community].given[sex.rawValue][era].pick(&random)
    }

    /// Draws the given names, the second one different from the first.
    private mutating func nameGiven(_ person: inout SyntheticPerson) {
        person.firstGiven = given(person.sex, of: person.community, bornIn: 0, before: person)
        person.secondGiven = .none
        guard random.chance(profile.naming.secondGivenShare) else { return }
        let second = given(person.sex, of: person.community, bornIn: 0, before: person)
        if second != person.firstGiven { person.secondGiven = second }
    }

    // MARK: - Couples and relatives

    private mutating func addWife(of husband: Int) -> Int {
        let man = persons[husband]
        let age = max(18, man.age - random.pick(-4...8))
        let community =
            random.chance(8800) ? man.community : random.pick(weights: communityShares)
        let wife = addAdult(.female, age: age, community: community, home: man.home)
        let wed = persons[wife].birthDay + random.pick(20...32) * 365 + random.below(365)
        if wed < CivilDate.today, random.chance(profile.naming.usedFamilyShare) {
            persons[wife].usedFamily = man.family
            persons[wife].marriageDay = wed
        }
        moveIn(wife)
        return wife
    }

    /// The mother of a person, in the same household.
    private mutating func addGrandmother(of child: Int) {
        let young = persons[child]
        let age = min(99, young.age + random.pick(20...36))
        let mother = addAdult(.female, age: age, community: young.community, home: young.home)
        persons[mother].firstGiven = young.motherGiven
        if persons[mother].secondGiven == young.motherGiven { persons[mother].secondGiven = .none }
        if profile.naming.hasMothersFamily {
            persons[mother].family = young.secondFamily
        } else if profile.naming.usedFamilyShare > 0 {
            persons[mother].usedFamily = young.family
            persons[mother].marriageDay = persons[mother].birthDay + 24 * 365
        }
        moveIn(mother)
    }

    /// The children of a mother, at home or grown up and gone.
    private mutating func addChildren(mother: Int, father: Int?) {
        let age = persons[mother].age
        let wanted = [0, 1, 2, 3, 4, 5][random.pick(weights: [14, 24, 35, 18, 6, 3])]
        let recognised = father != nil || !random.chance(profile.naming.fatherlessShare)
        let doubleName = random.chance(profile.naming.doubleNameShare)
        // A father who does not live here still gives his name.
        let fathersFamily =
            father.map { persons[$0].family }
            ?? profile.communities[persons[mother].community].surnames.pick(&random)
        let fathersGiven =
            father.map { persons[$0].firstGiven }
            ?? given(
                .male, of: persons[mother].community, bornIn: 0, before: persons[mother])
        let firstChild = persons.count
        var childAge = age - random.pick(18...31)
        var born = 0
        var hasNamesake = false
        while born < wanted, childAge >= 0 {
            var child = blank(
                random.below(1000) < 488 ? .female : .male, birthDay: birthDay(age: childAge),
                community: persons[mother].community, home: persons[mother].home)
            child.mother = mother
            child.motherGiven = persons[mother].firstGiven
            child.fatherGiven = recognised ? fathersGiven : .none
            passSurnames(
                to: &child, father: recognised ? fathersFamily : nil, doubleName: doubleName)
            nameGiven(&child, unlike: firstChild)
            if let father, child.sex == .male, !hasNamesake,
                random.chance(profile.naming.namesakeShare)
            {
                hasNamesake = true
                child.firstGiven = persons[father].firstGiven
                if random.chance(6000) { child.secondGiven = persons[father].secondGiven }
                if child.secondGiven == child.firstGiven { child.secondGiven = .none }
            }
            settle(&child)
            let twins = random.chance(130)
            if twins { child.birthOrder = 1 }
            persons.append(child)
            let place = persons.count - 1
            if twins { addTwin(of: place, firstSibling: firstChild) }
            if childAge >= 18 { leaveHome(place) }
            born += 1
            childAge -= random.pick(1...6)
        }
    }

    /// Draws given names that no brother or sister has as the first one.
    private mutating func nameGiven(_ child: inout SyntheticPerson, unlike firstSibling: Int) {
        for _ in 0..<8 {
            nameGiven(&child)
            let taken = persons[firstSibling...].contains {
                $0.mother == child.mother && $0.firstGiven == child.firstGiven
            }
            if !taken { return }
        }
    }

    private func passSurnames(to child: inout SyntheticPerson, father: Name?, doubleName: Bool) {
        let mother = persons[child.mother]
        guard let father else {
            child.family = mother.family
            child.secondFamily = mother.secondFamily
            return
        }
        child.family = father
        if profile.naming.hasMothersFamily || doubleName { child.secondFamily = mother.family }
        child.singleSurname = mother.singleSurname && profile.naming.hasMothersFamily
    }

    /// The second of a pair: all alike but the given names, and the sex in a third of pairs.
    private mutating func addTwin(of first: Int, firstSibling: Int) {
        var twin = persons[first]
        twin.birthOrder = 2
        twin.deathDay = 0
        if random.chance(3300) { twin.sex = twin.sex == .female ? .male : .female }
        nameGiven(&twin, unlike: firstSibling)
        if twin.phone != 0 { twin.phone = subscriber() }
        twin.formerPhone = 0
        if twin.emailForm != 0 { twin.emailForm = random.pick(1...6) }
        persons.append(twin)
    }

    // MARK: - Dwellings

    private mutating func addDwelling(near neighbour: Int?) -> Int {
        var dwelling = Dwelling()
        dwelling.place = profile.placePicker.pick(&random)
        if let neighbour {
            let old = profile.places[dwellings[neighbour].place]
            let sameRegion = random.chance(8800)
            if random.chance(6500) {
                dwelling.place = dwellings[neighbour].place
            } else {
                for _ in 0..<12
                where (profile.places[dwelling.place].region == old.region) != sameRegion {
                    dwelling.place = profile.placePicker.pick(&random)
                }
            }
        }
        dwelling.street = profile.streets.pick(&random)
        dwelling.number = random.pick(1...(random.chance(6000) ? 300 : 4000))
        if random.chance(3500) { dwelling.unit = random.pick(1...16) * 100 + random.pick(1...12) }
        if random.chance(4500) { dwelling.phone = subscriber() }
        dwellings.append(dwelling)
        return dwellings.count - 1
    }

    /// Gives an adult the papers of a newcomer and perhaps a former address.
    private mutating func moveIn(_ place: Int) {
        guard random.chance(2200) else { return }
        persons[place].formerHome = addDwelling(near: persons[place].home)
        persons[place].movedDay = CivilDate.today - random.below(3650)
    }

    /// A grown-up child goes to study or marries; part of them leave the population's sight.
    private mutating func leaveHome(_ place: Int) {
        guard random.chance(persons[place].age < 25 ? 2500 : 7000) else { return }
        let child = persons[place]
        persons[place].formerHome = child.home
        persons[place].home = addDwelling(near: child.home)
        let since = max(child.birthDay + 18 * 365, CivilDate.today - 12 * 365)
        persons[place].movedDay = since + random.below(max(1, CivilDate.today - since))
        guard child.age >= 24, child.sex == .male, random.chance(4500) else { return }
        let wife = addWife(of: place)
        if persons[wife].age < 45 { addSmallChildren(mother: wife, father: place) }
    }

    /// Grandchildren of the family, one or two.
    private mutating func addSmallChildren(mother: Int, father: Int) {
        var childAge = persons[mother].age - random.pick(20...34)
        let firstChild = persons.count
        for _ in 0..<random.pick(0...2) where childAge >= 0 && childAge < 18 {
            var child = blank(
                random.below(2) == 0 ? .female : .male, birthDay: birthDay(age: childAge),
                community: persons[mother].community, home: persons[father].home)
            child.mother = mother
            child.motherGiven = persons[mother].firstGiven
            child.fatherGiven = persons[father].firstGiven
            passSurnames(to: &child, father: persons[father].family, doubleName: false)
            nameGiven(&child, unlike: firstChild)
            settle(&child)
            persons.append(child)
            childAge -= random.pick(2...5)
        }
    }
}
