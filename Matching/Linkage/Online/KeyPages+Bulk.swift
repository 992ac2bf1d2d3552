/// Many entries at once.
///
/// Pages are made in the order in which they lie, each with all that it gets, by as many threads as
/// there are: no two of them have a page in common.
extension KeyPages {
    /// Adds entries; the settlements, one of each thread, come back with what they took note of.
    mutating func insert<Settlement: KeySettlement>(
        _ sources: [KeyEntries], threads: Int, _ makeSettlement: @Sendable () -> Settlement
    ) -> [Settlement] {
        makeRoom(entries: sources.reduce(0) { $0 + $1.count })
        let directory = directory
        let results = Parallel.perThread(KeyEntries.parts, threads: threads) { next in
            var writer = PageWriter(settlement: makeSettlement())
            var (entries, scratch): ([UInt64], [UInt64]) = ([], [])
            while let part = next.take() {
                entries.removeAll(keepingCapacity: true)
                for source in sources { source.move(part, to: &entries) }
                KeyEntries.sort(&entries, &scratch)
                entries.withUnsafeBufferPointer { writer.write($0, to: directory) }
            }
            return (settlement: writer.settlement, entries: writer.entries, bytes: writer.bytes)
        }
        for result in results { take(entries: result.entries, bytes: result.bytes) }
        return results.map(\.settlement)
    }
}

/// Puts sorted entries into pages; one for each thread.
private struct PageWriter<Settlement: KeySettlement> {
    var settlement: Settlement
    /// By how much the entries, and the bytes, of pages have become more.
    private(set) var entries = 0
    private(set) var bytes = 0
    /// A page as it will be.
    private var tags = [UInt16](repeating: 0, count: 1_024)
    private var slots = [UInt32](repeating: 0, count: 1_024)

    init(settlement: Settlement) { self.settlement = settlement }

    /// Writes entries in their order.
    mutating func write(_ sorted: UnsafeBufferPointer<UInt64>, to directory: KeyPages.Directory) {
        var start = 0
        var ofPage: [UInt64] = []
        while start < sorted.count {
            let first = sorted[start] &>> 48
            var end = start + 1
            while end < sorted.count, sorted[end] &>> 48 == first { end += 1 }
            let run = UnsafeBufferPointer(rebasing: sorted[start..<end])
            start = end
            guard directory.pageCount > KeyPages.planePages else {
                write(run, page: directory[Int(first)])
                continue
            }
            // The pages that one was split into, of which each takes its entries of the run.
            for number in stride(from: Int(first), to: directory.pageCount, by: KeyPages.planePages)
            {
                ofPage.removeAll(keepingCapacity: true)
                for entry in run where directory.number(of: KeyEntries.key(entry)) == number {
                    ofPage.append(entry)
                }
                ofPage.withUnsafeBufferPointer { write($0, page: directory[number]) }
            }
        }
    }

    /// Merges entries in the order of tags into a page.
    private mutating func write(
        _ run: UnsafeBufferPointer<UInt64>, page: UnsafeMutablePointer<KeyPages.Page>
    ) {
        guard !run.isEmpty else { return }
        let held = Int(page.pointee.count)
        let room = held + run.count
        if tags.count < room {
            tags = [UInt16](repeating: 0, count: room * 2)
            slots = [UInt32](repeating: 0, count: room * 2)
        }
        let count = tags.withUnsafeMutableBufferPointer { tags in
            slots.withUnsafeMutableBufferPointer { slots in
                Self.merge(run, page.pointee, &settlement, tags, slots)
            }
        }
        bytes -= page.pointee.bytes
        let capacity = Int(page.pointee.capacity)
        let isWide =
            page.pointee.isWide
            || run.contains { !PageSlots.isNarrow(UInt32(truncatingIfNeeded: $0)) }
        if count > capacity || (capacity > 16 && count * 2 < capacity)
            || isWide != page.pointee.isWide
        {
            // Nothing to spare: one by one, entries come to few of all pages.
            page.pointee.replaceMemory(entries: count, spare: 0, isWide: isWide)
        }
        bytes += page.pointee.bytes
        entries += count - held
        page.pointee.count = UInt32(count)
        tags.withUnsafeBufferPointer { tags in
            slots.withUnsafeBufferPointer { slots in
                guard let tag = tags.baseAddress, let room = page.pointee.slots else { return }
                page.pointee.tags?.update(from: tag, count: count)
                for place in 0..<count { room[place] = slots[place] }
            }
        }
    }

    /// Sets tags and slots to those of a page and a run of entries; their number is returned.
    private static func merge(
        _ run: UnsafeBufferPointer<UInt64>, _ page: KeyPages.Page, _ settlement: inout Settlement,
        _ tags: UnsafeMutableBufferPointer<UInt16>, _ slots: UnsafeMutableBufferPointer<UInt32>
    ) -> Int {
        let heldTags = UnsafeBufferPointer(start: page.tags, count: Int(page.count))
        let heldSlots = SlotRun(page.slots, start: 0, count: Int(page.count))
        var (held, next, count) = (0, 0, 0)
        while next < run.count {
            let tag = UInt16(truncatingIfNeeded: run[next] &>> 32)
            while held < heldTags.count, heldTags[held] < tag {
                (tags[count], slots[count]) = (heldTags[held], heldSlots[held])
                (held, count) = (held + 1, count + 1)
            }
            let start = count
            while held < heldTags.count, heldTags[held] == tag {
                slots[count] = heldSlots[held]
                (held, count) = (held + 1, count + 1)
            }
            let earlier = count - start
            let key = KeyEntries.key(run[next])
            while next < run.count, UInt16(truncatingIfNeeded: run[next] &>> 32) == tag {
                slots[count] = UInt32(truncatingIfNeeded: run[next])
                (next, count) = (next + 1, count + 1)
            }
            count =
                start
                + settlement.settle(
                    key, UnsafeMutableBufferPointer(rebasing: slots[start..<count]), held: earlier)
            for place in start..<count { tags[place] = tag }
        }
        while held < heldTags.count {
            (tags[count], slots[count]) = (heldTags[held], heldSlots[held])
            (held, count) = (held + 1, count + 1)
        }
        return count
    }
}
