internal import Identity
internal import RegistryModel
internal import RegistryStore

/// What a decision is planned against.
struct DecisionSurroundings {
    var index: Guarded<PatientIndex>
    var directory: SourceDirectory
    var policy: Survivorship
    var constraints: ConstraintTable
    var openTasks: OpenTasks
    /// Persons without records, by whom they are answered.
    var retired: [EnterpriseIdentifier: [EnterpriseIdentifier]]
    var numbers: WriterNumbers
    var occurredAt: Int64
}

/// What a decision writes, and what it is answered with.
struct DecisionPlan {
    var commit: CommitBatch
    var outcome: DecisionOutcome
    var numbers: WriterNumbers
}

/// Turns a decision into moves, constraints and tasks, or refuses it with the reason.
///
/// The writer alone plans, one decision at a time, so that of two stewards at one pair the second one
/// meets what the first has done.
struct DecisionPlanner {
    let surroundings: DecisionSurroundings
    let request: DecisionRequest
    /// The number under which a command handed the request over; nil for one over the wire.
    let requestNumber: Int64?
    var links: LinkOverlay
    var step: DecisionStep
    var outcome: DecisionOutcome
    /// The person whom the event names.
    var mainPerson: EnterpriseIdentifier?
    /// Records besides the moved ones whose doubts the decision settles.
    var settled: Set<Int64> = []
    /// The record that is taken as it is.
    var accepted: Int64?
    /// Records of a person of whom a steward has said whether it has died.
    var deathsSettled: Set<Int64> = []
    /// Questions that the decision raises.
    var opened: [ReviewTask] = []
    /// Pairs that the decision lets go of.
    var released: Set<RecordConstraint> = []

    /// The event that the decision will be.
    var sequence: Int64 { surroundings.numbers.position.sequence + 1 }

    /// Prepares to plan a request.
    init(
        _ request: DecisionRequest, number: Int64? = nil, _ surroundings: DecisionSurroundings
    ) {
        self.request = request
        requestNumber = number
        self.surroundings = surroundings
        links = LinkOverlay(index: surroundings.index)
        step = DecisionStep(
            operation: surroundings.numbers.lastOperation + 1, kind: request.decision.kind,
            actor: request.actor, reason: request.reason)
        outcome = DecisionOutcome(kind: request.decision.kind)
    }

    /// Plans the decision; `session` answers what only the database knows.
    ///
    /// - Throws: `not-found` and `unknown-source` for what does not exist, `conflict` for what another
    ///   decision forbids or has done already, `bad-request` for what makes no sense.
    mutating func plan(_ session: inout RegistrySession) throws -> DecisionPlan {
        let releases = ReleasePlanner(
            request: request, requestNumber: requestNumber, numbers: surroundings.numbers,
            occurredAt: surroundings.occurredAt)
        if let plan = try releases.plan(&session) { return plan }
        try checkVersions()
        switch request.decision {
        case .merge(let retired, let survivor): try merge(retired, into: survivor)
        case .link(let record, let person): try link(record, to: person)
        case .unlink(let record, let mayRejoin): try part([record], of: nil, mayRejoin)
        case .split(let person, let records, let mayRejoin):
            try part(records, of: person, mayRejoin)
        case .distinct(let left, let right): try holdApart(left, right)
        case .confirm(let left, let right): try holdTogether(left, right)
        case .accept(let record): try accept(record)
        case .restrict(let record): try restrict(record)
        case .pin(let subject, let values): try pin(values, of: subject)
        case .unpin(let subject, let fields): try unpin(fields, of: subject)
        case .unmerge(let operation, let mayRejoin):
            try takeBack(operation, isUnmerge: true, mayRejoin, &session)
        case .undo(let operation):
            try takeBack(operation, isUnmerge: false, true, &session)
        case .retire(let record, let other): try retire(record, into: other)
        case .renumber(let record, let localID): try renumber(record, to: localID)
        case .erase(let request): try erase(request, &session)
        case .activate, .revert:
            preconditionFailure("decisions about releases are planned by their own planner")
        }
        guard
            links.moves.count <= RegistryLimits.decisionRecordsMax,
            step.constraints.count <= RegistryLimits.decisionConstraintsMax
        else {
            throw RegistryError(
                .badRequest, "the decision concerns too many records; decide in parts")
        }
        if case .conflict(let operation) = violation() { throw Self.held(by: operation) }
        try settleTasks(&session)
        if case .accept = request.decision, step.closedTasks.isEmpty {
            throw RegistryError(
                .conflict,
                "nothing is asked about the record alone; merge, distinct and link settle a pair")
        }
        var commit = CommitBatch(base: surroundings.numbers.position)
        let retired = surroundings.retired
        let deaths = links.finish(&commit, policy: surroundings.policy) { retired[$0] != nil }
        try settle(deaths, &session)
        if step.undone == nil { askAboutNumbersLeft() }
        commit.tasks = opened
        return finish(commit)
    }

