/// Loose keys for records that no blocking rule brings to a likely partner.
///
/// Each joins two or three facts of a record that errors seldom strike together. Any of them alone would
/// make blocks far too large for a rule; of these only small groups are looked at. What makes them
/// outlast errors:
///
/// - Names are met by sound, by the letters they have in whatever order (which a transposition leaves as
///   they are), by their first two or three letters and by their last two: one error spares one of these.
/// - Any given name goes with any surname, and most facts go with any word of a name, so that a name
///   dropped, or written at another place, does no harm.
/// - Sex halves groups that would else be too large; records that do not tell it are together.
///
/// The kinds were chosen one after the other, among 600 pairs and triples of facts, by how many of the
/// true pairs that the rules miss they add for each pair to compare, over extracts of five languages with
/// a fifth to a quarter of all values mistyped.
enum RescueKeys {
    /// The kinds of keys that are looked at together; the most fruitful first.
    enum Round: CaseIterable {
        case first, second
    }

    /// Kinds of keys; the number goes into the key, so that kinds do not meet.
    private enum Kind: UInt64 {
        // Of the first round.
        case date = 1, yearPlace, placeHouse, fatherYear, numberStart, numberEnd
        case givenYear, initialYear, familyYear, familySex, familyFather, familyMother, familyHouse
        case endLetters, soundEnd, endsPlace, starts, endStart, startLetters, lettersPlace
        // Of the second.
        case dayPlace, birthPlaceYear, givenFather, startMother, familyStartEnd
        case initialsFather, initialSound, initialEndYear, endStartPlace, startEndPlace, endSound
        case soundsPlace, startOfLetters, nameDay, namePlace, nameYear, startBirthPlace
    }

    /// Calls `body` with each key of a record, some of them twice.
    @inline(__always)
    static func forEach(
        of person: EncodedPerson, tokens: TokenTable, round: Round, _ body: (UInt32) -> Void
    ) {
        // Kinds are below the salt.
        let salt = UInt64(person.traits.realmSalt)
        @inline(__always)
        func emit(_ kind: Kind, _ first: UInt32, _ second: UInt32, _ third: UInt32 = 1) {
            guard first != 0, second != 0, third != 0 else { return }
            body(key(kind.rawValue | salt, first, second, third))
        }
        let facts = Facts(person, tokens)
        switch round {
        case .first:
            firstNumbers(person, facts, emit)
            firstNames(person, tokens, facts, emit)
        case .second:
            secondPlaces(person, facts, emit)
            secondNames(person, tokens, facts, emit)
        }
    }

    /// A key of some facts.
    @inline(__always)
    static func key(_ kind: UInt64, _ first: UInt32, _ second: UInt32, _ third: UInt32) -> UInt32 {
        let hash = TextHash.combine(kind, UInt64(first) &<< 32 | UInt64(second))
        return TextHash.short(hash &+ UInt64(third) &* 0x9E37_79B9_7F4A_7C15)
    }

    /// What several kinds take of a record beside its names.
    private struct Facts {
        var date: BlockingDate
        var place: UInt32
        /// Never 0: records that do not tell it are together.
        var sex: UInt32
        var father: UInt32
        var mother: UInt32

        @inline(__always)
        init(_ person: EncodedPerson, _ tokens: TokenTable) {
            date = BlockingDate(person.birthDate)
            place = person.municipality != 0 ? person.municipality : person.postalCode
            sex = person.traits.sex &+ 1
            father = tokens.entries[Int(person.fatherGiven)].phonetic
            mother = tokens.entries[Int(person.motherGiven)].phonetic
        }
    }

    private typealias Emit = (Kind, UInt32, UInt32, UInt32) -> Void

    @inline(__always)
    private static func firstNumbers(_ person: EncodedPerson, _ facts: Facts, _ emit: Emit) {
        let day = facts.date.anyOrder == 0 ? 0 : facts.date.year &<< 16 | facts.date.anyOrder
        emit(.date, day, facts.sex, 1)
        emit(.yearPlace, facts.date.year, facts.place, 1)
        emit(.placeHouse, facts.place, person.houseNumber, 1)
        emit(.fatherYear, facts.father, facts.date.year, 1)
        if let halves = Halves(person.identifiers[0]) {
            emit(.numberStart, halves.start, facts.sex, 1)
            emit(.numberEnd, halves.end, 1, 1)
        }
    }

