internal import CMemory

/// A hash table from keys that lie elsewhere to slots, a key under several slots allowed.
///
/// An entry is a slot and 16 bits of its key's hash, five bytes, or six beyond 16 million slots; the
/// caller compares the key itself, so that a table of identifiers holds no identifier. Twelve more bits
/// of the hash choose one of many *parts*, each with linear probing from a home in the order of the
/// hash. A part grows by an eighth when it is four fifths full, a small one by a quarter: so entries
/// take about 6.6 bytes, and no growth takes long.
///
/// A key may have any number of slots: a number that an extract gives to everybody of whom it has none has
/// half a million. A part remembers where the longest probe of late has ended and goes on from there,
/// and a large one grows in the order of its hashes, so that no slot is walked over for each other.
///
/// Guarded with the index that holds it.
package struct SlotTable: ~Copyable {
    private static let partBits: UInt64 = 12
    /// Entries up to which a part is small: what it has to spare is little.
    private static let smallMax: UInt32 = 256
    /// Entries of a part from which it is put in order to grow.
    private static let orderedMin: UInt32 = 4_096
    /// Steps of a probe whose end is remembered.
    private static let longProbeMin = 64
    /// Bytes that are read at once, whatever an entry takes.
    private static let readBytes = 8

    private struct Part {
        /// `capacity` entries, and as many bytes more as are read with the last of them.
        var memory: UnsafeMutableRawPointer?
        var count: UInt32 = 0
        /// The capacity, and whether slots take four bytes.
        private var room: UInt32 = 0
        /// The hash bits of an entry whose probe was long, and where it ended: all places between its home and
        /// there are taken.
        var longProbe: (tag: UInt32, end: UInt32) = (.max, 0)

        private static let wideBit: UInt32 = 1 << 31

        @inline(__always) var capacity: UInt32 { room & ~Self.wideBit }
        @inline(__always) var isWide: Bool { room & Self.wideBit != 0 }
        /// Bytes of an entry.
        @inline(__always) var width: Int { isWide ? 6 : 5 }
        var byteCount: Int {
            memory == nil ? 0 : Int(capacity) * width + SlotTable.readBytes - width
        }

        init() {}

        /// A part with room for entries and none in it.
        init(capacity: UInt32, isWide: Bool) {
            room = capacity | (isWide ? Self.wideBit : 0)
            let bytes = Int(capacity) * width + SlotTable.readBytes - width
            let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 8)
            memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
            self.memory = memory
        }

        /// An entry: a slot plus 1, so that none is 0, below the bits of the hash.
        @inline(__always)
        func load(_ memory: UnsafeMutableRawPointer, _ place: Int) -> UInt64 {
            let bytes = UInt64(
                littleEndian: memory.loadUnaligned(
                    fromByteOffset: place &* width, as: UInt64.self))
            return isWide
                ? bytes & (1 &<< 48 &- 1)
                : bytes & 0xFF_FFFF | (bytes & 0xFF_FF00_0000) &<< 8
        }

        @inline(__always)
        func store(_ entry: UInt64, _ memory: UnsafeMutableRawPointer, _ place: Int) {
            let offset = place &* width
            let bytes = isWide ? entry : entry & 0xFF_FFFF | (entry &>> 32) &<< 24
            memory.storeBytes(
                of: UInt32(truncatingIfNeeded: bytes).littleEndian, toByteOffset: offset,
                as: UInt32.self)
            memory.storeBytes(
                of: UInt8(truncatingIfNeeded: bytes &>> 32), toByteOffset: offset &+ 4,
                as: UInt8.self)
            guard isWide else { return }
            memory.storeBytes(
                of: UInt8(truncatingIfNeeded: bytes &>> 40), toByteOffset: offset &+ 5,
                as: UInt8.self)
        }
    }

    private let parts: UnsafeMutableBufferPointer<Part>
    /// The number of entries.
    package private(set) var count = 0
    /// Bytes of all parts.
    private var partBytes = 0

    /// Creates an empty table.
    package init() {
        parts = .allocate(capacity: 1 << SlotTable.partBits)
        parts.initialize(repeating: Part())
    }

    deinit {
        for part in parts { part.memory?.deallocate() }
        parts.deallocate()
    }

    /// The bytes held.
    package var byteCount: Int { partBytes + parts.count * MemoryLayout<Part>.stride }

    @inline(__always)
    private static func entry(_ slot: UInt32, _ hash: UInt64) -> UInt64 {
        UInt64(slot + 1) | (hash &>> 36 & 0xFFFF) &<< 32
    }

    /// Whether an entry's slot fits into three bytes.
    @inline(__always)
    private static func isNarrow(_ slot: UInt32) -> Bool { slot < 0xFF_FFFF }

    @inline(__always)
    private static func part(of hash: UInt64) -> Int { Int(hash &>> (64 - partBits)) }

    /// The place where the probe of an entry begins.
    @inline(__always)
    private static func home(_ entry: UInt64, _ capacity: UInt32) -> Int {
        Int((entry &>> 32) &* UInt64(capacity) &>> 16)
    }

    /// Asks the memory for the place where the probe of a hash begins.
    @inline(__always)
    package func prefetch(hash: UInt64) {
        let part = parts[SlotTable.part(of: hash)]
        guard let memory = part.memory else { return }
        let home = SlotTable.home(SlotTable.entry(0, hash), part.capacity)
        padron_prefetch(memory + home * part.width)
    }

    /// Makes room for some entries more, so that filling the table with them moves little; all of it, or one of
    /// several steps that make it in turn.
    package mutating func reserve(_ more: Int, step: Int = 0, of steps: Int = 1) {
        let expected = Double((count + more) / parts.count)
        // Hashes fill parts unevenly. Room for the fullest would be a quarter of all at a million
        // entries; so a sixth of the parts grow once.
        let capacity = UInt32((expected + expected.squareRoot() + 2) * 1.25)
        let range = parts.count * step / steps..<parts.count * (step + 1) / steps
        for part in range where parts[part].capacity < capacity {
            grow(part, to: capacity, isWide: parts[part].isWide)
        }
    }

    /// Adds a slot under a hash.
    package mutating func insert(_ slot: UInt32, hash: UInt64) {
        precondition(slot < .max, "slots are below 2^32 - 1")
        let part = SlotTable.part(of: hash)
        let isWide = parts[part].isWide || !SlotTable.isNarrow(slot)
        let capacity = parts[part].capacity
        if (parts[part].count + 1) * 5 > capacity * 4 {
            let step = capacity < SlotTable.smallMax ? capacity / 4 : capacity / 8
            grow(part, to: capacity + max(4, step), isWide: isWide)
        } else if isWide != parts[part].isWide {
            grow(part, to: capacity, isWide: isWide)
        }
        SlotTable.place(SlotTable.entry(slot, hash), in: &parts[part])
        parts[part].count += 1
        count += 1
    }

    /// The first slot under a hash for which a closure says that the key is its own.
    package func first(hash: UInt64, where isKey: (UInt32) -> Bool) -> UInt32? {
        let part = parts[SlotTable.part(of: hash)]
        guard let memory = part.memory else { return nil }
        let tag = hash &>> 36 & 0xFFFF
        var place = SlotTable.home(tag &<< 32, part.capacity)
        while true {
            let entry = part.load(memory, place)
            guard entry != 0 else { return nil }
            if entry &>> 32 == tag {
                let slot = UInt32(truncatingIfNeeded: entry) - 1
                if isKey(slot) { return slot }
            }
            place += 1
            if place == Int(part.capacity) { place = 0 }
        }
    }

    /// Takes a slot under a hash away.
    package mutating func remove(_ slot: UInt32, hash: UInt64) {
        let number = SlotTable.part(of: hash)
        let part = parts[number]
        guard let memory = part.memory else { return }
        let capacity = Int(part.capacity)
        let wanted = SlotTable.entry(slot, hash)
        var gap = SlotTable.home(wanted, part.capacity)
        while true {
            let entry = part.load(memory, gap)
            if entry == wanted { break }
            guard entry != 0 else { return }
            gap = gap + 1 == capacity ? 0 : gap + 1
        }
        // Entries behind the gap move up until each can be found again from its home.
        var next = gap
        while true {
            next = next + 1 == capacity ? 0 : next + 1
            let entry = part.load(memory, next)
            guard entry != 0 else { break }
            let home = SlotTable.home(entry, part.capacity)
            let distance = next >= home ? next - home : next - home + capacity
            let toGap = next >= gap ? next - gap : next - gap + capacity
            if distance >= toGap {
                part.store(entry, memory, gap)
                gap = next
            }
        }
        part.store(0, memory, gap)
        parts[number].longProbe = (.max, 0)
        parts[number].count -= 1
        count -= 1
    }

    private static func place(_ entry: UInt64, in part: inout Part) {
        guard let memory = part.memory else { return }
        let tag = UInt32(truncatingIfNeeded: entry &>> 32)
        let isLong = part.longProbe.tag == tag
        var place = isLong ? Int(part.longProbe.end) : home(entry, part.capacity)
        var steps = 0
        while part.load(memory, place) != 0 {
            place += 1
            steps += 1
            if place == Int(part.capacity) { place = 0 }
        }
        part.store(entry, memory, place)
        if isLong || steps >= longProbeMin { part.longProbe = (tag, UInt32(place)) }
    }

    /// Places entries in the order of their hashes in an empty part, each behind the one before.
    private static func placeAll(_ entries: [UInt64], in part: Part) {
        guard let memory = part.memory else { return }
        var next = 0
        // Behind the last place comes the first one that is free.
        var free = 0
        for entry in entries {
            next = max(next, home(entry, part.capacity))
            if next < Int(part.capacity) {
                part.store(entry, memory, next)
                next += 1
            } else {
                while part.load(memory, free) != 0 { free += 1 }
                part.store(entry, memory, free)
            }
        }
    }

    private mutating func grow(_ number: Int, to capacity: UInt32, isWide: Bool) {
        let old = parts[number]
        var grown = Part(capacity: capacity, isWide: isWide)
        grown.count = old.count
        if let oldMemory = old.memory {
            let isOrdered = old.count >= SlotTable.orderedMin
            var entries: [UInt64] = []
            for place in 0..<Int(old.capacity) {
                let entry = old.load(oldMemory, place)
                guard entry != 0 else { continue }
                if isOrdered {
                    entries.append(entry)
                } else {
                    SlotTable.place(entry, in: &grown)
                }
            }
            entries.sort()
            SlotTable.placeAll(entries, in: grown)
            oldMemory.deallocate()
        }
        parts[number] = grown
        partBytes += grown.byteCount - old.byteCount
    }
}

/// Hashes of the index's keys: FNV-1a, finished by SplitMix64, under a seed of the process.
///
/// The seed keeps anybody outside from choosing identifiers that collide.
enum KeyHash {
    private static let seed = UInt64.random(in: 0 ... .max)

    /// The hash of a text of a kind.
    static func hash(_ kind: UInt64, _ text: Span<UInt8>) -> UInt64 {
        var hash = 0xcbf2_9ce4_8422_2325 ^ seed &+ kind &* 0x9E37_79B9_7F4A_7C15
        for index in text.indices {
            hash = (hash ^ UInt64(text[index])) &* 0x0000_0100_0000_01B3
        }
        return finish(hash)
    }

    /// The hash of a text of a kind.
    static func hash(_ kind: UInt64, _ text: String) -> UInt64 {
        let bytes = text.utf8
        return hash(kind, bytes.span)
    }

    /// The hash of a number.
    static func hash(_ number: UInt64) -> UInt64 { finish(number ^ seed) }

    private static func finish(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
