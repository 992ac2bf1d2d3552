internal import Identity
internal import RegistryModel
internal import RegistryStore

// Deaths that are doubtful, and records of the dead that go on.
extension BatchPlanner {
    /// Asks about the deaths of persons that the batch touched, and closes what it has answered.
    mutating func settleDeaths(_ deaths: [(person: EnterpriseIdentifier, death: DeathStanding)]) {
        let concerned = deaths.filter { $0.death != .alive || hasOpenDeath($0.person) }
        guard !concerned.isEmpty else { return }
        var came: [Int64: Int] = [:]
        for (place, version) in versionRows.enumerated()
        where current(version.record).version == version.version {
            came[version.record] = place
        }
        var moved: [EnterpriseIdentifier: Int64] = [:]
        for move in moves {
            for person in [move.from, move.to] {
                moved[person] = max(moved[person] ?? 0, move.sequence)
            }
        }
        for (person, death) in concerned {
            let members = members(of: person).map { Int64($0) + 1 }
            let arrivals = members.compactMap { came[$0] }.sorted()
            closeDeaths(of: members, arrivals, death, moved: moved[person])
            ask(about: death, arrivals)
        }
    }

    /// The persons that the batch has left with one record whose death is asked about: no other source
    /// knows them whose word could be doubted.
    func personsOfOneRecord() -> [(person: EnterpriseIdentifier, death: DeathStanding)] {
        guard stewards.openTasks.deaths > 0 else { return [] }
        return Set(touched).filter { members(of: $0).count == 1 && hasOpenDeath($0) }.sorted()
            .map { (person: $0, death: .alive) }
    }

    private func hasOpenDeath(_ person: EnterpriseIdentifier) -> Bool {
        stewards.openTasks.deaths > 0
            && members(of: person).contains { slot in
                stewards.openTasks.contains(.death, Int64(slot) + 1, Int64(slot) + 1)
            }
    }

    /// Closes doubts that what a person's records say now has answered; `moved` is the sequence of the last
    /// record that joined or left it.
    private mutating func closeDeaths(
        of members: [Int64], _ arrivals: [Int], _ death: DeathStanding, moved: Int64?
    ) {
        for record in members {
            let doubt = OpenTasks.Doubt(.death, record, record)
            guard isOpen(doubt), !isDoubtful(record, death) else { continue }
            let came = arrivals.map { versionRows[$0].sequence }.max()
            guard let sequence = [came, moved].compactMap({ $0 }).max() else { continue }
            doubts.settle(
                SettledDoubt(
                    kind: .death, record: record, otherRecord: record, sequence: sequence,
                    resolution: .mended))
        }
    }

    /// Whether a record is what a doubt about a death is about.
    private func isDoubtful(_ record: Int64, _ death: DeathStanding) -> Bool {
        switch death {
        case .alive: false
        case .doubtful(let stating): stating == record
        case .dead: !statesDeath(record)
        }
    }

    /// Asks about versions of the batch, by their places, where a death is doubtful or goes on.
    private mutating func ask(about death: DeathStanding, _ arrivals: [Int]) {
        switch death {
        case .alive, .dead(lastDay: nil): return
        case .doubtful(let record):
            // Asked when the report comes, or when a record joins or changes that does not know of it.
            guard let last = arrivals.last else { return }
            addTask(.death, record, record, nil, .loneDeathReport, versionRows[last].sequence)
        case .dead(let lastDay?):
            let limit = Int64(lastDay) + RegistryLimits.deathGraceDays
            for place in arrivals {
                let came = versionRows[place]
                let row = rows[came.row]
                guard isActivity(row), row.recordedAt / Self.dayMicroseconds > limit,
                    !row.person.has(.deceasedDate)
                else { continue }
                addTask(.death, came.record, came.record, nil, .deceasedActivity, came.sequence)
            }
        }
    }

    static let dayMicroseconds: Int64 = 86_400_000_000

    /// Whether a row tells when its source last saw the patient: a row of a load that has no such time
    /// has the load's.
    private func isActivity(_ row: SubmittedRow) -> Bool {
        guard case .chunk(let chunk) = purpose else { return true }
        return row.recordedAt != chunk.recordedAtWhenUnknown
    }

    private func statesDeath(_ record: Int64) -> Bool {
        PackedPerson.person(from: current(record).content.span)?.has(.deceasedDate) ?? false
    }
}
