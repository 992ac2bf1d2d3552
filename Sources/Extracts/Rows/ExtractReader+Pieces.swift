internal import Dispatch
internal import Identity
internal import Synchronization

extension ExtractReader {
    /// Reads the file on several threads and calls `body` with its pieces in order.
    ///
    /// A piece is taken apart as if it began with a row. Where the piece before shows that it does
    /// not (a line ended between quotes), or that its values are in another encoding, it is taken
    /// apart again. So the rows are those that one thread would find.
    ///
    /// - Parameters:
    ///   - takers: One for each thread that takes rows apart, and one for the calling thread; with
    ///     one in all no thread is started.
    ///   - idPrefix: What stands before each record id.
    ///   - body: Takes a piece, on the calling thread.
    /// - Throws: An error of the file, when the pieces before it have been handed out; an error of
    ///   `body`, after which reading stops.
    package consuming func forEachPiece<Taker: RecordTaker>(
        takers: inout [Taker], idPrefix: String = "",
        _ body: (ExtractPiece<Taker.Taken>) throws -> Void
    ) throws {
        precondition(!takers.isEmpty, "the calling thread needs a taker")
        let parser = parser(idPrefix: idPrefix)
        var joint = PieceJoint<Taker>(parser, idPrefix: Array(idPrefix.utf8))
        var source = blocks()
        guard takers.count > 1 else {
            while let block = try source.next(reusing: joint.takeUsed()) {
                try joint.read(block, with: &takers[0], body)
            }
            return
        }
        var spare = takers.removeLast()
        let reading = PieceReading(source, parser, takers)
        takers.removeAll()
        let group = DispatchGroup()
        let threads = DispatchQueue(label: "padron.reading", attributes: .concurrent)
        for _ in 0..<reading.threadCount { threads.async(group: group) { reading.run() } }
        defer {
            reading.stop()
            group.wait()
            takers = reading.takeBack() + [spare]
        }
        while let parsed = try reading.next() {
            try joint.take(parsed, with: &spare, body)
            reading.giveBack(joint.takeUsed(), hasShownUTF8: joint.hasShownUTF8)
        }
    }
}

/// Threads that take blocks apart, and what they have ready.
private final class PieceReading<Taker: RecordTaker>: Sendable {
    private struct Waiting {
        var takers: [Taker]
        var parsed: [Int: ParsedBlock<Taker.Taken>] = [:]
        /// The block that is handed out next.
        var next = 0
        /// Threads that have not ended.
        var running: Int
        var failure: ExtractError?
        /// Memory of blocks that are done with.
        var used: [[UInt8]] = []
        var hasShownUTF8: Bool
        var isStopped = false
    }

    /// Blocks for each thread that may be under way or wait for those before them.
    private static var blocksPerThreadMax: Int { 4 }

    let threadCount: Int
    private let parser: PieceParser
    private let source: Mutex<BlockSource>
    private let waiting: Mutex<Waiting>
    /// Counts the blocks that may still be begun.
    private let room = DispatchSemaphore(value: 0)
    /// Signalled when a block becomes ready and when a thread ends.
    private let ready = DispatchSemaphore(value: 0)

    init(_ source: consuming sending BlockSource, _ parser: PieceParser, _ takers: [Taker]) {
        threadCount = takers.count
        self.parser = parser
        self.source = Mutex(source)
        waiting = Mutex(
            Waiting(takers: takers, running: takers.count, hasShownUTF8: parser.hasShownUTF8))
        // Signalled and not created with this value, below which a semaphore must not end.
        for _ in 0..<threadCount * Self.blocksPerThreadMax { room.signal() }
    }

    /// Takes blocks apart to the end of the file, to an error, or until nobody wants them.
    func run() {
        guard var taker = waiting.withLock({ $0.takers.popLast() }) else { return }
        var parser = parser
        while true {
            room.wait()
            let (used, hasShownUTF8, isStopped) = waiting.withLock {
                ($0.used.popLast() ?? [], $0.hasShownUTF8, $0.isStopped)
            }
            guard !isStopped, let block = nextBlock(used) else { break }
            let number = block.number
            let state = PieceState(hasShownUTF8: hasShownUTF8)
            let parsed = parser.parse(block, from: state, with: &taker)
            waiting.withLock { $0.parsed[number] = parsed }
            ready.signal()
        }
        // The other threads are to end too.
        room.signal()
        waiting.withLock { [taker] in
            $0.takers.append(taker)
            $0.running -= 1
        }
        ready.signal()
    }

    private func nextBlock(_ used: consuming [UInt8]) -> BlockSource.Block? {
        let next = source.withLock { [used] source in
            Result { () throws(ExtractError) in try source.next(reusing: used) }
        }
        switch next {
        case .success(let block): return block
        case .failure(let error):
            waiting.withLock { $0.failure = error }
            return nil
        }
    }

    /// The next block in the order of the file, nil at the end.
    func next() throws(ExtractError) -> ParsedBlock<Taker.Taken>? {
        while true {
            let (parsed, isEnd, failure) = waiting.withLock { waiting in
                let parsed = waiting.parsed.removeValue(forKey: waiting.next)
                if parsed != nil { waiting.next += 1 }
                return (parsed, waiting.running == 0, waiting.failure)
            }
            if let parsed { return parsed }
            if isEnd {
                if let failure { throw failure }
                return nil
            }
            ready.wait()
        }
    }

    /// Takes back the memory of a block and lets another one be begun.
    func giveBack(_ used: consuming [UInt8], hasShownUTF8: Bool) {
        waiting.withLock { [used] in
            $0.used.append(used)
            $0.hasShownUTF8 = hasShownUTF8
        }
        room.signal()
    }

    /// Lets the threads end; nothing is taken afterwards.
    func stop() {
        waiting.withLock { $0.isStopped = true }
        room.signal()
    }

    /// The takers, when all threads have ended.
    func takeBack() -> [Taker] {
        waiting.withLock { waiting in
            defer { waiting.takers = [] }
            return waiting.takers
        }
    }
}
