internal import Identity
internal import RegistryModel
internal import RegistryStore

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
    private func answered(_ deaths: [PersonDeath], _ openTasks: OpenTasks) -> [Int64] {
        guard openTasks.deaths > 0 else { return [] }
        return deaths.flatMap { death in
            death.records.filter { record in
                openTasks.contains(.death, record, record) && !isDoubtful(record, death.standing)
            }
        }
    }

    /// The open doubts about deaths that the planned links answer, but for those that are closed anyway.
    func tasksAnswered(
        by deaths: [PersonDeath], _ openTasks: OpenTasks, besides closed: [ReviewTask],
        _ session: inout RegistrySession
    ) throws -> [ReviewTask] {
        let answered = answered(deaths, openTasks)
        guard !answered.isEmpty else { return [] }
        let known = Set(closed.map(\.task))
        return try session.openTasks(of: answered).filter { task in
            task.kind == .death && answered.contains(task.record) && !known.contains(task.task)
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
