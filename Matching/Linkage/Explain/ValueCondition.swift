package import Identity

/// What the engine can make of a value.
package enum ValueCondition: Int, CaseIterable, Sendable {
    /// There is no value.
    case absent
    case usable
    /// A part is missing: a year without a day, an address without a street.
    case partial
    /// A date that is written when none is known, such as 1900-01-01.
    case defaultDate
    /// A word that stands for no name, or a number that is nobody's.
    case placeholder
    /// Not readable as what it should be.
    case unreadable
    /// An identifier that its authority's rule refuses.
    case refused

    /// Whether the value is there and of no full use.
    package var isDoubtful: Bool { self != .absent && self != .usable }
}

extension Population {
    /// What was made of a field of the record in a slot, which is given as its source wrote it.
    package func condition(
        of field: DemographicField, slot: Int, record: PersonRecord
    ) -> ValueCondition {
        guard record.has(field) else { return .absent }
        let person = persons[slot]
        func name(_ word: UInt32) -> ValueCondition { word == 0 ? .placeholder : .usable }
        switch field {
        case .given: return name(person.givenNames[0])
        case .family: return name(person.surnames[0])
        case .mothersFamily: return name(person.surnames[1])
        case .motherGiven: return name(person.motherGiven)
        case .fatherGiven: return name(person.fatherGiven)
        case .sex: return person.traits.sex == 0 ? .unreadable : .usable
        case .birthOrder: return person.traits.birthOrder == 0 ? .unreadable : .usable
        case .birthDate:
            if !person.birthDate.isPresent { return .unreadable }
            if person.traits.hasDefaultDate { return .defaultDate }
            return person.birthDate.isWhole ? .usable : .partial
        case .phone: return person.phones[0] == 0 ? .placeholder : .usable
        case .email: return person.email[0] == 0 ? .unreadable : .usable
        case .address: return person.street == 0 ? .partial : .usable
        case .usedFamily, .birthPlace, .municipality, .postalCode, .deceasedDate, .insurer:
            return .usable
        }
    }
}
