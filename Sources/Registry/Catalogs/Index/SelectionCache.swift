internal import RegistryModel
internal import Synchronization

/// The rows that lie in a place or below an entry, as questions before have found them.
///
/// A country's subtree is thousands of places, gone through one by one; what is asked of it is asked again
/// and again. A cache belongs to one state of the catalogs, and a new state begins with an empty one.
final class SelectionCache: Sendable {
    /// What was asked.
    struct Key: Hashable {
        /// The kind whose rows are told.
        var kind: CatalogKind
        /// The field by which they refer to the entry, or to what lies below it.
        var field: String
        var entry: EntryReference
        /// The day of the hierarchy.
        var day: Int32
    }

    private struct State {
        var rows: [Key: [RowSet]] = [:]
        var bytes = 0
    }

    private let state = Mutex(State())

    /// The rows of each catalog of the kind, from a closure where they are not known.
    func rows(_ key: Key, _ find: () -> [RowSet]) -> [RowSet] {
        if let known = state.withLock({ $0.rows[key] }) { return known }
        let found = find()
        let bytes = found.reduce(0) { $0 + $1.byteCount }
        state.withLock { state in
            guard bytes <= RegistryLimits.selectionBytesMax, state.rows[key] == nil else { return }
            if state.bytes + bytes > RegistryLimits.selectionBytesMax { state = State() }
            state.rows[key] = found
            state.bytes += bytes
        }
        return found
    }
}
