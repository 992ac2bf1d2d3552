package import RegistryModel
internal import RegistryStore

extension RematchJob {
    /// The kind of an operation; nil where there is none of that number.
    package func kind(ofOperation operation: Int64) throws -> OperationKind? {
        try RegistrySession.migrate(databaseURL: databaseURL)
        var session = try RegistrySession(databaseURL: databaseURL)
        return try session.operation(operation)?.kind
    }

    /// What taking a rematch back would do now, and which records would stay.
    ///
    /// - Throws: `conflict` for one that was taken back already or is still under way.
    package func undoPreview(of operation: Int64) throws -> RematchUndoPreview {
        var session = try RegistrySession(databaseURL: databaseURL)
        try check(operation, &session)
        let holds = ConstraintTable(try session.standingConstraints())
        var preview = RematchUndoPreview()
        var stays: [(record: Int64, operation: Int64)] = []
        var last: Int64 = 0
        while let event = try session.nextEvent(of: operation, after: last) {
            last = event.position.sequence
            let moves = try session.moves(of: operation, among: event.changedRecords)
            var returning: [Int64: EnterpriseIdentifier] = [:]
            for move in moves {
                if let holder = move.heldBy {
                    stays.append((move.move.record, holder))
                } else {
                    returning[move.move.record] = move.move.from
                }
            }
            let others = Set(returning.keys.flatMap { holds.holds(of: $0).keys })
            let links = try session.links(of: others.sorted())
            while let held = Self.held(returning, links, holds) {
                for (record, holder) in held {
                    returning[record] = nil
                    stays.append((record, holder))
                }
            }
            preview.returned += returning.count
            preview.tasksClosed += try session.openTasks(openedBy: last).count
            preview.tasksReopened += try session.tasks(closedBy: last).count
        }
        preview.stayed = stays.count
        let told = stays.prefix(StoreLimits.revertSampleMax)
        let names = try session.names(of: told.map { $0.record })
        preview.stays = told.compactMap { stay in
            names[stay.record].map { RecordStay(record: $0, operation: stay.operation) }
        }
        return preview
    }

    /// The records that a decision keeps from returning, by its operation; nil where none is left.
    private static func held(
        _ returning: [Int64: EnterpriseIdentifier], _ links: [Int64: EnterpriseIdentifier],
        _ holds: ConstraintTable
    ) -> [Int64: Int64]? {
        var held: [Int64: Int64] = [:]
        for (record, person) in returning {
            held[record] = holds.holds(of: record)
                .filter { other, hold in
                    ((returning[other] ?? links[other]) == person) != hold.isMustLink
                }
                .map(\.value.operation).min()
        }
        return held.isEmpty ? nil : held
    }

    /// Takes a rematch back, to its end.
    ///
    /// - Throws: as `undoPreview`; `conflict` where another rematch or a load is under way.
    package func undo(
        _ operation: Int64, actor: String, reason: String,
        progress: (RematchProgress) -> Void = { _ in }
    ) throws -> Rematch {
        try SubmissionRules.check(reason: reason)
        var session = try RegistrySession(databaseURL: databaseURL)
        try check(operation, &session)
        return try Self.tellingHowToGoOn {
            guard let number = try session.stageUndo(of: operation, actor: actor, reason: reason)
            else { throw Self.isUnderWay }
            return try follow(number, &session, progress)
        }
    }

    private func check(_ operation: Int64, _ session: inout RegistrySession) throws {
        guard let known = try session.operation(operation) else {
            throw RegistryError(.notFound, "there is no operation \(operation)")
        }
        guard known.kind == .rematch else {
            throw RegistryError(.badRequest, "operation \(operation) is no rematch")
        }
        if let undoneBy = known.undoneBy {
            throw RegistryError(
                .conflict, "operation \(operation) was taken back by operation \(undoneBy)")
        }
        if try session.unfinishedRematch() != nil { throw Self.isUnderWay }
    }
}

/// What taking a rematch back would do.
package struct RematchUndoPreview: Hashable, Sendable {
    /// Records that would return to the person whom they left.
    package var returned = 0
    /// Records that later operations or decisions hold where they are, and the first of them.
    package var stayed = 0
    package var stays: [RecordStay] = []
    package var tasksClosed = 0
    package var tasksReopened = 0
}
