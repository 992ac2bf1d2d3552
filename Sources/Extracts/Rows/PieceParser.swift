import Identity

/// What a piece depends on besides its own bytes, and what the next one depends on.
struct PieceState: Sendable {
    /// The bytes of a row that the piece before began and did not end.
    var unfinished: [UInt8] = []
    /// Whether the rest of a line that was given up is still to be skipped.
    var isInsideLine = false
    /// Whether UTF-8 beyond ASCII was seen before.
    var hasShownUTF8 = false

    /// Whether a piece begins with a line of its own.
    var isClean: Bool { unfinished.isEmpty && !isInsideLine }
}

/// A block that was taken apart, with all that is needed to do it again.
struct ParsedBlock<Taken: Sendable>: Sendable {
    var block: BlockSource.Block
    var piece: ExtractPiece<Taken>
    /// What the next block depends on.
    var end: PieceState
    /// Whether UTF-8 was taken to have been seen before the block.
    var hasBegunWithUTF8: Bool
    /// Whether a value was read as Windows-1252, so that earlier UTF-8 would have changed it.
    var hasGuessed: Bool
    /// Line ends up to the next block.
    var lineCount: Int
    /// Rows of any kind.
    var rowCount: Int
    /// The place of each readable row among all rows, where the file names no record ids.
    var ordinals: [Int]
}

/// Takes the rows of blocks apart; each thread has its own.
struct PieceParser: Sendable {
    private let columns: RowColumns
    private let defaultSource: [UInt8]
    private let idPrefix: [UInt8]
    private var rows: DelimitedRows
    private var person = PersonRecord()
    private var id: [UInt8] = []
    /// The source of the row before, which most rows share.
    private var lastSource: [UInt8] = []
    private var lastNumber: UInt32?
    private var sourceNumbers: [String: UInt32] = [:]

    /// Whether the file had shown UTF-8 beyond ASCII before the first block.
    let hasShownUTF8: Bool
    /// The line on which the first block begins.
    let firstLine: Int

    init(columns: RowColumns, defaultSource: String, idPrefix: [UInt8], rows: DelimitedRows) {
        self.columns = columns
        self.defaultSource = Array(defaultSource.utf8)
        self.idPrefix = idPrefix
        self.rows = rows
        hasShownUTF8 = rows.encoding.hasShownUTF8
        firstLine = rows.nextLine
    }

    /// Takes a block apart that begins in a state; lines are numbered from 0.
    mutating func parse<Taker: RecordTaker>(
        _ block: consuming BlockSource.Block, from state: PieceState, with taker: inout Taker
    ) -> ParsedBlock<Taker.Taken> {
        let text = state.unfinished.isEmpty ? block.bytes : state.unfinished + block.bytes
        rows.restart(
            with: text, isAtEnd: block.isLast, isInsideLine: state.isInsideLine,
            encoding: TextEncoding(hasShownUTF8: state.hasShownUTF8))
        lastNumber = nil
        sourceNumbers.removeAll(keepingCapacity: true)
        var fields = PieceFields()
        var ordinals: [Int] = []
        var rowCount = 0
        while true {
            var fault: String?
            switch rows.next() {
            case .wanting:
                let end = PieceState(
                    unfinished: Array(rows.buffer[rows.position...]),
                    isInsideLine: rows.isInsideLine, hasShownUTF8: rows.encoding.hasShownUTF8)
                return ParsedBlock(
                    block: block, piece: ExtractPiece(fields, taken: taker.takePiece()), end: end,
                    hasBegunWithUTF8: state.hasShownUTF8, hasGuessed: rows.encoding.hasGuessed,
                    lineCount: rows.nextLine - 1,
                    rowCount: rowCount, ordinals: ordinals)
            case .malformed(let reason): fault = reason
            case .row: fault = columns.fault(of: rows)
            }
            if let fault {
                fields.rejected.append(
                    RejectedRow(
                        lineNumber: rows.lineNumber - 1, reason: fault, bytes: rows.rowBytes))
            } else {
                if columns.recordID == nil { ordinals.append(rowCount) }
                takeRow(&fields)
                columns.read(&rows, into: &person)
                taker.take(person)
            }
            rowCount += 1
        }
    }

    /// Notes what the row says of itself.
    private mutating func takeRow(_ fields: inout PieceFields) {
        fields.lines.append(rows.lineNumber - 1)
        if let column = columns.recordID {
            id.removeAll(keepingCapacity: true)
            id.append(contentsOf: idPrefix)
            rows.withField(at: column) { text in
                text.withUnsafeBufferPointer { id.append(contentsOf: $0) }
            }
            fields.appendID(id.span)
        }
        fields.sources.append(sourceNumber(&fields))
    }

    /// The number of the row's source within the piece.
    private mutating func sourceNumber(_ fields: inout PieceFields) -> UInt32 {
        var known = lastSource
        let number = lastNumber
        func take(_ text: Span<UInt8>) -> Bool {
            if number != nil, known.count == text.count {
                var isSame = true
                for index in text.indices where known[index] != text[index] { isSame = false }
                if isSame { return false }
            }
            known.removeAll(keepingCapacity: true)
            text.withUnsafeBufferPointer { known.append(contentsOf: $0) }
            return true
        }
        let isNew: Bool
        if let column = columns.source, !rows.isEmpty(at: column) {
            isNew = rows.withField(at: column, take)
        } else {
            isNew = take(defaultSource.span)
        }
        if !isNew, let number { return number }
        lastSource = known
        let name = String(decoding: known, as: UTF8.self)
        let next = UInt32(fields.sourceNames.count)
        let found = sourceNumbers[name, default: next]
        if found == next {
            sourceNumbers[name] = next
            fields.sourceNames.append(name)
        }
        lastNumber = found
        return found
    }
}
