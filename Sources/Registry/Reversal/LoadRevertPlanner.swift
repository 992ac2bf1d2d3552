internal import RegistryModel
internal import RegistryStore

/// Plans how one step takes a load back: some of the records that one of its events made and changed.
///
/// A record that the load alone stated is withdrawn, a record that it updated gets its version back
/// and returns from where the load moved it; what a later decision or update holds stays. Each record is
/// taken back whole at the first of its events that is looked at, and is found so at the others.
struct LoadRevertPlanner {
    private let revert: LoadRevertRow
    private let surroundings: DecisionSurroundings
    private var links: LinkOverlay
    private(set) var step: RevertStep
    /// Records whose content or state the step takes back.
    private var takenBack: Set<Int64> = []

    private var sequence: Int64 { surroundings.numbers.position.sequence + 1 }

    /// Prepares the next step of a revert.
    init(_ revert: LoadRevertRow, _ surroundings: DecisionSurroundings) {
        self.revert = revert
        self.surroundings = surroundings
        links = LinkOverlay(index: surroundings.index)
        step = RevertStep(
            revert, operation: revert.operation ?? surroundings.numbers.lastOperation + 1,
            sequence: 0, isLast: true)
    }

    /// Plans the step; `session` answers what only the database knows.
    mutating func plan(_ session: inout RegistrySession) throws -> CommitBatch {
        if let operation = revert.loadOperation,
            let (event, isFirst) = try session.lastEvent(
                of: operation, before: revert.nextSequence)
        {
            let left = event.touchedRecords.filter { $0 >= revert.nextRecord }
            let records = Array(left.prefix(RegistryLimits.revertRecordsMax))
            step.sequence = event.position.sequence
            step.nextRecord = left.dropFirst(records.count).first ?? 0
            step.isLast = isFirst && step.nextRecord == 0
            try takeBack(records, of: event, operation, &session)
        }
        var commit = CommitBatch(base: surroundings.numbers.position)
        let retired = surroundings.retired
        let deaths = links.finish(&commit, policy: surroundings.policy) { retired[$0] != nil }
        step.closedTasks += try links.tasksAnswered(
            by: deaths, surroundings.openTasks, besides: step.closedTasks, &session)
        if !commit.changedRecords.isEmpty || !step.closedTasks.isEmpty {
            commit.events = [
                Event(
                    position: LogPosition(
                        epoch: surroundings.numbers.position.epoch, sequence: sequence),
                    kind: .decision, actor: revert.actor, occurredAt: surroundings.occurredAt,
                    operation: step.operation, newRecords: 0..<0,
                    changedRecords: commit.changedRecords.map(\.record).sorted())
            ]
        }
        commit.revertStep = step
        return commit
    }

    private mutating func takeBack(
        _ records: [Int64], of event: Event, _ operation: Int64,
        _ session: inout RegistrySession
    ) throws {
        let rows = try session.revertRows(of: records, loadOperation: operation)
        let moves = try session.moves(of: operation, among: records)
        var effects: [Int64: RevertEffect] = [:]
        for row in rows {
            effects[row.record] = RevertEffect(
                of: row, loadOperation: operation, surroundings.constraints)
        }
        let erased = rows.map(\.record).filter { links.record($0).isErased }
        for (record, erasing) in try session.erasingOperations(of: erased) {
            effects[record] = .stays(operation: erasing)
        }
        returnRecords(moves, &effects)
        for row in rows {
            guard let effect = effects[row.record] else { continue }
            apply(effect, to: row, isCounted: row.firstSequence == event.position.sequence)
        }
        try closeTasks(of: event, &session)
        try reopenTasks(operation, &session)
    }

    /// Moves records back to the persons whom they left; one whose return a constraint forbids stays
    /// as it is.
    private mutating func returnRecords(
        _ moves: [OperationMove], _ effects: inout [Int64: RevertEffect]
    ) {
        var returning = moves.filter { move in
            switch effects[move.move.record] {
            case .withdrawn, .restored: move.heldBy == nil
            case .untouched, .stays, nil: false
            }
        }
        while true {
            links = LinkOverlay(index: surroundings.index)
            for move in returning {
                links.move(
                    move.move.record, to: move.move.from, origin: move.move.fromOrigin,
                    weight: move.move.fromWeight, sequence: sequence)
            }
            let held = links.moves.compactMap { move in
                holder(of: move.record).map { (move.record, $0) }
            }
            if held.isEmpty { break }
            for (record, operation) in held { effects[record] = .stays(operation: operation) }
            returning.removeAll { effects[$0.move.record].map(\.isStay) ?? false }
        }
        step.counts.returned += Int64(links.moves.count)
    }

    /// The operation whose constraint the planned link of a record breaks; nil where none does.
    private func holder(of record: Int64) -> Int64? {
        let person = links.person(of: record)
        return surroundings.constraints.holds(of: record)
            .filter { other, hold in (links.person(of: other) == person) != hold.isMustLink }
            .map(\.value.operation).min()
    }

    private mutating func apply(_ effect: RevertEffect, to row: RevertRow, isCounted: Bool) {
        switch effect {
        case .untouched: break
        case .stays(let operation):
            guard isCounted else { return }
            step.counts.stayed += 1
            if step.stays.count < StoreLimits.revertSampleMax {
                step.stays.append((row.record, operation))
            }
        case .withdrawn:
            step.counts.withdrawn += 1
            takenBack.insert(row.record)
            links.change(row.record, sequence: sequence) { $0.state = .reverted }
        case .restored(let version, let isWithdrawn):
            step.counts.restored += 1
            takenBack.insert(row.record)
            links.change(row.record, sequence: sequence) { record in
                record.version = version.version
                record.recordedAt = version.recordedAt
                record.content = version.content
                record.state = isWithdrawn ? .withdrawn : .active
            }
        }
    }

    /// Opens the doubts again that the load's content had settled.
    private mutating func reopenTasks(
        _ operation: Int64, _ session: inout RegistrySession
    ) throws {
        guard !takenBack.isEmpty else { return }
        step.reopenedTasks = try session.tasksSettled(by: operation, about: takenBack.sorted())
            .filter { links.mayReopen($0, isHeldApart: surroundings.constraints.isHeldApart) }
    }

    /// Closes the doubts that the event raised of what is taken back, and those about withdrawn records
    /// and of pairs that are one person again.
    private mutating func closeTasks(
        of event: Event, _ session: inout RegistrySession
    ) throws {
        guard !takenBack.isEmpty else { return }
        step.closedTasks = try session.openTasks(of: takenBack.sorted()).filter { task in
            !links.isActive(task.record) || !links.isActive(task.otherRecord)
                || links.rejoins(task)
                || (task.sequence == event.position.sequence && takenBack.contains(task.record))
        }
    }
}

extension RevertEffect {
    /// Whether the record stays as it is because something later holds it.
    fileprivate var isStay: Bool {
        if case .stays = self { true } else { false }
    }
}

extension Event {
    /// The records that it made and changed, each once, in the order of their numbers.
    var touchedRecords: [Int64] { Set(Array(newRecords) + changedRecords).sorted() }
}
