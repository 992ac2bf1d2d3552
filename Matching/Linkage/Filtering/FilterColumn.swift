/// The columns by which pairs are filtered before they are compared, 16 bits each.
///
/// Names, numbers and places are there as hashes, in pairs of bytes where that is enough: equal values
/// always have equal hashes, different ones seldom, and 0 is a missing value. The columns `…Agree` and
/// `…Differ` hold weights of the record's own values, see ``PairBound``; signature, form and sound of a
/// word are those of ``WordFilter``.
enum FilterColumn: Int, CaseIterable {
    case given, givenAgree, givenDiffer
    case givenSignature, givenSignatureRest, givenForm, givenSound
    case family, familyAgree, familyDiffer
    case familySignature, familySignatureRest, familyForm, familySound
    case mothersFamily, mothersFamilyAgree, mothersFamilyDiffer
    case mothersFamilySignature, mothersFamilySignatureRest, mothersFamilyForm, mothersFamilySound
    case secondGiven
    /// The third surname (upper byte) and the third given name, as bytes of their hashes.
    case thirdNames
    /// What the record contributes where the second given names agree too.
    case givenAllAgree
    /// The first two given names written as one (upper byte), and so the first two surnames.
    case joined
    /// The date as it is written, see ``DateDigits``.
    case writtenYear, writtenMonthDay
    case day, month, traits
    case identifier, identifierParts, identifierKind
    case otherIdentifier, otherIdentifierParts, otherIdentifierKind
    case phone, otherPhone, phoneParts
    /// The whole address (upper byte) and the part before the @.
    case email
    case street, streetSignature, streetSignatureRest
    /// The house number (upper byte) and the number of bigrams of the street.
    case houseNumber
    case municipalityAgree
    /// Municipality (upper byte) and postal code.
    case area
    /// The given names of mother (upper byte) and father.
    case parents
    case birthPlace
    /// Which block of a tile the record stands in; not a value of the record.
    case block

    /// The number of columns.
    static let count = 49
    /// The number of those that are values of a record.
    static let storedCount = 48
}

/// Bits of the column ``FilterColumn/traits``.
enum FilterTraits {
    static let sex: Int16 = 3
    static let birthOrder: Int16 = 7 << 2
    /// A date that is whole and not one that clerks write when they do not know it.
    static let plainDate: Int16 = 1 << 5
    static let anyDate: Int16 = 1 << 6
}

/// Bits of the columns of an identifier's kind; the rest is a hash of its authority.
enum FilterKind {
    /// The authority's check digit holds.
    static let valid: Int16 = 1
    /// The value has too few symbols to be told from its neighbours by its ends.
    static let short: Int16 = 2
    static let authority: Int16 = ~3
}

/// The columns of one record.
struct FilterRow {
    let values: UnsafeMutablePointer<Int16>

    @inline(__always)
    subscript(_ column: FilterColumn) -> Int16 {
        get { values[column.rawValue] }
        nonmutating set { values[column.rawValue] = newValue }
    }
}
