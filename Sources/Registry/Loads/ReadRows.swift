internal import Identity
internal import Linkage
internal import RegistryModel

/// The rows of some chunks as the engine takes them.
struct ReadChunks: Sendable {
    var records: EncodedRecords
    /// The rows of each chunk.
    var rows: [UInt32] = []
    /// For each row of a chunk that is registered already the slot of its record.
    var slots: [UInt32] = []
    /// For each row the hash of its source and local identifier.
    var names: [UInt64] = []
    var areRead = true

    /// Reads chunks, the first `done` of which are registered: `index` has their records.
    init(_ chunks: ArraySlice<[UInt8]>, done: Int = 0, in index: Guarded<PatientIndex>? = nil) {
        var names: [UInt64] = []
        var records = EncodedRecords(capacity: chunks.count * Int(RegistryLimits.chunkRowsMax))
        var slots: [UInt32] = []
        var person = PersonRecord()
        for (place, chunk) in chunks.enumerated() {
            let before = records.count
            let isRead = StagedChunk.forEachRow(chunk) { source, localID, _, content in
                guard PackedPerson.read(content, into: &person) else { return false }
                records.append(person, realm: Realm(ofSource: source))
                names.append(PatientIndex.hash(source: source, localID: localID))
                if place < done, let index {
                    let name = PackedPerson.string(localID)
                    slots.append(
                        index.read { $0.slot(source: source, localID: name) }
                            ?? ExtractCandidates.noSlot)
                }
                return true
            }
            if !isRead { areRead = false }
            rows.append(UInt32(records.count - before))
        }
        self.records = records
        self.slots = slots
        self.names = names
    }
}

/// Whether hashes are all different, which come some at a time.
private struct DifferentHashes {
    /// Open addressing; 0 where a place is free.
    private var places: [UInt64] = [UInt64](repeating: 0, count: 1 << 16)
    private var count = 0
    /// Whether none came twice so far; nothing more is kept once one has.
    private(set) var areDifferent = true

    mutating func take(_ hashes: [UInt64]) {
        guard areDifferent else { return }
        if (count + hashes.count) * 2 > places.count { grow(for: count + hashes.count) }
        for hash in hashes where !insert(hash) {
            areDifferent = false
            places = []
            return
        }
        count += hashes.count
    }

    private mutating func insert(_ hash: UInt64) -> Bool {
        // 0 would say that the place is free; one more hash that is taken for another is no harm.
        let hash = max(hash, 1)
        var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
        while places[place] != 0 {
            if places[place] == hash { return false }
            place = (place + 1) & (places.count - 1)
        }
        places[place] = hash
        return true
    }

    private mutating func grow(for count: Int) {
        let old = places
        var size = old.count
        while size < count * 4 { size *= 2 }
        places = [UInt64](repeating: 0, count: size)
        for hash in old where hash != 0 { _ = insert(hash) }
    }
}

/// The rows of a load that were read so far.
struct ReadRows: Sendable {
    private(set) var firstPlaces: [UInt32] = []
    /// For each row that was registered already, as the first of its record, the slot of that.
    private(set) var slots: [UInt32] = []
    private var records = EncodedExtract()
    private(set) var rows: UInt32 = 0
    private var taken: Set<UInt32> = []
    private var names = DifferentHashes()

    /// Takes chunks behind those before; false where one cannot be read.
    mutating func append(_ chunks: ReadChunks) -> Bool {
        guard chunks.areRead else { return false }
        for count in chunks.rows {
            firstPlaces.append(rows)
            rows += count
        }
        records.append(chunks.records)
        names.take(chunks.names)
        for slot in chunks.slots {
            // Of the rows of a record the first is what it came with.
            slots.append(taken.insert(slot).inserted ? slot : ExtractCandidates.noSlot)
        }
        return true
    }

    /// All of them in one piece; none are left.
    mutating func takeExtract() -> StagedExtract {
        var taken = EncodedExtract()
        swap(&taken, &records)
        taken.close()
        return StagedExtract(
            taken, firstPlaces: firstPlaces, namesDiffer: names.areDifferent)
    }
}
