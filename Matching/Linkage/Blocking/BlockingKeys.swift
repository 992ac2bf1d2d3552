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
        let names = BlockingNames(person, tokens)
        let date = BlockingDate(person.birthDate)
        setNumbers(person, names, date, &keys)
        setDates(person, names, date, &keys, wide: wide)
        setNames(person, names, date, &keys, wide: wide)
        if person.traits.isProvider { keys = salted(keys, person.traits.realmSalt) }
        return keys
    }

    /// Keys that records of another realm do not have.
    private static func salted(_ keys: BlockingKeys, _ salt: UInt32) -> BlockingKeys {
        var salted = keys
        for rule in 0..<BlockingRule.count where keys[rule] != 0 {
            salted[rule] = TextHash.short(TextHash.combine(UInt64(keys[rule]), UInt64(salt)))
        }
        return salted
    }

    /// Whether a key is that of a rule's first form, of its second, or of the one for dates
    /// that are known to the year.
    private enum Form: UInt64 {
        case first = 0
        case second = 32
        case year = 64
    }

    /// Sets a rule's key to the hash of its parts, unless one of them is missing.
    @inline(__always)
    private static func set(
        _ keys: inout BlockingKeys, _ rule: BlockingRule, _ first: UInt32, _ second: UInt32,
        _ third: UInt32 = 1, form: Form = .first
    ) {
        guard first != 0, second != 0, third != 0 else { return }
        var hash = UInt64(rule.rawValue + 1) + form.rawValue
        hash = TextHash.combine(hash, UInt64(first) &<< 32 | UInt64(second))
        keys[rule.rawValue] = TextHash.short(TextHash.combine(hash, UInt64(third)))
    }

    /// The keys of identifiers, phones and email.
    @inline(__always)
    private static func setNumbers(
        _ person: EncodedPerson, _ names: BlockingNames, _ date: BlockingDate,
        _ keys: inout BlockingKeys
    ) {
        for index in 0..<2 where person.identifiers[index] != 0 {
            let value = TextHash.short(person.identifiers[index])
            let rule: BlockingRule = index == 0 ? .identifier : .otherIdentifier
            set(&keys, rule, value, person.traits.authority(index) &+ 1)
        }
        // The phones of a record share their keys, whichever is named first.
        set(&keys, .phone, person.phones[0], 1)
        set(&keys, .otherPhone, person.phones[1], 1)
        set(&keys, .email, person.email[0], 1)
        if person.identifiers[1] == 0 {
            set(&keys, .otherIdentifier, names.ends, date.monthDay, form: .second)
        }
        if person.phones[1] == 0 {
            set(&keys, .otherPhone, names.starts, date.monthDay, form: .second)
        }
        if person.email[0] == 0 {
            set(&keys, .email, names.family, date.year, date.month, form: .second)
        }
    }

    /// The keys that hold the whole birth date.
    @inline(__always)
    private static func setDates(
        _ person: EncodedPerson, _ names: BlockingNames, _ date: BlockingDate,
        _ keys: inout BlockingKeys, wide: Bool
    ) {
        let place = Self.place(person)
        set(&keys, .givenDate, names.given, date.year, date.anyOrder)
        set(&keys, .familyDate, names.familyInitial, date.whole)
        if place == 0 {
            set(&keys, .municipalityDate, names.lastGivenInitial, date.whole, form: .second)
        } else {
            set(&keys, .municipalityDate, place, wide ? date.year : date.whole)
        }
        if date.whole == 0 {
            // Of a date known to the year each place holds less, and more beside it.
            set(&keys, .familyDate, names.family, date.year, place &+ 1, form: .year)
            set(&keys, .givenDate, names.given, date.year, place &+ 1, form: .year)
            set(
                &keys, .municipalityDate, names.lastGiven, date.year, names.familyStart, form: .year
            )
        }
    }

    /// The keys that hold names with less than the whole birth date.
    @inline(__always)
    private static func setNames(
        _ person: EncodedPerson, _ names: BlockingNames, _ date: BlockingDate,
        _ keys: inout BlockingKeys, wide: Bool
    ) {
        let (given, family) = (names.given, names.family)
        if given != 0, family != 0 {
            set(&keys, .names, min(given, family), max(given, family))
        }
        set(&keys, .nameStarts, names.starts, date.year)
        set(&keys, .nameEnds, names.ends, date.year)
        if family != 0, names.mothersFamily != 0 {
            let (low, high) = (min(family, names.mothersFamily), max(family, names.mothersFamily))
            set(&keys, .surnames, low, high, wide ? 1 : names.givenInitial)
        } else {
            set(&keys, .surnames, family, date.year, date.anyOrder, form: .second)
        }
        set(&keys, .dwelling, person.street, person.houseNumber)
        if person.street == 0 || person.houseNumber == 0 {
            set(&keys, .dwelling, names.longStarts, 1, form: .second)
        }
        let place = Self.place(person)
        if place == 0 {
            set(&keys, .familyPlace, family, date.year, form: .second)
            set(&keys, .givenPlace, given, date.year, date.month, form: .second)
        } else {
            set(&keys, .familyPlace, family, place, names.givenInitial)
            set(&keys, .givenPlace, given, place, names.familyStart)
        }
    }

    @inline(__always)
    private static func place(_ person: EncodedPerson) -> UInt32 {
        person.municipality != 0 ? person.municipality : person.postalCode
    }

    /// The number of ways to split an oversize block.
    static let refinementCount = 6

    /// A further key that splits an oversize block; 0 where the record lacks it.
    static func refinement(_ step: Int, of person: EncodedPerson, tokens: TokenTable) -> UInt32 {
        switch step {
        case 0: BlockingDate.year(person.birthDate)
        case 1: tokens.entries[Int(person.surnames[0])].phonetic
        case 2: tokens.entries[Int(person.givenNames[0])].phonetic
        case 3: place(person)
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

/// What keys take of a record's names; 0 stands for what it lacks.
private struct BlockingNames {
    /// Phonetic codes.
    var given: UInt32
    var lastGiven: UInt32
    var family: UInt32
    var mothersFamily: UInt32
    var givenInitial: UInt32
    var lastGivenInitial: UInt32
    var familyInitial: UInt32
    var familyStart: UInt32
    /// Beginnings, and ends, of given and family name, the same if the two change places.
    var starts: UInt32
    var longStarts: UInt32
    var ends: UInt32

    @inline(__always)
    init(_ person: EncodedPerson, _ tokens: TokenTable) {
        let givenEntry = tokens.entries[Int(person.givenNames[0])]
        let familyEntry = tokens.entries[Int(person.surnames[0])]
        given = givenEntry.phonetic
        var last = person.givenNames[2]
        if last == 0 { last = person.givenNames[1] }
        let lastEntry = last == 0 ? givenEntry : tokens.entries[Int(last)]
        lastGiven = lastEntry.phonetic
        lastGivenInitial = lastEntry.initial
        family = familyEntry.phonetic
        mothersFamily = tokens.entries[Int(person.surnames[1])].phonetic
        givenInitial = givenEntry.initial
        familyInitial = familyEntry.initial
        familyStart = familyEntry.start
        starts = Self.joined(givenEntry.start, familyEntry.start)
        longStarts = Self.joined(givenEntry.longStart, familyEntry.longStart)
        ends = Self.joined(givenEntry.end, familyEntry.end)
    }

    /// One value of two, whichever comes first; 0 unless both are there.
    @inline(__always)
    private static func joined(_ left: UInt32, _ right: UInt32) -> UInt32 {
        guard left != 0, right != 0 else { return 0 }
        return TextHash.short(UInt64(min(left, right)) &<< 32 | UInt64(max(left, right)))
    }
}

/// What keys take of a birth date; 0 stands for what it lacks.
struct BlockingDate {
    var year: UInt32 = 0
    var month: UInt32 = 0
    var monthDay: UInt32 = 0
    /// Day and month, the same if the two change places.
    var anyOrder: UInt32 = 0
    /// The day itself, the same in every calendar.
    var whole: UInt32 = 0

    @inline(__always)
    init(_ date: PackedDate) {
        guard date.isPresent else { return }
        year = Self.year(date)
        guard date.isWhole else { return }
        month = date.month
        monthDay = date.written & 511
        anyOrder = min(date.day, date.month) &<< 8 | max(date.day, date.month)
        whole = TextHash.short(UInt64(UInt32(bitPattern: date.firstDay)))
    }

    /// The Gregorian year of the first day meant, so that calendars meet.
    @inline(__always)
    static func year(_ date: PackedDate) -> UInt32 {
        guard date.year < solarHijriYearMax else { return UInt32(date.year) }
        guard date.isPresent else { return 0 }
        // The mean Gregorian year is 146,097 / 400 days; births lie within a day of exactness.
        return UInt32(clamping: (Int(date.firstDay) * 400 + daysToEpoch) / 146_097)
    }

    private static let solarHijriYearMax: Int32 = 1_600
    /// From 0000-01-01 to 1970-01-01, times 400, less half a leap cycle's drift.
    private static let daysToEpoch = 719_528 * 400
}
