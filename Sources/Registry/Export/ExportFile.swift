internal import Extracts
internal import Identity
internal import RegistryModel
internal import RegistryStore

/// The file of an export, in either format, one row after the other.
struct ExportFile: ~Copyable {
    private var delimited: DelimitedWriter?
    private var lines: OutputFile?
    /// Lines that are not in the file yet.
    private var buffer: [UInt8] = []
    private var writer = JSONWriter()
    /// The authorities that have a column each, in the order of the columns.
    private let authorities: [String]
    private(set) var rows = 0

    /// Opens the file and writes what stands above the rows.
    init(_ request: PatientExportRequest, authorities: [String]) throws(ExtractError) {
        self.authorities = authorities
        switch request.format {
        case .csv:
            delimited = try DelimitedWriter(
                path: request.path, header: ExportFile.header(request.subject, authorities))
        case .ndjson: lines = try OutputFile(path: request.path)
        }
    }

    /// The columns: what names the row, the fields, one social and one former name, and a column for
    /// each authority.
    ///
    /// Numbers whose authority nobody named stand under `national_id`, where they were read from.
    private static func header(
        _ subject: PatientExportRequest.Subject, _ authorities: [String]
    ) -> [String] {
        let names: [ColumnMeaning] =
            subject == .persons ? [.recordID] : [.source, .localID, .recordedAt]
        return names.map(\.name) + DemographicField.allCases.map(\.name.description)
            + FurtherNameField.allCases.map(\.name.description)
            + authorities.map { authority in
                authority.isEmpty
                    ? ColumnMeaning.nationalID(authority: "").name
                    : ColumnMeaning.identifier(authority: authority).name
            } + [subject == .persons ? "records" : "euid"]
    }

    /// Writes a source record.
    mutating func write(_ record: ExportedRecord, source: String) throws(ExtractError) {
        rows += 1
        guard delimited == nil else {
            delimited?.append(source)
            delimited?.append(record.localID)
            delimited?.append(Timestamp.text(of: record.recordedAt))
            appendColumns(of: record.content)
            delimited?.append(record.person.description)
            return try endRow()
        }
        writer.beginObject()
        writer.key("record")
        writer.string("\(source):\(record.localID)")
        writer.key("euid")
        writer.string(record.person.description)
        writer.key("version")
        writer.integer(Int64(record.version))
        writer.key("recorded_at")
        writer.string(Timestamp.text(of: record.recordedAt))
        record.content.writeMembers(to: &writer)
        writer.endObject()
        try endLine()
    }

    /// Writes a person, given all its records that count: its golden record by the policy in force.
    mutating func write(
        _ records: [ExportedRecord], pins: PersonPins, policy: Survivorship,
        names: [Int32: String]
    ) throws(ExtractError) {
        guard let first = records.first else { return }
        rows += 1
        let sources = records.map { record in
            GoldenRecordSource(
                person: record.content, recordedAt: record.recordedAt, record: record.record,
                source: record.source)
        }
        guard delimited == nil else {
            delimited?.append(first.person.description)
            appendColumns(of: GoldenRecord.derive(from: sources, pins: pins, policy: policy))
            delimited?.append(records.count)
            return try endRow()
        }
        let derivation = GoldenRecord.deriveWithProvenance(
            from: sources, pins: pins, policy: policy)
        let recordNames = Dictionary(
            uniqueKeysWithValues: records.map { record in
                (record.record, "\(names[record.source] ?? ""):\(record.localID)")
            })
        writer.beginObject()
        writer.key("euid")
        writer.string(first.person.description)
        derivation.person.writeMembers(to: &writer)
        writer.key("sources")
        writer.integer(Int64(records.count))
        writer.key("records")
        writer.beginArray()
        for record in records { writer.string(recordNames[record.record] ?? "") }
        writer.endArray()
        writer.key("provenance")
        derivation.writeProvenance(to: &writer) { recordNames[$0] ?? "" }
        writer.endObject()
        try endLine()
    }

    /// Makes the file appear.
    mutating func finish() throws(ExtractError) {
        try delimited?.finish()
        try lines?.write(buffer.span)
        try lines?.finish()
    }

    /// Repeated values stand in one column, with the separator of a record's own between them.
    ///
    /// A column cannot say that a number is old or was a mistake, and would say that it is in use:
    /// such numbers, and further names beyond one of a use, stand in NDJSON alone.
    private mutating func appendColumns(of person: PersonRecord) {
        for field in DemographicField.allCases {
            person.withBytes(of: field) { delimited?.append($0) }
        }
        for field in FurtherNameField.allCases { delimited?.append(person[field]) }
        let separator = String(UnicodeScalar(PersonRecord.valueSeparator))
        for authority in authorities {
            let values = person.identifiers.filter {
                $0.authority == authority && !$0.isMistaken && $0.status != .old
            }.map(\.value)
            delimited?.append(values.joined(separator: separator))
        }
    }

    private mutating func endRow() throws(ExtractError) { try delimited?.endRow() }

    private mutating func endLine() throws(ExtractError) {
        buffer.append(contentsOf: writer.bytes)
        buffer.append(UInt8(ascii: "\n"))
        writer.removeAll()
        guard buffer.count > ExtractLimits.writeBytesMax else { return }
        try lines?.write(buffer.span)
        buffer.removeAll(keepingCapacity: true)
    }
}
