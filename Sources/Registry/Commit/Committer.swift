internal import Foundation
internal import RegistryModel
internal import RegistryStore
internal import Synchronization

/// The one writer: takes submissions and chunks in order, one commit in flight.
///
/// It is `@unchecked Sendable` because everything but the queue is touched by its own thread alone,
/// from `run` on; while a step of a load is written, the session by the thread that writes it.
final class Committer: @unchecked Sendable {
    let queue = SubmissionQueue()
    /// The epoch under which it writes.
    let epoch: Int64
    let node: NodeState
    var session: RegistrySession
    var numbers: WriterNumbers
    private var stewards: StewardState
    /// What is matched while a batch of submissions is being written.
    var matchedAhead: MatchedAhead?
    private var rewrite = GoldenRewrite()
    /// The load whose records were matched with each other beforehand, or not found worth it.
    var matchedLoad: Int64?
    /// While they are.
    var extractMatching: ExtractMatching?
    /// What was found of the load under way, as long as it counts.
    var extractCandidates: ExtractCandidates?
    /// Called by the thread when it ends: true where the lease was lost.
    private let ended: @Sendable (Bool) -> Void

    /// Prepares the writer of an epoch; `session` holds its lease.
    init(
        node: NodeState, session: consuming RegistrySession, numbers: WriterNumbers,
        stewards: StewardState, ended: @escaping @Sendable (Bool) -> Void
    ) {
        self.node = node
        self.session = session
        self.numbers = numbers
        epoch = numbers.position.epoch
        self.stewards = stewards
        self.ended = ended
    }

    /// Works until the queue is closed and empty, or the lease is lost.
    func run() {
        var isLeaseLost = false
        working: while !isLeaseLost {
            switch queue.next() {
            case .stop: break working
            case .submissions(let batch): isLeaseLost = !register(batch)
            case .decision(let pending): isLeaseLost = !decide(pending)
            case .decisionRequests: isLeaseLost = !decideRequests()
            case .loadChunk: isLeaseLost = !doBulkWork()
            case .goldenRewrite: isLeaseLost = !rewriteGoldenRecords()
            }
        }
        extractMatching?.abandon()
        if isLeaseLost {
            queue.abandon(node.notWriter)
        } else {
            releaseLease()
        }
        ended(isLeaseLost)
    }

    /// A failure as it is answered; of a lost lease with the address of who has it now.
    func refusal(_ error: any Error) -> RegistryError {
        guard error as? StoreError == .leaseLost else { return RegistryError(error) }
        let address: String
        do {
            var other = try RegistrySession(databaseURL: node.databaseURL)
            address = try other.lease().address
        } catch {
            address = ""
        }
        node.surroundings.withLock { $0.writerAddress = address }
        return node.notWriter
    }

    /// Gives the lease up, on a new connection where the old one was lost meanwhile.
    private func releaseLease() {
        do {
            try session.releaseLease(epoch: epoch)
        } catch {
            try? reconnect()
            try? session.releaseLease(epoch: epoch)
        }
    }

    /// Writes the next golden records anew by the policy in force; false where the lease is lost.
    private func rewriteGoldenRecords() -> Bool {
        let (policy, basis) = node.surroundings.withLock { ($0.survivorship, $0.goldenBasis) }
        do {
            if rewrite.basis != basis.wanted {
                rewrite = GoldenRewrite(basis: basis.wanted, authorities: basis.authorities)
            }
            let (rows, next) = node.index.read { rewrite.nextRows($0, policy) }
            if !rows.isEmpty {
                var batch = CommitBatch(base: numbers.position)
                batch.golden = rows
                try session.commit(batch)
            }
            rewrite.nextPerson = next
            guard next == nil else { return true }
            try session.setGoldenBasis(applied: rewrite.basis, epoch: epoch)
            node.surroundings.withLock { surroundings in
                if surroundings.goldenBasis.wanted == basis.wanted {
                    surroundings.goldenBasis.applied = basis.wanted
                }
            }
        } catch {
            // The rows are the same on the next try, which the maintenance thread asks for.
            if error as? StoreError == .leaseLost { return false }
            try? reconnect()
        }
        queue.goldenRewriteIsDone()
        return true
    }

