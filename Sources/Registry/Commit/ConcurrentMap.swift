internal import Dispatch
internal import Synchronization

/// The results of a closure for all indices, in order, computed on all cores in slices.
///
/// Short work stays on the calling thread: below `sliceMin` indices there is one slice.
func concurrentMap<Element: Sendable>(
    count: Int, sliceMin: Int, _ body: @Sendable (Range<Int>) -> [Element]
) -> [Element] {
    let parts = concurrentSlices(count: count, sliceMin: sliceMin) { range in
        let part = body(range)
        precondition(part.count == range.count, "one result an index")
        return part
    }
    guard parts.count > 1 else { return parts.first ?? [] }
    var all: [Element] = []
    all.reserveCapacity(count)
    for part in parts { all.append(contentsOf: part) }
    return all
}

/// The results of a closure for slices of at most `sliceMin` indices, in order, computed on all
/// cores.
func concurrentSlices<Result: Sendable>(
    count: Int, sliceMin: Int, _ body: @Sendable (Range<Int>) -> Result
) -> [Result] {
    guard count > sliceMin else { return count == 0 ? [] : [body(0..<count)] }
    let slices = (count + sliceMin - 1) / sliceMin
    let results = Mutex<[Result?]>(Array(repeating: nil, count: slices))
    DispatchQueue.concurrentPerform(iterations: slices) { slice in
        let part = body(slice * sliceMin..<min(count, (slice + 1) * sliceMin))
        results.withLock { $0[slice] = part }
    }
    return results.withLock { $0.compactMap { $0 } }
}
