internal import Dispatch
internal import Synchronization

/// The results of a closure for all indices, in order, computed on all cores in slices.
///
/// Short work stays on the calling thread: below `sliceMin` indices there is one slice.
func concurrentMap<Element: Sendable>(
    count: Int, sliceMin: Int, _ body: @Sendable (Range<Int>) -> [Element]
) -> [Element] {
    guard count > sliceMin else { return count == 0 ? [] : body(0..<count) }
    let slices = (count + sliceMin - 1) / sliceMin
    let results = Mutex<[[Element]]>(Array(repeating: [], count: slices))
    DispatchQueue.concurrentPerform(iterations: slices) { slice in
        let range = slice * sliceMin..<min(count, (slice + 1) * sliceMin)
        let part = body(range)
        precondition(part.count == range.count, "one result an index")
        results.withLock { $0[slice] = part }
    }
    return results.withLock { parts in
        var all: [Element] = []
        all.reserveCapacity(count)
        for part in parts { all.append(contentsOf: part) }
        return all
    }
}