    /// Carries a decision out, or tells what it would do, and answers it; false where the lease is lost.
    private func decide(_ pending: PendingDecision) -> Bool {
        let result = decide(pending.request, number: nil)
        pending.completion(result)
        if case .failure(let error) = result { return error.code != .notWriter }
        return true
    }

    /// Enters what the matcher lacks for somebody who waits: when it is done now, look-ups of persons go on.
    func makeMatcherReady() { node.index.read { $0.matcher.enterLate() } }

    /// Carries out the decisions of commands that wait; false where the lease is lost.
    private func decideRequests() -> Bool {
        do {
            while let waiting = try session.nextDecisionRequest() {
                guard let request = waiting.request, !waiting.isExpired else {
                    let error = RegistryError(
                        .unavailable, "the decision waited too long for a writer; decide again")
                    try session.answerDecisionRequest(waiting.number, .failure(error))
                    continue
                }
                let result = decide(request, number: waiting.number)
                if case .failure(let error) = result {
                    // Kept for the next writer, or for the next turn of this one.
                    if error.code == .notWriter { return false }
                    if error.code == .unavailable { return true }
                    try session.answerDecisionRequest(waiting.number, result)
                } else if request.isPreview {
                    try session.answerDecisionRequest(waiting.number, result)
                }
            }
        } catch {
            try? reconnect()
        }
        return true
    }

    private func surroundings() -> DecisionSurroundings {
        DecisionSurroundings(
            index: node.index, directory: node.surroundings.withLock { $0.directory },
            policy: node.policy, constraints: stewards.constraints, openTasks: stewards.openTasks,
            retired: node.retired.withLock { $0 }, numbers: numbers, occurredAt: NodeState.now())
    }

    /// Carries out one step of a rematch, or of the taking back of one.
    func moveOn(_ job: RematchJobRow) throws {
        let commit: CommitBatch
        if let undone = job.rematch.undoes {
            var planner = RematchUndoPlanner(job, undoing: undone, surroundings())
            commit = try planner.plan(&session)
        } else {
            var planner = RematchStepPlanner(
                job, surroundings(), openTasks: stewards.openTasks)
            commit = try planner.plan(&session)
        }
        guard let step = commit.rematchStep else { return }
        try write(commit)
        numbers.position = commit.position
        numbers.lastOperation = max(numbers.lastOperation, step.operation)
        numbers.lastTask += Int64(commit.tasks.count)
        for task in step.closedTasks { stewards.openTasks.remove(task) }
        for task in commit.tasks + step.reopenedTasks { stewards.openTasks.insert(task) }
        node.take(retired: commit.retired, revived: commit.revived)
        apply(commit.changedRecords)
        node.index.write { index in
            index.position = commit.position
            index.take(commit.moves.map(Departure.init))
            index.openTasks += commit.tasks.count + step.reopenedTasks.count
            index.openTasks -= step.closedTasks.count
        }
        try node.takeModel(&session)
        node.loadFailure.withLock { $0 = nil }
    }

    /// Takes changed records into the index in short turns, between which look-ups go.
    private func apply(_ changedRecords: [SourceRecord]) {
        if !changedRecords.isEmpty { makeMatcherReady() }
        var next = 0
        while next < changedRecords.count {
            let end = min(next + RegistryLimits.applyRowsMax, changedRecords.count)
            node.index.write { index in
                for record in changedRecords[next..<end] { index.apply(record) }
            }
            next = end
        }
    }

    /// Takes one event of a load back.
    func takeBack(_ revert: LoadRevertRow) throws {
        var planner = LoadRevertPlanner(revert, surroundings())
        let commit = try planner.plan(&session)
        try write(commit)
        numbers.position = commit.position
        numbers.lastOperation = max(numbers.lastOperation, planner.step.operation)
        for task in planner.step.closedTasks { stewards.openTasks.remove(task) }
        for task in planner.step.reopenedTasks { stewards.openTasks.insert(task) }
        node.take(retired: commit.retired, revived: commit.revived)
        apply(commit.changedRecords)
        node.index.write { index in
            index.take(commit.moves.map(Departure.init))
            index.position = commit.position
            index.openTasks += planner.step.reopenedTasks.count
            index.openTasks -= planner.step.closedTasks.count
        }
        node.loadFailure.withLock { $0 = nil }
    }

