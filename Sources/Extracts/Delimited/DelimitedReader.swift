/// Rows of a delimited text file, as ranges of one buffer.
///
/// Fields may be quoted, and then hold separators, line ends and doubled quotes (RFC 4180); blanks
/// around a value do not count; a quote within an unquoted value is a character like others. Lines
/// end with LF or CR LF, and blank ones are skipped. The separator is the most frequent of comma,
/// semicolon, tab and bar in the header.
package struct DelimitedReader: ~Copyable {
    /// What reading on found.
    package enum Outcome: Hashable, Sendable {
        case row
        /// A row whose fields cannot be told; reading may go on.
        case malformed(reason: String)
        case end
    }

    private var file: FileBytes
    var rows = DelimitedRows()

    /// The names in the first row.
    package private(set) var header: [String] = []

    /// The path, or what stands for it in messages.
    package var path: String { file.path }
    /// The line on which the row began, from 1.
    package var lineNumber: Int { rows.lineNumber }
    /// Bytes taken from the file so far.
    package var bytesRead: Int { file.count - (rows.buffer.count - rows.position) }
    /// The size of the file, nil where it is not a regular one.
    package var bytesTotal: Int? { file.total }
    /// The number of fields of the row.
    package var fieldCount: Int { rows.fieldCount }
    /// What stands between two fields.
    var separator: UInt8 { rows.separator }
    /// The row as it stands in the file, cut where it is very long.
    package var rowBytes: [UInt8] { rows.rowBytes }
    /// The length of the row in bytes.
    var rowByteCount: Int { rows.row.count }

    /// Opens a file, or standard input for `-`, and reads its header.
    package static func opened(path: String) throws(ExtractError) -> DelimitedReader {
        var reader = DelimitedReader(file: try FileBytes.opened(path: path))
        try reader.start()
        return reader
    }

    private init(file: consuming FileBytes) { self.file = file }

    /// Reads as far as the header.
    private mutating func start() throws(ExtractError) {
        try readMore()
        try checkStart()
        rows.separator = RowScanner.separator(of: rows.buffer.span, from: rows.position)
        let outcome = try next()
        if rows.hasLoneCarriageReturn { throw .carriageReturns(path: file.path) }
        switch outcome {
        case .end: throw .empty(path: file.path)
        case .malformed(let reason):
            throw .unreadableHeader(path: file.path, reason: reason)
        case .row: break
        }
        guard fieldCount <= ExtractLimits.columnsMax else {
            throw .tooManyColumns(path: file.path)
        }
        for index in 0..<fieldCount { header.append(text(at: index)) }
    }

    /// Reads the next row.
    package mutating func next() throws(ExtractError) -> Outcome {
        while true {
            switch rows.next() {
            case .row: return .row
            case .malformed(let reason): return .malformed(reason: reason)
            case .wanting:
                if rows.isAtEnd { return .end }
                try readMore()
            }
        }
    }

    /// Calls `body` with the value of a field, in UTF-8.
    @inline(__always)
    package mutating func withField<Result>(
        at index: Int, _ body: (Span<UInt8>) -> Result
    ) -> Result {
        rows.withField(at: index, body)
    }

    /// The value of a field as a string.
    package mutating func text(at index: Int) -> String { rows.text(at: index) }

    /// Whether a field of the row has no value.
    @inline(__always)
    func isEmpty(at index: Int) -> Bool { rows.isEmpty(at: index) }

    /// Values of some columns in the rows that were read ahead, at most `ExtractLimits.sampleRowsMax`.
    func firstValues(of columns: [Int]) -> [Int: [String]] {
        guard !columns.isEmpty else { return [:] }
        var ahead = rows
        var values: [[String]] = Array(repeating: [], count: columns.count)
        reading: for _ in 0..<ExtractLimits.sampleRowsMax {
            switch ahead.next() {
            case .wanting: break reading
            case .malformed: continue
            case .row:
                guard ahead.fieldCount == header.count else { continue }
                for (place, column) in columns.enumerated() {
                    values[place].append(ahead.text(at: column))
                }
            }
        }
        return Dictionary(uniqueKeysWithValues: zip(columns, values))
    }

    /// The rest of the file in blocks of lines.
    consuming func blocks() -> BlockSource {
        let rest = Array(rows.buffer[rows.position...])
        return BlockSource(file: file, rest: rest, isAtEnd: rows.isAtEnd)
    }

    /// Moves the unfinished row to the front of the buffer and reads behind it.
    private mutating func readMore() throws(ExtractError) {
        rows.dropRead()
        let before = rows.buffer.count
        if try file.read(into: &rows.buffer) == 0 { rows.isAtEnd = true }
        rows.noteNulls(from: before)
    }

    /// Skips a byte order mark and refuses what is not text.
    private mutating func checkStart() throws(ExtractError) {
        guard !rows.buffer.isEmpty else { throw .empty(path: file.path) }
        if rows.buffer.starts(with: [0xFF, 0xFE]) || rows.buffer.starts(with: [0xFE, 0xFF]) {
            throw .wideCharacters(path: file.path)
        }
        // A NUL in a later line spoils that row alone.
        let firstLine = rows.buffer.prefix { $0 != 0x0A }
        if firstLine.contains(0) || rows.buffer.starts(with: [0x1F, 0x8B]) {
            throw .binary(path: file.path)
        }
        if rows.buffer.starts(with: [0xEF, 0xBB, 0xBF]) { rows.skip(3) }
    }
}
