internal import Foundation

/// A bounded queue from one thread to another.
///
/// It is `@unchecked Sendable` because its state is reached under `condition` alone.
final class Handoff<Element: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private let countMax: Int
    private var elements: [Element] = []
    private var isClosed = false

    /// Creates an empty queue for so many elements.
    init(countMax: Int) {
        precondition(countMax > 0, "nothing can be handed over")
        self.countMax = countMax
    }

    /// Adds an element once there is room; false where the queue is closed.
    func push(_ element: consuming Element) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        while elements.count >= countMax, !isClosed { condition.wait() }
        guard !isClosed else { return false }
        elements.append(element)
        condition.broadcast()
        return true
    }

    /// Waits for the next element; nil once the queue is closed and empty.
    func pop() -> Element? {
        condition.lock()
        defer { condition.unlock() }
        while elements.isEmpty, !isClosed { condition.wait() }
        guard !elements.isEmpty else { return nil }
        condition.broadcast()
        return elements.removeFirst()
    }

    /// The next element where there is one already.
    func popIfAny() -> Element? {
        condition.lock()
        defer { condition.unlock() }
        guard !elements.isEmpty else { return nil }
        condition.broadcast()
        return elements.removeFirst()
    }

    /// Takes no more elements; those that are there can still be had.
    func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        condition.unlock()
    }
}
