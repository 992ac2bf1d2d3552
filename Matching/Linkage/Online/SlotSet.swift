/// The slots that one query has met, emptied in no time for the next.
///
/// Open addressing in a place that fits the first cache; an entry holds the round in which it was
/// made beside the slot, and entries of earlier rounds are free.
struct SlotSet: Sendable {
    /// Twice what one query collects at most: the last rule may begin just below `candidatesMax`, and
    /// loose keys may follow.
    private static let places =
        2
        * (OnlineIndex.candidatesMax + ContentOrder.wholeMax + RescueTable.slotsMax).nextPowerOfTwo

    private var entries = [UInt64](repeating: 0, count: places)
    private var round: UInt64 = 1

    /// Forgets all slots.
    mutating func removeAll() {
        round = (round + 1) & 0xFFFF_FFFF
        guard round == 0 else { return }
        entries = [UInt64](repeating: 0, count: Self.places)
        round = 1
    }

    /// Adds a slot; false where it is in already.
    mutating func insert(_ slot: UInt32) -> Bool {
        let entry = round &<< 32 | UInt64(slot)
        let mask = Self.places - 1
        var place = Int(truncatingIfNeeded: (UInt64(slot) &* 0x9E37_79B9_7F4A_7C15) &>> 40) & mask
        while entries[place] &>> 32 == round {
            if entries[place] == entry { return false }
            place = (place + 1) & mask
        }
        entries[place] = entry
        return true
    }
}
