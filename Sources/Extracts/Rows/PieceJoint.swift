/// Joins pieces in their order, and takes those apart again that began with a wrong guess.
struct PieceJoint<Taker: RecordTaker> {
    private var parser: PieceParser
    private let idPrefix: [UInt8]
    private var state: PieceState
    private var line: Int
    private var rowCount = 0
    private var bytesRead = 0
    private var used: [UInt8] = []

    var hasShownUTF8: Bool { state.hasShownUTF8 }

    init(_ parser: PieceParser, idPrefix: [UInt8]) {
        self.parser = parser
        self.idPrefix = idPrefix
        state = PieceState(hasShownUTF8: parser.hasShownUTF8)
        line = parser.firstLine
    }

    /// Takes a block apart and hands out its rows.
    mutating func read(
        _ block: BlockSource.Block, with taker: inout Taker,
        _ body: (ExtractPiece<Taker.Taken>) throws -> Void
    ) throws {
        try hand(parser.parse(block, from: state, with: &taker), body)
    }

    /// Hands out the rows of a block that was taken apart by a guess at its state.
    mutating func take(
        _ parsed: ParsedBlock<Taker.Taken>, with taker: inout Taker,
        _ body: (ExtractPiece<Taker.Taken>) throws -> Void
    ) throws {
        let isRight =
            state.isClean && (!parsed.hasGuessed || parsed.hasBegunWithUTF8 == state.hasShownUTF8)
        if isRight {
            try hand(parsed, body)
        } else {
            try read(parsed.block, with: &taker, body)
        }
    }

    private mutating func hand(
        _ parsed: ParsedBlock<Taker.Taken>, _ body: (ExtractPiece<Taker.Taken>) throws -> Void
    ) throws {
        var piece = parsed.piece
        piece.number(linesFrom: line)
        // Rows count from 1, as the lines of a list do.
        piece.number(rows: parsed.ordinals, from: rowCount + 1, prefix: idPrefix)
        bytesRead += parsed.block.bytes.count
        piece.bytesRead = bytesRead
        let hadShownUTF8 = state.hasShownUTF8
        state = parsed.end
        state.hasShownUTF8 = state.hasShownUTF8 || hadShownUTF8
        line += parsed.lineCount
        rowCount += parsed.rowCount
        used = parsed.block.bytes
        try body(piece)
    }

    /// The memory of the last block, to be read into again.
    mutating func takeUsed() -> [UInt8] {
        defer { used = [] }
        return used
    }
}
