/// The keys of one record, one for each blocking rule; 0 where the rule has nothing to go by.
typealias BlockingKeys = SIMD16<UInt32>

/// Makes blocking keys.
///
/// They depend on what a record says alone, never on numbering.
enum BlockingKeyMaker {
    /// The keys of a record; `wide` loosens two rules so that far more pairs meet.
    static func keys(
        of person: EncodedPerson, tokens: TokenTable, wide: Bool = false
    ) -> BlockingKeys {
        var keys = BlockingKeys.zero
        func set(_ rule: BlockingRule, _ parts: (UInt32, UInt32, UInt32)) {
            var hash = UInt64(rule.rawValue + 1)
            hash = TextHash.combine(hash, UInt64(parts.0) &<< 32 | UInt64(parts.1))
            keys[rule.rawValue] = TextHash.short(TextHash.combine(hash, UInt64(parts.2)))
        }
        let given = tokens.entries[Int(person.givenNames[0])].phonetic
        let initial = tokens.entries[Int(person.givenNames[0])].initial
        let family = tokens.entries[Int(person.surnames[0])].phonetic
        let mothers = tokens.entries[Int(person.surnames[1])].phonetic
        let date = person.birthDate
        for index in 0..<2 where person.identifiers[index] != 0 {
            let value = person.identifiers[index]
            set(
                index == 0 ? .identifier : .otherIdentifier,
                (
                    UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value &>> 32),
                    person.traits.authority(index)
                ))
        }
        // The phones of a record share their keys, whichever is named first.
        if person.phones[0] != 0 { set(.phone, (person.phones[0], 0, 0)) }
        if person.phones[1] != 0 { set(.otherPhone, (person.phones[1], 0, 0)) }
        if person.email[0] != 0 { set(.email, (person.email[0], 0, 0)) }
        if person.street != 0, person.houseNumber != 0 {
            set(.dwelling, (person.street, person.houseNumber, 0))
        }
        if given != 0, family != 0 {
            if mothers != 0 { set(.givenBothSurnames, (given, family, mothers)) }
            set(.givenFamily, (given, family, 0))
            // Blocks of common names are split by year of birth like those of the rule above.
            set(.namesSwapped, (min(given, family), max(given, family), 0))
        }
        if family != 0, mothers != 0, given != 0 {
            set(.surnamesInitial, (family, mothers, initial))
        }
        setDateKeys(person, date, (given, family, mothers), set)
        if wide {
            let place = person.municipality != 0 ? person.municipality : person.postalCode
            if place != 0, date.isPresent { set(.municipalityDate, (place, date.written &>> 9, 1)) }
            if family != 0, mothers != 0 { set(.surnamesInitial, (family, mothers, 0)) }
        }
        return keys
    }

    private static func setDateKeys(
        _ person: EncodedPerson, _ date: PackedDate, _ names: (UInt32, UInt32, UInt32),
        _ set: (BlockingRule, (UInt32, UInt32, UInt32)) -> Void
    ) {
        guard date.isPresent else { return }
        let (given, family, mothers) = names
        guard date.isWhole else { return }
        let day = UInt32(bitPattern: date.firstDay)
        if given != 0 { set(.givenDate, (given, day, 0)) }
        if family != 0 { set(.familyDate, (family, day, 0)) }
        if mothers != 0 { set(.mothersFamilyDate, (mothers, day, 0)) }
        if given != 0, date.day <= 12 {
            let (low, high) = (min(date.day, date.month), max(date.day, date.month))
            set(.swappedDate, (given, UInt32(date.year), low &<< 8 | high))
        }
        if given != 0, family != 0 { set(.givenFamilyDay, (given, family, date.written & 511)) }
        let place = person.municipality != 0 ? person.municipality : person.postalCode
        if place != 0 { set(.municipalityDate, (place, day, 0)) }
    }

    /// The number of ways to split an oversize block.
    static let refinementCount = 6

    /// A further key that splits an oversize block; 0 where the record lacks it.
    static func refinement(_ step: Int, of person: EncodedPerson, tokens: TokenTable) -> UInt32 {
        switch step {
        case 0: person.birthDate.written &>> 9
        case 1: tokens.entries[Int(person.givenNames[0])].phonetic
        case 2: tokens.entries[Int(person.surnames[0])].phonetic
        case 3: person.municipality != 0 ? person.municipality : person.postalCode
        case 4: person.birthDate.written
        default: tokens.entries[Int(person.surnames[1])].phonetic
        }
    }

    /// The key of a record within an oversize block of a key.
    static func refined(
        _ key: UInt32, _ step: Int, of person: EncodedPerson, tokens: TokenTable
    ) -> UInt32 {
        let further = refinement(step, of: person, tokens: tokens)
        return TextHash.short(TextHash.combine(UInt64(key), UInt64(further) &<< 8 | UInt64(step)))
    }
}
