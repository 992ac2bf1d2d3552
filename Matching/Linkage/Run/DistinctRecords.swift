import CMemory

/// The records of a population without exact copies.
///
/// A copy says what its first says: whatever matches one matches the other. So a block of a million
/// equal records costs nothing.
struct DistinctRecords: Sendable {
    /// The first of each group of equal records, in the order of slots.
    private(set) var members: [UInt32] = []
    /// Groups of equal records, in the order of their first.
    private(set) var copies: [(first: UInt32, copies: [UInt32])] = []

    /// How many records ahead their places are fetched from memory.
    private static let lookAhead = 24

    /// The number of copies of each record that has some.
    var copyCounts: [UInt32: Int] {
        Dictionary(uniqueKeysWithValues: copies.map { ($0.first, $0.copies.count) })
    }

    init(_ population: Population) {
        var firsts = FirstTable(population.count)
        // The group of a first record, counted from 1.
        var groups = [UInt32](repeating: 0, count: population.count)
        members.reserveCapacity(population.count)
        for slot in 0..<UInt32(population.count) {
            firsts.prefetch(for: Int(slot) + Self.lookAhead, population.persons)
            // A slot of an index may be without record.
            guard population.persons[Int(slot)].contentHash != 0 else { continue }
            guard let first = firsts.insert(slot, population.persons) else {
                members.append(slot)
                continue
            }
            if groups[Int(first)] == 0 {
                copies.append((first, [slot]))
                groups[Int(first)] = UInt32(copies.count)
            } else {
                copies[Int(groups[Int(first)]) - 1].copies.append(slot)
            }
        }
    }
}

/// The first record of each content: open addressing over half a hash and a slot.
private struct FirstTable {
    /// The upper half of the content's hash and the slot plus one, 0 where the place is free.
    private var places: [UInt64]

    init(_ count: Int) {
        places = Array(repeating: 0, count: (count + count / 2 + 16).nextPowerOfTwo)
    }

    /// Asks for the place of a record to be fetched from memory, if there is such a record.
    @inline(__always)
    func prefetch(for slot: Int, _ persons: [EncodedPerson]) {
        guard slot < persons.count else { return }
        let place = Int(truncatingIfNeeded: persons[slot].contentHash) & (places.count - 1)
        places.withUnsafeBufferPointer { places in
            guard let base = places.baseAddress else { return }
            padron_prefetch(base + place)
        }
    }

    /// The earlier record with the content of a slot; nil, and the slot is kept, if it is the first.
    mutating func insert(_ slot: UInt32, _ persons: [EncodedPerson]) -> UInt32? {
        let hash = persons[Int(slot)].contentHash
        let last = places.count - 1
        var place = Int(truncatingIfNeeded: hash) & last
        while places[place] != 0 {
            let first = UInt32(truncatingIfNeeded: places[place]) - 1
            if places[place] &>> 32 == hash &>> 32, persons[Int(first)].contentHash == hash {
                return first
            }
            place = (place + 1) & last
        }
        places[place] = hash & ~0xFFFF_FFFF | UInt64(slot + 1)
        return nil
    }
}
