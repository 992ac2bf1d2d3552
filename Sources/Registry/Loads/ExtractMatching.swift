internal import Foundation
internal import Identity
internal import Linkage
internal import RegistryModel
internal import RegistryStore
internal import Synchronization

/// Matches the records of a large extract with each other and with those that the registry holds, before any of
/// them is registered.
///
/// Nearly all that a record can be matched with is known then. To look for it at once takes a third of what the index
/// takes record by record, and less the more there are. It is done on a thread of its own, so that the writer goes on
/// answering. What others bring or change meanwhile and later is asked besides (``RecordsSince``).
///
/// A load that is begun again behind some of its chunks is matched with what it has registered, which are the same
/// records: so it ends as if it had not been disturbed.
final class ExtractMatching: Sendable {
    /// What has come of it.
    struct Ended: Sendable {
        /// What was found; nil where that failed, or was taken before.
        var candidates: ExtractCandidates?
    }

    /// Nil while it works.
    private let ended = Mutex<Ended?>(nil)
    private let isAbandoned = Atomic(false)

    private let matching: MatchingInForce
    /// The changes that the matcher had had when it began.
    private let changes: Int
    /// The number of records that the index held then.
    private let heldCount: Int

    /// Begins to match a load's records; `ended` is called when that is done, or has failed.
    init(_ load: Load, in node: NodeState, ended: @escaping @Sendable () -> Void) {
        matching = node.matchingInForce
        (changes, heldCount) = node.index.read { ($0.matcher.changes.count, $0.records.count) }
        Thread.detachNewThread { [self] in
            // Where it cannot be read, the writer will tell when it comes so far itself.
            let candidates = try? find(load, node)
            self.ended.withLock { $0 = Ended(candidates: candidates) }
            ended()
        }
    }

    /// Whether it is worth while for a load.
    ///
    /// That is where its rows are many, and not few beside the records that the registry held before it: all of these
    /// are sorted into blocks again.
    static func isWorthWhile(_ load: Load, in node: NodeState, rowsMin: Int) -> Bool {
        let held = node.index.read { $0.records.count }
        let before = Int64(held) - load.counts.newRecords
        return load.rowsStaged >= rowsMin && held < RegistryLimits.extractRowsMax
            && before / Int64(RegistryLimits.extractHeldPerRowMax) <= load.rowsStaged
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

    private func find(_ load: Load, _ node: NodeState) throws -> ExtractCandidates? {
        guard var extract = try rows(of: load, node) else { return nil }
        extract.giveWords(to: node.index)
        guard let population = population(of: extract, node) else { return nil }
        let found = EarlierCandidates(
            population, count: extract.records.count, model: matching.model,
            minimumWeight: Float(matching.rule.reviewThreshold),
            threads: ProcessInfo.processInfo.activeProcessorCount)
        extract.releaseWords()
        let candidates = ExtractCandidates(
            found, of: extract, by: matching, heldCount: heldCount, changes: changes)
        if !isAbandoned.load(ordering: .relaxed) { candidates.makeRoom(in: node.index) }
        return candidates
    }

    /// The rows of a load that are not registered yet; nil where nobody wants them any more, or where many are of
    /// records that the registry knows.
    private func rows(of load: Load, _ node: NodeState) throws -> StagedExtract? {
        if load.chunksDone == 0, var extract = node.loads.stagedExtracts?.take(load.load) {
            // When it was staged the registry had no records.
            if heldCount > 0 { extract.expectKnownRecords() }
            return extract
        }
        var session = try RegistrySession(databaseURL: node.databaseURL)
        var read = ReadRows(firstChunk: load.chunksDone)
        let index = heldCount > 0 ? node.index : nil
        while read.nextChunk < load.chunks,
            heldCount + Int(read.rows) < RegistryLimits.extractRowsMax
        {
            let chunks = try session.loadChunks(
                load.load, from: read.nextChunk, rowsMax: RegistryLimits.extractReadMax)
            let parts = concurrentSlices(
                count: chunks.count, sliceMin: RegistryLimits.extractSliceChunks
            ) { ReadChunks(chunks[$0], in: index) }
            guard !isAbandoned.load(ordering: .relaxed), parts.allSatisfy({ read.append($0) }),
                read.bringManyNew
            else { return nil }
        }
        return read.takeExtract()
    }

    /// The records of an extract, and behind them those that the index held; nil where nobody wants them any more.
    private func population(of extract: StagedExtract, _ node: NodeState) -> Population? {
        let rows = extract.records.population
        guard heldCount > 0 else { return rows }
        var population = rows.withRoom(for: heldCount)
        // Some at a time, so that whoever writes gets between; what changes meanwhile is told by the index.
        for first in stride(from: 0, to: heldCount, by: RegistryLimits.extractReadMax) {
            guard !isAbandoned.load(ordering: .relaxed) else { return nil }
            let end = min(heldCount, first + RegistryLimits.extractReadMax)
            node.index.read {
                $0.matcher.append(UInt32(first)..<UInt32(end), to: &population)
            }
        }
        return population
    }
}
