internal import RegistryModel
internal import RegistryStore
internal import Synchronization

// Bulk work between live submissions: rematches, reverted loads, staged loads.
extension Committer {
    /// Moves a rematch on, takes the next event of a reverted load back, or registers steps of the
    /// oldest staged load; false where the lease is lost.
    func doBulkWork() -> Bool {
        do {
            if let rematch = try session.unfinishedRematch() {
                try moveOn(rematch)
            } else if let revert = try session.nextRevert() {
                try takeBack(revert)
            } else if let load = try session.nextStagedLoad() {
                if try isReady(load) {
                    try registerSteps(of: load)
                } else {
                    queue.loadsAreDone()
                }
            } else {
                extractCandidates = nil
                queue.loadsAreDone()
            }
            return true
        } catch {
            if error as? StoreError == .leaseLost { return false }
            // The load stays where it is; the next announcement tries it again.
            if !StoreError.isConnectionLost(error) { node.loadFailure.withLock { $0 = error } }
            queue.loadsAreDone()
            try? reconnect()
            return true
        }
    }

    /// Whether the steps of a load can be registered; where its records are being matched with each other,
    /// the load is announced again when that has ended.
    private func isReady(_ load: Load) throws -> Bool {
        if load.chunksDone == 0 {
            // The first extract of a registry chooses its model while it is staged.
            try node.takeModel(&session)
            try node.takeNewSources(&session)
        }
        if load.load != matchedLoad {
            matchedLoad = load.load
            extractMatching?.abandon()
            (extractMatching, extractCandidates) = (nil, nil)
            guard
                ExtractMatching.isWorthWhile(load, in: node, rowsMin: node.loads.extractMatchedMin)
            else { return true }
            extractMatching = ExtractMatching(load, in: node) { [queue] in queue.announceLoad() }
            return false
        }
        guard let matching = extractMatching else { return true }
        guard let ended = matching.takeEnded() else { return false }
        extractCandidates = ended.candidates
        extractMatching = nil
        return true
    }

    /// Registers the next step of a load, and those behind it as long as nobody else waits.
    ///
    /// While a step is written the one behind it is prepared, and the one behind that drafted. Whatever ends
    /// this, an error or somebody who waits, nothing is under way and nothing prepared is left when it
    /// returns.
    private func registerSteps(of load: Load) throws {
        if extractCandidates?.goOn(from: load.chunksDone, in: node.index) != true {
            extractCandidates = nil
        }
        let operation = load.operation ?? numbers.lastOperation + 1
        let rowsMax = node.loads.stepRows(sinceSubmission: queue.feedPause)
        var drafted = try firstStep(of: load, rowsMax: rowsMax)
        let drafting = drafted.flatMap { first in
            first.step.isLast || mustYield
                ? nil
                : StepDrafting(
                    behind: first, rowsMax: rowsMax, of: extractCandidates?.extract, in: node)
        }
        defer { drafting?.stop() }
        var ahead: CommitUnderWay?
        while true {
            guard let step = drafted.take() else {
                apply(try written(&ahead))
                return try session.failLoad(load.load, "its staged rows cannot be read")
            }
            let isLast = step.step.isLast
            ahead = try register(step, behind: &ahead, operation) { drafting?.takeAhead() }
            // What was found takes memory that nobody needs any more.
            if isLast, ahead != nil { extractCandidates = nil }
            guard ahead != nil, !isLast, !mustYield, let drafting else { break }
            do {
                drafted = try drafting.next()
            } catch {
                apply(try written(&ahead))
                throw error
            }
            if mustYield { break }
        }
        apply(try written(&ahead))
    }

    /// Whether the next step of a load has to wait for others: those who wait, and while live submissions come also
    /// the next one, where records of a step would be looked up meanwhile on all cores.
    private var mustYield: Bool {
        queue.hasOtherWork || extractCandidates == nil && queue.isFeedActive
    }

