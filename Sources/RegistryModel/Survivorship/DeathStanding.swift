package import Identity

/// What a person's records and pins say of its death.
package enum DeathStanding: Hashable, Sendable {
    /// Nobody says that it has died, or a steward says that it has not.
    case alive
    /// It is dead; the last day that may be the day of death, in days since 1970, nil where no day can
    /// be read in what is said.
    case dead(lastDay: Int32?)
    /// One source alone says that it has died, which is not trusted with deaths: by this record.
    case doubtful(record: Int64)
}

extension StatementTable {
    /// What the records, and the golden record derived from them, say of the person's death.
    package func death(golden: PersonRecord, pins: PersonPins) -> DeathStanding {
        if golden.has(.deceasedDate) {
            let date = golden.withBytes(of: .deceasedDate) { try? PartialDate(parsing: $0) }
            return .dead(lastDay: date.flatMap { $0.isUnknown ? nil : $0.lastDay })
        }
        let stating = rows.indices.first { !place($0, .deceasedDate).isEmpty }
        guard let stating, pins[.deceasedDate] == nil else { return .alive }
        return .doubtful(record: rows[stating].record)
    }
}
