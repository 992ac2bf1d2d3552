import Identity

/// How the columns of a file become the parts of a record, in a form that costs nothing to look at
/// for each row.
struct RowColumns: Sendable {
    private struct Column {
        enum Kind {
            case field(DemographicField, joiner: UInt8)
            case furtherName(FurtherNameField)
            case fullName(surnames: Int, isFamilyFirst: Bool)
            case monthFirstDate(DemographicField)
            case birthDatePart(BirthDatePart)
            case source, localID, recordedAt, nationalID, nationalIDAuthority, identifier
        }

        var index: Int
        var kind: Kind
        /// The authority of an identifier's column.
        var authority: String
    }

    /// The columns of a row that say something of the person, and those of the row itself.
    private let columns: [Column]
    /// The number of columns that a row must have.
    let count: Int
    /// The column of the record id, nil where the file has none.
    let recordID: Int?
    /// The column of the source, nil where the file has none.
    let source: Int?

    init(_ mapping: ColumnMapping) {
        columns = mapping.meanings.enumerated().compactMap { index, meaning in
            meaning.flatMap { RowColumns.column(index, $0) }
        }
        count = mapping.header.count
        recordID = mapping.column(of: .recordID) ?? mapping.column(of: .localID)
        source = mapping.column(of: .source)
    }

    /// Nil for the record id, which is read apart.
    private static func column(_ index: Int, _ meaning: ColumnMeaning) -> Column? {
        var authority = ""
        let kind: Column.Kind
        switch meaning {
        case .recordID: return nil
        case .field(let field):
            kind = .field(field, joiner: meaning.joiner ?? PersonRecord.valueSeparator)
        case .furtherName(let field): kind = .furtherName(field)
        case .fullName(let surnames, let isFamilyFirst):
            kind = .fullName(surnames: surnames, isFamilyFirst: isFamilyFirst)
        case .monthFirstDate(let field): kind = .monthFirstDate(field)
        case .birthDatePart(let part): kind = .birthDatePart(part)
        case .source: kind = .source
        case .localID: kind = .localID
        case .recordedAt: kind = .recordedAt
        case .nationalID(let named): (kind, authority) = (.nationalID, named)
        case .nationalIDAuthority: kind = .nationalIDAuthority
        case .identifier(let named): (kind, authority) = (.identifier, named)
        }
        return Column(index: index, kind: kind, authority: authority)
    }

    /// Why a row cannot be taken, nil where it can.
    func fault(of rows: borrowing DelimitedRows) -> String? {
        if rows.fieldCount != count {
            return "\(rows.fieldCount) values where the header has \(count)"
        }
        if let recordID, rows.isEmpty(at: recordID) { return "no record_id" }
        return nil
    }

    /// Replaces a record by what the row says of the person.
    func read(_ rows: inout DelimitedRows, into person: inout PersonRecord) {
        rows.withRow { person.removeAll(takingText: $0) }
        var nationalID: String?
        var authority: String?
        var birthDate = DateInParts()
        for place in columns.indices {
            let index = columns[place].index
            if rows.isEmpty(at: index) { continue }
            switch columns[place].kind {
            case .field(let field, let joiner):
                setField(field, joiner: joiner, at: index, of: &rows, in: &person)
            case .furtherName(let field): person.set(field, to: rows.text(at: index))
            case .fullName(let surnames, let isFamilyFirst):
                rows.withField(at: index) {
                    person.setFullName($0, surnames: surnames, isFamilyFirst: isFamilyFirst)
                }
            case .monthFirstDate(let field):
                let written = rows.text(at: index)
                person[field] = MonthFirstDate.yearFirst(written) ?? written
            case .birthDatePart(let part): birthDate[part] = rows.text(at: index)
            case .nationalID:
                nationalID = rows.text(at: index)
                authority = authority ?? columns[place].authority
            case .nationalIDAuthority: authority = rows.text(at: index)
            case .identifier:
                person.identifiers += RowColumns.identifiers(
                    rows.text(at: index), of: columns[place].authority)
            case .source, .localID, .recordedAt: continue
            }
        }
        if let date = birthDate.text { person[.birthDate] = date }
        guard let nationalID else { return }
        person.identifiers.insert(
            contentsOf: RowColumns.identifiers(nationalID, of: authority ?? ""), at: 0)
    }

    /// A column's identifiers: one, or several with the separator of a record's own between them.
    private static func identifiers(_ text: String, of authority: String) -> [LocalIdentifier] {
        text.utf8.contains(PersonRecord.valueSeparator)
            ? text.split(separator: "\u{1F}").map { value in
                LocalIdentifier(authority: authority, value: String(value))
            } : [LocalIdentifier(authority: authority, value: text)]
    }

    /// Replaces what a row says of itself, but for its record id.
    func read(_ rows: inout DelimitedRows, into row: inout ExtractRow) {
        for place in columns.indices {
            let index = columns[place].index
            switch columns[place].kind {
            case .source where !rows.isEmpty(at: index): row.source = rows.text(at: index)
            case .localID where !rows.isEmpty(at: index): row.localID = rows.text(at: index)
            case .recordedAt where !rows.isEmpty(at: index): row.recordedAt = rows.text(at: index)
            default: continue
            }
        }
        read(&rows, into: &row.person)
    }

    /// Sets a field to a column's value, behind what an earlier column gave it.
    private func setField(
        _ field: DemographicField, joiner: UInt8, at index: Int, of rows: inout DelimitedRows,
        in person: inout PersonRecord
    ) {
        if let place = rows.place(at: index), !person.has(field) {
            person.set(field, toPart: place)
            return
        }
        rows.withField(at: index) { person.append($0, to: field, separatedBy: joiner) }
    }
}
