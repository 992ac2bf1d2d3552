internal import RegistryModel
internal import RegistryStore

/// Submissions that were taken from the queue, entered and matched while the batch before them was being
/// written.
struct MatchedAhead {
    var pending: [PendingSubmission]
    /// Their new records; nil where these were withdrawn.
    private(set) var entered: EnteredRecords?
    /// The model by which they were matched.
    var matchingNumber: Int64

    init(_ pending: [PendingSubmission], _ entered: EnteredRecords, matchingNumber: Int64) {
        self.pending = pending
        self.entered = entered
        self.matchingNumber = matchingNumber
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
                for submission in ahead.pending { submission.completion(.failure(refusal)) }
                return false
            }
            entered = ahead.entered
            let room = RegistryLimits.submissionsBatchMax - ahead.pending.count
            batch = ahead.pending + allowed(queue.takeSubmissions(max: room))
        }
        return true
    }

    private func register(_ batch: [PendingSubmission], _ entered: EnteredRecords?) -> Bool {
        do {
            let plan = try commit(
                batch.map(\.row), .live(batch.map(\.actor)), prepared: entered
            ) { plan in matchAhead(of: plan) }
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

    /// Enters and matches the submissions that wait, behind a batch that is being written.
    private func matchAhead(of plan: BatchPlan) {
        guard matchedAhead == nil else { return }
        let pending = allowed(queue.takeSubmissionsAhead(max: RegistryLimits.submissionsBatchMax))
        guard !pending.isEmpty else { return }
        let rows = pending.map(\.row)
        var known = Set(
            plan.newRecords.map { SubmittedRow.Key(source: $0.source, localID: $0.localID) })
        let firstSlot = node.index.read { index in
            for row in rows where index.slot(source: row.source, localID: row.localID) != nil {
                known.insert(row.key)
            }
            return index.records.count + plan.newRecords.count
        }
        let new = rows.indices.filter { known.insert(rows[$0].key).inserted }
        let matching = node.matchingInForce
        var entered = EnteredRecords(
            new, of: rows, from: firstSlot, in: node.index, writesVersions: true)
        entered.match(in: node.index, weightMin: matching.rule.reviewThreshold)
        matchedAhead = MatchedAhead(pending, entered, matchingNumber: matching.number)
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