    private func checkVersions() throws {
        for (person, version) in request.expectedVersions {
            let known = surroundings.index.read { index in
                index.person(person).map { index.persons[Int($0)].version }
            }
            guard known == version else {
                throw RegistryError(
                    .conflict, "the person has changed since you looked; look again and decide")
            }
        }
    }

    private mutating func settleTasks(_ session: inout RegistrySession) throws {
        let moved = Set(links.moves.map(\.record))
        let concerned = moved.union(settled).union(deathsSettled)
            .union(accepted.map { [$0] } ?? [])
        guard !concerned.isEmpty else { return }
        let apart = Set(step.constraints.filter { !$0.isMustLink })
        let closed = Set(step.allClosedTasks.map(\.task))
        for task in try session.openTasks(of: concerned.sorted())
        where !closed.contains(task.task) {
            let isSettled =
                if task.kind == .death, deathsSettled.contains(task.record) {
                    true
                } else if accepted != nil {
                    task.record == task.otherRecord
                } else if !links.isActive(task.record) || !links.isActive(task.otherRecord) {
                    true
                } else if task.record == task.otherRecord {
                    moved.contains(task.record) || settled.contains(task.record)
                } else {
                    (step.undone == nil ? links.joins(task) : links.rejoins(task))
                        || isConfirmed(task)
                        || apart.contains(
                            RecordConstraint(task.record, task.otherRecord, isMustLink: false))
                }
            if isSettled { step.closedTasks.append(task) }
        }
    }

    /// Whether the decision says of two records of one person that they are.
    private func isConfirmed(_ task: ReviewTask) -> Bool {
        step.kind == .confirm && settled.contains(task.record) && settled.contains(task.otherRecord)
    }

    private mutating func finish(_ written: CommitBatch) -> DecisionPlan {
        var (numbers, commit) = (surroundings.numbers, written)
        commit.events = [
            Event(
                position: LogPosition(epoch: numbers.position.epoch, sequence: sequence),
                kind: step.kind == .erase ? .erased : .decision, actor: request.actor,
                occurredAt: surroundings.occurredAt,
                operation: step.operation, person: mainPerson, newRecords: 0..<0,
                changedRecords: commit.changedRecords.map(\.record).sorted())
        ]
        numbers.position = commit.position
        numbers.lastOperation = step.operation
        numbers.lastTask += Int64(opened.count)
        outcome.moves = links.moves.map { move in
            DecisionOutcome.Move(record: name(of: move.record), from: move.from, to: move.to)
        }
        outcome.retired = commit.retired
        outcome.revived = commit.revived
        outcome.withdrawn = commit.withdrawn.map { name(of: $0.record) }
        outcome.reinstated = commit.reinstated.map { name(of: $0.record) }
        outcome.pinned = step.pins.begun.map {
            PinnedField(record: name(of: $0.record), field: $0.field)
        }
        outcome.unpinned = step.pins.ended.filter { ended in
            !step.pins.begun.contains { $0.record == ended.record && $0.field == ended.field }
        }.map { PinnedField(record: name(of: $0.record), field: $0.field) }
        outcome.constraintsAdded = step.constraints.count + step.restored.count
        outcome.constraintsRetracted = step.retracted.count
        outcome.tasksClosed = step.closedTasks.count + step.closedAgain.count
        outcome.tasksReopened = step.reopenedTasks.count
        outcome.tasksOpened = opened.count
        if !request.isPreview {
            outcome.operation = step.operation
            outcome.position = commit.position
            step.request = requestNumber
            step.outcome = requestNumber == nil ? nil : outcome
        }
        commit.decision = step
        return DecisionPlan(commit: commit, outcome: outcome, numbers: numbers)
    }
}

