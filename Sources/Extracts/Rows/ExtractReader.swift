import Identity

/// Reads an extract in batches, in constant memory for a file of any size.
package struct ExtractReader: ~Copyable {
    private var reader: DelimitedReader
    private let defaultSource: String
    private var rowCount = 0
    private let columns: RowColumns

    package let mapping: ColumnMapping

    /// Bytes taken from the file so far.
    package var bytesRead: Int { reader.bytesRead }
    /// The size of the file, nil for standard input.
    package var bytesTotal: Int? { reader.bytesTotal }

    /// Opens an extract, or standard input for `-`, and recognises its columns.
    package init(
        path: String, columns: ColumnOverrides = [], defaultSource: String = ""
    ) throws(ExtractError) {
        let reader = try DelimitedReader.opened(path: path)
        var mapping = try ColumnMapping(
            header: reader.header, overrides: columns, path: reader.path)
        try mapping.settle(
            by: reader.firstValues(of: mapping.columnsToLookInto).mapValues(ColumnContent.init),
            path: reader.path)
        self.init(reader: reader, mapping: mapping, defaultSource: defaultSource)
    }

    private init(
        reader: consuming DelimitedReader, mapping: ColumnMapping, defaultSource: String
    ) {
        self.reader = reader
        self.mapping = mapping
        self.defaultSource = defaultSource
        columns = RowColumns(mapping)
    }

    /// The next rows, at most `rowsMax` with the rejected ones; nil at the end.
    package mutating func nextBatch(rowsMax: Int) throws(ExtractError) -> ExtractBatch? {
        var batch = ExtractBatch()
        return try nextBatch(rowsMax: rowsMax, into: &batch) ? batch : nil
    }

    /// Replaces a batch by the next rows, at most `rowsMax` with the rejected ones; false at the end.
    ///
    /// The rows that the batch has are used again with their memory, so that a loop over a large file
    /// asks for none.
    package mutating func nextBatch(
        rowsMax: Int, into batch: inout ExtractBatch
    ) throws(ExtractError) -> Bool {
        precondition(rowsMax > 0)
        batch.rejected.removeAll()
        var count = 0
        var bytes = 0
        reading: while count + batch.rejected.count < rowsMax, bytes < ExtractLimits.batchBytesMax {
            let outcome = try reader.next()
            bytes += reader.rowByteCount
            var fault: String?
            switch outcome {
            case .end: break reading
            case .malformed(let reason): fault = reason
            case .row: fault = columns.fault(of: reader.rows)
            }
            rowCount += 1
            if let fault {
                batch.rejected.append(
                    RejectedRow(
                        lineNumber: reader.lineNumber, reason: fault, bytes: reader.rowBytes))
                continue
            }
            if count == batch.rows.count { batch.rows.append(ExtractRow()) }
            readRow(into: &batch.rows[count])
            count += 1
        }
        batch.rows.removeSubrange(count...)
        return count + batch.rejected.count > 0
    }

    /// Replaces a row by the one that the reader stands on.
    private mutating func readRow(into row: inout ExtractRow) {
        let recordID = columns.recordID.map { reader.text(at: $0) } ?? String(rowCount)
        row.lineNumber = reader.lineNumber
        row.recordID = recordID
        row.localID = recordID
        row.source = defaultSource
        row.recordedAt = ""
        columns.read(&reader.rows, into: &row)
    }

    /// What takes the rows of the rest of the file apart.
    func parser(idPrefix: String) -> PieceParser {
        PieceParser(
            columns: columns, defaultSource: defaultSource, idPrefix: Array(idPrefix.utf8),
            rows: reader.rows)
    }

    /// The rest of the file in blocks of lines.
    consuming func blocks() -> BlockSource { reader.blocks() }
}
