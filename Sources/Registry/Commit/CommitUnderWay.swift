internal import Foundation
internal import RegistryModel
internal import RegistryStore
internal import Synchronization

/// A batch that is being written on a thread of its own, while the committer goes on.
///
/// Writing may begin with what is known before the batch is planned. It is `@unchecked Sendable` because its
/// state is reached under `condition` alone.
final class CommitUnderWay: @unchecked Sendable {
    private let condition = NSCondition()
    private var records: [SourceRecord]?
    private var planned: Result<BatchPlan, any Error>?
    private var written: Result<Void, any Error>?

    /// Begins to write: the closure waits for the new records of the batch, and for all of it, when it needs
    /// them.
    init(
        write:
            @escaping @Sendable (
                _ records: () throws -> [SourceRecord], _ batch: () throws -> CommitBatch
            ) throws -> Void
    ) {
        Thread.detachNewThread { [self] in
            let result = Result {
                try write(awaitedRecords) { try awaitedPlan().get().commit }
            }
            condition.withLock {
                written = result
                condition.broadcast()
            }
        }
    }

    /// What the batch is; nil until it is planned.
    var plan: BatchPlan? { condition.withLock { try? planned?.get() } }

    /// Tells what the new records of the batch are, where it is known before the rest.
    func take(records: [SourceRecord]) {
        condition.withLock {
            self.records = records
            condition.broadcast()
        }
    }

    /// Tells what the batch is; once more, when more has been made of the plan.
    func complete(_ plan: BatchPlan) { take(.success(plan)) }

    /// Tells why there is no batch, and waits until writing has ended.
    func abandon(_ error: any Error) {
        take(.failure(error))
        try? wait()
    }

    /// Waits until the batch is durable.
    ///
    /// - Throws: Why it was not written.
    func wait() throws {
        try condition.withLock {
            while written == nil { condition.wait() }
            try written?.get()
        }
    }

    private func take(_ result: Result<BatchPlan, any Error>) {
        condition.withLock {
            planned = result
            condition.broadcast()
        }
    }

    private func awaitedRecords() throws -> [SourceRecord] {
        try condition.withLock {
            while true {
                if let records { return records }
                if let planned { return try planned.get().newRecords }
                condition.wait()
            }
        }
    }

    private func awaitedPlan() -> Result<BatchPlan, any Error> {
        condition.withLock {
            while true {
                if let planned { return planned }
                condition.wait()
            }
        }
    }
}
