internal import CMemory

/// Entries on their way into ``KeyPages``: slots with their keys, in parts that lie apart in the pages.
///
/// An entry has the key in its upper half, turned by 16 bits: its page's number, then its tag. So
/// entries in order are those of one page after the other, and in a page in the order of tags.
///
/// It is `@unchecked Sendable` because one thread fills it, and threads that empty it take a part each.
final class KeyEntries: @unchecked Sendable {
    /// Parts, by the upper eight of the 16 bits that tell the page.
    static let parts = 256
    /// Below this many entries comparing them is quicker than counting.
    private static let comparedMax = 512
    /// Entries from which on the memory of all parts is one piece: what is made of them lies between the
    /// parts otherwise, and keeps their memory from the system.
    private static let blockMin = 1 << 15

    private struct Part {
        var entries: UnsafeMutablePointer<UInt64>?
        var count = 0
        var capacity = 0
    }

    private let memory: UnsafeMutablePointer<Part>
    /// The first memory of all parts in one piece, where that is large; else each part has its own.
    private let block: UnsafeMutablePointer<UInt64>?
    /// Entries for which a part makes room at first.
    private let firstCapacity: Int

    /// Makes room for entries whose keys are spread evenly.
    init(expected: Int = 0) {
        memory = .allocate(capacity: Self.parts)
        memory.initialize(repeating: Part(), count: Self.parts)
        firstCapacity = max(16, expected / Self.parts + expected / Self.parts / 16)
        guard expected >= Self.blockMin,
            let mapped = padron_map(Self.parts * firstCapacity * MemoryLayout<UInt64>.stride)
        else {
            block = nil
            return
        }
        let block = mapped.bindMemory(to: UInt64.self, capacity: Self.parts * firstCapacity)
        for part in 0..<Self.parts {
            memory[part].entries = block + part * firstCapacity
            memory[part].capacity = firstCapacity
        }
        self.block = block
    }

    deinit {
        for part in 0..<Self.parts { free(part) }
        if let block {
            padron_unmap(block, Self.parts * firstCapacity * MemoryLayout<UInt64>.stride)
        }
        memory.deallocate()
    }

    /// The number of entries.
    var count: Int { (0..<Self.parts).reduce(0) { $0 + memory[$1].count } }

    /// The number of entries of a part.
    func count(of part: Int) -> Int { memory[part].count }

    /// Adds an entry.
    @inline(__always)
    func append(_ slot: UInt32, under key: UInt32) {
        let turned = key &<< 16 | key &>> 16
        let part = memory + Int(turned &>> 24)
        if part.pointee.count == part.pointee.capacity { grow(part) }
        part.pointee.entries?[part.pointee.count] = UInt64(turned) &<< 32 | UInt64(slot)
        part.pointee.count += 1
    }

    /// The key of an entry.
    @inline(__always)
    static func key(_ entry: UInt64) -> UInt32 {
        let turned = UInt32(truncatingIfNeeded: entry &>> 32)
        return turned &<< 16 | turned &>> 16
    }

    /// Appends the entries of a part to others and frees them.
    func move(_ part: Int, to sorted: inout [UInt64]) {
        sorted.append(
            contentsOf: UnsafeBufferPointer(start: memory[part].entries, count: memory[part].count))
        free(part)
    }

    private func free(_ part: Int) {
        if !isInBlock(memory[part]) { memory[part].entries?.deallocate() }
        memory[part] = Part()
    }

    /// Whether a part still has its first memory, in the block.
    private func isInBlock(_ part: Part) -> Bool {
        guard let block, let entries = part.entries else { return false }
        return entries >= block && entries < block + Self.parts * firstCapacity
    }

    private func grow(_ part: UnsafeMutablePointer<Part>) {
        let capacity = max(firstCapacity, part.pointee.capacity * 2)
        let entries = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
        if let old = part.pointee.entries {
            entries.update(from: old, count: part.pointee.count)
            if !isInBlock(part.pointee) { old.deallocate() }
        }
        part.pointee.entries = entries
        part.pointee.capacity = capacity
    }

    /// Sorts the entries of one part by key, those of one key in the order they came in.
    ///
    /// The eight bits that a part has in common take no sorting; the other 24 of the key are sorted
    /// from the last on, twelve at a time.
    static func sort(_ entries: inout [UInt64], _ scratch: inout [UInt64]) {
        guard entries.count > comparedMax else {
            RadixSort.insertionSort(&entries)
            return
        }
        if scratch.count < entries.count {
            scratch = [UInt64](repeating: 0, count: entries.count + entries.count / 8)
        }
        entries.withUnsafeMutableBufferPointer { entries in
            scratch.withUnsafeMutableBufferPointer { scratch in
                guard let first = entries.baseAddress, let second = scratch.baseAddress else {
                    return
                }
                scatter(first, second, count: entries.count, shift: 32)
                scatter(second, first, count: entries.count, shift: 44)
            }
        }
    }

    private static func scatter(
        _ source: UnsafeMutablePointer<UInt64>, _ target: UnsafeMutablePointer<UInt64>, count: Int,
        shift: UInt64
    ) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4_096) { places in
            places.initialize(repeating: 0)
            for index in 0..<count {
                places[Int(truncatingIfNeeded: source[index] &>> shift & 4_095)] += 1
            }
            var start: UInt32 = 0
            for digit in 0..<4_096 {
                let entries = places[digit]
                places[digit] = start
                start += entries
            }
            for index in 0..<count {
                let digit = Int(truncatingIfNeeded: source[index] &>> shift & 4_095)
                target[Int(places[digit])] = source[index]
                places[digit] += 1
            }
        }
    }
}

/// What becomes of the entries of one key that many new ones join.
protocol KeySettlement: Sendable {
    /// Decides on the slots of a key, the first of which were there before.
    ///
    /// It may change them; how many of the first of them stay, one at least, is returned. It is called once
    /// for each key that gets entries, or once for each entry.
    mutating func settle(
        _ key: UInt32, _ slots: UnsafeMutableBufferPointer<UInt32>, held: Int
    ) -> Int
}
