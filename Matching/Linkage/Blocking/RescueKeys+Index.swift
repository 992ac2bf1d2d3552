extension RescueKeys {
    /// Kinds of keys that an index keeps; the number goes into the key.
    private enum KeptKind: UInt64 {
        case numberStart = 1, numberEnd, givenMothersFamily, nameDay, nameHouse
        case familyPlaceYear, startEndPlace, endStartPlace
    }

    /// Records of a key up to which an index keeps them.
    static let keptGroupMax = 16

    /// Calls `body` with each key under which an index keeps a record.
    ///
    /// An index keeps a record's keys for good, so that it has eight kinds alone: those that, chosen
    /// one after the other, found most of what the rules miss in heavily damaged extracts.
    @inline(__always)
    static func forEachKept(
        of person: EncodedPerson, tokens: TokenTable, _ body: (UInt32) -> Void
    ) {
        let given = tokens.entries[Int(person.givenNames[0])]
        let second = tokens.entries[Int(person.givenNames[1])]
        let family = tokens.entries[Int(person.surnames[0])]
        let mothers = tokens.entries[Int(person.surnames[1])]
        let date = BlockingDate(person.birthDate)
        let place = person.municipality != 0 ? person.municipality : person.postalCode
        // Kinds are below the salt.
        let salt = UInt64(person.traits.realmSalt)
        @inline(__always)
        func emit(_ kind: KeptKind, _ first: UInt32, _ second: UInt32, _ third: UInt32 = 1) {
            guard first != 0, second != 0, third != 0 else { return }
            body(key(kind.rawValue | salt, first, second, third))
        }
        if let halves = Halves(person.identifiers[0]) {
            emit(.numberStart, halves.start, 1)
            emit(.numberEnd, halves.end, 1)
        }
        for name in [given.phonetic, second.phonetic] {
            emit(.givenMothersFamily, name, mothers.phonetic)
        }
        for name in [given.phonetic, family.phonetic] {
            emit(.nameDay, name, date.anyOrder)
            emit(.nameHouse, name, person.houseNumber)
        }
        emit(.familyPlaceYear, family.phonetic, place, date.year)
        emit(.startEndPlace, given.start, family.end, place)
        emit(.endStartPlace, given.end, family.start, place)
    }
}
