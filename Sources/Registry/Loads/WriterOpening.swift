internal import Foundation
internal import Synchronization

/// Opens a node that writes on a thread of its own, while a command does what needs none yet.
final class WriterOpening: Sendable {
    private enum State {
        case opening
        case open(Result<RegistryNode?, any Error>)
        /// Nobody wants it any more.
        case abandoned
    }

    private let state = Mutex(State.opening)
    private let isEnded = DispatchSemaphore(value: 0)

    /// Begins to open.
    init(databaseURL: String, options: RegistryNodeOptions) {
        Thread.detachNewThread { [self] in
            let opened = Result {
                try RegistryNode.openWriter(databaseURL: databaseURL, options: options)
            }
            let isWanted = state.withLock { state in
                if case .abandoned = state { return false }
                state = .open(opened)
                return true
            }
            if !isWanted, case .success(let node) = opened { node?.close() }
            isEnded.signal()
        }
    }

    /// Waits for the node; nil where another writes.
    ///
    /// - Throws: why it cannot be opened.
    func writer() throws -> RegistryNode? {
        isEnded.wait()
        guard case .open(let opened) = state.withLock({ $0 }) else { return nil }
        return try opened.get()
    }

    /// Has the node closed once it is open, without waiting for that.
    func abandon() {
        let opened = state.withLock { state in
            defer { state = .abandoned }
            return state
        }
        if case .open(.success(let node)) = opened { node?.close() }
    }
}
