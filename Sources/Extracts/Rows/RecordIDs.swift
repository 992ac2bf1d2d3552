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
    package var strings: [String] { (0..<count).map { self[UInt32($0)] } }

    /// The id of a number.
    package subscript(number: UInt32) -> String {
        withBytes(of: number) { id in
            id.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// Calls `body` with the UTF-8 bytes of an id.
    @inline(__always)
    func withBytes<Result>(of number: UInt32, _ body: (Span<UInt8>) -> Result) -> Result {
        body(bytes.span.extracting(range(of: Int(number))))
    }

    private func range(of number: Int) -> Range<Int> {
        (number == 0 ? 0 : ends[number - 1])..<ends[number]
    }

    /// Adds an id; where it stands already nothing changes and its number is returned.
    package mutating func insert(_ id: String) -> UInt32? {
        insert(id.utf8.span, hash: RecordIDs.hash(of: id.utf8.span))
    }

    /// Adds the id of a row of a piece.
    package mutating func insert<Taken>(_ row: Int, of piece: ExtractPiece<Taken>) -> UInt32? {
        piece.withRecordID(of: row) { id, hash in insert(id, hash: hash) }
    }

    /// Makes room for a number of ids in all.
    package mutating func reserveCapacity(_ ids: Int) {
        guard ids > count else { return }
        if count > 0 { bytes.reserveCapacity(bytes.count / count * ids + ids) }
        ends.reserveCapacity(ids)
        while !isEnough(places.count, for: ids) { grow() }
    }

    /// Gives back the memory that only further ids need; none may come afterwards.
    package mutating func freeze() { places = [] }

    /// Linear probing stays short up to five places of eight.
    private func isEnough(_ places: Int, for ids: Int) -> Bool { 8 * ids < 5 * places }

    private mutating func insert(_ id: Span<UInt8>, hash: UInt32) -> UInt32? {
        precondition(count < UInt32.max, "numbers are 32 bits wide")
        precondition(!places.isEmpty, "the ids are not frozen")
        if !isEnough(places.count, for: count + 1) { grow() }
        let last = UInt32(places.count - 1)
        var place = hash & last
        while places[Int(place)] != 0 {
            let entry = places[Int(place)]
            let number = UInt32(truncatingIfNeeded: entry) - 1
            if UInt32(entry >> 32) == hash, isID(Int(number), id) { return number }
            place = (place &+ 1) & last
        }
        id.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
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

    /// A number of the process, so that no file can be made to fill one place.
    private static let seed = UInt64.random(in: .min ... .max)

    /// A hash of an id: eight bytes at a time, multiplied and folded (wyhash, Wang Yi 2019).
    static func hash(of id: Span<UInt8>) -> UInt32 {
        var hash = seed ^ UInt64(id.count)
        var index = 0
        while index + 8 <= id.count {
            let word = id.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            hash = fold(hash ^ word, 0xA076_1D64_78BD_642F ^ seed)
            index += 8
        }
        var rest: UInt64 = 0
        while index < id.count {
            rest = rest << 8 | UInt64(id[index])
            index += 1
        }
        let mixed = fold(fold(hash ^ rest, 0xE703_7ED1_A0B4_28DB ^ seed), 0x8EBC_6AF0_9C88_C6E3)
        return UInt32(truncatingIfNeeded: mixed)
    }

    @inline(__always)
    private static func fold(_ first: UInt64, _ second: UInt64) -> UInt64 {
        let product = first.multipliedFullWidth(by: second)
        return product.high ^ product.low
    }

    private func isID(_ number: Int, _ id: Span<UInt8>) -> Bool {
        let known = bytes.span.extracting(range(of: number))
        guard known.count == id.count else { return false }
        for index in known.indices where known[index] != id[index] { return false }
        return true
    }
}
