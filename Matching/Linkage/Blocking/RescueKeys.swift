/// Loose keys for records that no blocking rule brings to a likely partner.
///
/// Each joins two or three facts of a record that errors seldom strike together, in combinations that
/// the rules lack: halves of numbers, further given names, parts of names with parts of the date, of
/// the residence or of the parents. Any of them alone would make blocks far too large for a rule; of
/// these only small groups are looked at.
enum RescueKeys {
    /// Kinds of keys; the number goes into the key, so that kinds do not meet.
    private enum Kind: UInt64 {
        case numberStart = 1, numberEnd, phoneStart
        case givenMothersFamily, givenFamily, surnames, bothGivenFamilyStart, bothGivenFamilyEnd
        case nameDay, mothersFamilyDay, givenMonth, familyMonth, mothersFamilyMonth
        case startEndYear, endStartYear, familyPlaceYear
        case nameHouse, mothersFamilyHouse, startHousePlace
        case startEndPlace, endStartPlace, startsPlace
        case givenStart, startFamily, longStarts, ends
        case startBirthPlace, startMother, startFather

        /// Whether the kind is one of the eight that find most.
        ///
        /// Of the pairs that all find beside the rules in heavily damaged extracts, chosen one
        /// after the other, they find three quarters.
        @inline(__always) var isFruitful: Bool {
            switch self {
            case .nameHouse, .givenMothersFamily, .nameDay, .numberStart, .numberEnd,
                .endStartPlace, .startEndPlace, .familyPlaceYear:
                true
            default: false
            }
        }
    }

    /// Calls `body` with each key of a record, or sparingly with those of the most fruitful kinds alone.
    @inline(__always)
    static func forEach(
        of person: EncodedPerson, tokens: TokenTable, sparingly: Bool = false,
        _ body: (UInt32) -> Void
    ) {
        let given = tokens.entries[Int(person.givenNames[0])]
        let second = tokens.entries[Int(person.givenNames[1])]
        let family = tokens.entries[Int(person.surnames[0])]
        let mothers = tokens.entries[Int(person.surnames[1])]
        let date = BlockingDate(person.birthDate)
        let place = person.municipality != 0 ? person.municipality : person.postalCode
        let house = person.houseNumber
        @inline(__always)
        func emit(_ kind: Kind, _ first: UInt32, _ second: UInt32, _ third: UInt32 = 1) {
            guard first != 0, second != 0, third != 0 else { return }
            guard kind.isFruitful || !sparingly else { return }
            let hash = TextHash.combine(kind.rawValue, UInt64(first) &<< 32 | UInt64(second))
            body(TextHash.short(hash &+ UInt64(third) &* 0x9E37_79B9_7F4A_7C15))
        }
        forEachNumber(person, given.start, emit)
        for name in [given.phonetic, second.phonetic] {
            emit(.givenMothersFamily, name, mothers.phonetic)
            emit(.givenFamily, name, family.phonetic)
        }
        emit(.surnames, family.phonetic, mothers.phonetic)
        emit(.bothGivenFamilyStart, given.phonetic, second.phonetic, family.start)
        emit(.bothGivenFamilyEnd, given.phonetic, second.phonetic, family.end)
        for name in [given.phonetic, family.phonetic] {
            emit(.nameDay, name, date.anyOrder)
            emit(.nameHouse, name, house)
        }
        let month = date.month == 0 ? 0 : date.year &<< 4 | date.month
        emit(.mothersFamilyDay, mothers.phonetic, date.anyOrder)
        emit(.givenMonth, given.phonetic, month)
        emit(.familyMonth, family.phonetic, month)
        emit(.mothersFamilyMonth, mothers.phonetic, month)
        emit(.startEndYear, given.start, family.end, date.year)
        emit(.endStartYear, given.end, family.start, date.year)
        emit(.familyPlaceYear, family.phonetic, place, date.year)
        emit(.mothersFamilyHouse, mothers.phonetic, house)
        emit(.startHousePlace, family.start, house, place)
        emit(.startEndPlace, given.start, family.end, place)
        emit(.endStartPlace, given.end, family.start, place)
        emit(.startsPlace, given.start, family.start, place)
        emit(.givenStart, given.phonetic, family.start)
        emit(.startFamily, given.start, family.phonetic)
        emit(.longStarts, given.longStart, family.longStart)
        emit(.ends, given.end, family.end)
        emit(.startBirthPlace, given.initial, family.start, person.birthPlace)
        let mother = tokens.entries[Int(person.motherGiven)].phonetic
        emit(.startMother, given.initial, family.start, mother)
        let father = tokens.entries[Int(person.fatherGiven)].phonetic
        emit(.startFather, given.initial, family.start, father)
    }

    /// The two halves of the national number, and the beginning of a phone.
    @inline(__always)
    private static func forEachNumber(
        _ person: EncodedPerson, _ givenStart: UInt32,
        _ emit: (Kind, UInt32, UInt32, UInt32) -> Void
    ) {
        let number = person.identifiers[0]
        if number != 0 {
            var half: UInt64 = 10
            while half < number / half { half *= 10 }
            emit(.numberStart, TextHash.short(number / half), 1, 1)
            emit(.numberEnd, TextHash.short(number % half), 1, 1)
        }
        for phone in [person.phones[0], person.phones[1]] where phone != 0 {
            emit(.phoneStart, TextHash.short(UInt64(phone - 1) / 10_000), givenStart, 1)
        }
    }
}
