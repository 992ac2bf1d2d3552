internal import CMemory

/// Record slots by key: a map from 32-bit keys to any number of slots each, in five bytes an entry, or
/// six beyond 16 million slots.
///
/// Keys are assumed to be hashes. The low 16 bits or more say in which *page* an entry lies; the high
/// 16 bits, its *tag*, are kept in the page beside the slot, so that the key is known whole. A page is
/// two dense arrays in the order of tags, tags first, in a piece of memory that is at most an eighth
/// larger than they are.
///
/// No change takes long, however many entries there are: pages are small, and when they grow past
/// `pageEntries` in the mean, they are split one at a time by one more bit of the key, each into
/// itself and a new last page (linear hashing; Litwin, VLDB 1980).
struct KeyPages: ~Copyable {
    /// Entries of a page, in the mean, from which pages are split.
    private let pageEntries: Int
    /// Pages of an index that never grew; also those of a directory plane.
    static let planePages = 1 << 16

    /// One page; nothing frees its memory but the owner of the directory.
    struct Page {
        /// `capacity` tags, then `capacity` slots, then a byte; nil for no capacity.
        private(set) var memory: UnsafeMutableRawPointer?
        var count: UInt32 = 0
        /// The capacity, and whether slots take four bytes.
        private var room: UInt32 = 0

        private static let wideBit: UInt32 = 1 << 31

        @inline(__always) var capacity: UInt32 { room & ~Self.wideBit }
        @inline(__always) var isWide: Bool { room & Self.wideBit != 0 }
        @inline(__always) var tags: UnsafeMutablePointer<UInt16>? {
            memory?.assumingMemoryBound(to: UInt16.self)
        }
        @inline(__always) var slots: PageSlots? {
            memory.map { PageSlots(at: $0 + 2 * Int(capacity), isWide: isWide) }
        }
        @inline(__always) var bytes: Int { (2 + PageSlots.width(isWide: isWide)) * Int(capacity) }

        /// Takes memory for some entries and `spare` more, in place of what it has, which is freed.
        mutating func replaceMemory(entries: Int, spare: Int, isWide: Bool) {
            let width = 2 + PageSlots.width(isWide: isWide)
            // All that the allocator would give for so many: 16 bytes at a time, less eight of its own.
            let bytes = (width * (entries + spare) + 1 + 8 + 15) & ~15 - 8
            let capacity = (bytes - 1) / width
            memory?.deallocate()
            let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 8)
            memory.bindMemory(to: UInt16.self, capacity: capacity)
            self.memory = memory
            room = UInt32(capacity) | (isWide ? Self.wideBit : 0)
        }

        /// Moves what it holds to memory of the size it needs, and some more.
        mutating func resize(isWide: Bool) {
            var moved = Page()
            moved.count = count
            moved.replaceMemory(
                entries: Int(count), spare: max(5, Int(count) / 16 + 1), isWide: isWide)
            if let tags, let slots {
                moved.tags?.update(from: tags, count: Int(count))
                moved.slots?.copy(Int(count), from: slots)
            }
            release()
            self = moved
        }

        /// Makes room for one more slot.
        @inline(__always)
        mutating func makeRoom(for slot: UInt32) {
            let isWide = isWide || !PageSlots.isNarrow(slot)
            if count == capacity || isWide != self.isWide { resize(isWide: isWide) }
        }

