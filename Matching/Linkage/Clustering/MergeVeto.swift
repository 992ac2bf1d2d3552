/// Contradictions that keep two records apart whatever else agrees.
enum MergeVeto {
    /// Whether two records cannot be of one person.
    @inline(__always)
    static func holds(
        _ vector: ComparisonVector, _ left: UnsafePointer<EncodedPerson>,
        _ right: UnsafePointer<EncodedPerson>
    ) -> Bool {
        // Two of a multiple birth.
        if vector.level(.birthOrder) == 2, vector.level(.birthDate) == 1 { return true }
        if areTwinsByTheirEquality(vector, left, right) { return true }
        // Two numbers of one authority that both pass its check digit.
        if vector.level(.identifier) == Int(IdentifierLevel.different.rawValue) {
            let valid = IdentifierGrade.valid.rawValue
            if left.pointee.traits.grade(0) == valid, right.pointee.traits.grade(0) == valid {
                return !agreesInAllElse(vector)
            }
        }
        return false
    }

    /// Whether two newborns without a name say the same to the letter, and nothing tells that they are one.
    ///
    /// So twins are written, since all that a record says of such a child is its mother's; a number or the
    /// place in the birth is the child's own.
    @inline(__always)
    private static func areTwinsByTheirEquality(
        _ vector: ComparisonVector, _ left: UnsafePointer<EncodedPerson>,
        _ right: UnsafePointer<EncodedPerson>
    ) -> Bool {
        left.pointee.traits.isUnnamedNewborn
            && left.pointee.contentHash == right.pointee.contentHash
            && vector.level(.identifier) != Int(IdentifierLevel.equal.rawValue)
            && vector.level(.birthOrder) != 1
    }

    /// Whether names and date agree, errors of a digit aside, so that a wrong number is likelier than
    /// two persons.
    ///
    /// Among twins, who share all but the given name and the number, the given name differs.
    @inline(__always)
    private static func agreesInAllElse(_ vector: ComparisonVector) -> Bool {
        let given = GivenLevel(rawValue: UInt64(vector.level(.given))) ?? .missing
        let family = vector.level(.family)
        return given.agrees && given != .firstEqualOtherDifferent
            && (1...Int(SurnameLevel.crossed.rawValue)).contains(family)
            && (Int(DateLevel.equal.rawValue)...Int(DateLevel.oneDigit.rawValue))
                .contains(vector.level(.birthDate))
            && vector.level(.mothersFamily) != Int(SurnameLevel.different.rawValue)
    }
}
