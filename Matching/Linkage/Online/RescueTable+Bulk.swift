extension RescueTable {
    /// Puts many records under their keys, as if one came after the other.
    ///
    /// `areFew` says that the pages hold many times as many.
    mutating func insert(_ entries: [KeyEntries], areFew: Bool = false, threads: Int) {
        let settle = { @Sendable in GroupSettlement() }
        _ =
            areFew
            ? pages.insertFew(entries, threads: threads, settle)
            : pages.insert(entries, threads: threads, settle)
    }
}

/// Gives keys up that too many records have.
private struct GroupSettlement: KeySettlement {
    mutating func settle(
        _ key: UInt32, _ slots: UnsafeMutableBufferPointer<UInt32>, held: Int
    ) -> Int {
        if held > 0, slots[0] == RescueTable.fullMark { return held }
        // A record may have a key twice, by two of its names; its entries lie together.
        var count = held
        for place in held..<slots.count where count == 0 || slots[count - 1] != slots[place] {
            slots[count] = slots[place]
            count += 1
        }
        guard count > RescueTable.recordsMax else { return count }
        slots[0] = RescueTable.fullMark
        return 1
    }
}
