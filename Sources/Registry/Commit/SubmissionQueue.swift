internal import Foundation
internal import RegistryModel

/// A submission that waits for the committer.
struct PendingSubmission: Sendable {
    var row: SubmittedRow
    var actor: String
    var completion: @Sendable (Result<SubmissionReceipt, RegistryError>) -> Void
}

/// A decision that waits for the committer.
struct PendingDecision: Sendable {
    var request: DecisionRequest
    var completion: @Sendable (Result<DecisionOutcome, RegistryError>) -> Void
}

/// What the committer is to do next.
enum CommitterWork: Sendable {
    case submissions([PendingSubmission])
    case decision(PendingDecision)
    case decisionRequests
    case loadChunk
    case goldenRewrite
    case stop
}

/// The bounded queue in front of the committer.
///
/// It is `@unchecked Sendable` because its state is reached under `condition` alone.
final class SubmissionQueue: @unchecked Sendable {
    private let condition = NSCondition()
    private var waiting: [PendingSubmission] = []
    private var decisions: [PendingDecision] = []
    private var hasLoad = false
    private var hasGoldenRewrite = false
    private var hasDecisionRequest = false
    private var closing: RegistryError?
    private var wasLiveLast = false
    /// When the last submission came.
    private var submittedAt: ContinuousClock.Instant?

    /// Adds a submission; answers it at once with `busy` where too many wait.
    func add(_ submission: PendingSubmission) {
        condition.lock()
        let refusal =
            closing
            ?? (waiting.count >= RegistryLimits.submissionsWaitingMax
                ? RegistryError(.busy, "too many writes are waiting; try again") : nil)
        if refusal == nil { waiting.append(submission) }
        submittedAt = .now
        condition.signal()
        condition.unlock()
        if let refusal { submission.completion(.failure(refusal)) }
    }

    /// Adds a decision; answers it at once with `busy` where too many wait.
    func add(_ decision: PendingDecision) {
        condition.lock()
        let refusal =
            closing
            ?? (decisions.count >= RegistryLimits.decisionsWaitingMax
                ? RegistryError(.busy, "too many decisions are waiting; try again") : nil)
        if refusal == nil { decisions.append(decision) }
        condition.signal()
        condition.unlock()
        if let refusal { decision.completion(.failure(refusal)) }
    }

    /// Says that a staged load waits.
    func announceLoad() {
        condition.lock()
        hasLoad = true
        condition.signal()
        condition.unlock()
    }

    /// Says that stored golden records follow an earlier policy or authority.
    func announceGoldenRewrite() {
        condition.lock()
        hasGoldenRewrite = true
        condition.signal()
        condition.unlock()
    }

    /// Says that a command's decision waits.
    func announceDecisionRequest() {
        condition.lock()
        hasDecisionRequest = true
        condition.signal()
        condition.unlock()
    }

    /// Refuses submissions from now on; those that wait are still handed out, loads are not.
    func close(_ reason: RegistryError) {
        condition.lock()
        if closing == nil { closing = reason }
        condition.signal()
        condition.unlock()
    }

    /// Refuses what waits, too.
    func abandon(_ reason: RegistryError) {
        close(reason)
        condition.lock()
        let (submissions, decisions) = (waiting, decisions)
        waiting = []
        self.decisions = []
        condition.unlock()
        for submission in submissions { submission.completion(.failure(reason)) }
        for decision in decisions { decision.completion(.failure(reason)) }
    }

    /// Waits for work: decisions first, then live submissions and chunks of a load in turns.
    func next() -> CommitterWork {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty && decisions.isEmpty && !hasDecisionRequest && !hasBulk
            && closing == nil
        {
            condition.wait()
        }
        if !decisions.isEmpty { return .decision(decisions.removeFirst()) }
        if hasDecisionRequest, closing == nil {
            hasDecisionRequest = false
            return .decisionRequests
        }
        if !waiting.isEmpty, !(wasLiveLast && hasBulk && closing == nil) {
            wasLiveLast = true
            return .submissions(take(room(beside: 0, behind: 0)))
        }
        if closing != nil { return .stop }
        wasLiveLast = false
        return hasGoldenRewrite ? .goldenRewrite : .loadChunk
    }

    /// Takes submissions that wait, behind some that are taken already and make one batch with them; others are
    /// about to be answered, whose clients will be back.
    func takeSubmissions(beside written: Int, behind taken: Int) -> [PendingSubmission] {
        condition.lock()
        defer { condition.unlock() }
        return take(room(beside: written, behind: taken))
    }

    /// Takes submissions that wait while a batch is written, behind some that are taken already, unless
    /// other work waits: that has its turn then.
    func takeSubmissionsAhead(beside written: Int, behind taken: Int) -> [PendingSubmission] {
        condition.lock()
        defer { condition.unlock() }
        let isFree = decisions.isEmpty && !hasDecisionRequest && !hasBulk && closing == nil
        return isFree ? take(room(beside: written, behind: taken)) : []
    }

    /// How many more submissions the next batch takes, where some are being written and some are taken.
    ///
    /// Half of all that are under way: so one half is matched while the other is written. Left alone the two
    /// would not stay alike, since whoever is answered comes back after the next batch has begun: sixty of
    /// 64 clients stood in one batch and four in the other, of which neither had anything to do beside it.
    /// Where a load or another such work takes turns with batches, all go at once.
    private func room(beside written: Int, behind taken: Int) -> Int {
        let all = written + taken + waiting.count
        let half = hasBulk ? all : max(RegistryLimits.submissionsBatchMin, (all + 1) / 2)
        return max(0, min(half, RegistryLimits.submissionsBatchMax) - taken)
    }

    /// Called under `condition`.
    private func take(_ max: Int) -> [PendingSubmission] {
        let batch = Array(waiting.prefix(max))
        waiting.removeFirst(batch.count)
        return batch
    }

    /// Whether anything waits but loads, or the queue is closed.
    var hasOtherWork: Bool {
        condition.lock()
        defer { condition.unlock() }
        return !waiting.isEmpty || !decisions.isEmpty || hasDecisionRequest || hasGoldenRewrite
            || closing != nil
    }

    /// Whether live submissions come in, so that the next one will not wait long for its turn.
    var isFeedActive: Bool {
        feedPause.map { $0 < .milliseconds(RegistryLimits.feedPauseMillisecondsMax) } ?? false
    }

    /// How long ago the last live submission came; nil where none has come.
    var feedPause: Duration? {
        condition.lock()
        defer { condition.unlock() }
        return submittedAt.map { $0.duration(to: .now) }
    }

    /// Whether work waits that is done between live submissions.
    private var hasBulk: Bool { hasLoad || hasGoldenRewrite }

    /// Says that no golden record is to be rewritten any more, or none for now.
    func goldenRewriteIsDone() {
        condition.lock()
        hasGoldenRewrite = false
        condition.unlock()
    }

    /// Says that no staged load waits any more.
    func loadsAreDone() {
        condition.lock()
        hasLoad = false
        condition.unlock()
    }
}
