package import Identity
package import RegistryModel

/// A file of a registry, read once from its start to its end.
///
/// Rows are told one by one, in the order of the file, as entries or as refusals with line and reason;
/// only what is wrong with the file as a whole is thrown.
package struct EntryFile: ~Copyable {
    /// How the file is written.
    package let format: EntryFormat
    /// The columns, elements and record types that are not read, for the user to look over.
    package private(set) var unrecognisedColumns: [String] = []
    /// The bytes that were read so far.
    package private(set) var bytesRead = 0
    /// The size of the file; nil where it is not a regular one.
    package private(set) var bytesTotal: Int?

    private let path: String
    private let catalog: CatalogKey
    private let directory: AuthorityDirectory
    /// The file where it is a table with a header, and what its columns say.
    private var table: DelimitedReader?
    private var rows: EntryRows?

    /// Opens a file and recognises what it holds.
    ///
    /// - Parameters:
    ///   - path: The file, `-` for standard input, or the folder of BDPM tables.
    ///   - kind: What its entries are.
    ///   - authority: Whose codes they have.
    ///   - format: How it is written; told from the file where it is nil.
    ///   - columns: Names of columns by the canonical column whose values they have.
    ///   - directory: The authorities whose systems identifiers in FHIR name.
    /// - Throws: What is wrong with the file as a whole.
    package init(
        path: String, kind: CatalogKind, authority: String, format: EntryFormat? = nil,
        columns: [String: String] = [:], directory: AuthorityDirectory = .shipped
    ) throws(ExtractError) {
        self.path = path
        self.directory = directory
        catalog = CatalogKey(kind, authority)
        var format = try EntryFile.format(format, of: path)
        if format == .csv || format == .renipress || format == .deis {
            let reader = try DelimitedReader.opened(path: path)
            let layout = TableLayout(format: format, kind: kind, header: reader.header)
            let recognised = try EntryColumns(
                header: reader.header, kind: kind, overrides: columns,
                names: layout?.names ?? [:], path: path)
            unrecognisedColumns = recognised.unrecognised
            bytesTotal = reader.bytesTotal
            let text = EntryText(catalog: catalog, hasDecimalCommas: reader.separator != 0x2C)
            rows = EntryRows(columns: recognised, text: text, change: layout?.change)
            format = layout?.format ?? format
            table = consume reader
        } else if !columns.isEmpty {
            throw .columnsOfFixedFormat(path: path, format: format.rawValue)
        }
        guard format.kinds.contains(kind) else {
            throw .wrongKind(path: path, format: format.rawValue, kind: kind.plural)
        }
        self.format = format
    }

    private static func format(
        _ stated: EntryFormat?, of path: String
    ) throws(ExtractError) -> EntryFormat {
        guard let stated else { return try EntryFormat.detected(path: path) }
        return stated
    }

    /// Reads the whole file; a second call finds nothing more.
    package mutating func read(
        _ body: (Result<StatedEntry, RefusedRow>) throws -> Void
    ) throws {
        switch format {
        case .csv, .renipress, .deis: try readTable(body)
        case .fhir: try readResources(body)
        case .bdpm:
            var reader = BDPMReader(path: path, catalog: catalog)
            try reader.read(body)
        case .finess:
            var reader = FINESSReader(path: path, catalog: catalog)
            try reader.read(body)
        }
    }

    private mutating func readTable(
        _ body: (Result<StatedEntry, RefusedRow>) throws -> Void
    ) throws {
        guard var reader = table.take(), var rows else { return }
        while true {
            let outcome = try reader.next()
            bytesRead = reader.bytesRead
            switch outcome {
            case .end: return
            case .malformed(let reason):
                try body(
                    .failure(
                        RefusedRow(
                            line: reader.lineNumber, code: "", problem: .unreadable(reason))))
            case .row:
                let result: Result<StatedEntry, RefusedRow>
                do throws(RefusedRow) {
                    result = .success(try rows.entry(of: &reader))
                } catch {
                    result = .failure(error)
                }
                try body(result)
            }
        }
    }

    private mutating func readResources(
        _ body: (Result<StatedEntry, RefusedRow>) throws -> Void
    ) throws {
        var reader = try ResourceReader(path: path, catalog: catalog, directory: directory)
        try reader.read(body)
        unrecognisedColumns = reader.unrecognised
    }
}
