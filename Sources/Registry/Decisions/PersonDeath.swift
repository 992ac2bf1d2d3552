internal import Identity
internal import RegistryModel

/// What the records of a person that count say of its death.
struct PersonDeath {
    var person: EnterpriseIdentifier
    /// The records that count.
    var records: [Int64]
    /// Of a person of one record nothing is doubtful.
    var standing: DeathStanding
}

// Doubts about deaths by the links as planned.
extension LinkOverlay {
    /// The records about whose persons' deaths a steward is asked and need not be any more.
    func answered(_ deaths: [PersonDeath], _ openTasks: OpenTasks) -> [Int64] {
        guard openTasks.deaths > 0 else { return [] }
        return deaths.flatMap { death in
            death.records.filter { record in
                openTasks.contains(.death, record, record) && !isDoubtful(record, death.standing)
            }
        }
    }

    /// Whether a record is what a doubt about a death is about.
    private func isDoubtful(_ record: Int64, _ standing: DeathStanding) -> Bool {
        switch standing {
        case .alive: false
        case .doubtful(let stating): stating == record
        case .dead: !statesDeath(record)
        }
    }

    /// Whether a record says that its person has died.
    func statesDeath(_ record: Int64) -> Bool {
        PackedPerson.person(from: self.record(record).content.span)?.has(.deceasedDate) ?? false
    }
}
