/// The record ids of one or several extracts, each once, numbered in the order of arrival.
///
/// Ids are one if their bytes are: unlike `String`, nothing is held equal that is written otherwise.
/// The table is open addressing with linear probing over 8 bytes an id, a third of what a
/// dictionary of strings takes beside the strings themselves.
package struct RecordIDs: Sendable {
    /// The ids one behind another, apart from the strings they came as: a million small pieces of
    /// memory that stay, among those that go with each batch, slow down every allocation.
    private var bytes: [UInt8] = []
    /// Where each id ends in `bytes`.
    private var ends: [Int] = []
    /// The upper half of an id's hash and its number plus one, 0 where the place is free.
    private var places: [UInt64] = Array(repeating: 0, count: 1024)

    /// Creates an empty table.
    package init() {}

    /// The number of ids.
    package var count: Int { ends.count }

    /// The ids by number.
    package var strings: [String] {
        (0..<count).map { number in
            String(decoding: bytes[range(of: number)], as: UTF8.self)
        }
    }

    private func range(of number: Int) -> Range<Int> {
        (number == 0 ? 0 : ends[number - 1])..<ends[number]
    }

    /// Adds an id; where it stands already nothing changes and its number is returned.
    package mutating func insert(_ id: String) -> UInt32? {
        precondition(count < UInt32.max, "numbers are 32 bits wide")
        if 2 * count >= places.count { grow() }
        let hash = RecordIDs.hash(of: id)
        let last = UInt32(places.count - 1)
        var place = hash & last
        while places[Int(place)] != 0 {
            let entry = places[Int(place)]
            let number = UInt32(truncatingIfNeeded: entry) - 1
            if UInt32(entry >> 32) == hash, isID(Int(number), id) { return number }
            place = (place &+ 1) & last
        }
        id.utf8.span.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        ends.append(bytes.count)
        places[Int(place)] = UInt64(hash) << 32 | UInt64(count)
        return nil
    }

    /// Doubles the table; the halves of the hashes that it holds are enough to place them again.
    private mutating func grow() {
        let last = UInt32(2 * places.count - 1)
        var grown = [UInt64](repeating: 0, count: 2 * places.count)
        for entry in places where entry != 0 {
            var place = UInt32(entry >> 32) & last
            while grown[Int(place)] != 0 { place = (place &+ 1) & last }
            grown[Int(place)] = entry
        }
        places = grown
    }

    /// A hash with a seed of the process, so that no file can be made to fill one place.
    private static func hash(of id: String) -> UInt32 {
        var hasher = Hasher()
        id.utf8.span.withUnsafeBytes { hasher.combine(bytes: $0) }
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }

    private func isID(_ number: Int, _ id: String) -> Bool {
        let known = bytes.span.extracting(range(of: number))
        let id = id.utf8.span
        guard known.count == id.count else { return false }
        for index in known.indices where known[index] != id[index] { return false }
        return true
    }
}
