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
    /// How many versions of a record were taken back, by slot, where its row has no room for it.
    private(set) var farBehind: [UInt32: Int32] = [:]
    /// Whose each record is; empty where the rows know the persons by number.
    private(set) var persons: [EnterpriseIdentifier] = []
    /// The bytes of each record as the arena writes them, and where each ends.
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
    /// Whether each record that founded its person is the first that the index hears of that.
    let foundersAreNew: Bool
    private let packing: ContentPacking
    /// Used again for each record.
    private var person = PersonRecord()

    /// Creates a batch without records, to be filled and written as an index writes; `encodes` says
    /// that the engine is to take them too, `foundersAreNew` that the index knows no person whom a record
    /// founded.
    init(
        first: UInt32, _ packing: ContentPacking, encodes: Bool = true,
        foundersAreNew: Bool = false
    ) {
        self.first = first
        self.packing = packing
        self.encodes = encodes
        self.foundersAreNew = foundersAreNew
    }

    /// Adds the next record, as the database has it.
    mutating func append(_ record: SourceRecord, _ authorities: AuthorityDirectory) {
        precondition(record.record == Int64(first) + Int64(rows.count) + 1, "records without gap")
        persons.append(record.person)
        let row = RecordRow(record, at: .none)
        if row.behind == nil { farBehind[UInt32(record.record - 1)] = record.behind }
        let text = PatientIndex.text(of: record)
        packing.append(text.span, to: &bytes)
        ends.append(bytes.count)
        rows.append(row)
        localIDHashes.append(PatientIndex.hash(source: row.source, localID: record.localID))
        if !row.isWithdrawn {
            let isRead = PackedPerson.read(record.content.span, into: &person)
            assert(isRead, "a record's content is packed")
            appendIdentifiers(person.identifiers, row, authorities)
            if encodes { encoded.append(person, realm: Realm(ofSource: row.source)) }
        } else if encodes {
            encoded.appendVacancy()
        }
        identifierEnds.append(identifierHashes.count)
    }

    /// Adds the next record, by what it says and as another index wrote that; false where it is none.
    ///
    /// The engine is told of it otherwise.
    mutating func append(
        _ row: RecordRow, _ text: Span<UInt8>, written: UnsafeBufferPointer<UInt8>,
        _ authorities: AuthorityDirectory
    ) -> Bool {
        var offset = 0
        guard let localID = PackedPerson.range(text, &offset) else { return false }
        rows.append(row)
        bytes.append(contentsOf: written)
        ends.append(bytes.count)
        localIDHashes.append(
            PatientIndex.hash(source: row.source, localID: text.extracting(localID)))
        if !row.isWithdrawn {
            guard let stated = PackedPerson.identifiers(in: text.extracting(offset...)) else {
                return false
            }
            appendIdentifiers(stated, row, authorities)
        }
        identifierEnds.append(identifierHashes.count)
        return true
    }

    private mutating func appendIdentifiers(
        _ stated: [LocalIdentifier], _ row: RecordRow, _ authorities: AuthorityDirectory
    ) {
        let realm = Realm(ofSource: row.source)
        if stated.count == 1 {
            if let key = IdentifierKey(stated[0], authorities, realm) {
                identifierHashes.append(key.hash)
            }
        } else if !stated.isEmpty {
            for key in Set(stated.compactMap({ IdentifierKey($0, authorities, realm) })) {
                identifierHashes.append(key.hash)
            }
        }
    }

    /// Where the bytes of a record lie.
    func byteRange(of place: Int) -> Range<Int> { (place > 0 ? ends[place - 1] : 0)..<ends[place] }

    /// Where the hashes of a record's identifiers lie.
    func identifierRange(of place: Int) -> Range<Int> {
        (place > 0 ? identifierEnds[place - 1] : 0)..<identifierEnds[place]
    }
}
