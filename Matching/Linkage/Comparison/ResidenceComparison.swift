/// Graded agreement of address, postal code and municipality as one field.
///
/// They are one field because they are one fact: a shared street implies the rest, and counting
/// each would count the same agreement three times.
enum ResidenceComparison {
    /// Likeness of bigrams, in 1/256, from which two spellings are of one street.
    static let streetLikeness = 166

    @inline(__always)
    static func level(
        _ left: UnsafePointer<EncodedPerson>, _ right: UnsafePointer<EncodedPerson>
    ) -> ResidenceLevel {
        var isKnown = false
        if left.pointee.street != 0, right.pointee.street != 0 {
            isKnown = true
            let sameStreet =
                left.pointee.street == right.pointee.street
                || StreetSignature.likeness(
                    left.pointee.streetBigrams, right.pointee.streetBigrams) >= streetLikeness
            if sameStreet {
                let (number, other) = (left.pointee.houseNumber, right.pointee.houseNumber)
                // Every town has the same dozen street names.
                let (town, otherTown) = (left.pointee.municipality, right.pointee.municipality)
                let isElsewhere =
                    town != otherTown && town != 0 && otherTown != 0
                    && (left.pointee.postalCode == 0
                        || left.pointee.postalCode != right.pointee.postalCode)
                return number == other && number != 0 && !isElsewhere
                    ? .sameDwelling : .sameStreet
            }
        }
        if left.pointee.postalCode != 0, right.pointee.postalCode != 0 {
            if left.pointee.postalCode == right.pointee.postalCode { return .samePostalCode }
            isKnown = true
        }
        if left.pointee.municipality != 0, right.pointee.municipality != 0 {
            if left.pointee.municipality == right.pointee.municipality { return .sameMunicipality }
            isKnown = true
        }
        return isKnown ? .different : .missing
    }
}
