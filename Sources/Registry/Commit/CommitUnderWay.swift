internal import Foundation
internal import RegistryStore
internal import Synchronization

/// A batch that is being written on a thread of its own, while the committer prepares the next one.
final class CommitUnderWay: Sendable {
    /// What is being written; the index takes it once `wait` has returned.
    let plan: BatchPlan
    /// The new records of the batch, which the index does not know yet.
    let newKeys: Set<SubmittedRow.Key>
    private let failure = Mutex<(any Error)?>(nil)
    private let isWritten = DispatchSemaphore(value: 0)

    /// Begins to write.
    init(
        _ plan: BatchPlan, newKeys: Set<SubmittedRow.Key>,
        write: @escaping @Sendable (CommitBatch) throws -> Void
    ) {
        self.plan = plan
        self.newKeys = newKeys
        Thread.detachNewThread { [self] in
            do {
                try write(plan.commit)
            } catch {
                failure.withLock { $0 = error }
            }
            isWritten.signal()
        }
    }

    /// Waits until the batch is durable; called once.
    ///
    /// - Throws: Why it was not written.
    func wait() throws {
        isWritten.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
