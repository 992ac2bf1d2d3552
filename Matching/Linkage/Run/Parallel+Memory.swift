/// Memory of which each thread writes a part of its own.
///
/// Whoever uses it sees to it that no two threads have a part in common.
struct SharedMemory<Element>: @unchecked Sendable {  // Guarded by the tasks' disjoint parts.
    let base: UnsafeMutablePointer<Element>

    init(_ base: UnsafeMutablePointer<Element>) { self.base = base }

    @inline(__always)
    subscript(index: Int) -> Element {
        get { base[index] }
        nonmutating set { base[index] = newValue }
    }
}

extension Parallel {
    /// Changes an array in pieces; `range` tells each piece's part, which no other shares.
    static func update<Element>(
        _ array: inout [Element], pieces: Int, threads: Int,
        _ range: @Sendable (Int) -> Range<Int>,
        _ body: @Sendable (Int, UnsafeMutableBufferPointer<Element>) -> Void
    ) {
        array.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            let memory = SharedMemory(base)
            work(pieces, threads: threads) { _, next in
                while let piece = next.take() {
                    let part = range(piece)
                    body(
                        piece,
                        UnsafeMutableBufferPointer(
                            start: memory.base + part.lowerBound, count: part.count))
                }
            }
        }
    }

    /// The results of `body` for the first elements of an array, each of which it may change.
    static func mapEach<Element, Result: Sendable>(
        _ array: inout [Element], count: Int, threads: Int,
        _ body: @Sendable (Int, inout Element) -> Result
    ) -> [Result] {
        precondition(count <= array.count, "there is an element for each call")
        return array.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return [] }
            let memory = SharedMemory(base)
            return map(count, threads: threads) { body($0, &memory.base[$0]) }
        }
    }
}

extension Parallel {
    /// The array of `body` for 0 ..< count, made in place by all threads.
    static func array<Element: BitwiseCopyable>(
        _ count: Int, threads: Int, _ body: @Sendable (Int) -> Element
    ) -> [Element] {
        [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = count
            guard let base = buffer.baseAddress else { return }
            LargePages.prefer(for: buffer)
            let memory = SharedMemory(base)
            let pieces = max(1, min(count / 1_024, threads * 8))
            work(pieces, threads: threads) { _, next in
                while let piece = next.take() {
                    for index in count * piece / pieces..<count * (piece + 1) / pieces {
                        (memory.base + index).initialize(to: body(index))
                    }
                }
            }
        }
    }
}
