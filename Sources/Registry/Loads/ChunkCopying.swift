internal import Foundation
internal import RegistryStore
internal import Synchronization

/// Copies staged chunks into the database on a thread of its own, all of them in one transaction.
final class ChunkCopying: Sendable {
    /// Chunks that may wait to be sent.
    private static let chunksWaitingMax = 64

    private let waiting = Handoff<StagedChunkRow>(countMax: chunksWaitingMax)
    private let failure = Mutex<(any Error)?>(nil)
    private let isEnded = DispatchSemaphore(value: 0)
    /// Whether the chunks are to be kept.
    private let isWhole = Mutex(false)

    /// Begins to copy the chunks of a load, on a connection of its own.
    init(databaseURL: String, load: Int64) {
        Thread.detachNewThread { [self] in
            do {
                var session = try RegistrySession(databaseURL: databaseURL)
                try session.stageChunks(load) {
                    if let chunk = waiting.pop() { return chunk }
                    guard isWhole.withLock({ $0 }) else { throw CancellationError() }
                    return nil
                }
            } catch {
                failure.withLock { $0 = error }
            }
            waiting.close()
            isEnded.signal()
        }
    }

    /// Hands the next chunk over.
    ///
    /// - Throws: Why chunks cannot be copied any more.
    func append(_ chunk: StagedChunkRow) throws {
        guard waiting.push(chunk) else {
            throw failure.withLock { $0 } ?? CancellationError()
        }
    }

    /// Waits until all chunks are durable, or throws why they are not.
    func finish() throws {
        isWhole.withLock { $0 = true }
        waiting.close()
        isEnded.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// Forgets all chunks, and returns when none of them will come any more.
    func abandon() {
        waiting.close()
        isEnded.wait()
    }
}
