internal import RegistryModel
internal import Synchronization

/// Those who wait until the node has read the log up to a position.
final class PositionWaiters: Sendable {
    private struct Waiter {
        var position: LogPosition
        /// In microseconds since 1970.
        var deadline: Int64
        var completion: @Sendable () -> Void
    }

    private struct State {
        var waiting: [Waiter] = []
        var isOpen = true
    }

    private let state = Mutex(State())

    /// Whether nobody waits.
    var isEmpty: Bool { state.withLock { $0.waiting.isEmpty } }

    /// Has somebody wait; called back at once where too many do, or the node ends.
    func add(
        _ position: LogPosition, until deadline: Int64, _ completion: @escaping @Sendable () -> Void
    ) {
        let isTaken = state.withLock { state in
            guard state.isOpen, state.waiting.count < RegistryLimits.positionWaitersMax else {
                return false
            }
            state.waiting.append(
                Waiter(position: position, deadline: deadline, completion: completion))
            return true
        }
        if !isTaken { completion() }
    }

    /// Calls back those whose position is read, and those who have waited long enough.
    func wake(_ position: LogPosition, now: Int64) {
        let woken = state.withLock { state -> [Waiter] in
            guard !state.waiting.isEmpty else { return [] }
            let isDone = { (waiter: Waiter) in
                waiter.position <= position || waiter.deadline <= now
            }
            let woken = state.waiting.filter(isDone)
            state.waiting.removeAll(where: isDone)
            return woken
        }
        for waiter in woken { waiter.completion() }
    }

    /// Calls everybody back, from now on at once.
    func close() {
        let woken = state.withLock { state in
            defer { state.waiting = [] }
            state.isOpen = false
            return state.waiting
        }
        for waiter in woken { waiter.completion() }
    }
}
