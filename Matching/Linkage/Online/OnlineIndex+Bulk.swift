/// Many records at once, on several threads.
///
/// The index is then as if they had come one after the other, which takes many times as long: here
/// keys are sorted, and each page is written once with all that belongs there.
extension OnlineIndex {
    /// Records of one round; what is held beside the index for each of them takes some 250 bytes.
    private static let roundRecords = 1 << 20

    /// Adds pieces of records one behind the other, from a slot on.
    ///
    /// None of the slots holds a record yet. Below some ten thousand records at a time inserting them as
    /// chunks costs less, since here all pages of an index are gone through.
    package func insert(_ pieces: consuming [EncodedRecords], slot: UInt32, threads: Int) {
        var pieces = pieces
        var slot = slot
        var first = 0
        while first < pieces.count {
            var records: [BulkRecords] = []
            var end = slot
            repeat {
                let words = pieces[first].mergeWords(into: &tokens)
                records.append(
                    BulkRecords(persons: pieces[first].persons, numbers: words, slot: end))
                end += UInt32(pieces[first].count)
                pieces[first] = EncodedRecords(capacity: 0)
                first += 1
            } while first < pieces.count
                && Int(end - slot) + pieces[first].count <= Self.roundRecords
            weights.extend(model, tokens: tokens)
            fill(records, slot..<end, threads: threads)
            slot = end
        }
    }

    /// Enters records whose words are in the table.
    func fill(_ pieces: [BulkRecords], _ range: Range<UInt32>, threads: Int) {
        precondition(
            range.upperBound < BlockTable.slotsMax, "an index holds fewer than 2^32 - 2 slots")
        records.makeRoom(for: range)
        let slots = records.slots
        let tokens = tokens
        // Threads take stretches of slots, so that what each makes is in the order of slots.
        let stretches = max(1, min(threads, range.count))
        let made = Parallel.map(stretches, threads: threads) { stretch in
            let start = range.lowerBound + UInt32(range.count * stretch / stretches)
            let end = range.lowerBound + UInt32(range.count * (stretch + 1) / stretches)
            var maker = BulkKeys(records: Int(end - start))
            for piece in pieces { maker.take(piece, start..<end, slots, tokens) }
            return maker
        }
        count += made.reduce(0) { $0 + $1.count }
        blocks.insert(made.map(\.keys.blocks), records, tokens, threads: threads)
        looseKeys.insert(made.map(\.keys.loose), threads: threads)
    }
}

/// Some hundred or thousand records at once, into an index that holds many times as many.
extension OnlineIndex {
    /// Fewer records are entered one by one.
    private static let batchMin = 128

    /// Adds some of the records that were encoded elsewhere, the first under a slot, the others
    /// behind it; none of the slots holds a record.
    package func insert(
        _ added: inout EncodedRecords, _ range: Range<Int>, slot: UInt32, threads: Int
    ) {
        if !added.hasKeys { added.makeKeys() }
        guard range.count >= Self.batchMin else { return insert(&added, range, slot: slot) }
        useWords(of: &added)
        records.makeRoom(for: slot..<slot + UInt32(range.count))
        let slots = records.slots
        let keys = BatchKeys(records: range.count)
        for place in range where added.persons[place].contentHash != 0 {
            let slot = slot + UInt32(place - range.lowerBound)
            guard let record = slots[slot] else { continue }
            precondition(record.pointee.contentHash == 0, "the slots hold no records yet")
            record.pointee = added.persons[place]
            // Records that came with the numbers of the words have no keys yet.
            keys.append(
                added.hasKeys ? added.keys[place] : RecordKeys(added.persons[place], tokens), slot)
            count += 1
        }
        blocks.insert([keys.blocks], records, tokens, areFew: true, threads: threads)
        looseKeys.insert([keys.loose], areFew: true, threads: threads)
    }
}

/// The keys of some records, on their way into the index.
struct BatchKeys: Sendable {
    /// Keys of a record at most: room that no key takes is no memory, but a part that has too little
    /// takes twice as much of another kind, between the pages that stay.
    private static let blockKeys = BlockingRule.count
    private static let looseKeys = RescueTable.keysMax

    let blocks: KeyEntries
    let loose: KeyEntries

    init(records: Int) {
        blocks = KeyEntries(expected: records * Self.blockKeys)
        loose = KeyEntries(expected: records * Self.looseKeys)
    }

    /// Adds the keys of a record.
    func append(_ keys: borrowing RecordKeys, _ slot: UInt32) {
        for rule in 0..<BlockingRule.count where keys.blocks[rule] != 0 {
            blocks.append(slot, under: keys.blocks[rule])
        }
        for place in 0..<keys.loose.count { loose.append(slot, under: keys.loose[place]) }
    }
}

/// Records one behind the other, from a slot on.
struct BulkRecords: Sendable {
    var persons: [EncodedPerson]
    /// The index' number of each word; nil where the records have them.
    var numbers: [UInt32]?
    var slot: UInt32
}

/// The keys of a stretch of slots.
private struct BulkKeys: Sendable {
    let keys: BatchKeys
    private(set) var count = 0

    init(records: Int) { keys = BatchKeys(records: records) }

    /// Puts those records of a piece that are in a stretch into their slots, and takes their keys.
    mutating func take(
        _ piece: BulkRecords, _ stretch: Range<UInt32>, _ slots: RecordStore.Slots,
        _ tokens: TokenTable
    ) {
        let end = min(stretch.upperBound, piece.slot + UInt32(piece.persons.count))
        var slot = max(stretch.lowerBound, piece.slot)
        while slot < end {
            defer { slot += 1 }
            var person = piece.persons[Int(slot - piece.slot)]
            guard person.contentHash != 0, let place = slots[slot] else { continue }
            precondition(place.pointee.contentHash == 0, "the slots hold no records yet")
            if let numbers = piece.numbers { person.renumber(numbers) }
            place.pointee = person
            count += 1
            keys.append(RecordKeys(person, tokens), slot)
        }
    }
}