        /// Frees its memory.
        func release() { memory?.deallocate() }
    }

    /// Where the pages lie, for threads that change pages while nothing changes the directory.
    struct Directory: @unchecked Sendable {  // Guarded by the threads' disjoint pages.
        fileprivate let planes: [UnsafeMutablePointer<Page>]
        let pageCount: Int
        fileprivate let roundMask: UInt32

        @inline(__always)
        subscript(number: Int) -> UnsafeMutablePointer<Page> {
            planes[number / KeyPages.planePages] + number % KeyPages.planePages
        }

        /// The page in which a key's entries lie.
        @inline(__always)
        func number(of key: UInt32) -> Int {
            let number = Int(key & (roundMask &<< 1 | 1))
            return number < pageCount ? number : Int(key & roundMask)
        }
    }

    /// The directory of pages in planes, so that it grows without being moved.
    private var planes: [UnsafeMutablePointer<Page>] = []
    private var pageCount = 0
    /// One less than the number of pages when the present round of splitting began.
    private var roundMask: UInt32
    /// The number of entries.
    private(set) var count = 0
    /// Bytes of the pages, the directory apart.
    private var pageBytes = 0

    init(pageEntries: Int = 512) {
        self.pageEntries = pageEntries
        roundMask = UInt32(Self.planePages - 1)
        addPlane()
        pageCount = Self.planePages
    }

    deinit {
        for number in 0..<pageCount {
            planes[number / Self.planePages][number % Self.planePages].release()
        }
        for plane in planes { plane.deallocate() }
    }

    /// The bytes held.
    var byteCount: Int {
        pageBytes + planes.count * Self.planePages * MemoryLayout<Page>.stride
    }

    /// Asks the memory for the directory's entry of a key, which `prefetchEntries` will read.
    @inline(__always)
    func prefetchPage(_ key: UInt32) { padron_prefetch(page(of: key)) }

    /// Asks the memory for the part of a page that holds a key's entries, or will.
    ///
    /// Asked for many keys in a row, the memory answers them together; one after another they would
    /// take longer.
    @inline(__always)
    func prefetchEntries(_ key: UInt32) { Self.prefetchEntries(key, in: page(of: key)) }

    /// The same in a page that is known.
    @inline(__always)
    static func prefetchEntries(_ key: UInt32, in page: UnsafeMutablePointer<Page>) {
        guard let tags = page.pointee.tags, let slots = page.pointee.slots else { return }
        let guess = guess(UInt16(key &>> 16), page.pointee.count)
        // A prefetch never faults, so that it may reach beyond the page's ends.
        padron_prefetch(tags + guess - windowTags / 2)
        padron_prefetch(tags + guess + windowTags / 2)
        padron_prefetch(slots.address(guess - windowTags / 2))
        padron_prefetch(slots.address(guess + windowTags / 2))
    }

    /// The slots of a key, which are there until the next change.
    @inline(__always)
    func slots(of key: UInt32) -> SlotRun {
        let page = page(of: key)
        guard let slots = page.pointee.slots else { return .none }
        let range = Self.range(of: UInt16(key &>> 16), in: page)
        return SlotRun(slots, start: range.lowerBound, count: range.count)
    }

    /// Calls `body` with the slots of a key.
    @inline(__always)
    func withSlots<Result>(of key: UInt32, _ body: (SlotRun) -> Result) -> Result {
        body(slots(of: key))
    }

    /// Adds an entry behind those of its key; how many the key has now is returned.
    @discardableResult
    mutating func insert(_ slot: UInt32, under key: UInt32) -> Int {
        let page = page(of: key)
        makeRoom(page, for: slot)
        guard let tags = page.pointee.tags, let slots = page.pointee.slots else { return 0 }
        let tag = UInt16(key &>> 16)
        let range = Self.range(of: tag, in: page)
        let behind = Int(page.pointee.count) - range.upperBound
        (tags + range.upperBound + 1).update(from: tags + range.upperBound, count: behind)
        slots.move(behind, from: range.upperBound, to: range.upperBound + 1)
        tags[range.upperBound] = tag
        slots[range.upperBound] = slot
        page.pointee.count += 1
        count += 1
        if count > pageCount * pageEntries { splitNextPage() }
        return range.count + 1
    }

    /// Takes out an entry; false where there is none.
    @discardableResult
    mutating func remove(_ slot: UInt32, under key: UInt32) -> Bool {
        let page = page(of: key)
        guard let tags = page.pointee.tags, let slots = page.pointee.slots else { return false }
        let range = Self.range(of: UInt16(key &>> 16), in: page)
        guard let place = range.first(where: { slots[$0] == slot }) else { return false }
        let behind = Int(page.pointee.count) - place - 1
        (tags + place).update(from: tags + place + 1, count: behind)
        slots.move(behind, from: place + 1, to: place)
        page.pointee.count -= 1
        count -= 1
        if page.pointee.capacity > 16, page.pointee.count * 2 < page.pointee.capacity {
            resize(page)
        }
        return true
    }

    /// Replaces all entries of a key by one.
    mutating func replaceAll(under key: UInt32, by slot: UInt32) {
        let page = page(of: key)
        let range = Self.range(of: UInt16(key &>> 16), in: page)
        guard !range.isEmpty else { return }
        makeRoom(page, for: slot)
        guard let tags = page.pointee.tags, let slots = page.pointee.slots else { return }
        slots[range.lowerBound] = slot
        let behind = Int(page.pointee.count) - range.upperBound
        (tags + range.lowerBound + 1).update(from: tags + range.upperBound, count: behind)
        slots.move(behind, from: range.upperBound, to: range.lowerBound + 1)
        page.pointee.count -= UInt32(range.count - 1)
        count -= range.count - 1
    }
}

// MARK: - Within a page

extension KeyPages {
    /// Where a tag would lie in a page if tags were spread evenly.
    @inline(__always)
    private static func guess(_ tag: UInt16, _ count: UInt32) -> Int {
        Int(truncatingIfNeeded: UInt64(tag) &* UInt64(count) &>> 16)
    }

