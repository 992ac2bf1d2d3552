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
        // The first extract of a registry chooses its model while it is staged.
        if load.chunksDone == 0 { try node.takeModel(&session) }
        let operation = load.operation ?? numbers.lastOperation + 1
        var next: StagedStep? = try stagedStep(of: load, from: load.chunksDone)
        var ahead: CommitUnderWay?
        while let step = next {
            if ahead != nil, queue.hasOtherWork { break }
            var prepared = prepare(step, behind: ahead)
            do {
                let changesMatcher = ahead?.plan.changesMatcher ?? false
                try finish(&ahead)
                guard prepared != nil else {
                    return try session.failLoad(load.load, "its staged rows cannot be read")
                }
                if changesMatcher { prepared?.match(node) }
                if step.chunks.lowerBound > load.chunksDone, try isWanted() {
                    prepared?.entered.withdraw(from: node.index)
                    return
                }
                next = step.isLast ? nil : try stagedStep(of: load, from: step.chunks.upperBound)
            } catch {
                prepared?.entered.withdraw(from: node.index)
                throw error
            }
            ahead = try begin(prepared, operation)
            if queue.hasOtherWork || queue.isFeedActive { next = nil }
        }
        try finish(&ahead)
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

    /// Decides what a prepared step does, and begins to write it.
    private func begin(_ prepared: PreparedStep?, _ operation: Int64) throws -> CommitUnderWay? {
        guard var prepared else { return nil }
        if prepared.matchingNumber != node.matchingInForce.number { prepared.match(node) }
        let (step, load) = (prepared.step, prepared.step.load)
        numbers.lastOperation = max(numbers.lastOperation, operation)
        let purpose = LoadChunkPurpose(
            load: load.load, chunks: step.chunks, isLast: step.isLast, operation: operation,
            actor: load.actor, erasedRows: prepared.erasedRows)
        let plan: BatchPlan
        do {
            plan = try self.plan(prepared.rows, .chunk(purpose), prepared: prepared.entered)
        } catch {
            prepared.entered.withdraw(from: node.index)
            throw error
        }
        return CommitUnderWay(plan, newKeys: prepared.newKeys) { [self] in try write($0) }
    }

    /// Waits for the step under way, which the index then takes.
    private func finish(_ ahead: inout CommitUnderWay?) throws {
        guard let commit = ahead else { return }
        ahead = nil
        do {
            try commit.wait()
        } catch {
            BatchPlanner.withdraw(commit.plan, from: node.index)
            throw error
        }
        apply(commit.plan)
        node.loadFailure.withLock { $0 = nil }
    }
}