    private func decide(
        _ request: DecisionRequest, number: Int64?
    ) -> Result<DecisionOutcome, RegistryError> {
        makeMatcherReady()
        do {
            var planner = DecisionPlanner(request, number: number, surroundings())
            let plan = try planner.plan(&session)
            if !request.isPreview {
                try plan.commit.decision?.erasure == nil
                    ? carryOut(plan) : withoutSnapshots { try carryOut(plan) }
            }
            return .success(plan.outcome)
        } catch {
            if StoreError.isConnectionLost(error) { try? reconnect() }
            return .failure(refusal(error))
        }
    }

    private func carryOut(_ plan: DecisionPlan) throws {
        try write(plan.commit)
        apply(plan)
    }

    private func apply(_ plan: DecisionPlan) {
        let commit = plan.commit
        numbers = plan.numbers
        if let step = commit.decision {
            for constraint in step.retracted { stewards.constraints.remove(constraint) }
            for constraint in step.constraints {
                stewards.constraints.insert(constraint, by: step.operation)
            }
            for standing in step.restored {
                stewards.constraints.insert(standing.constraint, by: standing.operation)
            }
        }
        for task in commit.decision?.allClosedTasks ?? [] { stewards.openTasks.remove(task) }
        for task in commit.tasks + (commit.decision?.reopenedTasks ?? []) {
            stewards.openTasks.insert(task)
        }
        node.take(retired: commit.retired, revived: commit.revived)
        if let erasure = commit.decision?.erasure { forget(erasure) }
        if commit.events.contains(where: { $0.kind == .released }) {
            node.catalogs?.expect(commit.position.sequence)
        }
        node.index.write { index in
            for record in commit.changedRecords { index.apply(record) }
            index.take(commit.moves.map(Departure.init))
            if let renumbering = commit.decision?.renumbering { index.take(renumbering) }
            index.restricted.formUnion(commit.decision?.restricted ?? [])
            index.restricted.subtract(commit.decision?.released ?? [])
            if let pins = commit.decision?.pins { index.take(pins) }
            index.position = commit.position
            index.openTasks += commit.tasks.count + (commit.decision?.reopenedTasks.count ?? 0)
            index.openTasks -= (commit.decision?.allClosedTasks.count ?? 0)
        }
    }

    /// Plans, writes and applies one batch.
    ///
    /// `meanwhile` is done while the server writes, again and again while it answers true.
    func commit(
        _ rows: [SubmittedRow], _ purpose: BatchPurpose, prepared: EnteredRecords? = nil,
        meanwhile: (BatchPlan) -> Bool = { _ in false }
    ) throws -> BatchPlan {
        let plan: BatchPlan
        do {
            var made = try self.plan(rows, purpose, prepared: prepared)
            made.makeBatches(for: node.index)
            plan = made
        } catch {
            prepared?.withdraw(from: node.index)
            throw error
        }
        if !plan.commit.events.isEmpty {
            do {
                try write(plan.commit) { meanwhile(plan) }
            } catch {
                matchedAhead?.withdraw(from: node.index)
                BatchPlanner.withdraw(plan, from: node.index)
                throw error
            }
        }
        apply(plan)
        return plan
    }

    /// Plans a batch, whose new records may have been entered and matched beforehand; `decided` is handed them
    /// as soon as it is known whose they are.
    func plan(
        _ rows: [SubmittedRow], _ purpose: BatchPurpose, prepared: EnteredRecords? = nil,
        decided: ([SourceRecord]) -> Void = { _ in }
    ) throws -> BatchPlan {
        var planner = BatchPlanner(
            index: node.index, policy: node.policy, rule: node.rule,
            sources: node.surroundings.withLock { $0.directory.traits },
            retired: node.retired.withLock { $0 }, rows: rows, purpose: purpose,
            occurredAt: NodeState.now(), numbers: numbers, stewards: stewards)
        let areAllNew = prepared?.rows.count == rows.count
        let late = areAllNew ? [] : planner.recordsOfLateRows()
        let history = late.isEmpty ? [:] : try session.digests(of: late)
        return planner.plan(history: history, prepared: prepared, decided: decided)
    }

