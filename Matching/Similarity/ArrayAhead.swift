/// The next, larger storage of an array that grows, filled a little at a time.
///
/// An array that is full moves all it holds at once. One whose owner calls `advance` with each
/// append moves a few elements each time instead, and changes storage before it is full.
@usableFromInline
package struct ArrayAhead<Element>: Sendable where Element: Sendable {
    /// Arrays of fewer elements grow at once.
    @inlinable package static var elementsMin: Int { 4_096 }

    @usableFromInline var next: [Element] = []

    @inlinable package init() {}

    /// The bytes held.
    @inlinable package var byteCount: Int { next.capacity * MemoryLayout<Element>.stride }

    /// Moves a few elements; the array changes storage when all are moved.
    ///
    /// The array must only ever have been appended to since the last call. Storage is changed in time
    /// if at least eight elements move for each appended one.
    @inlinable
    package mutating func advance(_ array: inout [Element], by elements: Int) {
        if next.capacity == 0 {
            guard array.count >= Self.elementsMin, array.count >= array.capacity / 4 * 3 else {
                return
            }
            next.reserveCapacity(array.capacity / 2 * 3)
        }
        guard next.capacity > array.capacity else {
            next = []
            return
        }
        next.append(contentsOf: array[next.count..<min(array.count, next.count + elements)])
        guard next.count == array.count else { return }
        swap(&array, &next)
        next = []
    }
}
