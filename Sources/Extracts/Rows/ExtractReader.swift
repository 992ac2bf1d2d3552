import Identity

/// Reads an extract in batches, in constant memory for a file of any size.
package struct ExtractReader: ~Copyable {
    private var reader: DelimitedReader
    private let defaultSource: String
    private var rowCount = 0

    package let mapping: ColumnMapping
    /// The columns that are read, without those of the record id.
    private let columns: [ReadColumn]
    /// The column of the record id, nil where the file has none.
    private let recordIDColumn: Int?

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
        columns = mapping.meanings.enumerated().compactMap { index, meaning in
            meaning.flatMap { ReadColumn(index, $0) }
        }
        recordIDColumn = mapping.column(of: .recordID) ?? mapping.column(of: .localID)
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
            switch outcome {
            case .end: break reading
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
                if count == batch.rows.count { batch.rows.append(ExtractRow()) }
                readRow(into: &batch.rows[count])
                if batch.rows[count].recordID.isEmpty {
                    batch.rejected.append(rejection("no record_id"))
                } else {
                    count += 1
                }
            }
        }
        batch.rows.removeSubrange(count...)
        return count + batch.rejected.count > 0
    }

    private func rejection(_ reason: String) -> RejectedRow {
        RejectedRow(lineNumber: reader.lineNumber, reason: reason, bytes: reader.rowBytes)
    }

    /// Replaces a row by the one that the reader stands on.
    private mutating func readRow(into row: inout ExtractRow) {
        let recordID = recordIDColumn.map { reader.text(at: $0) } ?? String(rowCount)
        row.lineNumber = reader.lineNumber
        row.recordID = recordID
        row.localID = recordID
        row.source = defaultSource
        row.recordedAt = ""
        reader.withRow { row.person.removeAll(takingText: $0) }
        var nationalID: String?
        var authority: String?
        for place in columns.indices {
            let index = columns[place].index
            if reader.isEmpty(at: index) { continue }
            switch columns[place].kind {
            case .field(let field, let joiner):
                setField(field, joiner: joiner, at: index, of: &row.person)
            case .fullName(let surnames):
                reader.withField(at: index) { row.person.setFullName($0, surnames: surnames) }
            case .source: row.source = reader.text(at: index)
            case .localID: row.localID = reader.text(at: index)
            case .recordedAt: row.recordedAt = reader.text(at: index)
            case .nationalID:
                nationalID = reader.text(at: index)
                authority = authority ?? columns[place].authority
            case .nationalIDAuthority: authority = reader.text(at: index)
            case .identifier:
                row.person.identifiers.append(
                    LocalIdentifier(
                        authority: columns[place].authority, value: reader.text(at: index)))
            }
        }
        if let nationalID {
            row.person.identifiers.insert(
                LocalIdentifier(authority: authority ?? "", value: nationalID), at: 0)
        }
    }

    /// Sets a field to a column's value, behind what an earlier column gave it.
    private mutating func setField(
        _ field: DemographicField, joiner: UInt8, at index: Int, of person: inout PersonRecord
    ) {
        if let place = reader.place(at: index), !person.has(field) {
            person.set(field, toPart: place)
            return
        }
        reader.withField(at: index) { person.append($0, to: field, separatedBy: joiner) }
    }
}

/// A column that is read, in a form that costs nothing to look at for each row.
private struct ReadColumn {
    enum Kind {
        case field(DemographicField, joiner: UInt8)
        case fullName(surnames: Int)
        case source, localID, recordedAt, nationalID, nationalIDAuthority, identifier
    }

    let index: Int
    let kind: Kind
    /// The authority of an identifier's column.
    let authority: String

    /// Nil for the record id, which is read apart.
    init?(_ index: Int, _ meaning: ColumnMeaning) {
        var authority = ""
        switch meaning {
        case .recordID: return nil
        case .field(let field):
            kind = .field(field, joiner: meaning.joiner ?? PersonRecord.valueSeparator)
        case .fullName(let surnames): kind = .fullName(surnames: surnames)
        case .source: kind = .source
        case .localID: kind = .localID
        case .recordedAt: kind = .recordedAt
        case .nationalID(let named): (kind, authority) = (.nationalID, named)
        case .nationalIDAuthority: kind = .nationalIDAuthority
        case .identifier(let named): (kind, authority) = (.identifier, named)
        }
        self.index = index
        self.authority = authority
    }
}
