internal import RegistryModel
internal import RegistryStore

/// Plans one step of taking a rematch back: one of its events.
///
/// They come in their order, so that records return before the doubts between them are looked at. A
/// rematch moves no record twice.
///
/// Each record returns to the person whom it left, with the origin and weight of its link, unless a later
/// operation or update that stands has moved it, or a decision holds it where it is. Tasks that the event
/// opened are closed, and so are those of pairs that are one person again; those that it closed are open
/// again.
struct RematchUndoPlanner {
    private let job: RematchJobRow
    private let undone: Int64
    private let surroundings: DecisionSurroundings
    private var links: LinkOverlay
    private(set) var step: RematchStep

    private var sequence: Int64 { surroundings.numbers.position.sequence + 1 }

    /// Prepares the next step of taking an operation back.
    init(_ job: RematchJobRow, undoing operation: Int64, _ surroundings: DecisionSurroundings) {
        self.job = job
        undone = operation
        self.surroundings = surroundings
        links = LinkOverlay(index: surroundings.index)
        step = RematchStep(
            job, phase: .begin,
            operation: job.rematch.operation ?? surroundings.numbers.lastOperation + 1)
    }

    /// Plans the step; `session` knows what the rematch did.
    mutating func plan(_ session: inout RegistrySession) throws -> CommitBatch {
        if job.rematch.state == .staged {
            step.phase = .begin
        } else if let event = try session.nextEvent(of: undone, after: job.nextSequence ?? 0) {
            step.phase = .event(sequence: event.position.sequence)
            step.counts.changes = 1
            try takeBack(event, &session)
        } else {
            step.phase = .end
        }
        var commit = CommitBatch(base: surroundings.numbers.position)
        let retired = surroundings.retired
        let deaths = links.finish(&commit, policy: surroundings.policy) { retired[$0] != nil }
        step.closedTasks += try links.tasksAnswered(
            by: deaths, surroundings.openTasks, besides: step.closedTasks, &session)
        commit.addEvent(of: step, at: sequence, surroundings.occurredAt)
        commit.rematchStep = step
        return commit
    }

    private mutating func takeBack(_ event: Event, _ session: inout RegistrySession) throws {
        let moves = try session.moves(of: undone, among: event.changedRecords)
        for move in moves where move.heldBy != nil {
            step.stays.append((move.move.record, move.heldBy ?? 0))
        }
        returnRecords(moves.filter { $0.heldBy == nil }.map(\.move))
        step.counts.moved = Int64(links.moves.count)
        step.counts.skipped = Int64(step.stays.count)
        step.stays = Array(step.stays.prefix(StoreLimits.revertSampleMax))
        step.closedTasks = try session.openTasks(openedBy: event.position.sequence)
        step.counts.tasksClosed = Int64(step.closedTasks.count)
        let opened = Set(step.closedTasks.map(\.task))
        step.closedTasks += try session.openTasks(of: links.moves.map(\.record).sorted())
            .filter { !opened.contains($0.task) && links.rejoins($0) }
        step.reopenedTasks = try session.tasks(closedBy: event.position.sequence)
            .filter { links.mayReopen($0, isHeldApart: surroundings.constraints.isHeldApart) }
        step.counts.tasksOpened = Int64(step.reopenedTasks.count)
    }

    /// Moves records back, but for those whose return a decision forbids.
    private mutating func returnRecords(_ moves: [LinkMove]) {
        var returning = moves
        while true {
            links = LinkOverlay(index: surroundings.index)
            for move in returning {
                links.move(
                    move.record, to: move.from, origin: move.fromOrigin, weight: move.fromWeight,
                    sequence: sequence)
            }
            var held: [Int64: Int64] = [:]
            for move in links.moves { held[move.record] = holder(of: move.record) }
            if held.isEmpty { return }
            for move in returning {
                if let operation = held[move.record] { step.stays.append((move.record, operation)) }
            }
            returning.removeAll { held[$0.record] != nil }
        }
    }

    /// The operation whose constraint the planned link of a record breaks; nil where none does.
    private func holder(of record: Int64) -> Int64? {
        let person = links.person(of: record)
        return surroundings.constraints.holds(of: record)
            .filter { other, hold in (links.person(of: other) == person) != hold.isMustLink }
            .map(\.value.operation).min()
    }
}
