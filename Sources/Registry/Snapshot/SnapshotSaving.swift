internal import Foundation
internal import RegistryStore
internal import Synchronization

/// When a node writes snapshots: after a load, when much has changed, and when it stops.
final class SnapshotSaving: Sendable {
    /// Whether a load was seen since the last snapshot.
    private let sawLoad = Atomic(false)

    /// Whether one is to be written now; asked once a second.
    ///
    /// None is while a load goes on, which would change it at once.
    func isDue(_ state: NodeState, _ session: inout RegistrySession) throws -> Bool {
        guard let snapshots = state.snapshots else { return false }
        snapshots.removePending()
        guard try !session.hasLoadWork() else {
            sawLoad.store(true, ordering: .relaxed)
            return false
        }
        let (records, changes) = state.index.read { ($0.records.count, $0.changes) }
        if sawLoad.exchange(false, ordering: .relaxed) {
            return snapshots.isDue(
                changes: changes, records: records, share: RegistryLimits.snapshotStoppingShare,
                millisecondsMin: 0)
        }
        return snapshots.isDue(
            changes: changes, records: records, share: RegistryLimits.snapshotServingShare,
            millisecondsMin: RegistryLimits.snapshotIntervalMilliseconds)
    }

    /// Writes one; without it the next start is longer, and nothing else.
    ///
    /// Where the disk is full, or the database away, the next is tried after the usual time.
    static func save(_ state: NodeState, threads: Int = 1) {
        try? saveOrTell(state, threads: threads)
    }

    /// Writes one, or tells the operator why there is none.
    ///
    /// One thread gathers records while others answer.
    static func saveOrTell(_ state: NodeState, threads: Int = 1) throws {
        guard let snapshots = state.snapshots else { return }
        do {
            try SnapshotWriting.save(state, in: snapshots, threads: threads)
        } catch {
            state.note(
                "the snapshot of the index was not kept: \(SnapshotStore.reason(error));"
                    + " without it the next start reads the database")
            throw error
        }
    }

    /// Writes one of a node whose threads have ended, where enough has changed.
    static func saveAtStop(_ state: NodeState) {
        let (records, changes) = state.index.read { ($0.records.count, $0.changes) }
        let isDue = state.snapshots?.isDue(
            changes: changes, records: records, share: RegistryLimits.snapshotStoppingShare,
            millisecondsMin: 0)
        // Nobody is served any more.
        if isDue == true { save(state, threads: ProcessInfo.processInfo.activeProcessorCount) }
    }
}
