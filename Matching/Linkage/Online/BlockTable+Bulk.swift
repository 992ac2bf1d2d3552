import CMemory

extension BlockTable {
    /// An order that grows by less than one in so many is not sorted anew.
    private static let sortedAnewMax = 16

    /// Puts many records of the store under keys of rules, as if one came after the other.
    ///
    /// Blocks that become too large are split at once: all their records go on, under further keys, with
    /// those of other blocks, until no block is too large.
    ///
    /// `areFew` says that the pages hold many times as many.
    mutating func insert(
        _ entries: consuming [KeyEntries], _ store: borrowing RecordStore, _ tokens: TokenTable,
        areFew: Bool = false, threads: Int
    ) {
        let records = store.slots
        var entries = entries
        var step = 0
        while entries.contains(where: { $0.count > 0 }) {
            // All of them may go on; where they are few, next to none does.
            let further = areFew ? 0 : entries.reduce(0) { $0 + $1.count } / max(1, threads)
            let settle = { @Sendable [step] in
                BlockSettlement(step: step, records: records, tokens: tokens, expected: further)
            }
            let settlements =
                areFew
                ? pages.insertFew(entries, threads: threads, settle)
                : pages.insert(entries, threads: threads, settle)
            for settlement in settlements { order(settlement.ordered, store) }
            entries = settlements.map(\.further)
            step += 1
        }
    }

    /// Adds slots to blocks that nothing splits.
    private mutating func order(_ added: [UInt32: [UInt32]], _ store: borrowing RecordStore) {
        let records = store.slots
        for (key, slots) in added {
            if slots.count < (ordered[key]?.count ?? 0) / Self.sortedAnewMax {
                for slot in slots where (records[slot]?.pointee.contentHash ?? 0) != 0 {
                    ordered[key]?.insert(slot, store)
                }
                continue
            }
            var order = ordered[key].map { $0.slots + slots } ?? slots
            order.removeAll { (records[$0]?.pointee.contentHash ?? 0) == 0 }
            ordered[key] = ContentOrder(order, records)
        }
    }
}

/// Splits blocks while many entries come in.
private struct BlockSettlement: KeySettlement {
    /// How many further keys the entries have been under.
    let step: Int
    let records: RecordStore.Slots
    let tokens: TokenTable
    /// Records of split blocks under their next key.
    private(set) var further: KeyEntries
    /// New slots of blocks that nothing splits, by key.
    private(set) var ordered: [UInt32: [UInt32]] = [:]

    /// Settles entries of which so many at most are expected to go on.
    init(step: Int, records: RecordStore.Slots, tokens: TokenTable, expected: Int) {
        self.step = step
        self.records = records
        self.tokens = tokens
        further = KeyEntries(expected: expected)
    }

    mutating func settle(
        _ key: UInt32, _ slots: UnsafeMutableBufferPointer<UInt32>, held: Int
    ) -> Int {
        if held > 0, slots[0] >= BlockTable.slotsMax {
            goOn(key, slots[held...], isOrdered: slots[0] == BlockTable.orderedMark)
            return held
        }
        guard slots.count > BlockTable.blockMax else { return slots.count }
        let isOrdered = step >= BlockingKeyMaker.refinementCount
        goOn(key, slots[...], isOrdered: isOrdered)
        slots[0] = isOrdered ? BlockTable.orderedMark : BlockTable.splitMark
        return 1
    }

    private mutating func goOn(
        _ key: UInt32, _ slots: Slice<UnsafeMutableBufferPointer<UInt32>>, isOrdered: Bool
    ) {
        if isOrdered {
            ordered[key, default: []].append(contentsOf: slots)
            return
        }
        for slot in slots { if let person = records[slot] { padron_prefetch(person) } }
        for slot in slots {
            guard let person = records[slot], person.pointee.contentHash != 0 else { continue }
            further.append(
                slot,
                under: BlockingKeyMaker.refined(key, step, of: person.pointee, tokens: tokens))
        }
    }
}
