/// Slots of a block that no key splits, in the order of their records' content.
///
/// As in a run, a record meets its neighbours in this order alone once the block is larger than
/// `wholeMax`. The slots lie in short pieces, so that a change takes the same time in a block of a
/// million.
struct ContentOrder: Sendable {
    /// Records up to which all of the block meet.
    static let wholeMax = BlockIndex.blockMax * 4
    private static let pieceMax = 512

    /// Never empty pieces, but for the one of an empty block.
    private var pieces: [[UInt32]] = [[]]
    private(set) var count = 0

    /// Creates an empty block.
    init() {}

    /// Puts many slots in order at once.
    init(_ slots: [UInt32], _ records: RecordStore.Slots) {
        let sorted = slots.map { (records[$0]?.pointee.contentHash ?? 0, $0) }.sorted { $0 < $1 }
        count = sorted.count
        guard !sorted.isEmpty else { return }
        let length = Self.pieceMax / 4 * 3
        pieces = stride(from: 0, to: sorted.count, by: length).map { start in
            sorted[start..<min(start + length, sorted.count)].map(\.1)
        }
    }

    /// All slots in their order.
    var slots: [UInt32] { pieces.flatMap { $0 } }

    /// The bytes held.
    var byteCount: Int { pieces.reduce(0) { $0 + $1.capacity * 4 + 40 } }

    /// Adds a slot whose record is in the store.
    mutating func insert(_ slot: UInt32, _ records: borrowing RecordStore) {
        let place = Self.order(slot, records)
        let (piece, index) = position(place, records)
        pieces[piece].insert(slot, at: index)
        count += 1
        guard pieces[piece].count > Self.pieceMax else { return }
        let upper = Array(pieces[piece][(Self.pieceMax / 2)...])
        pieces[piece].removeSubrange((Self.pieceMax / 2)...)
        pieces.insert(upper, at: piece + 1)
    }

    /// Takes out a slot whose record is still in the store; false where it is not here.
    @discardableResult
    mutating func remove(_ slot: UInt32, _ records: borrowing RecordStore) -> Bool {
        let (piece, index) = position(Self.order(slot, records), records)
        guard index < pieces[piece].count, pieces[piece][index] == slot else { return false }
        pieces[piece].remove(at: index)
        if pieces[piece].isEmpty, pieces.count > 1 { pieces.remove(at: piece) }
        count -= 1
        return true
    }

    /// Appends the slots that a record of this content meets, all of a block that is not large.
    func collect(
        _ contentHash: UInt64, _ records: borrowing RecordStore, into found: inout [UInt32]
    ) {
        guard count > Self.wholeMax else {
            for piece in pieces { found.append(contentsOf: piece) }
            return
        }
        let reach = BlockIndex.neighboursMax
        let (piece, index) = position((contentHash, 0), records)
        var before = reach
        var (current, end) = (piece, index)
        while before > 0 {
            let start = max(0, end - before)
            found.append(contentsOf: pieces[current][start..<end])
            before -= end - start
            guard current > 0 else { break }
            current -= 1
            end = pieces[current].count
        }
        // One more, since a record that is held meets itself.
        var behind = reach + 1
        var start = index
        current = piece
        while behind > 0, current < pieces.count {
            let end = min(pieces[current].count, start + behind)
            found.append(contentsOf: pieces[current][start..<end])
            behind -= end - start
            (current, start) = (current + 1, 0)
        }
    }

    private static func order(
        _ slot: UInt32, _ records: borrowing RecordStore
    ) -> (UInt64, UInt32) {
        (records.record(slot)?.pointee.contentHash ?? 0, slot)
    }

    /// The first place that does not come before a content and slot.
    private func position(
        _ key: (UInt64, UInt32), _ records: borrowing RecordStore
    ) -> (piece: Int, index: Int) {
        var (low, high) = (0, pieces.count - 1)
        while low < high {
            let middle = (low + high) / 2
            let last = pieces[middle][pieces[middle].count - 1]
            if Self.order(last, records) < key { low = middle + 1 } else { high = middle }
        }
        let piece = low
        (low, high) = (0, pieces[piece].count)
        while low < high {
            let middle = (low + high) / 2
            if Self.order(pieces[piece][middle], records) < key {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return (piece, low)
    }
}