    /// Tags that are looked at together.
    private static let windowTags = 16

    /// How many of a window's tags, which are in order, lie below a tag.
    @inline(__always)
    private static func below(_ tag: UInt16, _ tags: UnsafePointer<UInt16>) -> Int {
        let window = UnsafeRawPointer(tags).loadUnaligned(as: SIMD16<UInt16>.self)
        let isBelow = unsafeBitCast(window .< SIMD16(repeating: tag), to: SIMD4<UInt64>.self)
        let bits =
            isBelow[0].nonzeroBitCount + isBelow[1].nonzeroBitCount
            + isBelow[2].nonzeroBitCount + isBelow[3].nonzeroBitCount
        return bits / UInt16.bitWidth
    }

    /// The places of a tag's entries; empty, and where they would lie, if there are none.
    @inline(__always)
    static func range(of tag: UInt16, in page: UnsafeMutablePointer<Page>) -> Range<Int> {
        let count = Int(page.pointee.count)
        guard count > 0, let tags = page.pointee.tags else { return 0..<0 }
        var start = guess(tag, page.pointee.count)
        if count >= windowTags {
            // Nearly always within a window about the guess, which is looked through at once.
            start = max(0, min(start - windowTags / 2, count - windowTags))
            start += below(tag, tags + start)
        }
        while start < count, tags[start] < tag { start += 1 }
        while start > 0, tags[start - 1] >= tag { start -= 1 }
        var end = start
        while end < count, tags[end] == tag { end += 1 }
        return start..<end
    }

    @inline(__always)
    private func page(of key: UInt32) -> UnsafeMutablePointer<Page> {
        var number = Int(key & (roundMask &<< 1 | 1))
        if number >= pageCount { number = Int(key & roundMask) }
        return planes[number / Self.planePages] + number % Self.planePages
    }

    /// Moves a page to memory of the size it needs, and some more.
    private mutating func resize(_ page: UnsafeMutablePointer<Page>) {
        pageBytes -= page.pointee.bytes
        page.pointee.resize(isWide: page.pointee.isWide)
        pageBytes += page.pointee.bytes
    }

    @inline(__always)
    private mutating func makeRoom(_ page: UnsafeMutablePointer<Page>, for slot: UInt32) {
        let bytes = page.pointee.bytes
        page.pointee.makeRoom(for: slot)
        pageBytes += page.pointee.bytes - bytes
    }
}

// MARK: - Growing

extension KeyPages {
    /// The directory as it is now.
    var directory: Directory {
        Directory(planes: planes, pageCount: pageCount, roundMask: roundMask)
    }

    /// Splits pages until there are as many as some further entries need.
    mutating func makeRoom(entries: Int) {
        while count + entries > pageCount * pageEntries { splitNextPage() }
    }

    /// Takes note of what became more within pages.
    mutating func take(entries: Int, bytes: Int) {
        count += entries
        pageBytes += bytes
    }

    private mutating func addPlane() {
        let plane = UnsafeMutablePointer<Page>.allocate(capacity: Self.planePages)
        plane.initialize(repeating: Page(), count: Self.planePages)
        planes.append(plane)
    }

    /// Moves the entries of the next page whose keys have one more bit set to a new last page.
    private mutating func splitNextPage() {
        let bit = roundMask &+ 1
        let number = pageCount - Int(bit)
        // Tags hold the upper half of a key; the bits of a round lie there once there are 2^16 pages.
        let tagBit = UInt16(truncatingIfNeeded: bit &>> 16)
        precondition(
            tagBit != 0 && pageCount < Int(UInt32.max), "an index holds 2^41 entries at most")
        if pageCount % Self.planePages == 0 { addPlane() }
        let page = planes[number / Self.planePages] + number % Self.planePages
        let target = planes[pageCount / Self.planePages] + pageCount % Self.planePages
        pageCount += 1
        if pageCount == Int(bit) * 2 { roundMask = roundMask &<< 1 | 1 }
        guard let tags = page.pointee.tags, let slots = page.pointee.slots else { return }
        var kept = 0
        for place in 0..<Int(page.pointee.count) {
            if tags[place] & tagBit != 0 {
                makeRoom(target, for: slots[place])
                let end = Int(target.pointee.count)
                target.pointee.tags?[end] = tags[place]
                if let room = target.pointee.slots { room[end] = slots[place] }
                target.pointee.count += 1
            } else {
                tags[kept] = tags[place]
                slots[kept] = slots[place]
                kept += 1
            }
        }
        page.pointee.count = UInt32(kept)
        resize(page)
        resize(target)
    }
}
