internal import Identity
internal import Linkage
internal import RegistryModel

/// Records one behind the other, with all that the index makes of them apart from itself.
///
/// Any number of threads fill batches at once; the index takes them in the order of their slots.
struct RecordBatch: Sendable {
    /// The slot of the first record.
    let first: UInt32
    /// The rows of the records, which do not know yet where their bytes will lie.
    private(set) var rows: [RecordRow] = []
    /// Whose each record is; empty where the rows know the persons by number.
    private(set) var persons: [EnterpriseIdentifier] = []
    /// The bytes of each record as the arena holds them, and where each ends.
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [Int] = []
    /// Where the index keeps each record's local identifier.
    private(set) var localIDHashes: [UInt64] = []
    /// Where it keeps their other identifiers, those of one record behind another's, and where each
    /// record's end.
    private(set) var identifierHashes: [UInt64] = []
    private(set) var identifierEnds: [Int] = []
    private var contents: [PersonRecord] = []

    /// Creates a batch without records, to be filled.
    init(first: UInt32) { self.first = first }

    /// Adds the next record.
    mutating func append(_ record: SourceRecord, _ authorities: AuthorityDirectory) {
        precondition(record.record == Int64(first) + Int64(rows.count) + 1, "records without gap")
        rows.append(RecordRow(record, at: .none))
        persons.append(record.person)
        PackedPerson.append(record.localID, to: &bytes)
        bytes.append(contentsOf: record.content)
        ends.append(bytes.count)
        localIDHashes.append(PatientIndex.hash(source: record.source, localID: record.localID))
        var content = PersonRecord()
        let isRead = PackedPerson.read(record.content.span, into: &content)
        assert(isRead, "a record's content is packed")
        if !record.isWithdrawn {
            for key in IdentifierKey.keys(of: content, authorities) {
                identifierHashes.append(key.hash)
            }
        }
        identifierEnds.append(identifierHashes.count)
        contents.append(content)
    }

    /// The engine's form of the records, those too that do not count.
    func encoded() -> EncodedRecords { EncodedRecords(contents) }

    /// Where the bytes of a record lie.
    func byteRange(of place: Int) -> Range<Int> { (place > 0 ? ends[place - 1] : 0)..<ends[place] }

    /// Where the hashes of a record's identifiers lie.
    func identifierRange(of place: Int) -> Range<Int> {
        (place > 0 ? identifierEnds[place - 1] : 0)..<identifierEnds[place]
    }

    /// The places of records that count, in runs without one that does not.
    var activeRuns: [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        for place in rows.indices where rows[place].isWithdrawn {
            if start < place { runs.append(start..<place) }
            start = place + 1
        }
        if start < rows.count { runs.append(start..<rows.count) }
        return runs
    }
}
