internal import RegistryModel
internal import RegistryStore

extension DecisionPlanner {
    /// Takes an operation back: each record that it moved returns to the person whom it left.
    ///
    /// Those stay that a later operation has moved or holds where they are. What the operation held
    /// together or apart is free again, what it had freed is held again, and the tasks that it closed
    /// are open again; those that it had opened again itself, as an unmerge does, are closed as they
    /// were, but for those of records that stay.
    mutating func takeBack(
        _ number: Int64, isUnmerge: Bool, _ mayRejoin: Bool, _ session: inout RegistrySession
    ) throws {
        let operation = try undoable(number, isUnmerge: isUnmerge, try session.operation(number))
        release(surroundings.constraints.constraints(by: number))
        let made = try session.moves(of: number)
        var returning: [OperationMove] = []
        for move in made {
            if let holder = move.heldBy {
                stay(move.move.record, heldBy: holder)
            } else {
                returning.append(move)
                links.move(
                    move.move.record, to: move.move.from, origin: move.move.fromOrigin,
                    weight: move.move.fromWeight, sequence: sequence)
            }
        }
        keepWhatIsHeld(&returning)
        let withdrawals = operation.kind == .retire ? try session.withdrawals(by: number) : []
        try reinstate(withdrawals)
        try warnOfErased(made.map(\.move.record) + withdrawals.map(\.record), &session)
        if operation.kind == .renumber { try renumberBack(try session.renumbering(by: number)) }
        if operation.kind == .restrict { step.released = try session.restrictions(by: number) }
        if operation.kind == .pin || operation.kind == .unpin {
            try takePinsBack(number, &session)
        }
        restore(try session.constraints(retractedBy: number))
        if isUnmerge, !mayRejoin { holdReturnedApart(returning) }
        step.undone = number
        if operation.kind.isReversal {
            step.standingAgain = try session.operation(undoneBy: number)
            let staying = Set(outcome.stays.map(\.record))
            step.closedAgain = try session.tasksReopened(by: number).filter { task in
                !staying.contains(name(of: task.record))
                    && !staying.contains(name(of: task.otherRecord))
            }
        }
        // The questions that the operation raised go with it.
        let closed = Set(step.closedAgain.map(\.task))
        step.closedTasks = try session.openTasks(openedByOperation: number)
            .filter { !closed.contains($0.task) }
        for task in try session.tasksClosed(by: number) where mayReopen(task) {
            step.reopenedTasks.append(task)
        }
        mainPerson =
            made.first?.move.from ?? links.changedRecords.first?.person
            ?? (step.retracted.first?.left ?? step.released.first).map { links.person(of: $0) }
    }

    /// The operation, where it can be taken back.
    private func undoable(
        _ number: Int64, isUnmerge: Bool, _ operation: ArchivedOperation?
    ) throws -> ArchivedOperation {
        guard let operation else {
            throw RegistryError(.notFound, "there is no operation \(number)")
        }
        if let undoneBy = operation.undoneBy {
            throw RegistryError(
                .conflict, "operation \(number) was taken back by operation \(undoneBy)")
        }
        if isUnmerge, operation.kind != .merge {
            throw RegistryError(
                .badRequest, "operation \(number) is no merge but a \(operation.kind.rawValue)")
        }
        switch operation.kind {
        case .merge, .unmerge, .link, .unlink, .split, .distinct, .confirm, .accept, .restrict,
            .pin, .unpin, .retire, .renumber:
            return operation
        case .rematch:
            throw RegistryError(
                .badRequest, "operation \(number) is a rematch; padron undo takes it back"
            )
        case .load:
            throw RegistryError(
                .badRequest, "operation \(number) is a load; padron load revert takes it back")
        case .undo:
            throw RegistryError(
                .badRequest,
                "operation \(number) took another back; decide anew instead of undoing it")
        case .revert:
            throw RegistryError(
                .badRequest,
                "operation \(number) took a load or an import back; load or import the file again"
                    + " instead")
        case .import:
            throw RegistryError(.internal, "operation \(number) is an import of no release")
        case .erase:
            throw RegistryError(
                .badRequest,
                "operation \(number) erased records for good; that cannot be taken back")
        }
    }

    private mutating func release(_ constraints: [RecordConstraint]) {
        step.retracted = constraints
        released.formUnion(constraints)
    }

    /// Holds again what the operation had freed, where the links allow it and nothing else holds the pair.
    private mutating func restore(_ freed: [StandingConstraint]) {
        step.restored = freed.filter { standing in
            let constraint = standing.constraint
            let areOne = links.person(of: constraint.left) == links.person(of: constraint.right)
            return areOne == constraint.isMustLink
                && standingHold(constraint.left, constraint.right) == nil
        }
    }

    mutating func stay(_ record: Int64, heldBy operation: Int64) {
        outcome.stays.append(
            RecordStay(
                record: name(of: record), person: links.person(of: record), operation: operation))
    }

    /// Leaves records where they are whose return a constraint forbids, until none is broken.
    private mutating func keepWhatIsHeld(_ returning: inout [OperationMove]) {
        while true {
            let broken = returning.compactMap { move in
                violation(of: move.move.record).map { (move.move.record, $0) }
            }
            guard !broken.isEmpty else { return }
            let kept = Dictionary(broken) { first, _ in first }
            returning.removeAll { kept[$0.move.record] != nil }
            links = LinkOverlay(index: surroundings.index)
            for move in returning {
                links.move(
                    move.move.record, to: move.move.from, origin: move.move.fromOrigin,
                    weight: move.move.fromWeight, sequence: sequence)
            }
            for (record, operation) in broken { stay(record, heldBy: operation) }
        }
    }

    /// Holds the records that return apart from those that stay with the survivor.
    private mutating func holdReturnedApart(_ returning: [OperationMove]) {
        for (survivor, moves) in Dictionary(grouping: returning, by: \.move.to) {
            holdApart(moves.map(\.move.record).sorted(), links.members(of: survivor))
        }
    }

    private func mayReopen(_ task: ReviewTask) -> Bool {
        let apart = Set(
            (step.constraints + step.restored.map(\.constraint)).filter { !$0.isMustLink })
        return links.mayReopen(task) { record, other in
            standingHold(record, other)?.isMustLink == false
                || apart.contains(RecordConstraint(record, other, isMustLink: false))
        }
    }
}
