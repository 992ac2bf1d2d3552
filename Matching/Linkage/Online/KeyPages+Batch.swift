import CMemory

/// Some thousand entries at once, into pages that hold many times as many.
///
/// Each page gets an entry or two, so that writing it anew would take longer than moving what lies
/// behind them. Nothing is sorted: threads take parts that have no page in common, and go through a part
/// in the order in which its entries came.
extension KeyPages {
    /// Parts of entries that one thread goes through at once.
    private static let partsAtOnce = 16
    /// Below this many entries one thread is quicker than several.
    private static let sharedMin = 1_024

    /// Adds entries one after the other; the settlements, one of each thread, come back with what they
    /// took note of.
    mutating func insertFew<Settlement: KeySettlement>(
        _ sources: [KeyEntries], threads: Int, _ makeSettlement: @Sendable () -> Settlement
    ) -> [Settlement] {
        let expected = sources.reduce(0) { $0 + $1.count }
        makeRoom(entries: expected)
        let directory = directory
        let results = Parallel.perThread(
            KeyEntries.parts / Self.partsAtOnce, threads: expected < Self.sharedMin ? 1 : threads
        ) { next in
            var writer = EntryWriter(settlement: makeSettlement())
            var entries: [UInt64] = []
            while let task = next.take() {
                entries.removeAll(keepingCapacity: true)
                for part in task * Self.partsAtOnce..<(task + 1) * Self.partsAtOnce {
                    for source in sources { source.move(part, to: &entries) }
                }
                entries.withUnsafeBufferPointer { writer.write($0, to: directory) }
            }
            return (settlement: writer.settlement, entries: writer.entries, bytes: writer.bytes)
        }
        for result in results { take(entries: result.entries, bytes: result.bytes) }
        return results.map(\.settlement)
    }
}

/// Puts entries into pages one by one; one for each thread.
private struct EntryWriter<Settlement: KeySettlement> {
    /// How far ahead of an entry its page's place in the directory is asked for, and what lies there.
    private static var pagesAhead: Int { 32 }
    private static var entriesAhead: Int { 16 }

    var settlement: Settlement
    /// By how much the entries, and the bytes, of pages have become more.
    private(set) var entries = 0
    private(set) var bytes = 0
    /// A key's slots with the new one.
    private var ofKey = [UInt32](repeating: 0, count: 64)

    init(settlement: Settlement) { self.settlement = settlement }

    /// Writes entries in their order.
    mutating func write(_ added: UnsafeBufferPointer<UInt64>, to directory: KeyPages.Directory) {
        for place in added.indices {
            if place + Self.pagesAhead < added.count {
                padron_prefetch(page(of: added[place + Self.pagesAhead], directory))
            }
            if place + Self.entriesAhead < added.count {
                let entry = added[place + Self.entriesAhead]
                KeyPages.prefetchEntries(KeyEntries.key(entry), in: page(of: entry, directory))
            }
            add(
                UInt32(truncatingIfNeeded: added[place]), under: KeyEntries.key(added[place]),
                page(of: added[place], directory))
        }
    }

    @inline(__always)
    private func page(
        of entry: UInt64, _ directory: KeyPages.Directory
    ) -> UnsafeMutablePointer<KeyPages.Page> {
        directory[directory.number(of: KeyEntries.key(entry))]
    }

    private mutating func add(
        _ slot: UInt32, under key: UInt32, _ page: UnsafeMutablePointer<KeyPages.Page>
    ) {
        let tag = UInt16(key &>> 16)
        let range = KeyPages.range(of: tag, in: page)
        if ofKey.count <= range.count {
            ofKey = [UInt32](repeating: 0, count: (range.count + 1) * 2)
        }
        if let slots = page.pointee.slots {
            for place in 0..<range.count { ofKey[place] = slots[range.lowerBound + place] }
        }
        ofKey[range.count] = slot
        let kept = ofKey.withUnsafeMutableBufferPointer { ofKey in
            settlement.settle(
                key, UnsafeMutableBufferPointer(rebasing: ofKey[...range.count]),
                held: range.count)
        }
        if kept > range.count {
            return open(page, at: range.upperBound, tag, slot)
        }
        // A mark leaves the page as it is, or takes the place of what was there.
        guard let slots = page.pointee.slots else { return }
        for place in 0..<kept { slots[range.lowerBound + place] = ofKey[place] }
        if kept < range.count { close(page, range.lowerBound + kept..<range.upperBound) }
    }

    /// Puts an entry at a place of a page.
    private mutating func open(
        _ page: UnsafeMutablePointer<KeyPages.Page>, at place: Int, _ tag: UInt16, _ slot: UInt32
    ) {
        bytes -= page.pointee.bytes
        page.pointee.makeRoom(for: slot)
        bytes += page.pointee.bytes
        guard let tags = page.pointee.tags, let slots = page.pointee.slots else { return }
        let behind = Int(page.pointee.count) - place
        (tags + place + 1).update(from: tags + place, count: behind)
        slots.move(behind, from: place, to: place + 1)
        tags[place] = tag
        slots[place] = slot
        page.pointee.count += 1
        entries += 1
    }

    /// Takes entries out of a page.
    private mutating func close(
        _ page: UnsafeMutablePointer<KeyPages.Page>, _ range: Range<Int>
    ) {
        guard let tags = page.pointee.tags, let slots = page.pointee.slots else { return }
        let behind = Int(page.pointee.count) - range.upperBound
        (tags + range.lowerBound).update(from: tags + range.upperBound, count: behind)
        slots.move(behind, from: range.upperBound, to: range.lowerBound)
        page.pointee.count -= UInt32(range.count)
        entries -= range.count
        if page.pointee.capacity > 16, page.pointee.count * 2 < page.pointee.capacity {
            bytes -= page.pointee.bytes
            page.pointee.resize(isWide: page.pointee.isWide)
            bytes += page.pointee.bytes
        }
    }
}