    /// Writes a batch; where the connection is lost, finds out whether it was committed.
    func write(_ batch: CommitBatch, meanwhile: () -> Bool = { false }) throws {
        try write({ batch }) { session in try session.commit(batch, meanwhile: meanwhile) }
    }

    /// Writes a batch of which the head is known first, then its records, then the rest.
    func write(
        _ head: CommitHead, _ records: () throws -> [SourceRecord],
        _ batch: () throws -> CommitBatch
    ) throws {
        try write(batch) { session in
            try session.commit(head, records: records, then: batch)
        }
    }

    private func write(
        _ batch: () throws -> CommitBatch, first attempt: (inout RegistrySession) throws -> Void
    ) throws {
        let deadline = NodeState.now() + Int64(RegistryLimits.reconnectMillisecondsMax) * 1_000
        var isFirst = true
        while true {
            do {
                if isFirst {
                    try attempt(&session)
                } else {
                    try session.commit(try batch())
                }
                return
            } catch let error where StoreError.isConnectionLost(error) {
                isFirst = false
                if try isCommitted(try batch(), until: deadline) { return }
                guard NodeState.now() < deadline else { throw error }
            }
        }
    }

    /// Reads on a new connection whether a batch was committed before the old one was lost.
    ///
    /// What stands is looked at before the lease: a batch that was written under it stands, whoever
    /// writes now.
    ///
    /// - Throws: `StoreError.leaseLost` where it was not and cannot be written any more.
    private func isCommitted(_ batch: CommitBatch, until deadline: Int64) throws -> Bool {
        while true {
            do {
                var fresh = try openSession()
                let holder = try fresh.settledEpoch()
                let isWritten = try stands(batch, &fresh)
                if holder == epoch { session = fresh }
                guard isWritten || holder == epoch else { throw StoreError.leaseLost }
                return isWritten
            } catch let error where error as? StoreError != .leaseLost {
                guard NodeState.now() < deadline else { throw error }
                Thread.sleep(forTimeInterval: 0.1)
            }
        }
    }

    /// Whether a batch of this epoch was committed.
    ///
    /// Where it has events the last one tells, since no other writer's is of this epoch; a batch
    /// without events changes nothing but the step of its job.
    private func stands(
        _ batch: CommitBatch, _ session: inout RegistrySession
    ) throws -> Bool {
        if !batch.events.isEmpty { return try session.hasEvent(batch.position) }
        if let step = batch.rematchStep {
            return try session.rematch(step.rematch.rematch).steps > step.number
        }
        if let step = batch.revertStep {
            let revert = try session.revert(of: step.load)
            return revert?.nextSequence == step.nextSequence
                && revert?.nextRecord == step.nextRecord
        }
        if let step = batch.loadStep {
            return try session.load(step.load).chunksDone > step.chunk
        }
        return false
    }

    /// Replaces the session by a new one under the same epoch.
    func reconnect() throws {
        var fresh = try openSession()
        guard try fresh.lease().position.epoch == epoch else { throw StoreError.leaseLost }
        session = fresh
    }

    private func openSession() throws -> RegistrySession {
        try RegistrySession(
            databaseURL: node.databaseURL,
            applicationName: RegistrySession.writerName(epoch: epoch))
    }

    func apply(_ plan: BatchPlan) {
        if plan.changesMatcher { makeMatcherReady() }
        var next = 0
        for batch in plan.batches {
            let range = next..<next + batch.rows.count
            node.index.write { index in
                index.apply(batch, of: plan.newRecords[range], readings: plan.readings)
                for place in range where plan.isMatcherOutdated[place] {
                    index.refreshMatcher(plan.newRecords[place])
                }
            }
            next = range.upperBound
        }
        // Whoever has waited for the position must find the persons retired that it retired.
        node.take(retired: plan.commit.retired, revived: plan.commit.revived)
        node.index.write { index in
            for record in plan.changedRecords { index.apply(record) }
            index.take(plan.commit.moves.map(Departure.init))
            index.position = plan.numbers.position
            index.openTasks += plan.commit.tasks.count - plan.commit.settled.count
        }
        for task in plan.commit.tasks { stewards.openTasks.insert(task) }
        for doubt in plan.commit.settled { stewards.openTasks.remove(OpenTasks.Doubt(doubt)) }
        numbers = plan.numbers
    }
}
