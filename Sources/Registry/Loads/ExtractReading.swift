internal import Extracts
internal import Foundation
internal import Synchronization

/// Reads an extract on a thread of its own, some batches ahead of whoever takes them.
///
/// It is `@unchecked Sendable` because the reader is touched by its own thread alone.
final class ExtractReading: @unchecked Sendable {
    /// Some rows, and how far the file was read with them.
    private struct Portion: Sendable {
        var batch: ExtractBatch
        var bytesRead: Int
    }

    /// Rows that are taken apart at once.
    private static let batchRowsMax = 1_024
    /// Batches that may be ahead.
    private static let batchesAheadMax = 3

    /// The size of the file, nil for standard input.
    let bytesTotal: Int?
    /// Bytes of the file up to the end of the last batch taken.
    private(set) var bytesRead = 0
    private var reader: ExtractReader
    private let failure = Mutex<ExtractError?>(nil)
    private let ready = Handoff<Portion>(countMax: batchesAheadMax)
    /// Batches whose memory is to be used again.
    private let used = Handoff<ExtractBatch>(countMax: batchesAheadMax + 1)

    /// Begins to read.
    init(_ reader: consuming ExtractReader) {
        bytesTotal = reader.bytesTotal
        self.reader = reader
        Thread.detachNewThread { [self] in run() }
    }

    private func run() {
        defer { ready.close() }
        do throws(ExtractError) {
            while true {
                var batch = used.popIfAny() ?? ExtractBatch()
                guard try reader.nextBatch(rowsMax: Self.batchRowsMax, into: &batch),
                    ready.push(Portion(batch: batch, bytesRead: reader.bytesRead))
                else { return }
            }
        } catch {
            failure.withLock { $0 = error }
        }
    }

    /// Replaces a batch by the next rows; false at the end.
    ///
    /// - Throws: An error of the file, when the rows before it have been taken.
    func next(into batch: inout ExtractBatch) throws(ExtractError) -> Bool {
        if !batch.rows.isEmpty || !batch.rejected.isEmpty {
            var old = ExtractBatch()
            swap(&old, &batch)
            _ = used.push(old)
        }
        guard let portion = ready.pop() else {
            if let error = failure.withLock({ $0 }) { throw error }
            return false
        }
        batch = portion.batch
        bytesRead = portion.bytesRead
        return true
    }

    /// Reads no more.
    func stop() {
        ready.close()
        used.close()
    }
}
