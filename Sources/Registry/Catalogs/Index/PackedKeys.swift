/// Distinct byte strings one behind the other, each with a number in the order in which they came.
struct PackedDictionary {
    private var bytes: [UInt8] = []
    private var starts: [Int] = [0]
    /// The number of a string plus 1, below half of its hash; 0 where none lies.
    ///
    /// It lies by its hash, with linear probing. The half settles nearly all comparisons, and strings
    /// are not looked at when the table grows.
    private var slots = [UInt64](repeating: 0, count: 1_024)

    /// Creates an empty dictionary.
    init() {}

    /// The number of strings.
    var count: Int { starts.count - 1 }

    /// The number of a string, which is added where it is new.
    mutating func number(of key: Span<UInt8>) -> Int {
        let hash = KeyHash.hash(0, key) << 32
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash >> 32) & mask
        while slots[slot] != 0 {
            if slots[slot] & 0xFFFF_FFFF_0000_0000 == hash {
                let number = Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
                let known = bytes.span.extracting(starts[number]..<starts[number + 1])
                if known.isEqual(to: key) { return number }
            }
            slot = (slot + 1) & mask
        }
        key.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        starts.append(bytes.count)
        slots[slot] = hash | UInt64(count)
        if count * 2 > slots.count { grow() }
        return count - 1
    }

    /// The strings in the order of their bytes, and the place of each number in it.
    consuming func sorted() -> (keys: SortedKeys, places: [UInt32]) {
        let (bytes, starts) = (bytes, starts)
        // The first eight bytes settle most comparisons.
        let heads = (0..<count).map { number in
            var head: UInt64 = 0
            for place in 0..<8 {
                let index = starts[number] + place
                head = head << 8 | (index < starts[number + 1] ? UInt64(bytes[index]) : 0)
            }
            return head
        }
        let order = (0..<UInt32(count)).sorted { left, right in
            let (left, right) = (Int(left), Int(right))
            if heads[left] != heads[right] { return heads[left] < heads[right] }
            return bytes[starts[left]..<starts[left + 1]]
                .lexicographicallyPrecedes(bytes[starts[right]..<starts[right + 1]])
        }
        var places = [UInt32](repeating: 0, count: count)
        var keys = SortedKeys()
        for (place, number) in order.enumerated() {
            places[Int(number)] = UInt32(place)
            let number = Int(number)
            keys.append(bytes.span.extracting(starts[number]..<starts[number + 1]))
        }
        return (keys, places)
    }

    private mutating func grow() {
        var grown = [UInt64](repeating: 0, count: slots.count * 4)
        for entry in slots where entry != 0 {
            var slot = Int(truncatingIfNeeded: entry >> 32) & (grown.count - 1)
            while grown[slot] != 0 { slot = (slot + 1) & (grown.count - 1) }
            grown[slot] = entry
        }
        slots = grown
    }
}

/// Distinct byte strings in the order of their bytes, one behind the other.
struct SortedKeys: Sendable {
    private var bytes: [UInt8] = []
    private var starts: [UInt32] = [0]

    /// Creates an empty list.
    init() {}

    /// The number of strings.
    var count: Int { starts.count - 1 }

    /// The bytes held.
    var byteCount: Int { bytes.count + starts.count * MemoryLayout<UInt32>.stride }

    /// Adds a string that comes behind all others.
    mutating func append(_ key: Span<UInt8>) {
        key.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        starts.append(UInt32(bytes.count))
    }

    /// A string as text.
    func text(_ place: Int) -> String {
        String(decoding: bytes[Int(starts[place])..<Int(starts[place + 1])], as: UTF8.self)
    }

    /// Calls a closure with a string.
    func withBytes<Result>(_ place: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        body(bytes.span.extracting(Int(starts[place])..<Int(starts[place + 1])))
    }

    /// The place of a string; nil where it is not among them.
    func place(of key: Span<UInt8>) -> Int? {
        let place = first(notBefore: key)
        guard place < count, withBytes(place, { $0.isEqual(to: key) }) else { return nil }
        return place
    }

