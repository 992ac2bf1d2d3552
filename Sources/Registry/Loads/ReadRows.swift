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
    var areRead = true

    /// Reads chunks, the first `done` of which are registered: `index` has their records.
    init(_ chunks: ArraySlice<[UInt8]>, done: Int = 0, in index: Guarded<PatientIndex>? = nil) {
        var records = EncodedRecords(capacity: chunks.count * Int(RegistryLimits.chunkRowsMax))
        var slots: [UInt32] = []
        var person = PersonRecord()
        for (place, chunk) in chunks.enumerated() {
            let before = records.count
            let isRead = StagedChunk.forEachRow(chunk) { source, localID, _, content in
                guard PackedPerson.read(content, into: &person) else { return false }
                records.append(person, realm: Realm(ofSource: source))
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

    /// Takes chunks behind those before; false where one cannot be read.
    mutating func append(_ chunks: ReadChunks) -> Bool {
        guard chunks.areRead else { return false }
        for count in chunks.rows {
            firstPlaces.append(rows)
            rows += count
        }
        records.append(chunks.records)
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
        return StagedExtract(taken, firstPlaces: firstPlaces)
    }
}