    /// Prepares a step while the one ahead is written, then decides it and has it written; nil where
    /// somebody else waits, and nothing was done.
    ///
    /// `deciding` is called before it is decided.
    private func register(
        _ drafted: DraftedStep, behind ahead: inout CommitUnderWay?, _ operation: Int64,
        deciding: () -> Void
    ) throws -> CommitUnderWay? {
        let prepared = PreparedStep(
            drafted, behind: ahead, found: &extractCandidates, in: node)
        do {
            return try register(
                prepared, behind: try written(&ahead), operation, deciding: deciding)
        } catch {
            prepared.entered.withdraw(from: node.index)
            throw error
        }
    }

    /// Plans a prepared step and has it written, unless somebody else waits: then it is taken out again.
    ///
    /// The step ahead is durable, and the index takes it when writing has begun.
    private func register(
        _ prepared: PreparedStep, behind durable: BatchPlan?, _ operation: Int64,
        deciding: () -> Void
    ) throws -> CommitUnderWay? {
        do {
            if durable != nil, try isWanted() {
                apply(durable)
                prepared.entered.withdraw(from: node.index)
                return nil
            }
        } catch {
            apply(durable)
            throw error
        }
        let commit = begin(prepared, from: (durable?.numbers ?? numbers).position)
        apply(durable)
        deciding()
        do {
            var plan = try plan(prepared, behind: durable, operation) { commit.take(records: $0) }
            commit.complete(plan)
            plan.makeBatches(for: node.index)
            commit.complete(plan)
        } catch {
            commit.abandon(error)
            throw error
        }
        return commit
    }

    /// Whether there is work that goes before the next step of a load.
    private func isWanted() throws -> Bool {
        if queue.hasOtherWork { return true }
        let rematch = try session.unfinishedRematch()
        return try rematch != nil || session.nextRevert() != nil
    }

    /// Drafts the next chunks of a load, as many as fit a step, and one at least; nil where they cannot be read.
    private func firstStep(of load: Load, rowsMax: Int) throws -> DraftedStep? {
        let (step, contents) = try session.nextStep(
            of: load, from: load.chunksDone, rowsMax: rowsMax)
        return DraftedStep(
            step, contents, of: extractCandidates?.extract, behind: [], in: node, threads: .all)
    }

    /// Begins to write a prepared step: what its records say, where all its rows are new records.
    private func begin(_ prepared: PreparedStep, from base: LogPosition) -> CommitUnderWay {
        let head = prepared.head(from: base)
        return CommitUnderWay { [self] records, batch in
            if let head { try write(head, records, batch) } else { try write(try batch()) }
        }
    }

    /// Decides what a prepared step does; `decided` is handed its new records as soon as they are.
    private func plan(
        _ prepared: PreparedStep, behind durable: BatchPlan?, _ operation: Int64,
        decided: ([SourceRecord]) -> Void
    ) throws -> BatchPlan {
        var prepared = prepared
        if prepared.matchingNumber != node.matchingInForce.number
            || durable?.changesMatcher ?? false
        {
            prepared.matchAgain(&extractCandidates, in: node)
        }
        let (step, load) = (prepared.step, prepared.step.load)
        numbers.lastOperation = max(numbers.lastOperation, operation)
        let purpose = LoadChunkPurpose(
            load: load.load, chunks: step.chunks, isLast: step.isLast, operation: operation,
            actor: load.actor, recordedAtWhenUnknown: load.createdAt,
            erasedRows: prepared.erasedRows)
        return try plan(
            prepared.rows, .chunk(purpose), prepared: prepared.entered, decided: decided)
    }

    /// Waits for the step under way, which is durable then.
    private func written(_ ahead: inout CommitUnderWay?) throws -> BatchPlan? {
        guard let commit = ahead, let plan = commit.plan else { return nil }
        ahead = nil
        do {
            try commit.wait()
        } catch {
            BatchPlanner.withdraw(plan, from: node.index)
            throw error
        }
        node.loadFailure.withLock { $0 = nil }
        return plan
    }

    private func apply(_ durable: BatchPlan?) {
        if let durable { apply(durable) }
    }
}
