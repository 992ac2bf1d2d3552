/// The blocks of all rules, changing record by record.
///
/// A block that grows too large is split as in a run: its key is marked, and its records move under
/// keys made with a further fact of theirs. Whoever looks for a block follows the same path. A block
/// that nothing splits is kept in the order of content. A mark stays when records go: until an index
/// is built anew, its blocks are those of all it ever held at once.
///
/// All rules share one table; a key of a rule becomes one of the table by a number of the rule.
struct BlockTable: ~Copyable {
    /// Records of a block from which it is split.
    static let blockMax = BlockIndex.blockMax
    /// Slots below this one can be held.
    static let slotsMax = orderedMark

    /// In place of a block's slots: it was split.
    static let splitMark = UInt32.max
    /// In place of a block's slots: they lie in `ordered`.
    static let orderedMark = UInt32.max - 1

    var pages = KeyPages()
    var ordered: [UInt32: ContentOrder] = [:]

    /// The bytes held.
    var byteCount: Int { pages.byteCount + ordered.values.reduce(0) { $0 + $1.byteCount } }

    /// The keys of a record as this table knows them, 0 where a rule has none.
    static func keys(of person: EncodedPerson, tokens: TokenTable) -> BlockingKeys {
        let keys = BlockingKeyMaker.keys(of: person, tokens: tokens)
        let shared = keys &+ ruleNumbers
        return shared.replacing(with: BlockingKeys.zero, where: keys .== BlockingKeys.zero)
    }

    /// Multiples of an odd number, so that one value has unlike keys under each rule.
    private static let ruleNumbers = {
        var numbers = BlockingKeys.zero
        for rule in 0..<BlockingRule.count { numbers[rule] = UInt32(rule) &* 0x9E37_79B1 }
        return numbers
    }()

    /// Puts a record of the store under its keys, for which the caller has asked the memory.
    mutating func insert(
        _ slot: UInt32, _ keys: BlockingKeys, _ records: borrowing RecordStore, _ tokens: TokenTable
    ) {
        guard let person = records.record(slot) else { return }
        let found = find(keys, of: person, tokens)
        for rule in 0..<BlockingRule.count where keys[rule] != 0 {
            insert(slot, under: found.keys[rule], step: found.steps[rule], records, tokens)
        }
    }

    /// Takes a record, still in the store, out from under its keys.
    mutating func remove(
        _ slot: UInt32, _ keys: BlockingKeys, _ records: borrowing RecordStore, _ tokens: TokenTable
    ) {
        guard let person = records.record(slot) else { return }
        for rule in 0..<BlockingRule.count where keys[rule] != 0 {
            let (key, mark, _) = follow(keys[rule], step: 0, of: person.pointee, tokens)
            if mark == Self.orderedMark {
                ordered[key]?.remove(slot, records)
                guard ordered[key]?.count == 0 else { continue }
                ordered[key] = nil
                pages.remove(Self.orderedMark, under: key)
            } else {
                pages.remove(slot, under: key)
            }
        }
    }

    /// The blocks that the keys of a record lead to.
    struct Found: ~Copyable {
        /// The keys of the blocks themselves.
        var keys: BlockingKeys
        /// How many further keys each is behind the key it began with.
        var steps = InlineArray<16, Int>(repeating: 0)
        /// The slots or the mark of each block, there until the next change.
        var slots = InlineArray<16, SlotRun>(repeating: .none)
    }

    /// Follows the keys of a record, all of them a step at a time, so that memory answers together.
    func find(
        _ keys: BlockingKeys, of person: UnsafePointer<EncodedPerson>, _ tokens: TokenTable
    ) -> Found {
        var found = Found(keys: keys)
        var split: UInt32 = 0
        for rule in 0..<BlockingRule.count where keys[rule] != 0 {
            found.slots[rule] = pages.slots(of: keys[rule])
            if found.slots[rule].first == Self.splitMark { split |= 1 &<< UInt32(rule) }
        }
        while split != 0 {
            let followed = split
            forEachRule(of: followed) { rule in
                let step = found.steps[rule]
                found.keys[rule] = BlockingKeyMaker.refined(
                    found.keys[rule], step, of: person.pointee, tokens: tokens)
                found.steps[rule] = step + 1
                pages.prefetchPage(found.keys[rule])
            }
            forEachRule(of: followed) { pages.prefetchEntries(found.keys[$0]) }
            forEachRule(of: followed) { rule in
                found.slots[rule] = pages.slots(of: found.keys[rule])
                if found.slots[rule].first != Self.splitMark { split &= ~(1 &<< UInt32(rule)) }
            }
        }
        return found
    }

    @inline(__always)
    private func forEachRule(of set: UInt32, _ body: (Int) -> Void) {
        var rest = set
        while rest != 0 {
            body(rest.trailingZeroBitCount)
            rest &= rest &- 1
        }
    }

    /// Appends the slots of an ordered block that a record of this content meets.
    func collectNeighbours(
        _ key: UInt32, _ contentHash: UInt64, _ records: borrowing RecordStore,
        into found: inout [UInt32]
    ) {
        ordered[key]?.collect(contentHash, records, into: &found)
    }

    /// Asks the memory for the pages of a record's keys, to be followed by `prefetchEntries`.
    @inline(__always)
    func prefetchPages(_ keys: BlockingKeys) {
        for rule in 0..<BlockingRule.count { pages.prefetchPage(keys[rule]) }
    }

    /// Asks the memory for the entries of a record's keys.
    @inline(__always)
    func prefetchEntries(_ keys: BlockingKeys) {
        for rule in 0..<BlockingRule.count { pages.prefetchEntries(keys[rule]) }
    }

    /// The key of the block that a record belongs to, the first slot or mark there, and the step.
    private func follow(
        _ key: UInt32, step: Int, of person: EncodedPerson, _ tokens: TokenTable
    ) -> (key: UInt32, first: UInt32?, step: Int) {
        var (key, step) = (key, step)
        while true {
            let first = pages.withSlots(of: key) { $0.first }
            guard first == Self.splitMark else { return (key, first, step) }
            key = BlockingKeyMaker.refined(key, step, of: person, tokens: tokens)
            step += 1
        }
    }

    private mutating func insert(
        _ slot: UInt32, under key: UInt32, step: Int, _ records: borrowing RecordStore,
        _ tokens: TokenTable
    ) {
        guard let person = records.record(slot) else { return }
        let (key, first, step) = follow(key, step: step, of: person.pointee, tokens)
        if first == Self.orderedMark {
            ordered[key]?.insert(slot, records)
            return
        }
        guard pages.insert(slot, under: key) > Self.blockMax else { return }
        let members = pages.withSlots(of: key) { Array($0) }
        if step < BlockingKeyMaker.refinementCount {
            pages.replaceAll(under: key, by: Self.splitMark)
            for member in members {
                guard let person = records.record(member) else { continue }
                let refined = BlockingKeyMaker.refined(
                    key, step, of: person.pointee, tokens: tokens)
                insert(member, under: refined, step: step + 1, records, tokens)
            }
        } else {
            pages.replaceAll(under: key, by: Self.orderedMark)
            var order = ContentOrder()
            for member in members where records.record(member) != nil {
                order.insert(member, records)
            }
            ordered[key] = order
        }
    }
}
