internal import RegistryModel
internal import RegistryStore

/// Turns a decision about a release into one event, or refuses it with the reason.
///
/// It asks the database alone, so that a command can take such a decision without an index of patients.
struct ReleasePlanner {
    let request: DecisionRequest
    /// The number under which a command handed the request over.
    var requestNumber: Int64?
    let numbers: WriterNumbers
    let occurredAt: Int64

    /// Plans the decision; nil where it is about no release.
    ///
    /// - Throws: `not-found` for a release that does not exist, `conflict` for one that another import
    ///   has overtaken or on which others depend.
    func plan(_ session: inout RegistrySession) throws -> DecisionPlan? {
        switch request.decision {
        case .activate(let number): return try activate(number, &session)
        case .revert(let number): return try takeBack(number, &session)
        case .undo(let operation):
            guard let found = try session.operation(operation), found.kind == .import,
                found.undoneBy == nil, let release = try session.release(activatedBy: operation)
            else { return nil }
            return try takeBack(release.number, &session)
        default: return nil
        }
    }

    private func activate(
        _ number: Int64, _ session: inout RegistrySession
    ) throws -> DecisionPlan {
        let release = try session.release(number)
        try release.checkActivation(after: try session.liveReleases(of: release.catalog))
        return plan(ReleaseStep(release: number, isLive: true), undone: nil)
    }

    private func takeBack(
        _ number: Int64, _ session: inout RegistrySession
    ) throws -> DecisionPlan {
        let release = try session.release(number)
        try release.checkRevert(before: try session.liveReleases(of: release.catalog))
        let dependents = try ReleaseDependents(of: release, sampleMax: 1, &session)
        if let dependent = dependents.sample.first {
            throw RegistryError(
                .conflict,
                "\(dependent.catalog.text) and maybe others refer to codes that would be gone;"
                    + " padron release revert \(number) --preview lists them")
        }
        return plan(ReleaseStep(release: number, isLive: false), undone: release.operation)
    }

    private func plan(_ step: ReleaseStep, undone: Int64?) -> DecisionPlan {
        var numbers = numbers
        var decision = DecisionStep(
            operation: numbers.lastOperation + 1, kind: request.decision.kind,
            actor: request.actor, reason: request.reason)
        decision.release = step
        decision.undone = undone
        var commit = CommitBatch(base: numbers.position)
        commit.events = [
            Event(
                position: LogPosition(
                    epoch: numbers.position.epoch, sequence: numbers.position.sequence + 1),
                kind: .released, actor: request.actor, occurredAt: occurredAt,
                operation: decision.operation, newRecords: 0..<0, changedRecords: [])
        ]
        numbers.position = commit.position
        numbers.lastOperation = decision.operation
        var outcome = DecisionOutcome(kind: request.decision.kind)
        outcome.release = step.release
        if !request.isPreview {
            outcome.operation = decision.operation
            outcome.position = commit.position
            decision.request = requestNumber
            decision.outcome = requestNumber == nil ? nil : outcome
        }
        commit.decision = decision
        return DecisionPlan(commit: commit, outcome: outcome, numbers: numbers)
    }
}

extension CatalogRelease {
    /// Refuses to make a release live that is not staged or that another one has overtaken.
    func checkActivation(after live: [CatalogRelease]) throws(RegistryError) {
        guard state == .staged else {
            throw RegistryError(
                .conflict,
                state == .staging
                    ? "release \(number) is still being staged, or its import died; import again"
                    : "release \(number) is \(state.rawValue), not staged")
        }
        let last = live.last?.number ?? 0
        guard last == parent else {
            throw RegistryError(
                .conflict,
                last > parent
                    ? "release \(last) of \(catalog.text) became live after release \(number) was"
                        + " compared with it; import the file again"
                    : "release \(parent) of \(catalog.text), with which release \(number) was"
                        + " compared, is no longer live; import the file again")
        }
    }

    /// Refuses to take a release back that is not live or that later ones were compared with.
    func checkRevert(before live: [CatalogRelease]) throws(RegistryError) {
        guard state == .live else {
            throw RegistryError(.conflict, "release \(number) is \(state.rawValue), not live")
        }
        let later = live.filter { $0.number > number }.map { String($0.number) }
        guard later.isEmpty else {
            throw RegistryError(
                .conflict,
                "later releases of \(catalog.text) stand on release \(number); take back first: "
                    + later.reversed().joined(separator: ", "))
        }
    }
}
