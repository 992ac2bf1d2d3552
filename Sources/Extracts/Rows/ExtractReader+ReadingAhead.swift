internal import Dispatch
internal import Synchronization

extension ExtractReader {
    /// Calls `body` with all batches in order, while another thread reads on.
    ///
    /// The thread is gone when the call returns.
    ///
    /// - Parameters:
    ///   - rowsMax: The most rows of a batch.
    ///   - batchesAhead: How many batches may wait for `body`; with 0 no thread is started.
    ///   - body: Takes a batch.
    /// - Throws: An error of the file, when the batches before it have been handed out; an error of
    ///   `body`, after which reading stops.
    package consuming func forEachBatch(
        rowsMax: Int, batchesAhead: Int, _ body: (ExtractBatch) throws -> Void
    ) throws {
        precondition(batchesAhead >= 0)
        guard batchesAhead > 0 else {
            var batch = ExtractBatch()
            while try nextBatch(rowsMax: rowsMax, into: &batch) { try body(batch) }
            return
        }
        let reading = ReadingAhead(self, rowsMax: rowsMax, batchesAhead: batchesAhead)
        let thread = DispatchQueue(label: "padron.reading")
        thread.async { reading.run() }
        defer {
            reading.stop()
            thread.sync {}
        }
        while let batch = try reading.take() {
            try body(batch)
            reading.giveBack(batch)
        }
    }
}

/// A reader at work on one thread and the batches that it hands to another.
private final class ReadingAhead: Sendable {
    private struct Waiting {
        var batches: [Result<ExtractBatch?, ExtractError>] = []
        /// Batches to be filled again, which saves asking for their memory.
        var used: [ExtractBatch] = []
        var isStopped = false
    }

    private let reader: Mutex<ExtractReader>
    private let rowsMax: Int
    private let waiting = Mutex(Waiting())
    /// Counts the batches that may still be read ahead.
    private let room = DispatchSemaphore(value: 0)
    /// Counts the batches that wait.
    private let ready = DispatchSemaphore(value: 0)

    init(_ reader: consuming sending ExtractReader, rowsMax: Int, batchesAhead: Int) {
        self.reader = Mutex(reader)
        self.rowsMax = rowsMax
        // Signalled and not created with this value, below which a semaphore must not end.
        for _ in 0..<batchesAhead { room.signal() }
    }

    /// Reads to the end, to an error, or until the taker has stopped.
    func run() {
        while true {
            room.wait()
            let used = waiting.withLock { $0.isStopped ? nil : $0.used.popLast() ?? ExtractBatch() }
            guard var batch = used else { return }
            let next = reader.withLock { reader in
                Result { () throws(ExtractError) -> ExtractBatch? in
                    try reader.nextBatch(rowsMax: rowsMax, into: &batch) ? batch : nil
                }
            }
            waiting.withLock { $0.batches.append(next) }
            ready.signal()
            guard case .success(.some) = next else { return }
        }
    }

    /// The next batch, nil at the end.
    func take() throws(ExtractError) -> ExtractBatch? {
        ready.wait()
        let next = waiting.withLock { $0.batches.removeFirst() }
        room.signal()
        return try next.get()
    }

    /// Takes back a batch that is of no more use.
    func giveBack(_ batch: consuming ExtractBatch) {
        waiting.withLock { [batch] in $0.used.append(batch) }
    }

    /// Lets the reader end; nothing is taken afterwards.
    func stop() {
        waiting.withLock { $0.isStopped = true }
        room.signal()
    }
}
