internal import Foundation
internal import RegistryModel
internal import RegistryStore
internal import Synchronization

/// Reads and drafts the steps of a load on a thread of its own, ahead of the committer.
///
/// It lives within one turn of the committer, in which nobody but the load makes records. So a record that is
/// new when its step is drafted is new when the step is written, unless a step between brings it:
/// the new records of those are remembered.
///
/// It is `@unchecked Sendable` because what changes is touched by its own thread alone, but for the step that was
/// taken ahead, by the committer's alone.
final class StepDrafting: @unchecked Sendable {
    /// Steps that may wait for the committer.
    private static let stepsReadyMax = 1
    /// The steps ahead of one that is being drafted which the index may not have taken yet: those that wait, one
    /// that was taken ahead, one that is prepared or decided, one that is written.
    static let stepsPendingMax = stepsReadyMax + 3

    private let node: NodeState
    private let load: Load
    /// Rows of a step.
    private let rowsMax: Int
    private let extract: StagedExtract?
    private var nextChunk: Int32
    /// The new records of the last steps.
    private var pending: [Set<SubmittedRow.Key>]
    private let ready = Handoff<DraftedStep?>(countMax: stepsReadyMax)
    private let failure = Mutex<(any Error)?>(nil)
    /// The next step, where it was taken ahead.
    private var taken: DraftedStep??

    /// Begins behind the first step of a turn; `extract` has the records encoded already.
    init(
        behind first: DraftedStep, rowsMax: Int, of extract: StagedExtract?, in node: NodeState
    ) {
        self.rowsMax = rowsMax
        self.extract = extract
        self.node = node
        load = first.step.load
        nextChunk = first.step.chunks.upperBound
        pending = [first.newKeys]
        Thread.detachNewThread { [self] in run() }
    }

    /// Waits for the next step; nil where its bytes cannot be read.
    ///
    /// - Throws: Why steps cannot be read from the database.
    func next() throws -> DraftedStep? {
        if let step = taken.take() { return step }
        guard let step = ready.pop() else {
            throw failure.withLock { $0 } ?? CancellationError()
        }
        return step
    }

    /// Takes the next step ahead where it is drafted, so that one more is drafted meanwhile.
    ///
    /// The committer calls it where it decides, alone on its core, since nothing else is left for another one.
    func takeAhead() { if taken == nil { taken = ready.popIfAny() } }

    /// Drafts no more.
    func stop() { ready.close() }

    private func run() {
        defer { ready.close() }
        do {
            var session = try RegistrySession(databaseURL: node.databaseURL)
            while nextChunk < load.chunks {
                let (step, contents) = try session.nextStep(
                    of: load, from: nextChunk, rowsMax: rowsMax)
                let drafted = DraftedStep(
                    step, contents, of: extract, behind: pending, in: node, threads: .one)
                guard ready.push(drafted), let drafted else { return }
                pending.append(drafted.newKeys)
                if pending.count > Self.stepsPendingMax { pending.removeFirst() }
                nextChunk = step.chunks.upperBound
            }
        } catch {
            failure.withLock { $0 = error }
        }
    }
}

extension RegistrySession {
    /// The next chunks of a load: one, and those behind it while their rows are no more than `rowsMax`.
    mutating func nextStep(
        of load: Load, from chunk: Int32, rowsMax: Int
    ) throws -> (step: StagedStep, contents: [[UInt8]]) {
        let contents = try loadChunks(load.load, from: chunk, rowsMax: rowsMax)
        let chunks = chunk..<chunk + Int32(contents.count)
        return (StagedStep(load: load, chunks: chunks), contents)
    }
}
