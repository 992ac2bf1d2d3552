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
                try registerSteps(of: load)
            } else {
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

    /// Registers the next step of a load, and those behind it as long as nobody else waits.
    ///
    /// While a step is written the one behind it is prepared. Whatever ends this, an error or
    /// somebody who waits, nothing is under way and nothing prepared is left when it returns.
    private func registerSteps(of load: Load) throws {
        if load.chunksDone == 0 {
            // The first extract of a registry chooses its model while it is staged.
            try node.takeModel(&session)
            try node.takeNewSources(&session)
        }
        let operation = load.operation ?? numbers.lastOperation + 1
        var next: StagedStep? = try stagedStep(of: load, from: load.chunksDone)
        var ahead: CommitUnderWay?
        while let step = next {
            if ahead != nil, queue.hasOtherWork { break }
            let prepared = prepare(step, behind: ahead)
            do {
                let durable = try written(&ahead)
                guard let prepared else {
                    apply(durable)
                    return try session.failLoad(load.load, "its staged rows cannot be read")
                }
                (ahead, next) = try register(prepared, behind: durable, operation)
            } catch {
                prepared?.entered.withdraw(from: node.index)
                throw error
            }
        }
        apply(try written(&ahead))
    }

    /// Plans a prepared step and has it written, unless somebody else waits: then it is taken out again.
    ///
    /// The step ahead is durable, and the index takes it when writing has begun.
    private func register(
        _ prepared: PreparedStep, behind durable: BatchPlan?, _ operation: Int64
    ) throws -> (underWay: CommitUnderWay?, next: StagedStep?) {
        let (step, load) = (prepared.step, prepared.step.load)
        var next: StagedStep?
        do {
            if step.chunks.lowerBound > load.chunksDone, try isWanted() {
                apply(durable)
                prepared.entered.withdraw(from: node.index)
                return (nil, nil)
            }
            if !step.isLast, !queue.isFeedActive {
                next = try stagedStep(of: load, from: step.chunks.upperBound)
            }
        } catch {
            apply(durable)
            throw error
        }
        let commit = begin(prepared, from: (durable?.numbers ?? numbers).position)
        apply(durable)
        do {
            let plan = try plan(prepared, behind: durable, operation)
            commit.complete(plan)
        } catch {
            commit.abandon(error)
            throw error
        }
        return (commit, queue.hasOtherWork ? nil : next)
    }

    /// Whether there is work that goes before the next step of a load.
    private func isWanted() throws -> Bool {
        if queue.hasOtherWork { return true }
        let rematch = try session.unfinishedRematch()
        return try rematch != nil || session.nextRevert() != nil
    }

    /// The next chunks of a load: one where live submissions come in, else as many as fit a step.
    private func stagedStep(of load: Load, from chunk: Int32) throws -> StagedStep {
        let contents = try session.loadChunks(
            load.load, from: chunk,
            rowsMax: queue.isFeedActive ? 1 : RegistryLimits.loadStepRowsMax)
        return StagedStep(
            load: load, chunks: chunk..<chunk + Int32(contents.count), contents: contents)
    }

    /// Begins to write a prepared step: what its records say, where all its rows are new records.
    private func begin(_ prepared: PreparedStep, from base: LogPosition) -> CommitUnderWay {
        let head = prepared.head(from: base)
        return CommitUnderWay(newKeys: prepared.newKeys) { [self] batch in
            if let head { try write(head, batch) } else { try write(try batch()) }
        }
    }

    /// Decides what a prepared step does.
    private func plan(
        _ prepared: PreparedStep, behind durable: BatchPlan?, _ operation: Int64
    ) throws -> BatchPlan {
        var prepared = prepared
        if prepared.matchingNumber != node.matchingInForce.number
            || durable?.changesMatcher ?? false
        {
            prepared.match(node)
        }
        let (step, load) = (prepared.step, prepared.step.load)
        numbers.lastOperation = max(numbers.lastOperation, operation)
        let purpose = LoadChunkPurpose(
            load: load.load, chunks: step.chunks, isLast: step.isLast, operation: operation,
            actor: load.actor, recordedAtWhenUnknown: load.createdAt,
            erasedRows: prepared.erasedRows)
        return try plan(prepared.rows, .chunk(purpose), prepared: prepared.entered)
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
