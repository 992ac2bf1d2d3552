import Foundation
import Synchronization
import Testing

/// Work on a thread of its own.
final class Background<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let hasEnded = DispatchSemaphore(value: 0)

    init(_ body: @escaping @Sendable () throws -> Value) {
        Thread.detachNewThread { [self] in
            let value = Result { try body() }
            result.withLock { $0 = value }
            hasEnded.signal()
        }
    }

    /// Whether the work is done.
    var isDone: Bool { result.withLock { $0 != nil } }

    /// Waits for the work; called once.
    func wait() throws -> Value {
        hasEnded.wait()
        return try #require(result.withLock { $0 }).get()
    }
}
