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
    private var buffer: [UInt8] = []
    /// Where the next row begins in the buffer.
    private var position = 0
    private var isAtEnd = false
    private var hasNulls = false

    /// Whether the rest of a line that was given up is still to be skipped.
    private var isInsideLine = false

    private var scanner = RowScanner()
    private var row = 0..<0
    private var encoding = TextEncoding()
    /// Whether the bytes of the row are the text of its values, but for doubled quotes.
    private var isRowUTF8 = true
    private var scratch: [UInt8] = []

    /// The names in the first row.
    package private(set) var header: [String] = []
    /// The line on which the row began, from 1.
    package private(set) var lineNumber = 0
    private var nextLine = 1

    /// The path, or what stands for it in messages.
    package var path: String { file.path }
    /// Bytes taken from the file so far.
    package var bytesRead: Int { file.count - (buffer.count - position) }
    /// The size of the file, nil where it is not a regular one.
    package var bytesTotal: Int? { file.total }
    /// The number of fields of the row.
    package var fieldCount: Int { scanner.fields.count }

    /// Opens a file, or standard input for `-`, and reads its header.
    package static func opened(path: String) throws(ExtractError) -> DelimitedReader {
        var reader = DelimitedReader(file: try FileBytes.opened(path: path))
        try reader.start()
        return reader
    }

    /// Reads as far as the header.
    private mutating func start() throws(ExtractError) {
        try readMore()
        try checkStart()
        scanner.separator = RowScanner.separator(of: buffer.span, from: position)
        let outcome = try next()
        if hasLoneCarriageReturn { throw .carriageReturns(path: file.path) }
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

    private init(file: consuming FileBytes) { self.file = file }

    /// Reads the next row.
    package mutating func next() throws(ExtractError) -> Outcome {
        while true {
            if isInsideLine, try !skipLine() { return .end }
            let bytes = buffer
            let scan = scanner.scan(bytes.span, from: position, isAtEnd: isAtEnd)
            guard case .row(let next, let malformed) = scan else {
                if isAtEnd { return .end }
                try readMore()
                continue
            }
            row = position..<next
            position = next
            lineNumber = nextLine
            nextLine += scanner.lines
            if let malformed {
                isInsideLine = bytes[next - 1] != 0x0A
                return .malformed(reason: malformed)
            }
            if scanner.isBlank { continue }
            if hasNulls, buffer[row].contains(0) { return .malformed(reason: "a NUL byte") }
            isRowUTF8 = scanner.bits < 0x80 || encoding.isUTF8(bytes.span.extracting(row))
            return .row
        }
    }

    /// The length of the row in bytes.
    var rowByteCount: Int { row.count }

    /// The row as it stands in the file, cut where it is very long.
    package var rowBytes: [UInt8] {
        Array(buffer[row].prefix(ExtractLimits.rejectedBytesMax))
    }

    /// Calls `body` with the row as it stands in the file.
    func withRow<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        body(buffer.span.extracting(row))
    }

    /// Whether a field has no value.
    func isEmpty(at index: Int) -> Bool {
        scanner.fields[index].start == scanner.fields[index].end
    }

    /// Where the value of a field stands in the row; nil where it does not stand there as it is.
    func place(at index: Int) -> Range<Int>? {
        let field = scanner.fields[index]
        guard isRowUTF8, !field.hasDoubledQuotes else { return nil }
        return field.start - row.lowerBound..<field.end - row.lowerBound
    }

    /// Calls `body` with the value of a field, in UTF-8.
    @inline(__always)
    package mutating func withField<Result>(
        at index: Int, _ body: (Span<UInt8>) -> Result
    ) -> Result {
        let field = scanner.fields[index]
        if isRowUTF8 && !field.hasDoubledQuotes {
            return body(buffer.span.extracting(field.start..<field.end))
        }
        return withUnusualField(field, body)
    }

    /// The value of a field as a string.
    package mutating func text(at index: Int) -> String {
        withField(at: index) { span in
            span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
    }

    private mutating func withUnusualField<Result>(
        _ field: RowScanner.Field, _ body: (Span<UInt8>) -> Result
    ) -> Result {
        scratch.removeAll(keepingCapacity: true)
        var isSecond = false
        for byte in buffer[field.start..<field.end] {
            isSecond = field.hasDoubledQuotes && byte == 0x22 && !isSecond
            if byte != 0x22 || !isSecond { scratch.append(byte) }
        }
        let text = scratch
        if encoding.isUTF8(text.span) { return body(text.span) }
        var output: [UInt8] = []
        encoding.transcode(text.span, into: &output)
        return body(output.span)
    }

    /// Goes to the start of the next line; false where there is none.
    private mutating func skipLine() throws(ExtractError) -> Bool {
        var bits: UInt8 = 0
        while true {
            position = ByteSearch.first(0x0A, or: 0x0A, in: buffer.span, from: position, &bits)
            if position < buffer.count {
                position += 1
                isInsideLine = false
                return true
            }
            if isAtEnd { return false }
            try readMore()
        }
    }

    /// Moves the unfinished row to the front of the buffer and reads behind it.
    private mutating func readMore() throws(ExtractError) {
        buffer.removeSubrange(..<position)
        position = 0
        let before = buffer.count
        if try file.read(into: &buffer) == 0 { isAtEnd = true }
        var bits: UInt8 = 0
        let null = ByteSearch.first(0, or: 0, in: buffer.span, from: before, &bits)
        let isNullRead = null < buffer.count
        hasNulls = (before > 0 && hasNulls) || isNullRead
    }

    /// Whether a CR that no LF follows stands outside quotes in the row.
    private var hasLoneCarriageReturn: Bool {
        var isQuoted = false
        for index in row {
            if buffer[index] == 0x22 { isQuoted.toggle() }
            if buffer[index] == 0x0D, !isQuoted, index + 1 < row.upperBound,
                buffer[index + 1] != 0x0A
            {
                return true
            }
        }
        return false
    }

    /// Skips a byte order mark and refuses what is not text.
    private mutating func checkStart() throws(ExtractError) {
        guard !buffer.isEmpty else { throw .empty(path: file.path) }
        if buffer.starts(with: [0xFF, 0xFE]) || buffer.starts(with: [0xFE, 0xFF]) {
            throw .wideCharacters(path: file.path)
        }
        // A NUL in a later line spoils that row alone.
        let firstLine = buffer.prefix { $0 != 0x0A }
        if hasNulls && firstLine.contains(0) || buffer.starts(with: [0x1F, 0x8B]) {
            throw .binary(path: file.path)
        }
        if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }
}
