internal import Identity
internal import Linkage
internal import RegistryModel

/// The rows of some chunks as the engine takes them.
struct ReadChunks: Sendable {
    var records: EncodedRecords
    /// The rows of each chunk.
    var rows: [UInt32] = []
    /// For each row the hash of its source and local identifier.
    var names: [UInt64] = []
    /// The number of rows whose record an index has.
    var known = 0
    /// Whether they can be read.
    var areRead = true

    /// Reads chunks, and looks for their records in an index.
    init(_ chunks: ArraySlice<[UInt8]>, in index: Guarded<PatientIndex>? = nil) {
        var names: [UInt64] = []
        var known = 0
        var records = EncodedRecords(capacity: chunks.count * Int(RegistryLimits.chunkRowsMax))
        var person = PersonRecord()
        for chunk in chunks {
            let before = records.count
            let isRead = StagedChunk.forEachRow(chunk) { source, localID, _, content in
                guard PackedPerson.read(content, into: &person) else { return false }
                records.append(person, realm: Realm(ofSource: source))
                names.append(PatientIndex.hash(source: source, localID: localID))
                if let index {
                    let name = PackedPerson.string(localID)
                    known += index.read { $0.slot(source: source, localID: name) == nil ? 0 : 1 }
                }
                return true
            }
            guard isRead else {
                areRead = false
                break
            }
            rows.append(UInt32(records.count - before))
        }
        self.records = records
        self.names = names
        self.known = known
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

/// The rows of a load that were read so far, from a chunk on.
struct ReadRows: Sendable {
    private let firstChunk: Int32
    private var firstPlaces: [UInt32] = []
    private var records = EncodedExtract()
    private(set) var rows: UInt32 = 0
    /// Rows of records that the registry knows.
    private var known = 0
    private var names = DifferentHashes()

    init(firstChunk: Int32 = 0) { self.firstChunk = firstChunk }

    /// The chunk behind those that were read.
    var nextChunk: Int32 { firstChunk + Int32(firstPlaces.count) }

    /// Whether most rows bring new records, as far as they are read.
    var bringManyNew: Bool { known * RegistryLimits.extractRowsPerKnownMin <= Int(rows) }

    /// Takes chunks behind those before; false where they cannot be read.
    mutating func append(_ chunks: ReadChunks) -> Bool {
        guard chunks.areRead else { return false }
        known += chunks.known
        for count in chunks.rows {
            firstPlaces.append(rows)
            rows += count
        }
        records.append(chunks.records)
        names.take(chunks.names)
        return true
    }

    /// All of them in one piece; none are left.
    mutating func takeExtract() -> StagedExtract {
        var taken = EncodedExtract()
        swap(&taken, &records)
        taken.close()
        // Rows behind the first chunk may be of records that those before it brought.
        return StagedExtract(
            taken, firstChunk: firstChunk, firstPlaces: firstPlaces,
            bringsNewAlone: names.areDifferent && known == 0 && firstChunk == 0)
    }
}
