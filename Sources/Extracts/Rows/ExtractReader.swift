import Identity

/// Reads an extract in batches, in constant memory for a file of any size.
package struct ExtractReader: ~Copyable {
    private var reader: DelimitedReader
    private let defaultSource: String
    private var rowCount = 0

    package let mapping: ColumnMapping
    /// The identifying columns; nil where the file has none.
    private let recordIDColumn: Int?
    private let localIDColumn: Int?

    /// Bytes taken from the file so far.
    package var bytesRead: Int { reader.bytesRead }
    /// The size of the file, nil for standard input.
    package var bytesTotal: Int? { reader.bytesTotal }

    /// Opens an extract, or standard input for `-`, and recognises its columns.
    package init(
        path: String, columns: ColumnOverrides = [], defaultSource: String = ""
    ) throws(ExtractError) {
        let reader = try DelimitedReader.opened(path: path)
        let mapping = try ColumnMapping(
            header: reader.header, overrides: columns, path: reader.path)
        self.init(reader: reader, mapping: mapping, defaultSource: defaultSource)
    }

    private init(
        reader: consuming DelimitedReader, mapping: ColumnMapping, defaultSource: String
    ) {
        self.reader = reader
        self.mapping = mapping
        self.defaultSource = defaultSource
        localIDColumn = mapping.column(of: .localID)
        recordIDColumn = mapping.column(of: .recordID) ?? localIDColumn
    }

    /// The next rows, at most `rowsMax` with the rejected ones; nil at the end.
    package mutating func nextBatch(rowsMax: Int) throws(ExtractError) -> ExtractBatch? {
        precondition(rowsMax > 0)
        var batch = ExtractBatch()
        while batch.rows.count + batch.rejected.count < rowsMax {
            switch try reader.next() {
            case .end:
                return batch.rows.isEmpty && batch.rejected.isEmpty ? nil : batch
            case .malformed(let reason):
                rowCount += 1
                batch.rejected.append(rejection(reason))
            case .row:
                rowCount += 1
                guard reader.fieldCount == mapping.header.count else {
                    batch.rejected.append(
                        rejection(
                            "\(reader.fieldCount) values where the header has"
                                + " \(mapping.header.count)"))
                    continue
                }
                let row = readRow()
                if row.recordID.isEmpty {
                    batch.rejected.append(rejection("no record_id"))
                } else {
                    batch.rows.append(row)
                }
            }
        }
        return batch
    }

    private func rejection(_ reason: String) -> RejectedRow {
        RejectedRow(lineNumber: reader.lineNumber, reason: reason, bytes: reader.rowBytes)
    }

    /// The row that the reader stands on.
    private mutating func readRow() -> ExtractRow {
        let recordID = recordIDColumn.map { reader.text(at: $0) } ?? String(rowCount)
        var row = ExtractRow(
            lineNumber: reader.lineNumber, recordID: recordID, source: defaultSource,
            localID: recordID, recordedAt: "", person: PersonRecord())
        var nationalID = LocalIdentifier(authority: "", value: "")
        for index in mapping.meanings.indices {
            guard let meaning = mapping.meanings[index] else { continue }
            if case .field(let field) = meaning {
                let joiner = meaning.joiner ?? PersonRecord.valueSeparator
                reader.withField(at: index) { value in
                    if !value.isEmpty {
                        row.person.append(value, to: field, separatedBy: joiner)
                    }
                }
                continue
            }
            if meaning == .recordID { continue }
            let text = reader.text(at: index)
            if text.isEmpty { continue }
            switch meaning {
            case .recordID, .field: break
            case .source: row.source = text
            case .localID: row.localID = text
            case .recordedAt: row.recordedAt = text
            case .nationalID(let authority):
                nationalID.value = text
                if nationalID.authority.isEmpty { nationalID.authority = authority }
            case .nationalIDAuthority: nationalID.authority = text
            case .identifier(let authority):
                row.person.identifiers.append(LocalIdentifier(authority: authority, value: text))
            }
        }
        if !nationalID.value.isEmpty { row.person.identifiers.insert(nationalID, at: 0) }
        return row
    }
}
