import CMemory

/// The filter columns of the records of some blocks, column after column.
///
/// Pairs are formed by distance: the record at each place with the one `distance` places on, sixteen
/// places at a time, whatever blocks they stand in; lanes that cross from one block to the next are
/// masked. So a block of two costs no more a pair than one of hundreds. Blocks lie in the order of
/// their sizes, and a distance begins at the first block that is larger than it.
final class FilterTile {
    /// A pair that passed, by slots.
    typealias Pair = (left: UInt32, right: UInt32)

    /// Places from which a tile is filtered.
    private static let placesMin = 256
    /// Places of one piece of a block too large to be compared whole.
    private static let pieceMax = 1_024

    /// How far ahead rows are fetched from memory.
    private static let lookAhead = 24

    private let rows: FilterRows
    private let bound: PairBound
    private var columns: UnsafeMutablePointer<Int16>
    private var slots: UnsafeMutablePointer<UInt32>
    private var capacity = 1_024
    /// Values from one column to the next: no power of two, by which caches are folded.
    private var columnStride = 0
    /// Places taken.
    private var count = 0
    /// The size of each block and where it starts.
    private var blocks: [(size: Int, start: Int)] = []
    private var passed: [Pair] = []

    /// A tile over rows.
    init(rows: FilterRows, bound: PairBound) {
        self.rows = rows
        self.bound = bound
        columnStride = Self.columnStride(capacity)
        columns = Self.allocate(columnStride)
        slots = .allocate(capacity: capacity)
    }

    deinit {
        columns.deallocate()
        slots.deallocate()
    }

    private static func columnStride(_ capacity: Int) -> Int { capacity + PairBound.width * 3 }

    private static func allocate(_ columnStride: Int) -> UnsafeMutablePointer<Int16> {
        let columns = UnsafeMutablePointer<Int16>.allocate(
            capacity: columnStride * FilterColumn.count)
        columns.initialize(repeating: 0, count: columnStride * FilterColumn.count)
        return columns
    }

    /// Calls `body` with the pairs of a stretch of blocks that may reach the bound's weight, some at a
    /// time.
    func forEachPassed(
        _ stretch: BlockStretch, of index: BlockIndex, _ body: ([Pair]) -> Void
    ) {
        let rule = index.rules[stretch.rule]
        let ordered = BlocksBySize(index, stretch)
        ordered.slots.withUnsafeBufferPointer { source in
            var start = 0
            for size in ordered.sizes {
                let reach = rule.neighbours(size)
                if reach < size - 1 {
                    flush(body)
                    filterPieces(source, start..<start + size, reach: reach, body)
                } else {
                    if count + size > capacity { flush(body) }
                    put(source, start..<start + size)
                    if count >= Self.placesMin { flush(body) }
                }
                start += size
            }
            flush(body)
        }
    }

    /// Filters each record of a block with its next neighbours alone.
    private func filterPieces(
        _ source: UnsafeBufferPointer<UInt32>, _ block: Range<Int>, reach: Int,
        _ body: ([Pair]) -> Void
    ) {
        var start = block.lowerBound
        while start < block.upperBound {
            let end = min(block.upperBound, start + Self.pieceMax)
            put(source, start..<min(block.upperBound, end + reach))
            flush(reach: reach, leftCount: end - start, body)
            start = end
        }
    }

    private func put(_ source: UnsafeBufferPointer<UInt32>, _ block: Range<Int>) {
        if count + block.count > capacity {
            precondition(count == 0, "a tile grows only while it is empty")
            columns.deallocate()
            slots.deallocate()
            capacity = block.count
            columnStride = Self.columnStride(capacity)
            columns = Self.allocate(columnStride)
            slots = .allocate(capacity: capacity)
        }
        blocks.append((block.count, count))
        // Neighbouring blocks differ in the number, which is never 0.
        let number = Int16(blocks.count & 1 + 1)
        let (rows, columns, slots, columnStride) = (rows, columns, slots, columnStride)
        for index in block {
            if index + Self.lookAhead < source.count {
                let row = rows[source[index + Self.lookAhead]]
                padron_prefetch(row)
                padron_prefetch(row + FilterColumn.storedCount - 1)
            }
            let row = rows[source[index]]
            let place = columns + count
            for column in 0..<FilterColumn.storedCount {
                place[column &* columnStride] = row[column]
            }
            place[FilterColumn.block.rawValue &* columnStride] = number
            slots[count] = source[index]
            count += 1
        }
    }

    /// Filters the pairs of all blocks, up to a distance and for the first places, and empties the tile.
    private func flush(reach: Int = .max, leftCount: Int = .max, _ body: ([Pair]) -> Void) {
        var first = 0
        for distance in 1..<max(1, min(reach, (blocks.last?.size ?? 1) - 1) + 1) {
            while blocks[first].size <= distance { first += 1 }
            let end = min(count - distance, leftCount)
            filter(distance, from: blocks[first].start, to: end)
        }
        count = 0
        blocks.removeAll(keepingCapacity: true)
        guard !passed.isEmpty else { return }
        body(passed)
        passed.removeAll(keepingCapacity: true)
    }

    /// Filters the pairs of a distance whose left records are at some places.
    private func filter(_ distance: Int, from start: Int, to end: Int) {
        var place = start
        while place < end {
            let left = PairBound.Side(base: columns + place, stride: columnStride)
            let right = PairBound.Side(base: columns + place + distance, stride: columnStride)
            var lanes = bound.reaches(left, right).bits
            // Lanes behind the last place hold whatever was there before.
            if end - place < PairBound.width { lanes &= 1 &<< UInt32(end - place) &- 1 }
            while lanes != 0 {
                let lane = place + lanes.trailingZeroBitCount
                passed.append((slots[lane], slots[lane + distance]))
                lanes &= lanes &- 1
            }
            place += PairBound.width
        }
    }
}

extension SIMD16<Int16> {
    /// One bit for each lane, of lanes that are all ones or all zeros.
    @inline(__always)
    fileprivate var bits: UInt32 {
        let places = SIMD16<Int16>(
            1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, .min)
        let set = self & places
        let halves = unsafeBitCast(set.lowHalf | set.highHalf, to: SIMD2<UInt64>.self)
        var bits = halves[0] | halves[1]
        bits |= bits &>> 32
        bits |= bits &>> 16
        return UInt32(truncatingIfNeeded: bits & 0xFFFF)
    }
}
