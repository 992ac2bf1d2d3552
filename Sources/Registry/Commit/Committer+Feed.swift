internal import RegistryModel
internal import RegistryStore

/// Submissions that were taken from the queue, entered and matched while the batch before them was being
/// written.
struct MatchedAhead {
    private(set) var pending: [PendingSubmission] = []
    /// Those that came after these were matched, and follow them in the same batch.
    var late: [PendingSubmission] = []
    /// Their new records; nil where there are none yet, or where these were withdrawn.
    private(set) var entered: EnteredRecords?
    /// The model by which they are matched.
    let matchingNumber: Int64
    /// The new records of the batch before them, and their own.
    private var new: Set<SubmittedRow.Key>
    /// The records that the batch before them changes.
    private let changed: Set<Int64>

    /// Begins behind a batch.
    init(behind plan: BatchPlan, matchingNumber: Int64) {
        self.matchingNumber = matchingNumber
        new = Set(plan.newRecords.map { SubmittedRow.Key(source: $0.source, localID: $0.localID) })
        changed = Set(plan.changedRecords.map(\.record))
    }

    /// Enters and matches further submissions behind those that there are.
    mutating func take(
        _ more: [PendingSubmission], behind plan: BatchPlan, in index: Guarded<PatientIndex>,
        _ rule: LinkRule
    ) {
        let first = pending.count
        pending += more
        let rows = pending.map(\.row)
        let (slots, firstSlot) = index.read { index in
            (
                more.map { index.slot(source: $0.row.source, localID: $0.row.localID) },
                index.records.count + plan.newRecords.count
            )
        }
        var wanted: [Int] = []
        for (place, slot) in slots.enumerated() where slot == nil {
            if new.insert(rows[first + place].key).inserted { wanted.append(first + place) }
        }
        if let entered {
            self.entered = entered.extended(
                by: wanted, of: rows, in: index, weightMin: rule.reviewThreshold)
        } else {
            var entered = EnteredRecords(
                wanted, of: rows, from: firstSlot, in: index, writesVersions: true)
            entered.match(in: index, weightMin: rule.reviewThreshold)
            self.entered = entered
        }
        for (place, slot) in slots.enumerated() {
            // What the batch before does to a record may bring it back into the matcher.
            guard let slot, !changed.contains(Int64(slot) + 1) else { continue }
            let row = rows[first + place]
            entered?.candidatesOfKnown[first + place] = index.read { index in
                index.packedContent(of: slot) == row.packed
                    ? nil : index.matcher.candidates(ofNextVersion: row, below: UInt32(firstSlot))
            }
        }
    }

    /// Takes the new records out of the matcher again, where they are there.
    mutating func withdraw(from index: Guarded<PatientIndex>) {
        entered?.withdraw(from: index)
        entered = nil
    }
}

// Live submissions. A commit mostly waits for the disk; those that have come by then are matched
// meanwhile, and what they do is decided once the batch before them stands. As within a batch,
// matching sees a record that the batch before changes as it was. Nobody is concerned who has had the
// answer to that change, since what he submits then comes later.
extension Committer {
    /// Registers live submissions and answers them, then those that were matched meanwhile; false where
    /// the lease is lost.
    func register(_ first: [PendingSubmission]) -> Bool {
        makeMatcherReady()
        var batch = allowed(first)
        var entered: EnteredRecords?
        while !batch.isEmpty {
            let isWriter = register(batch, entered)
            guard var ahead = matchedAhead else { return isWriter }
            matchedAhead = nil
            if !isWriter || ahead.matchingNumber != node.matchingInForce.number {
                ahead.withdraw(from: node.index)
            }
            guard isWriter else {
                let refusal = node.notWriter
                for submission in ahead.pending + ahead.late {
                    submission.completion(.failure(refusal))
                }
                return false
            }
            entered = ahead.entered
            batch = ahead.pending + allowed(ahead.late)
        }
        return true
    }

    private func register(_ batch: [PendingSubmission], _ entered: EnteredRecords?) -> Bool {
        do {
            let plan = try commit(
                batch.map(\.row), .live(batch.map(\.actor)), prepared: entered
            ) { plan in matchAhead(of: plan) }
            takeLate(beside: batch.count)
            for (submission, outcome) in zip(batch, plan.outcomes) {
                submission.completion(
                    .success(
                        SubmissionReceipt(
                            enterpriseIdentifier: outcome.person, outcome: outcome.outcome,
                            weight: outcome.weight, position: plan.commit.position)))
            }
            return true
        } catch {
            if StoreError.isConnectionLost(error) { try? reconnect() }
            let failure = refusal(error)
            for submission in batch { submission.completion(.failure(failure)) }
            return failure.code != .notWriter
        }
    }

    /// Takes those that have come too late to be matched while a batch was written, and would wait for two
    /// more; before it is answered, since they are to be told from those who submit again then.
    private func takeLate(beside written: Int) {
        guard let taken = matchedAhead?.pending.count else { return }
        matchedAhead?.late = queue.takeSubmissions(beside: written, behind: taken)
    }

    /// Enters and matches the submissions that wait, behind a batch that is being written and those that
    /// were matched before; false where there were none.
    private func matchAhead(of plan: BatchPlan) -> Bool {
        let matching = node.matchingInForce
        var ahead = matchedAhead ?? MatchedAhead(behind: plan, matchingNumber: matching.number)
        guard ahead.matchingNumber == matching.number else { return false }
        let pending = allowed(
            queue.takeSubmissionsAhead(
                beside: plan.outcomes.count, behind: ahead.pending.count))
        guard !pending.isEmpty else { return false }
        ahead.take(pending, behind: plan, in: node.index, matching.rule)
        matchedAhead = ahead
        return true
    }

    /// Submissions but for those that are refused at once.
    private func allowed(_ pending: [PendingSubmission]) -> [PendingSubmission] {
        pending.isEmpty ? [] : refusingErased(refusingFormerLocalIDs(pending))
    }

    /// Refuses submissions under a local identifier that belongs to a record's past.
    private func refusingFormerLocalIDs(_ pending: [PendingSubmission]) -> [PendingSubmission] {
        let isFormer = node.index.read { index in
            pending.map { index.isFormer(source: $0.row.source, localID: $0.row.localID) }
        }
        guard isFormer.contains(true) else { return pending }
        let refusal = RegistryError(
            .conflict, "the source renumbered the record of this local_id; use its new one")
        return zip(pending, isFormer).compactMap { submission, isFormer in
            if isFormer { submission.completion(.failure(refusal)) }
            return isFormer ? nil : submission
        }
    }
}
