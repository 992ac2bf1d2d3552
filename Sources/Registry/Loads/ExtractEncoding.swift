internal import Foundation
internal import Linkage
internal import Synchronization

/// Encodes the rows of an extract on a thread of its own while they are staged, for a command that will
/// register them itself.
final class ExtractEncoding: Sendable {
    /// Chunks that may wait to be encoded.
    private static let chunksWaitingMax = 256

    private let waiting = Handoff<[UInt8]>(countMax: chunksWaitingMax)
    private let extract = Mutex<StagedExtract?>(nil)
    private let isEnded = DispatchSemaphore(value: 0)

    /// Begins to encode.
    init() {
        Thread.detachNewThread { [self] in
            let made = run()
            waiting.close()
            extract.withLock { $0 = made }
            isEnded.signal()
        }
    }

    /// Hands the next chunk over; those beyond what is worth it are passed over.
    func append(_ chunk: [UInt8]) { _ = waiting.push(chunk) }

    /// Says that there are no more chunks.
    func close() { waiting.close() }

    /// Waits for the rows of the chunks that were taken; nil where they cannot be read.
    func finish() -> StagedExtract? {
        close()
        isEnded.wait()
        return extract.withLock { $0.take() }
    }

    private func run() -> StagedExtract? {
        var read = ReadRows()
        var chunks: [[UInt8]] = []
        while read.rows < RegistryLimits.extractRowsMax {
            let chunk = waiting.pop()
            if let chunk { chunks.append(chunk) }
            if chunk == nil || chunks.count == RegistryLimits.extractSliceChunks {
                guard read.append(ReadChunks(chunks[...])) else { return nil }
                chunks.removeAll(keepingCapacity: true)
            }
            if chunk == nil { break }
        }
        return read.takeExtract()
    }
}

/// The encoded rows of loads that a command has staged, for the node by which it registers them.
final class StagedExtracts: Sendable {
    private let extracts = Mutex<[Int64: StagedExtract]>([:])

    /// Keeps those of a load.
    func keep(_ extract: StagedExtract, of load: Int64) {
        extracts.withLock { $0[load] = extract }
    }

    /// Hands out those of a load, once.
    func take(_ load: Int64) -> StagedExtract? {
        extracts.withLock { $0.removeValue(forKey: load) }
    }
}
