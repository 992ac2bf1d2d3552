/// The loose keys of records, for a second look at a query that no rule brings to a likely partner.
///
/// As in ``RescuePass``, a key tells something while few records have it: where a query would make more
/// than ``RescuePass/groupMax``, the entries give way to a mark, so that common keys take next to no
/// memory. A mark stays when records go.
struct RescueTable: ~Copyable {
    /// Records of a key at most, so that the one that asks makes the group full.
    private static let recordsMax = RescuePass.groupMax - 1
    /// Keys of a record at most: some kinds have one for each of two names.
    private static let keysMax = 11
    /// Slots that ``collect(_:_:into:)`` appends at most.
    static let slotsMax = keysMax * recordsMax
    /// In place of a key's slots: there were too many.
    private static let fullMark = UInt32.max

    private var pages = KeyPages()

    /// The bytes held.
    var byteCount: Int { pages.byteCount }

    /// Puts a record under its keys.
    mutating func insert(_ slot: UInt32, _ person: EncodedPerson, _ tokens: TokenTable) {
        let keys = Self.keys(of: person, tokens)
        touch(keys)
        for key in keys {
            // A record may have a key twice, by two of its names.
            let isSettled = pages.withSlots(of: key) { slots in
                slots.first == Self.fullMark || slots.last == slot
            }
            if isSettled { continue }
            if pages.insert(slot, under: key) > Self.recordsMax {
                pages.replaceAll(under: key, by: Self.fullMark)
            }
        }
    }

    /// Takes a record out from under its keys.
    mutating func remove(_ slot: UInt32, _ person: EncodedPerson, _ tokens: TokenTable) {
        for key in Self.keys(of: person, tokens) { pages.remove(slot, under: key) }
    }

    /// Appends the slots that share a key with a record.
    func collect(_ person: EncodedPerson, _ tokens: TokenTable, into found: inout [UInt32]) {
        let keys = Self.keys(of: person, tokens)
        touch(keys)
        for key in keys {
            pages.withSlots(of: key) { slots in
                if slots.first != Self.fullMark { found.append(contentsOf: slots) }
            }
        }
    }

    /// Asks the memory for all pages of a record at once.
    @inline(__always)
    private func touch(_ keys: [UInt32]) {
        var sum: UInt32 = 0
        for key in keys { sum &+= pages.touch(key) }
        withExtendedLifetime(sum) {}
    }

    private static func keys(of person: EncodedPerson, _ tokens: TokenTable) -> [UInt32] {
        var keys: [UInt32] = []
        keys.reserveCapacity(keysMax)
        RescueKeys.forEach(of: person, tokens: tokens, sparingly: true) { keys.append($0) }
        return keys
    }
}