    @inline(__always)
    private static func firstNames(
        _ person: EncodedPerson, _ tokens: TokenTable, _ facts: Facts, _ emit: Emit
    ) {
        let year = facts.date.year
        for givenPlace in 0..<3 where person.givenNames[givenPlace] != 0 {
            let given = tokens.entries[Int(person.givenNames[givenPlace])]
            emit(.givenYear, given.phonetic, year, 1)
            emit(.initialYear, given.initial, year, 1)
            emit(.lettersPlace, given.letters, facts.place, 1)
            for familyPlace in 0..<3 where person.surnames[familyPlace] != 0 {
                let family = tokens.entries[Int(person.surnames[familyPlace])]
                emit(.endLetters, given.end, family.letters, 1)
                emit(.soundEnd, given.phonetic, family.end, facts.sex)
                emit(.endsPlace, given.end, family.end, facts.place)
                emit(.starts, given.start, family.start, facts.sex)
                emit(.endStart, given.end, family.start, 1)
                emit(.startLetters, given.start, family.letters, 1)
            }
        }
        for familyPlace in 0..<3 where person.surnames[familyPlace] != 0 {
            let family = tokens.entries[Int(person.surnames[familyPlace])]
            emit(.familyYear, family.phonetic, year, 1)
            emit(.familySex, family.phonetic, facts.sex, 1)
            emit(.familyFather, family.phonetic, facts.father, 1)
            emit(.familyMother, family.phonetic, facts.mother, 1)
            emit(.familyHouse, family.end, person.houseNumber, 1)
            emit(.lettersPlace, family.letters, facts.place, 1)
        }
    }

    @inline(__always)
    private static func secondPlaces(_ person: EncodedPerson, _ facts: Facts, _ emit: Emit) {
        emit(.dayPlace, facts.date.anyOrder, facts.place, facts.sex)
        emit(.birthPlaceYear, facts.date.year, person.birthPlace, 1)
    }

    @inline(__always)
    private static func secondNames(
        _ person: EncodedPerson, _ tokens: TokenTable, _ facts: Facts, _ emit: Emit
    ) {
        for givenPlace in 0..<3 where person.givenNames[givenPlace] != 0 {
            let given = tokens.entries[Int(person.givenNames[givenPlace])]
            emit(.givenFather, given.phonetic, facts.father, 1)
            emit(.startMother, given.start, facts.mother, 1)
            for familyPlace in 0..<3 where person.surnames[familyPlace] != 0 {
                let family = tokens.entries[Int(person.surnames[familyPlace])]
                emit(.initialsFather, given.initial, family.initial, facts.father)
                emit(.initialSound, given.initial, family.phonetic, facts.sex)
                emit(.initialEndYear, given.initial, family.end, facts.date.year)
                emit(.endStartPlace, given.end, family.start, facts.place)
                emit(.startEndPlace, given.start, family.end, facts.place)
                emit(.endSound, given.end, family.phonetic, facts.sex)
                emit(.soundsPlace, given.phonetic, family.phonetic, facts.place)
            }
        }
        for familyPlace in 0..<3 where person.surnames[familyPlace] != 0 {
            let family = tokens.entries[Int(person.surnames[familyPlace])]
            emit(.familyStartEnd, family.start, family.end, 1)
        }
        for wordPlace in 0..<6 {
            let number = word(person, wordPlace)
            guard number != 0 else { continue }
            let word = tokens.entries[Int(number)]
            emit(.nameDay, word.phonetic, facts.date.anyOrder, 1)
            emit(.namePlace, word.phonetic, facts.place, facts.sex)
            emit(.nameYear, word.phonetic, facts.date.year, facts.sex)
            emit(.startBirthPlace, word.start, person.birthPlace, 1)
            for otherPlace in 0..<6 {
                let other = Self.word(person, otherPlace)
                guard other != 0 else { continue }
                emit(.startOfLetters, word.longStart, tokens.entries[Int(other)].letters, 1)
            }
        }
    }

    /// A word of a record's own name: three given names, then three surnames.
    @inline(__always)
    private static func word(_ person: EncodedPerson, _ place: Int) -> UInt32 {
        place < 3 ? person.givenNames[place] : person.surnames[place - 3]
    }

    /// The two halves of a number's digits.
    struct Halves {
        var start: UInt32
        var end: UInt32

        /// Halves a number; nil where there is none.
        @inline(__always)
        init?(_ number: UInt64) {
            guard number != 0 else { return nil }
            var half: UInt64 = 10
            while half < number / half { half *= 10 }
            start = TextHash.short(number / half)
            end = TextHash.short(number % half)
        }
    }
}
