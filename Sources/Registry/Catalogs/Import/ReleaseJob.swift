internal import Foundation
package import RegistryModel
internal import RegistryStore

/// What taking a release back would do.
package struct ReleaseRevertPreview: Hashable, Sendable {
    package var release: CatalogRelease
    /// Codes that would be gone, where anything could refer to them.
    package var vanishingCodes: Int
    /// The first entries that refer to such codes; where there are any, the revert is refused.
    package var dependents: [ReleaseDependent]
    /// Why it would be refused for another reason.
    package var refusal: RegistryError?
}

/// Makes a release live or takes it back, from a command: hands that to whoever writes, or writes where
/// nobody does, without reading the index of patients for it.
package struct ReleaseJob {
    private let databaseURL: String
    private let name: String

    /// Prepares decisions about releases; `name` is the holder of the lease where no writer lives.
    package init(databaseURL: String, name: String = "padron release") {
        self.databaseURL = databaseURL
        self.name = name
    }

    /// Tells what taking a release back would do now.
    package func preview(revertOf number: Int64) throws -> ReleaseRevertPreview {
        try RegistrySession.migrate(databaseURL: databaseURL)
        var session = try RegistrySession(databaseURL: databaseURL)
        let release = try session.release(number)
        var preview = ReleaseRevertPreview(release: release, vanishingCodes: 0, dependents: [])
        do {
            try release.checkRevert(before: try session.liveReleases(of: release.catalog))
        } catch {
            preview.refusal = error as? RegistryError ?? RegistryError(error)
            return preview
        }
        let dependents = try ReleaseDependents(
            of: release, sampleMax: RegistryLimits.dependentsToldMax, &session)
        preview.vanishingCodes = dependents.vanishing.count
        preview.dependents = dependents.sample
        return preview
    }

    /// Makes a staged release part of what its catalog says.
    ///
    /// - Throws: `conflict` where another release of the catalog became live since it was staged.
    package func activate(
        _ release: Int64, actor: String, reason: String
    ) throws -> DecisionOutcome {
        try run(DecisionRequest(.activate(release: release), actor: actor, reason: reason))
    }

    /// Takes a live release back.
    ///
    /// - Throws: `conflict` where a later one of its catalog is live, or where others refer to what it
    ///   alone has.
    package func revert(
        _ release: Int64, actor: String, reason: String
    ) throws -> DecisionOutcome {
        try run(DecisionRequest(.revert(release: release), actor: actor, reason: reason))
    }

    private func run(_ request: DecisionRequest) throws -> DecisionOutcome {
        try SubmissionRules.check(reason: request.reason)
        try RegistrySession.migrate(databaseURL: databaseURL)
        var session = try RegistrySession(databaseURL: databaseURL)
        var number: Int64?
        let deadline = NodeState.now() + StoreLimits.decisionWaitMillisecondsMax * 1_000
        while NodeState.now() < deadline {
            if let asked = number, let answer = try session.decisionAnswer(asked) {
                return try answer.get()
            }
            if try session.lease().isAlive {
                if number == nil { number = try session.addDecisionRequest(request) }
            } else if let asked = number {
                // Nobody is left to answer; what no writer has taken is taken back and done here.
                if try session.withdrawDecisionRequest(asked) { number = nil }
            } else if let outcome = try write(request) {
                return outcome
            }
            Thread.sleep(forTimeInterval: 0.01)
        }
        if let asked = number, try !session.withdrawDecisionRequest(asked),
            let answer = try session.decisionAnswer(asked)
        {
            return try answer.get()
        }
        throw RegistryError(.unavailable, "no writer answered; nothing was done")
    }

    /// Writes under a lease of its own; nil where another was quicker.
    private func write(_ request: DecisionRequest) throws -> DecisionOutcome? {
        var session = try RegistrySession(databaseURL: databaseURL)
        guard let position = try session.acquireLease(holder: name, address: "") else { return nil }
        let counters = try session.counters()
        let planner = ReleasePlanner(
            request: request, requestNumber: nil,
            numbers: WriterNumbers(
                position: position, lastTask: counters.lastTask,
                lastOperation: counters.lastOperation),
            occurredAt: NodeState.now())
        let outcome = Result { () throws -> DecisionOutcome in
            guard let plan = try planner.plan(&session) else {
                throw RegistryError(.internal, "the decision is about no release")
            }
            try session.commit(plan.commit)
            return plan.outcome
        }
        do {
            try session.releaseLease(epoch: position.epoch)
        } catch {
            // The lease ends with the session, and by time.
        }
        switch outcome {
        case .success(let outcome): return outcome
        case .failure(let error) where error as? StoreError == .leaseLost: return nil
        case .failure(let error) where StoreError.isConnectionLost(error):
            throw RegistryError(
                .unavailable,
                "the connection to the database was lost; padron release list tells whether it was"
                    + " done")
        case .failure(let error): throw error
        }
    }
}
