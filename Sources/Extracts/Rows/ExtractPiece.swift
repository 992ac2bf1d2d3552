package import Identity

/// What a thread makes of the records that it reads, piece by piece.
package protocol RecordTaker: Sendable {
    /// What is made of the records of one piece.
    associatedtype Taken: Sendable

    /// Takes a record, which is used again for the next one.
    mutating func take(_ person: PersonRecord)
    /// What has been made since the last call.
    mutating func takePiece() -> Taken
}

/// What the rows of a piece say of themselves.
///
/// Rows are numbered from 0 within the piece; record ids lie one behind another in one buffer.
struct PieceFields: Sendable {
    var ids: [UInt8] = []
    var idEnds: [UInt32] = []
    var idHashes: [UInt32] = []
    /// The line on which each row begins.
    var lines: [Int] = []
    var sourceNames: [String] = []
    var sources: [UInt32] = []
    var rejected: [RejectedRow] = []

    /// Adds the record id of the next row.
    mutating func appendID(_ id: Span<UInt8>) {
        id.withUnsafeBufferPointer { ids.append(contentsOf: $0) }
        idEnds.append(UInt32(ids.count))
        idHashes.append(RecordIDs.hash(of: id))
    }
}

/// The rows of a stretch of an extract, in the file's order.
package struct ExtractPiece<Taken: Sendable>: Sendable {
    private var fields: PieceFields
    /// What the rows became.
    package let taken: Taken
    /// Bytes of the file that were read so far.
    package internal(set) var bytesRead = 0

    /// The number of rows that became records.
    package var count: Int { fields.sources.count }
    /// The sources of the rows, each once.
    package var sourceNames: [String] { fields.sourceNames }
    /// The number of each row's source in `sourceNames`.
    package var sources: [UInt32] { fields.sources }
    /// The rows that cannot be read.
    package var rejected: [RejectedRow] { fields.rejected }

    init(_ fields: PieceFields, taken: Taken) {
        self.fields = fields
        self.taken = taken
    }

    /// The line of the file on which a row begins, from 1.
    package func lineNumber(of row: Int) -> Int { fields.lines[row] }

    /// Calls `body` with the record id of a row, its prefix included, and the id's hash.
    @inline(__always)
    func withRecordID<Result>(
        of row: Int, _ body: (_ id: Span<UInt8>, _ hash: UInt32) -> Result
    ) -> Result {
        let start = row == 0 ? 0 : Int(fields.idEnds[row - 1])
        return body(
            fields.ids.span.extracting(start..<Int(fields.idEnds[row])), fields.idHashes[row])
    }

    /// The record id of a row, its prefix included.
    package func recordID(of row: Int) -> String {
        withRecordID(of: row) { id, _ in
            id.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// Moves line numbers from the piece to the file.
    mutating func number(linesFrom line: Int) {
        for row in fields.lines.indices { fields.lines[row] += line }
        for row in fields.rejected.indices { fields.rejected[row].lineNumber += line }
    }

    /// Gives rows of a file without record ids their places in the file as such.
    mutating func number(rows ordinals: [Int], from first: Int, prefix: [UInt8]) {
        for ordinal in ordinals {
            let id = prefix + Array(String(first + ordinal).utf8)
            fields.appendID(id.span)
        }
    }
}
