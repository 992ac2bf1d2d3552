/// The filter columns of all records of a population, row after row.
///
/// A row has 96 bytes and begins at a multiple of 32, so that it lies within two cache lines.
final class FilterRows: @unchecked Sendable {  // Guarded by being written by its initialiser alone.
    private static let alignment = 64

    private let memory: UnsafeMutablePointer<Int16>

    /// Fills the rows of a population under some weights.
    init(_ population: Population, _ weights: PairWeights, threads: Int) {
        let size = max(1, population.count * FilterColumn.storedCount)
        memory = UnsafeMutableRawPointer.allocate(
            byteCount: size * MemoryLayout<Int16>.stride, alignment: Self.alignment
        ).bindMemory(to: Int16.self, capacity: size)
        LargePages.prefer(for: UnsafeMutableBufferPointer(start: memory, count: size))
        let shared = SharedMemory(memory)
        let maker = FilterRowMaker(population.tokens, weights, threads: threads)
        let pieces = max(1, threads * 4)
        Parallel.work(pieces, threads: threads) { _, next in
            while let piece = next.take() {
                let first = population.count * piece / pieces
                for slot in first..<population.count * (piece + 1) / pieces {
                    let row = shared.base + slot * FilterColumn.storedCount
                    row.initialize(repeating: 0, count: FilterColumn.storedCount)
                    maker.fill(FilterRow(values: row), of: population.persons[slot])
                }
            }
        }
    }

    deinit { memory.deallocate() }

    /// The row of a record.
    @inline(__always)
    subscript(_ slot: UInt32) -> UnsafePointer<Int16> {
        UnsafePointer(memory + Int(slot) &* FilterColumn.storedCount)
    }
}
