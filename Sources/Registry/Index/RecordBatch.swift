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
    /// The engine's form of each record, vacancies for those that do not count; empty where the engine
    /// has the records already.
    private(set) var encoded = EncodedRecords(capacity: 0)
    private let encodes: Bool
    /// Used again for each record.
    private var person = PersonRecord()

    /// Creates a batch without records, to be filled; `encodes` says that the engine is to take them too.
    init(first: UInt32, encodes: Bool = true) {
        self.first = first
        self.encodes = encodes
    }

    /// Adds the next record, as the database has it.
    mutating func append(_ record: SourceRecord, _ authorities: AuthorityDirectory) {
        precondition(record.record == Int64(first) + Int64(rows.count) + 1, "records without gap")
        persons.append(record.person)
        var content: [UInt8] = []
        content.reserveCapacity(record.localID.utf8.count + record.content.count + 2)
        PackedPerson.append(record.localID, to: &content)
        content.append(contentsOf: record.content)
        let isRead = append(RecordRow(record, at: .none), content.span, authorities)
        assert(isRead, "a record's content is packed")
    }

    /// Adds the next record, as another index had it; false where its bytes are none.
    mutating func append(
        _ row: RecordRow, _ content: Span<UInt8>, _ authorities: AuthorityDirectory
    ) -> Bool {
        var offset = 0
        guard let localID = PackedPerson.range(content, &offset) else { return false }
        guard PackedPerson.read(content.extracting(offset...), into: &person) else { return false }
        rows.append(row)
        content.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        ends.append(bytes.count)
        localIDHashes.append(
            PatientIndex.hash(source: row.source, localID: content.extracting(localID)))
        if !row.isWithdrawn {
            for key in IdentifierKey.keys(of: person, authorities, source: row.source) {
                identifierHashes.append(key.hash)
            }
            if encodes { encoded.append(person, realm: Realm(ofSource: row.source)) }
        } else if encodes {
            encoded.appendVacancy()
        }
        identifierEnds.append(identifierHashes.count)
        return true
    }

    /// Where the bytes of a record lie.
    func byteRange(of place: Int) -> Range<Int> { (place > 0 ? ends[place - 1] : 0)..<ends[place] }

    /// Where the hashes of a record's identifiers lie.
    func identifierRange(of place: Int) -> Range<Int> {
        (place > 0 ? identifierEnds[place - 1] : 0)..<identifierEnds[place]
    }
}