    /// The places of all strings that begin with one.
    func places(prefix: Span<UInt8>) -> Range<Int> {
        let first = first(notBefore: prefix)
        var low = first
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let begins = withBytes(middle) { $0.hasPrefix(prefix) }
            if begins { low = middle + 1 } else { high = middle }
        }
        return first..<low
    }

    private func first(notBefore key: Span<UInt8>) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if withBytes(middle, { $0.precedes(key) }) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Span where Element == UInt8 {
    /// Whether both have the same bytes.
    func isEqual(to other: Span<UInt8>) -> Bool { count == other.count && hasPrefix(other) }

    /// Whether it begins with some bytes.
    func hasPrefix(_ prefix: Span<UInt8>) -> Bool {
        guard count >= prefix.count else { return false }
        for index in prefix.indices where self[index] != prefix[index] { return false }
        return true
    }

    /// Whether it comes before another string in the order of bytes.
    func precedes(_ other: Span<UInt8>) -> Bool {
        for index in 0..<Swift.min(count, other.count) where self[index] != other[index] {
            return self[index] < other[index]
        }
        return count < other.count
    }
}

/// For each of many keys the rows that have it, ascending.
struct Postings: Sendable {
    private var starts: [UInt32]
    private var rows: [UInt32]

    /// Sorts pairs of a key and a row, which come in the order of rows; a pair may come twice.
    init(keys: [UInt32], rows pairRows: [UInt32], keyCount: Int) {
        var ends = [UInt32](repeating: 0, count: keyCount + 1)
        for key in keys { ends[Int(key) + 1] += 1 }
        for key in 0..<keyCount { ends[key + 1] += ends[key] }
        var next = ends
        var sorted = [UInt32](repeating: 0, count: keys.count)
        for (key, row) in zip(keys, pairRows) {
            sorted[Int(next[Int(key)])] = row
            next[Int(key)] += 1
        }
        starts = [0]
        starts.reserveCapacity(keyCount + 1)
        rows = []
        rows.reserveCapacity(sorted.count)
        for key in 0..<keyCount {
            var last: UInt32?
            for place in Int(ends[key])..<Int(ends[key + 1]) where sorted[place] != last {
                rows.append(sorted[place])
                last = sorted[place]
            }
            starts.append(UInt32(rows.count))
        }
    }

    /// The bytes held.
    var byteCount: Int { (starts.count + rows.count) * MemoryLayout<UInt32>.stride }

    /// The number of rows that have a key.
    func count(of key: Int) -> Int { Int(starts[key + 1] - starts[key]) }

    /// The rows that have a key.
    func rows(of key: Int) -> ArraySlice<UInt32> {
        rows[Int(starts[key])..<Int(starts[key + 1])]
    }
}

/// A set of rows, a bit each.
struct RowSet: Sendable {
    private var words: [UInt64]

    /// Creates an empty set of rows below a number.
    init(rowCount: Int) { words = [UInt64](repeating: 0, count: (rowCount + 63) / 64) }

    /// The bytes held.
    var byteCount: Int { words.count * MemoryLayout<UInt64>.stride }

    /// The number of rows in it.
    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Whether it holds a row.
    func contains(_ row: Int) -> Bool { words[row >> 6] & (1 << UInt64(row & 63)) != 0 }

    /// Adds rows.
    mutating func insert(_ rows: ArraySlice<UInt32>) {
        for row in rows { words[Int(row >> 6)] |= 1 << UInt64(row & 63) }
    }

    /// Adds a row.
    mutating func insert(_ row: Int) { words[row >> 6] |= 1 << UInt64(row & 63) }

    /// Keeps what another set holds too.
    mutating func formIntersection(_ other: RowSet) {
        for index in words.indices { words[index] &= other.words[index] }
    }

    /// Calls a closure with each row in a range, ascending, until it answers false.
    func forEach(in range: Range<Int>, _ body: (Int) -> Bool) {
        guard !range.isEmpty else { return }
        for index in range.lowerBound >> 6...(range.upperBound - 1) >> 6 {
            var bits = words[index]
            while bits != 0 {
                let row = index << 6 | bits.trailingZeroBitCount
                bits &= bits - 1
                if row < range.lowerBound { continue }
                guard row < range.upperBound, body(row) else { return }
            }
        }
    }
}
