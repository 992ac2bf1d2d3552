/// Bytes that were read and not yet consumed, in one piece and bounded.
struct InputBuffer {
    private var storage = [UInt8](repeating: 0, count: NetworkLimits.inputBytesInitial)
    private var start = 0
    private var end = 0

    var count: Int { end - start }

    /// Whether no byte can be added before some are consumed.
    var isFull: Bool { count == NetworkLimits.inputBytesMax }

    /// The bytes.
    func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        body(storage.span.extracting(start..<end))
    }

    mutating func consume(_ count: Int) {
        precondition(count <= end - start)
        start += count
        if start == end {
            start = 0
            end = 0
        }
    }

    /// Adds what one call can read, and returns how much that was, 0 at the end of the stream.
    mutating func read(from descriptor: Int32) throws(SystemError) -> Int {
        makeRoom()
        let added = try SystemCall.read(descriptor, into: &storage, from: end)
        end += added
        return added
    }

    /// Moves the bytes to the front, or takes a larger piece, where there is no room behind them.
    private mutating func makeRoom() {
        guard end == storage.count else { return }
        precondition(!isFull)
        if start == 0 {
            let larger = min(storage.count * 4, NetworkLimits.inputBytesMax)
            storage += [UInt8](repeating: 0, count: larger - storage.count)
        } else {
            for index in 0..<count { storage[index] = storage[start + index] }
            end -= start
            start = 0
        }
    }
}
