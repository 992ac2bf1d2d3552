package import Identity

/// A record of the index that may be of the person asked for.
package struct OnlineCandidate: Sendable, Equatable {
    package var slot: UInt32
    /// The match weight in bits.
    package var weight: Float
    /// Whether the records contradict each other, whatever the weight says.
    package var isVetoed: Bool

    /// The probability that both records are of one person.
    package var probability: Double { ThresholdEstimation.probability(weight) }
}

/// Records that can be matched one at a time, under one model.
///
/// Encoding, keys, comparison and weights are those of a run: for one model and one pair the weight
/// is the same to the last bit. So are the blocks, with these limits: equal records count each (a run
/// sets copies aside), a block once split stays so, and one query meets `candidatesMax` records. A query
/// that these bring to no likely partner takes a second look, by the most fruitful of a run's
/// ``RescueKeys``.
///
/// A change takes microseconds whatever the index holds: nothing is moved or built anew as a whole.
///
/// It has no lock of its own. Any number of calls of `match` and `matchHeld` may run at once, but
/// none while `insert`, `update` or `remove` runs, and of these one at a time: the caller's lock sees
/// to that, and is what makes it sendable.
package final class OnlineIndex: @unchecked Sendable {
    /// Candidates compared for one query at most, those of the surest rules first.
    package static let candidatesMax = 1_024

    package private(set) var model: LinkageModel
    var weights: PairWeights
    var tokens = TokenTable()
    private var encoder = PersonEncoder()
    var records = RecordStore()
    var blocks = BlockTable()
    var looseKeys = RescueTable()
    let spareMemories = SpareMemories()
    /// The number of records held.
    package internal(set) var count = 0

    /// Creates an empty index.
    package init(model: LinkageModel) {
        self.model = model
        weights = PairWeights(model, tokens: tokens)
    }

    /// Weighs by another model from now on; keys and encoding are of no model.
    package func use(_ model: LinkageModel) {
        self.model = model
        weights = PairWeights(model, tokens: tokens)
    }

    /// The bytes held by records, keys and words.
    package var byteCount: Int {
        records.byteCount + blocks.byteCount + looseKeys.byteCount + tokens.byteCount
    }

    /// Adds a record under a slot, in place of the one that was there.
    package func insert(_ person: PersonRecord, slot: UInt32, realm: Realm = .patient) {
        let words = tokens.count
        var encoded = encoder.encode(person, tokens: &tokens)
        encoded.enter(realm)
        // 0 stands for a slot without record.
        if encoded.contentHash == 0 { encoded.contentHash = 1 }
        learnWords(from: words)
        let keys = RecordKeys(encoded, tokens)
        prefetchPages(keys)
        prefetchEntries(keys)
        insert(encoded, keys, slot: slot)
    }

    /// Adds some of the records that were encoded elsewhere, the first under a slot, the others
    /// behind it.
    package func insert(_ records: inout EncodedRecords, _ range: Range<Int>, slot: UInt32) {
        useWords(of: &records)
        let keys =
            records.keys.isEmpty
            ? range.map { RecordKeys(records.persons[$0], tokens) } : Array(records.keys[range])
        for (offset, place) in range.enumerated() {
            if offset + 2 < keys.count { prefetchPages(keys[offset + 2]) }
            if offset + 1 < keys.count { prefetchEntries(keys[offset + 1]) }
            guard records.persons[place].contentHash != 0 else { continue }
            insert(records.persons[place], keys[offset], slot: slot + UInt32(offset))
        }
    }

    /// Replaces the record of a slot.
    package func update(_ person: PersonRecord, slot: UInt32, realm: Realm = .patient) {
        insert(person, slot: slot, realm: realm)
    }

    /// A hash of what the record of a slot says, equal for records that say the same; nil where there is none.
    package func contentHash(of slot: UInt32) -> UInt64? {
        records.record(slot)?.pointee.contentHash
    }

    /// Takes out the record of a slot; a slot without record is left as it is.
    package func remove(slot: UInt32) {
        guard let record = records.record(slot) else { return }
        let keys = RecordKeys(record.pointee, tokens)
        blocks.remove(slot, keys.blocks, records, tokens)
        looseKeys.remove(slot, keys.loose)
        records.remove(slot)
        count -= 1
    }

    private func insert(_ encoded: EncodedPerson, _ keys: RecordKeys, slot: UInt32) {
        precondition(slot < BlockTable.slotsMax, "an index holds fewer than 2^32 - 2 slots")
        remove(slot: slot)
        records.set(slot, to: encoded)
        count += 1
        blocks.insert(slot, keys.blocks, records, tokens)
        looseKeys.insert(slot, keys.loose)
    }

    /// Asks the memory for the pages under which a record will be entered.
    func prefetchPages(_ keys: RecordKeys) {
        blocks.prefetchPages(keys.blocks)
        looseKeys.prefetchPages(keys.loose)
    }

    func prefetchEntries(_ keys: RecordKeys) {
        blocks.prefetchEntries(keys.blocks)
        looseKeys.prefetchEntries(keys.loose)
    }

    /// Gives records the numbers that their words have here.
    func useWords(of records: inout EncodedRecords) {
        let words = tokens.count
        records.useWords(of: &tokens)
        learnWords(from: words)
    }

    /// Adds the words of a table; answers the number that each of them has here.
    func takeWords(of table: TokenTable) -> [UInt32] {
        let numbers = tokens.merge(table)
        weights.extend(model, tokens: tokens)
        return numbers
    }

    /// Takes in the words that came behind the first ones.
    private func learnWords(from first: Int) {
        guard tokens.count > first else { return }
        weights.extend(model, tokens: tokens)
        tokens.growAhead(words: tokens.count - first)
    }
}

/// All keys under which a record is entered.
struct RecordKeys {
    let blocks: BlockingKeys
    let loose: RescueTable.Keys

    init(_ person: EncodedPerson, _ tokens: TokenTable) {
        blocks = BlockTable.keys(of: person, tokens: tokens)
        loose = RescueTable.Keys(person, tokens)
    }
}
