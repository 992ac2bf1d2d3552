/// Rows of delimited text that lies in memory, as ranges of one buffer.
///
/// Whoever owns the rows adds bytes where they are wanting; what they are does not depend on where
/// the text was cut.
struct DelimitedRows {
    /// What looking for the next row found.
    enum Outcome {
        case row
        /// A row whose fields cannot be told.
        case malformed(reason: String)
        /// No whole row is left in the buffer.
        case wanting
    }

    var buffer: [UInt8] = []
    /// Where the next row begins in the buffer.
    private(set) var position = 0
    /// Whether nothing comes behind the buffer.
    var isAtEnd = false
    private var hasNulls = false

    /// Whether the rest of a line that was given up is still to be skipped.
    private(set) var isInsideLine = false

    private var scanner = RowScanner()
    private(set) var row = 0..<0
    private(set) var encoding = TextEncoding()
    /// Whether the bytes of the row are the text of its values, but for doubled quotes.
    private var isRowUTF8 = true
    private var scratch: [UInt8] = []

    /// The line on which the row began, from 1.
    private(set) var lineNumber = 0
    /// The line on which the next row begins.
    private(set) var nextLine = 1

    /// What stands between two fields.
    var separator: UInt8 {
        get { scanner.separator }
        set { scanner.separator = newValue }
    }
    /// The number of fields of the row.
    var fieldCount: Int { scanner.fields.count }

    /// Begins anew with a text that continues another one.
    mutating func restart(
        with text: consuming [UInt8], isAtEnd: Bool, isInsideLine: Bool, encoding: TextEncoding
    ) {
        buffer = text
        position = 0
        self.isAtEnd = isAtEnd
        self.isInsideLine = isInsideLine
        self.encoding = encoding
        lineNumber = 0
        nextLine = 1
        hasNulls = false
        noteNulls(from: 0)
    }

    /// Skips bytes in front of the first row.
    mutating func skip(_ count: Int) { position += count }

    /// Forgets the bytes of earlier rows; more may be appended to the buffer then.
    mutating func dropRead() {
        buffer.removeSubrange(..<position)
        position = 0
        if buffer.isEmpty { hasNulls = false }
    }

    /// Notes whether there are NUL bytes from a place of the buffer on.
    mutating func noteNulls(from start: Int) {
        var bits: UInt8 = 0
        let null = ByteSearch.first(0, or: 0, in: buffer.span, from: start, &bits)
        if null < buffer.count { hasNulls = true }
    }

    /// Goes to the next row.
    mutating func next() -> Outcome {
        while true {
            if isInsideLine, !skipLine() { return .wanting }
            let bytes = buffer
            let scan = scanner.scan(bytes.span, from: position, isAtEnd: isAtEnd)
            guard case .row(let next, let malformed) = scan else { return .wanting }
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

    /// The row as it stands in the file, cut where it is very long.
    var rowBytes: [UInt8] {
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
    mutating func withField<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        let field = scanner.fields[index]
        if isRowUTF8 && !field.hasDoubledQuotes {
            return body(buffer.span.extracting(field.start..<field.end))
        }
        return withUnusualField(field, body)
    }

    /// The value of a field as a string.
    mutating func text(at index: Int) -> String {
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
    private mutating func skipLine() -> Bool {
        var bits: UInt8 = 0
        position = ByteSearch.first(0x0A, or: 0x0A, in: buffer.span, from: position, &bits)
        guard position < buffer.count else { return false }
        position += 1
        isInsideLine = false
        return true
    }

    /// Whether a CR that no LF follows stands outside quotes in the row.
    var hasLoneCarriageReturn: Bool {
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
}