// MARK: - What a request names

extension DecisionPlanner {
    /// The records of a living person.
    func members(of person: EnterpriseIdentifier) throws -> [Int64] {
        let members = links.members(of: person)
        guard members.isEmpty else {
            guard members.contains(where: { !links.record($0).isErased }) else {
                throw RegistryError(.conflict, "the person was erased; nothing is left to decide")
            }
            return members
        }
        guard let survivors = surroundings.retired[person] else {
            throw RegistryError(.notFound, "no such person")
        }
        throw RegistryError(
            .conflict,
            survivors.count == 1
                ? "the person is retired; \(survivors[0]) has its records now"
                : "the person is retired and was split; ask for its records")
    }

    /// The number of the record that a source gave a local identifier.
    func record(_ name: LocalIdentifier) throws -> Int64 {
        guard let source = surroundings.directory.source(name.authority) else {
            throw RegistryError(.unknownSource, "no such source; padron source list has them")
        }
        let slot = surroundings.index.read { index in
            index.slot(source: source.number, localID: name.value)
        }
        guard let slot else { throw RegistryError(.notFound, "the source has no such record") }
        return Int64(slot) + 1
    }

    /// The records that a subject names.
    func records(_ subject: DecisionSubject) throws -> [Int64] {
        switch subject {
        case .person(let person): try members(of: person)
        case .record(let name): [try record(name)]
        }
    }

    /// A record as people know it.
    func name(of record: Int64) -> LocalIdentifier {
        let stored = links.record(record)
        return LocalIdentifier(
            authority: surroundings.directory.source(stored.source)?.source.code ?? "",
            value: stored.localID)
    }
}

// MARK: - What stands against a decision

extension DecisionPlanner {
    enum Violation {
        case none
        case conflict(operation: Int64)
    }

    /// Whether a constraint that stands would be broken by the links as planned.
    func violation() -> Violation {
        for move in links.moves {
            if let operation = violation(of: move.record) { return .conflict(operation: operation) }
        }
        for constraint in step.constraints {
            if let hold = standingHold(constraint.left, constraint.right),
                hold.isMustLink != constraint.isMustLink
            {
                return .conflict(operation: hold.operation)
            }
        }
        return .none
    }

    /// The operation that holds a record otherwise than planned; nil where none does.
    func violation(of record: Int64) -> Int64? {
        let person = links.person(of: record)
        return surroundings.constraints.holds(of: record)
            .filter { other, _ in standingHold(record, other) != nil }
            .filter { other, hold in (links.person(of: other) == person) != hold.isMustLink }
            .map(\.value.operation).min()
    }

    /// What holds a pair, unless the decision itself lets go of it.
    func standingHold(_ record: Int64, _ other: Int64) -> ConstraintTable.Hold? {
        guard let hold = surroundings.constraints.hold(record, other) else { return nil }
        let constraint = RecordConstraint(record, other, isMustLink: hold.isMustLink)
        return released.contains(constraint) ? nil : hold
    }

    static func held(by operation: Int64) -> RegistryError {
        RegistryError(
            .conflict, "operation \(operation) decided otherwise of these records; undo it first")
    }

    /// Holds two records together or apart, unless they are held so already.
    mutating func hold(_ record: Int64, _ other: Int64, isMustLink: Bool) {
        guard record != other, standingHold(record, other)?.isMustLink != isMustLink else { return }
        step.constraints.append(RecordConstraint(record, other, isMustLink: isMustLink))
    }
}
