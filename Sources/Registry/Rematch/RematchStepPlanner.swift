internal import RegistryModel
internal import RegistryStore

/// Plans one step of a rematch: some of the changes and tasks that were planned for it.
///
/// A change is carried out whole or left out: where a record of it has changed since, a record has come to one
/// of its persons, a steward has decided otherwise or is being asked. So the live feed and stewards go before
/// a plan that they have overtaken.
struct RematchStepPlanner {
    private let job: RematchJobRow
    private let surroundings: DecisionSurroundings
    private let openTasks: OpenTasks
    private var links: LinkOverlay
    private(set) var step: RematchStep
    /// Tasks to open, with their numbers.
    private var tasks: [ReviewTask] = []

    private var sequence: Int64 { surroundings.numbers.position.sequence + 1 }

    /// Prepares the next step.
    init(_ job: RematchJobRow, _ surroundings: DecisionSurroundings, openTasks: OpenTasks) {
        self.job = job
        self.surroundings = surroundings
        self.openTasks = openTasks
        links = LinkOverlay(index: surroundings.index)
        step = RematchStep(
            job, phase: .begin,
            operation: job.rematch.operation ?? surroundings.numbers.lastOperation + 1)
    }

    /// Plans the step; `session` knows what is left of the plan.
    mutating func plan(_ session: inout RegistrySession) throws -> CommitBatch {
        let number = job.rematch.rematch
        if job.rematch.state == .staged {
            step.phase = .begin
        } else if let next = try session.nextRematchChanges(
            of: number, recordsMax: RegistryLimits.rematchRecordsMax)
        {
            step.phase = .changes(through: next.last)
            for change in next.changes { carryOut(change) }
        } else if let next = try session.nextRematchTasks(
            of: number, limit: RegistryLimits.rematchRecordsMax)
        {
            step.phase = .tasks(through: next.last)
            try settle(next.tasks, &session)
        } else {
            step.phase = .end
        }
        return try finish(&session)
    }

    private mutating func carryOut(_ change: RematchChange) {
        guard stands(change) else {
            step.counts.skipped += 1
            return
        }
        step.counts.changes += 1
        for member in change.members where member.isMoving {
            step.counts.moved += 1
            links.move(
                member.record, to: member.to, origin: .rematch, weight: member.weight,
                sequence: sequence)
        }
    }

    /// Whether all is still as it was when the change was planned.
    private func stands(_ change: RematchChange) -> Bool {
        let before = Set(change.members.map(\.from))
        let isUnchanged = surroundings.index.read { index in
            for member in change.members {
                let row = index.records[Int(member.record) - 1]
                guard row.sequence == member.sequence,
                    index.persons[Int(row.person)].euid == member.from
                else { return false }
            }
            var members = 0
            for person in before {
                guard let number = index.person(person) else { return false }
                members += index.members(of: number).count
            }
            guard members == change.members.count else { return false }
            // A new identifier that somebody else was given meanwhile.
            return change.members.allSatisfy { member in
                before.contains(member.to)
                    || index.person(member.to) == nil && surroundings.retired[member.to] == nil
            }
        }
        return isUnchanged && !isHeld(change)
    }

    /// Whether a decision stands against a change, or a steward is being asked about a record of it.
    private func isHeld(_ change: RematchChange) -> Bool {
        let target = Dictionary(
            change.members.map { ($0.record, $0.to) }, uniquingKeysWith: { first, _ in first })
        return change.members.contains { member in
            if openTasks.contains(.overlay, member.record, member.record)
                || openTasks.contains(.identifierConflict, member.record, member.record)
            {
                return true
            }
            return surroundings.constraints.holds(of: member.record).contains { other, hold in
                let person = target[other] ?? links.person(of: other)
                return (person == member.to) != hold.isMustLink
            }
        }
    }

    private mutating func settle(
        _ planned: [RematchTask], _ session: inout RegistrySession
    ) throws {
        let open = Dictionary(
            try session.openTasks(of: planned.filter { $0.task != nil }.map(\.record))
                .map { ($0.task, $0) }, uniquingKeysWith: { first, _ in first })
        var opened = openTasks
        for item in planned {
            if let number = item.task {
                guard let task = open[number] else { continue }
                step.closedTasks.append(task)
                step.counts.tasksClosed += 1
            } else if isDoubt(item), !opened.contains(.duplicate, item.record, item.otherRecord) {
                let task = ReviewTask(
                    task: surroundings.numbers.lastTask + Int64(tasks.count) + 1,
                    sequence: sequence, kind: .duplicate, record: item.record,
                    otherRecord: item.otherRecord, weight: item.weight)
                tasks.append(task)
                opened.insert(task)
                step.counts.tasksOpened += 1
            }
        }
    }

    /// Whether two records are still of two persons, of whom nobody has decided.
    private func isDoubt(_ item: RematchTask) -> Bool {
        links.isActive(item.record) && links.isActive(item.otherRecord)
            && links.person(of: item.record) != links.person(of: item.otherRecord)
            && surroundings.constraints.hold(item.record, item.otherRecord) == nil
    }

    private mutating func finish(_ session: inout RegistrySession) throws -> CommitBatch {
        var commit = CommitBatch(base: surroundings.numbers.position)
        let retired = surroundings.retired
        let deaths = links.finish(&commit, policy: surroundings.policy) { retired[$0] != nil }
        let answered = try links.tasksAnswered(
            by: deaths, openTasks, besides: step.closedTasks, &session)
        step.closedTasks += answered
        step.counts.tasksClosed += Int64(answered.count)
        commit.tasks = tasks
        commit.addEvent(of: step, at: sequence, surroundings.occurredAt)
        commit.rematchStep = step
        return commit
    }
}

extension CommitBatch {
    /// Adds the event of a step, unless the step changes nothing of persons and tasks.
    mutating func addEvent(of step: RematchStep, at sequence: Int64, _ occurredAt: Int64) {
        guard
            !changedRecords.isEmpty || !tasks.isEmpty || !step.closedTasks.isEmpty
                || !step.reopenedTasks.isEmpty
        else { return }
        events = [
            Event(
                position: LogPosition(epoch: base.epoch, sequence: sequence), kind: .decision,
                actor: step.rematch.actor, occurredAt: occurredAt, operation: step.operation,
                newRecords: 0..<0, changedRecords: changedRecords.map(\.record).sorted())
        ]
    }
}
