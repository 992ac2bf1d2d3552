/// Compares encoded records in all fields.
///
/// There is one for each thread, since it remembers word relations.
///
/// Comparison is symmetric: exchanging the two records gives the same vector.
struct PairComparator {
    var words: WordComparator

    init(tokens: TokenTable, memoryBits: Int = WordComparator.runMemoryBits) {
        words = WordComparator(tokens: tokens, memoryBits: memoryBits)
    }

    init(words: WordComparator) { self.words = words }

    /// The comparison vector of a pair.
    @inline(__always)
    mutating func compare(
        _ left: UnsafePointer<EncodedPerson>, _ right: UnsafePointer<EncodedPerson>
    ) -> ComparisonVector {
        var vector = ComparisonVector()
        compareNames(left, right, &vector)
        let date = DateComparison.level(
            left.pointee.birthDate, left.pointee.traits, right.pointee.birthDate,
            right.pointee.traits)
        vector.set(.birthDate, date.rawValue)
        compareSex(left.pointee.traits, right.pointee.traits, &vector)
        compareIdentifiers(left, right, &vector)
        compareContacts(left, right, &vector)
        vector.set(.residence, ResidenceComparison.level(left, right).rawValue)
        compareOrigin(left, right, &vector)
        return vector
    }

    @inline(__always)
    private func compareSex(
        _ left: PersonTraits, _ right: PersonTraits, _ vector: inout ComparisonVector
    ) {
        if left.sex != 0, right.sex != 0 {
            let given = GivenLevel(rawValue: UInt64(vector.level(.given))) ?? .missing
            let different: UInt64 = left.sex == right.sex ? 0 : 1
            vector.set(.sex, (given.agrees ? 1 : 3) + different)
        }
        if left.birthOrder != 0, right.birthOrder != 0 {
            vector.set(.birthOrder, left.birthOrder == right.birthOrder ? 1 : 2)
        }
    }

    @inline(__always)
    private func compareIdentifiers(
        _ left: UnsafePointer<EncodedPerson>, _ right: UnsafePointer<EncodedPerson>,
        _ vector: inout ComparisonVector
    ) {
        vector.set(.identifier, Self.identifierLevel(left, right, 0).rawValue)
        vector.set(.otherIdentifier, Self.identifierLevel(left, right, 1).rawValue)
    }

    /// The agreement of the identifiers at one place, missing where their authorities differ.
    @inline(__always)
    private static func identifierLevel(
        _ left: UnsafePointer<EncodedPerson>, _ right: UnsafePointer<EncodedPerson>, _ index: Int
    ) -> IdentifierLevel {
        let first = left.pointee.identifiers[index]
        let second = right.pointee.identifiers[index]
        guard first != 0, second != 0 else { return .missing }
        let (traits, others) = (left.pointee.traits, right.pointee.traits)
        guard traits.authority(index) == others.authority(index) else { return .missing }
        let weakest = min(traits.grade(index), others.grade(index))
        if first == second {
            return weakest == IdentifierGrade.doubtful.rawValue ? .equalDoubtful : .equal
        }
        // Two values that both pass a check digit are never one typing error apart.
        if weakest != IdentifierGrade.valid.rawValue, IdentifierValue.isClose(first, second) {
            return .close
        }
        // The number of a newborn without a name may be the mother's.
        let mayBeMothers = traits.isUnnamedNewborn || others.isUnnamedNewborn
        return weakest == IdentifierGrade.doubtful.rawValue || mayBeMothers
            ? .differentDoubtful : .different
    }

    @inline(__always)
    private func compareContacts(
        _ left: UnsafePointer<EncodedPerson>, _ right: UnsafePointer<EncodedPerson>,
        _ vector: inout ComparisonVector
    ) {
        let (phones, others) = (left.pointee.phones, right.pointee.phones)
        if phones[0] != 0, others[0] != 0 {
            let equal =
                phones[0] == others[0] || phones[0] == others[1]
                || (phones[1] != 0 && (phones[1] == others[0] || phones[1] == others[1]))
            if equal {
                vector.set(.phone, 1)
            } else {
                let first = UInt64(phones[0] &- 1) &+ 1_000_000_000
                let second = UInt64(others[0] &- 1) &+ 1_000_000_000
                vector.set(.phone, IdentifierValue.isClose(first, second) ? 2 : 3)
            }
        }
        let (email, other) = (left.pointee.email, right.pointee.email)
        if email[0] != 0, other[0] != 0 {
            vector.set(.email, email[0] == other[0] ? 1 : email[1] == other[1] ? 2 : 3)
        }
    }

    @inline(__always)
    private mutating func compareOrigin(
        _ left: UnsafePointer<EncodedPerson>, _ right: UnsafePointer<EncodedPerson>,
        _ vector: inout ComparisonVector
    ) {
        vector.set(
            .motherGiven, parentLevel(left.pointee.motherGiven, right.pointee.motherGiven))
        vector.set(
            .fatherGiven, parentLevel(left.pointee.fatherGiven, right.pointee.fatherGiven))
        if left.pointee.birthPlace != 0, right.pointee.birthPlace != 0 {
            vector.set(.birthPlace, left.pointee.birthPlace == right.pointee.birthPlace ? 1 : 2)
        }
    }

    @inline(__always)
    private mutating func parentLevel(_ left: UInt32, _ right: UInt32) -> UInt64 {
        guard left != 0, right != 0 else { return 0 }
        switch words.relation(left, right) {
        case .equal: return 1
        case .different, .similar: return 3
        case .soundsAlike, .close, .initial: return 2
        }
    }
}
