internal import Foundation
internal import Identity
internal import Linkage
internal import RegistryModel
internal import RegistryStore
internal import Synchronization

/// Matches the records of a large first extract with each other before any of them is registered.
///
/// Where a registry has no records but those of one load, all that a record can be matched with is staged. To
/// look for it at once takes a third of what the index takes record by record, and less the more there
/// are. It is done on a thread of its own, so that the writer goes on answering; whatever else
/// comes into the registry meanwhile or later makes it void, and the index is asked as ever.
///
/// A load that is begun again behind some of its chunks is matched as a whole again, so that it ends as if it
/// had not been disturbed.
final class ExtractMatching: Sendable {
    /// What has come of it.
    struct Ended: Sendable {
        /// What was found; nil where that failed, or was taken before.
        var candidates: ExtractCandidates?
    }

    /// Nil while it works.
    private let ended = Mutex<Ended?>(nil)
    private let isAbandoned = Atomic(false)

    /// Begins to match a load's records; `ended` is called when that is done, or has failed.
    init(_ load: Load, in node: NodeState, ended: @escaping @Sendable () -> Void) {
        let matching = node.matchingInForce
        let changes = node.index.read { $0.matcher.changes }
        Thread.detachNewThread { [self] in
            // Where it cannot be read, the writer will tell when it comes so far itself.
            let candidates = try? find(load, node, matching, changes)
            self.ended.withLock { $0 = Ended(candidates: candidates) }
            ended()
        }
    }

    /// Whether it is worth while for a load, where the registry has at most what that load has brought.
    static func isWorthWhile(_ load: Load, in node: NodeState, rowsMin: Int) -> Bool {
        guard load.rowsStaged >= rowsMin,
            load.counts.total < Int64(RegistryLimits.extractRowsMax),
            node.erasedNames.withLock(\.isEmpty)
        else { return false }
        return node.index.read { Int64($0.records.count) <= load.counts.total }
    }

    /// What has come of it, once it has ended; what was found is handed out once.
    func takeEnded() -> Ended? {
        ended.withLock { ended in
            defer { if ended != nil { ended = Ended() } }
            return ended
        }
    }

    /// Ends soon, without having found anything.
    func abandon() { isAbandoned.store(true, ordering: .relaxed) }

    private func find(
        _ load: Load, _ node: NodeState, _ matching: MatchingInForce, _ changes: Int
    ) throws -> ExtractCandidates? {
        let (extract, slots) = try rows(of: load, node)
        guard let extract else { return nil }
        let found = EarlierCandidates(
            extract.records, model: matching.model,
            minimumWeight: Float(matching.rule.reviewThreshold),
            threads: ProcessInfo.processInfo.activeProcessorCount)
        return ExtractCandidates(
            matchingNumber: matching.number, matcherChanges: changes,
            found: found, extract: extract, slots: slots)
    }

    /// The rows of a load and the slots of those that are registered; nil where nobody wants them any more.
    private func rows(
        of load: Load, _ node: NodeState
    ) throws -> (extract: StagedExtract?, slots: [UInt32]) {
        if let extract = node.stagedExtracts?.take(load.load), load.chunksDone == 0 {
            return (extract, [])
        }
        var session = try RegistrySession(databaseURL: node.databaseURL)
        var read = ReadRows()
        while read.firstPlaces.count < load.chunks, read.rows < RegistryLimits.extractRowsMax {
            let first = Int32(read.firstPlaces.count)
            let chunks = try session.loadChunks(
                load.load, from: first, rowsMax: RegistryLimits.extractReadMax)
            let done = max(0, Int(load.chunksDone - first))
            let parts = concurrentSlices(
                count: chunks.count, sliceMin: RegistryLimits.extractSliceChunks
            ) { range in
                ReadChunks(chunks[range], done: done - range.lowerBound, in: node.index)
            }
            guard !isAbandoned.load(ordering: .relaxed), parts.allSatisfy({ read.append($0) })
            else { return (nil, []) }
        }
        return (read.takeExtract(), read.slots)
    }
}
