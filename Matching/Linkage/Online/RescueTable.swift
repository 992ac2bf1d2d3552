/// The loose keys of records, for a second look at a query that no rule brings to a likely partner.
///
/// As in ``RescuePass``, a key tells something while few records have it: where a query would make more
/// than ``RescueKeys/keptGroupMax``, the entries give way to a mark, so that common keys take next to no
/// memory. A mark stays when records go.
struct RescueTable: ~Copyable {
    /// Records of a key at most, so that the one that asks makes the group full.
    static let recordsMax = RescueKeys.keptGroupMax - 1
    /// Keys of a record at most: some kinds have one for each of two names.
    static let keysMax = 11
    /// Slots that ``forEachGroup(_:_:)`` tells at most.
    static let slotsMax = keysMax * recordsMax
    /// In place of a key's slots: there were too many.
    static let fullMark = UInt32.max

    var pages = KeyPages()

    /// The bytes held.
    var byteCount: Int { pages.byteCount }

    /// The keys of a record.
    struct Keys {
        private var keys = InlineArray<11, UInt32>(repeating: 0)
        private(set) var count = 0

        /// The keys of a person.
        init(_ person: EncodedPerson, _ tokens: TokenTable) {
            RescueKeys.forEachKept(of: person, tokens: tokens) { key in
                assert(count < RescueTable.keysMax, "no kind has more keys than it was given room")
                keys[count] = key
                count += 1
            }
        }

        subscript(place: Int) -> UInt32 { keys[place] }
    }

    /// Asks the memory for the pages of a record's keys, to be followed by `prefetchEntries`.
    @inline(__always)
    func prefetchPages(_ keys: borrowing Keys) {
        for place in 0..<keys.count { pages.prefetchPage(keys[place]) }
    }

    /// Asks the memory for the entries of a record's keys.
    @inline(__always)
    func prefetchEntries(_ keys: borrowing Keys) {
        for place in 0..<keys.count { pages.prefetchEntries(keys[place]) }
    }

    /// Puts a record under its keys.
    mutating func insert(_ slot: UInt32, _ keys: borrowing Keys) {
        for place in 0..<keys.count {
            // A record may have a key twice, by two of its names.
            let key = keys[place]
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
    mutating func remove(_ slot: UInt32, _ keys: borrowing Keys) {
        for place in 0..<keys.count { pages.remove(slot, under: keys[place]) }
    }

    /// Calls `body` with the slots of each key that are not too many; the caller has asked the memory.
    @inline(__always)
    func forEachGroup(_ keys: borrowing Keys, _ body: (SlotRun) -> Void) {
        for place in 0..<keys.count {
            let slots = pages.slots(of: keys[place])
            if slots.first != Self.fullMark { body(slots) }
        }
    }
}
