/// Graded agreement of address, postal code and municipality as one field.
///
/// They are one field because they are one fact: a shared street implies the rest, and counting
/// each would count the same agreement three times.
enum ResidenceComparison {
    @inline(__always)
    static func level(
        _ left: UnsafePointer<EncodedPerson>, _ right: UnsafePointer<EncodedPerson>
    ) -> ResidenceLevel {
        guard left.pointee.street != 0, right.pointee.street != 0 else {
            return area(left, right, same: (.sameArea, .sameArea), different: .differentArea)
        }
        let sameStreet =
            left.pointee.street == right.pointee.street
            || StreetSignature.isAlike(left.pointee.streetBigrams, right.pointee.streetBigrams)
        guard sameStreet else {
            let area = area(
                left, right, same: (.samePostalCode, .sameMunicipality), different: .different)
            return area == .missing ? .different : area
        }
        // Every town has the same dozen street names.
        let (town, otherTown) = (left.pointee.municipality, right.pointee.municipality)
        let (code, otherCode) = (left.pointee.postalCode, right.pointee.postalCode)
        let isElsewhere =
            town != otherTown && town != 0 && otherTown != 0 && (code == 0 || code != otherCode)
        let (number, other) = (left.pointee.houseNumber, right.pointee.houseNumber)
        return number == other && number != 0 && !isElsewhere ? .sameDwelling : .sameStreet
    }

    /// Compares postal codes and municipalities.
    @inline(__always)
    private static func area(
        _ left: UnsafePointer<EncodedPerson>, _ right: UnsafePointer<EncodedPerson>,
        same: (postalCode: ResidenceLevel, municipality: ResidenceLevel),
        different: ResidenceLevel
    ) -> ResidenceLevel {
        var isKnown = false
        if left.pointee.postalCode != 0, right.pointee.postalCode != 0 {
            if left.pointee.postalCode == right.pointee.postalCode { return same.postalCode }
            isKnown = true
        }
        if left.pointee.municipality != 0, right.pointee.municipality != 0 {
            if left.pointee.municipality == right.pointee.municipality { return same.municipality }
            isKnown = true
        }
        return isKnown ? different : .missing
    }
}
