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

    private var scanner = RowScanner()
    private var row = 0..<0
    private var encoding = TextEncoding()
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
        switch try next() {
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
            if let malformed { return .malformed(reason: malformed) }
            if scanner.isBlank { continue }
            if hasNulls, buffer[row].contains(0) { return .malformed(reason: "a NUL byte") }
            return .row
        }
    }

    /// The row as it stands in the file, cut where it is very long.
    package var rowBytes: [UInt8] {
        Array(buffer[row].prefix(ExtractLimits.rejectedBytesMax))
    }

    /// Calls `body` with the value of a field, in UTF-8.
    @inline(__always)
    package mutating func withField<Result>(
        at index: Int, _ body: (Span<UInt8>) -> Result
    ) -> Result {
        let field = scanner.fields[index]
        if scanner.bits < 0x80 && !field.hasDoubledQuotes {
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

    /// Moves the unfinished row to the front of the buffer and reads behind it.
    private mutating func readMore() throws(ExtractError) {
        buffer.removeSubrange(..<position)
        position = 0
        let before = buffer.count
        if try file.read(into: &buffer) == 0 { isAtEnd = true }
        hasNulls = (before > 0 && hasNulls) || buffer[before...].contains(0)
    }

    /// Skips a byte order mark and refuses what is not text.
    private mutating func checkStart() throws(ExtractError) {
        guard !buffer.isEmpty else { throw .empty(path: file.path) }
        if buffer.starts(with: [0xFF, 0xFE]) || buffer.starts(with: [0xFE, 0xFF]) {
            throw .wideCharacters(path: file.path)
        }
        if hasNulls || buffer.starts(with: [0x1F, 0x8B]) { throw .binary(path: file.path) }
        if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }
}
