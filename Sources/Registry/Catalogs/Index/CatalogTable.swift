internal import Identity
internal import RegistryModel
internal import Similarity

/// What one catalog says, packed: a row for each entry, in the order of codes and days.
///
/// It is made whole from what live releases have and never changes, so that whoever reads it sees all of
/// a release or nothing. Rows lie in columns, their contents one behind the other as JSON; nothing is an
/// object of its own.
final class CatalogTable: Sendable {
    let key: CatalogKey
    /// The live releases from which it was made, ascending.
    let releases: [Int64]
    let codes: SortedKeys
    /// For each code the place of its release in `releases`.
    let codeReleases: [UInt32]
    /// The first row of each code, and behind the last one the number of rows.
    let firstRows: [UInt32]
    let rowCodes: [UInt32]
    private let periods: [(from: Int32, through: Int32)]
    private let contents: [UInt8]
    private let contentEnds: [Int]
    /// Where rows are that say so.
    let positions: PositionIndex

    let words: WordIndex
    let termFields: [String]
    let terms: SortedKeys
    let termPostings: Postings

    init(_ parts: consuming CatalogTableParts) {
        key = parts.key
        releases = parts.releases
        codes = parts.codes
        codeReleases = parts.codeReleases
        firstRows = parts.firstRows
        rowCodes = parts.rowCodes
        periods = parts.periods
        contents = parts.contents
        contentEnds = parts.contentEnds
        positions = parts.positions
        words = parts.words
        termFields = parts.termFields
        terms = parts.terms
        termPostings = parts.termPostings
    }

    /// The number of entries.
    var rowCount: Int { rowCodes.count }

    /// The bytes held.
    var byteCount: Int {
        let perRow =
            MemoryLayout<UInt32>.stride + MemoryLayout<(Int32, Int32)>.stride
            + MemoryLayout<Int>.stride
        return contents.count + codes.byteCount + rowCount * perRow
            + positions.byteCount
            + (codeReleases.count + firstRows.count) * MemoryLayout<UInt32>.stride
            + words.byteCount + terms.byteCount + termPostings.byteCount
    }

    /// The rows of a code's place.
    func rows(ofCode place: Int) -> Range<Int> {
        Int(firstRows[place])..<Int(firstRows[place + 1])
    }

    /// The rows of the codes that begin with a text.
    func rows(codePrefix: String) -> Range<Int> {
        if codePrefix.isEmpty { return 0..<rowCount }
        let bytes = codePrefix.utf8
        let places = codes.places(prefix: bytes.span)
        return Int(firstRows[places.lowerBound])..<Int(firstRows[places.upperBound])
    }

    /// The days on which a row is valid.
    func period(_ row: Int) -> EntryPeriod {
        let (from, through) = periods[row]
        return EntryPeriod(
            from: from == .min ? nil : from, through: through == .max ? nil : through) ?? .always
    }

    /// Whether a row is valid on a day.
    @inline(__always)
    func isValid(_ row: Int, on day: Int32) -> Bool {
        periods[row].from <= day && periods[row].through >= day
    }

    /// The code of a row.
    func code(ofRow row: Int) -> String { codes.text(Int(rowCodes[row])) }

    /// The content of a row, a JSON object.
    func content(_ row: Int) -> [UInt8] {
        Array(contents[(row == 0 ? 0 : contentEnds[row - 1])..<contentEnds[row]])
    }

    /// The place of a code, as it is written or as its authority writes it.
    func codePlace(_ code: String, _ authorities: AuthorityDirectory) -> Int? {
        let bytes = code.utf8
        if let place = codes.place(of: bytes.span) { return place }
        guard authorities[key.authority] != nil else { return nil }
        let canonical = EntryIndexing.canonical(code, authority: key.authority, authorities).utf8
        return codes.place(of: canonical.span)
    }

    /// The rows that have a term; none where nothing has it.
    func rows(field: String, value: String) -> ArraySlice<UInt32> {
        term(field, value).flatMap(terms.place(of:)).map(termPostings.rows) ?? []
    }

    /// The places of the terms of a field that begin with a text.
    func termPlaces(field: String, prefix: String) -> Range<Int> {
        term(field, prefix).map { terms.places(prefix: $0.span) } ?? 0..<0
    }

    /// The row as it is answered.
    func entry(_ row: Int, kilometres: Double? = nil) -> FoundEntry {
        FoundEntry(
            catalog: key, code: code(ofRow: row), period: period(row), contentJSON: content(row),
            kilometres: kilometres)
    }

    private func term(_ field: String, _ value: String) -> [UInt8]? {
        termFields.firstIndex(of: field).map { [UInt8($0)] + Array(value.utf8) }
    }
}

extension SortedKeys {
    /// The place of a string; nil where it is not among them.
    func place(of key: [UInt8]) -> Int? { place(of: key.span) }
}

/// The parts of a table that is being made.
struct CatalogTableParts {
    var key: CatalogKey
    var releases: [Int64]
    var codes = SortedKeys()
    var codeReleases: [UInt32] = []
    var firstRows: [UInt32] = [0]
    var rowCodes: [UInt32] = []
    var periods: [(from: Int32, through: Int32)] = []
    var contents: [UInt8] = []
    var contentEnds: [Int] = []
    var positions = PositionIndex()
    var words = WordIndex()
    var termFields: [String] = []
    var terms = SortedKeys()
    var termPostings = Postings(keys: [], rows: [], keyCount: 0)
}
