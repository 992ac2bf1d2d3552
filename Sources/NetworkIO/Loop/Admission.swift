import Synchronization

/// The count of open connections, shared by all loops of a node.
package final class Admission: Sendable {
    package let connectionsMax: Int
    private let count = Atomic<Int>(0)

    /// Admits at most `connectionsMax` connections at a time.
    package init(connectionsMax: Int) { self.connectionsMax = connectionsMax }

    /// The number of connections that are open.
    package var connectionsCount: Int { count.load(ordering: .relaxed) }

    func enter() -> Bool {
        if count.add(1, ordering: .relaxed).newValue <= connectionsMax { return true }
        leave()
        return false
    }

    func leave() { count.subtract(1, ordering: .relaxed) }
}
