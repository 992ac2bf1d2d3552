internal import Identity

/// One record as comparison sees it: 128 bytes, two cache lines.
///
/// A value of 0 is a missing one throughout. Names are numbers of a ``TokenTable``, everything else
/// is self-contained: a record can be compared with a record of another population once its name
/// numbers are mapped.
struct EncodedPerson: Sendable {
    /// Up to three given names; the fourth place is the mother's given name.
    var givenNames = SIMD4<UInt32>.zero
    /// Surname, mother's surname, further or used surname; the fourth place is the father's given
    /// name.
    var surnames = SIMD4<UInt32>.zero
    /// The bigrams of the street as a set of 128 bits.
    var streetBigrams = SIMD2<UInt64>.zero
    /// The national number and one other number, see ``IdentifierValue``.
    var identifiers = SIMD2<UInt64>.zero
    var phones = SIMD2<UInt32>.zero
    /// The whole address and the part before the @, as hashes.
    var email = SIMD2<UInt32>.zero
    var street: UInt32 = 0
    /// The first number in the street text that is not of a flat, plus 1.
    var houseNumber: UInt32 = 0
    var municipality: UInt32 = 0
    var postalCode: UInt32 = 0
    var birthPlace: UInt32 = 0
    var birthDate = PackedDate()
    var traits = PersonTraits()
    /// A hash of everything above that does not depend on numbering: the tie-breaker.
    var contentHash: UInt64 = 0

    @inline(__always) var motherGiven: UInt32 { givenNames[3] }
    @inline(__always) var fatherGiven: UInt32 { surnames[3] }

    /// Whether there is a number at a place that its rule refuses or that may be another person's.
    func hasDoubtfulIdentifier(_ index: Int) -> Bool {
        identifiers[index] != 0 && traits.grade(index) == IdentifierGrade.doubtful.rawValue
    }

    /// Takes note that the record's source enters numbers that may be another person's.
    mutating func doubtIdentifiers() {
        for index in 0..<2 where identifiers[index] != 0 { traits.setGrade(index, .doubtful) }
        contentHash = TextHash.combine(contentHash, 1)
    }

    /// Takes the record into a realm, so that it has no key in common with records of another.
    mutating func enter(_ realm: Realm) {
        guard realm != .patient else { return }
        traits.isProvider = true
        contentHash = TextHash.combine(contentHash, 2)
    }

    /// Gives the words the numbers of another table.
    mutating func renumber(_ numbers: [UInt32]) {
        for index in 0..<4 {
            givenNames[index] = numbers[Int(givenNames[index])]
            surnames[index] = numbers[Int(surnames[index])]
        }
    }
}

/// A birth date as the interval of days it may mean, and the digits as written.
struct PackedDate: Sendable, Equatable {
    var firstDay: Int32 = 0
    var lastDay: Int32 = 0
    /// Year, month and day as written: year * 512 + month * 32 + day, 0 for no date.
    var written: UInt32 = 0

    @inline(__always) var isPresent: Bool { written != 0 }
    @inline(__always) var year: Int32 { Int32(written &>> 9) }
    @inline(__always) var month: UInt32 { written &>> 5 & 15 }
    @inline(__always) var day: UInt32 { written & 31 }
    /// Whether year, month and day are all there.
    @inline(__always) var isWhole: Bool { written & 31 != 0 && written & 0x1E0 != 0 }
}

/// Small facts of a record in 32 bits.
struct PersonTraits: Sendable, Equatable {
    var bits: UInt32 = 0

    /// 0 unknown, 1 male, 2 female, 3 other.
    @inline(__always) var sex: UInt32 {
        get { bits & 3 }
        set { bits = bits & ~3 | newValue }
    }
    /// Place in a multiple birth, 0 unknown.
    @inline(__always) var birthOrder: UInt32 {
        get { bits &>> 2 & 7 }
        set { bits = bits & ~(7 &<< 2) | min(newValue, 7) &<< 2 }
    }
    /// Whether the given name was a placeholder of a newborn.
    @inline(__always) var isUnnamedNewborn: Bool {
        get { bits & 1 &<< 5 != 0 }
        set { if newValue { bits |= 1 &<< 5 } else { bits &= ~(1 &<< 5) } }
    }
    /// Whether the birth date is one that clerks write when they do not know it.
    @inline(__always) var hasDefaultDate: Bool {
        get { bits & 1 &<< 6 != 0 }
        set { if newValue { bits |= 1 &<< 6 } else { bits &= ~(1 &<< 6) } }
    }
    /// Whether the record is of a provider and not of a patient.
    @inline(__always) var isProvider: Bool {
        get { realmSalt != 0 }
        set { if newValue { bits |= Self.providerBit } else { bits &= ~Self.providerBit } }
    }
    /// What keys of records of a realm have and those of no other; 0 for patients.
    @inline(__always) var realmSalt: UInt32 { bits & Self.providerBit }
    private static let providerBit: UInt32 = 1 << 7
    /// The grade of the identifiers, two bits each.
    @inline(__always) func grade(_ index: Int) -> IdentifierGrade.RawValue {
        bits &>> UInt32(8 + 2 * index) & 3
    }
    @inline(__always) mutating func setGrade(_ index: Int, _ grade: IdentifierGrade) {
        let shift = UInt32(8 + 2 * index)
        bits = bits & ~(3 &<< shift) | grade.rawValue &<< shift
    }
    /// A short hash of the authority of each identifier, ten bits each.
    @inline(__always) func authority(_ index: Int) -> UInt32 {
        bits &>> UInt32(12 + 10 * index) & 1023
    }
    @inline(__always) mutating func setAuthority(_ index: Int, _ hash: UInt32) {
        let shift = UInt32(12 + 10 * index)
        bits = bits & ~(1023 &<< shift) | (hash & 1023) &<< shift
    }
}

/// How far an identifier's own form speaks for it.
enum IdentifierGrade: UInt32, Sendable {
    /// The authority's rule refuses it, or other persons may bear it too.
    case doubtful = 0
    /// The authority has no rule that could refuse it.
    case unchecked = 1
    /// The authority's check digit holds.
    case valid = 2
}
