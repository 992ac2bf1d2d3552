internal import Identity
internal import RegistryModel
internal import RegistryStore

// What a decision answers of deaths, and what it leaves to be asked.
extension DecisionPlanner {
    /// Closes doubts about deaths that the planned links answer, and asks where a steward has made one
    /// person of a dead one and another.
    mutating func settle(_ deaths: [PersonDeath], _ session: inout RegistrySession) throws {
        step.closedTasks += try links.tasksAnswered(
            by: deaths, surroundings.openTasks, besides: step.allClosedTasks, &session)
        guard step.kind == .merge || step.kind == .link else { return }
        for death in deaths {
            switch death.standing {
            case .alive, .dead(lastDay: nil): break
            case .doubtful(let record): open(.death, record, record, .loneDeathReport)
            case .dead(let lastDay?): try askAboutLiving(death, after: lastDay, &session)
            }
        }
    }

    /// Asks about records that have come to a dead person and were seen after its death.
    private mutating func askAboutLiving(
        _ death: PersonDeath, after lastDay: Int32, _ session: inout RegistrySession
    ) throws {
        let day = BatchPlanner.dayMicroseconds
        let limit = Int64(lastDay) + RegistryLimits.deathGraceDays
        let parties = Dictionary(grouping: death.records) { links.personBefore(of: $0) }
        let living = parties.values.filter { !$0.contains(where: links.statesDeath) }
            .flatMap { $0 }.filter { links.record($0).recordedAt / day > limit }.sorted()
        guard parties.count > 1, !living.isEmpty else { return }
        let seen = try session.recordsSeen(living)
        for record in living where seen.contains(record) {
            open(.death, record, record, .deceasedActivity)
        }
    }

    /// Asks about a number of which the decision has settled one pair of its holders, where others are
    /// left: a number is asked about once at a time.
    mutating func askAboutNumbersLeft() {
        let authorities = surroundings.policy.authorities
        for task in step.closedTasks
        where task.record != task.otherRecord && task.reason == .sharedNumber {
            let stated = [task.record, task.otherRecord].map { record -> [IdentifierKey] in
                let stored = links.record(record)
                return PackedPerson.person(from: stored.content.span).map {
                    DistinguishingNumbers($0, authorities, source: stored.source).inUse
                } ?? []
            }
            for number in stated[0] where stated[1].contains(number) { askAboutHolders(of: number) }
        }
    }

    private mutating func askAboutHolders(of number: IdentifierKey) {
        let holders = surroundings.index.read { index in
            index.slots(stating: number, limit: RegistryLimits.numberHoldersMax)
        }.map { Int64($0) + 1 }.filter { links.isActive($0) }
        guard !isAskedAbout(Set(holders.map { links.person(of: $0) })) else { return }
        for (place, record) in holders.enumerated() {
            for other in holders[..<place] where areStrangers(record, other) {
                return open(.identifierConflict, record, other, .sharedNumber)
            }
        }
    }

    /// Whether nothing explains that two records state one number.
    private func areStrangers(_ record: Int64, _ other: Int64) -> Bool {
        let (person, its) = (links.person(of: record), links.person(of: other))
        let (one, two) = (links.record(record), links.record(other))
        let ofTests = surroundings.directory.traits.ofTests
        guard person != its, ofTests.contains(one.source) == ofTests.contains(two.source) else {
            return false
        }
        return !areHeldApart(person, its) && !BatchPlanner.isGuardianship(one, two)
    }

    /// Whether a steward holds records of two persons apart, by this decision or an earlier one.
    private func areHeldApart(_ person: EnterpriseIdentifier, _ its: EnterpriseIdentifier) -> Bool {
        let (members, others) = (links.members(of: person), links.members(of: its))
        let decided = Set(step.constraints.filter { !$0.isMustLink })
        return members.contains { member in
            others.contains { other in
                standingHold(member, other)?.isMustLink == false
                    || decided.contains(RecordConstraint(member, other, isMustLink: false))
            }
        }
    }

    /// Whether a doubt is open between two of some persons.
    private func isAskedAbout(_ persons: Set<EnterpriseIdentifier>) -> Bool {
        let closed = Set(step.allClosedTasks.map { OpenTasks.Doubt($0) })
        let open =
            persons.flatMap { links.members(of: $0) }
            .flatMap { surroundings.openTasks.doubts(about: $0) }.filter { !closed.contains($0) }
            + opened.map { OpenTasks.Doubt($0) }
        return open.contains { doubt in
            guard doubt.record != doubt.other, doubt.kind != .overlay else { return false }
            let (one, two) = (links.person(of: doubt.record), links.person(of: doubt.other))
            return one != two && persons.contains(one) && persons.contains(two)
        }
    }

    /// Opens a task, unless the doubt is open.
    private mutating func open(
        _ kind: ReviewTaskKind, _ record: Int64, _ other: Int64, _ reason: ReviewReason
    ) {
        let doubt = OpenTasks.Doubt(kind, record, other)
        guard !surroundings.openTasks.contains(doubt),
            !opened.contains(where: { OpenTasks.Doubt($0) == doubt })
        else { return }
        let territories = surroundings.directory.traits.territories
        opened.append(
            ReviewTask(
                task: surroundings.numbers.lastTask + Int64(opened.count) + 1, sequence: sequence,
                kind: kind, record: record, otherRecord: other, weight: nil, reason: reason,
                territory: territories[links.record(record).source] ?? ""))
    }
}
