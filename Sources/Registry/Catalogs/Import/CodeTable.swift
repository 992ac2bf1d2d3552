/// Codes by number, in the order in which they came.
///
/// Their bytes lie one behind the other, beside a table of numbers by hash: about 20 bytes a code beside its own.
struct CodeTable {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []
    /// Numbers of codes plus one; 0 where a place is free.
    private var slots: [UInt32] = Array(repeating: 0, count: 1 << 10)

    /// How many codes there are.
    var count: Int { ends.count }

    /// The code of a number.
    subscript(number: Int) -> String { String(decoding: bytes[range(number)], as: UTF8.self) }

    /// The number of a code, which it gets where it has none.
    mutating func number(of code: String) -> Int {
        var code = code
        return code.withUTF8 { text in
            let place = place(of: text)
            if slots[place] != 0 { return Int(slots[place]) - 1 }
            precondition(bytes.count + text.count <= UInt32.max, "more than 4 GB of codes")
            bytes.append(contentsOf: text)
            ends.append(UInt32(bytes.count))
            slots[place] = UInt32(ends.count)
            if ends.count * 2 > slots.count { grow() }
            return ends.count - 1
        }
    }

    /// The number of a code that is there; nil for any other.
    func find(_ code: String) -> Int? {
        var code = code
        return code.withUTF8 { text in
            let slot = slots[place(of: text)]
            return slot == 0 ? nil : Int(slot) - 1
        }
    }

    private func range(_ number: Int) -> Range<Int> {
        (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])
    }

    /// Where a code stands among the slots, or may stand.
    private func place(of text: UnsafeBufferPointer<UInt8>) -> Int {
        var place = Self.hash(text) & (slots.count - 1)
        while slots[place] != 0 {
            if bytes[range(Int(slots[place]) - 1)].elementsEqual(text) { return place }
            place = (place + 1) & (slots.count - 1)
        }
        return place
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for number in ends.indices {
            var place =
                bytes[range(number)].withUnsafeBufferPointer(Self.hash) & (slots.count - 1)
            while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
            slots[place] = UInt32(number + 1)
        }
    }

    /// FNV-1a with 64 bits, its halves folded.
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return Int(truncatingIfNeeded: (hash ^ hash >> 32) & 0x7fff_ffff)
    }
}
