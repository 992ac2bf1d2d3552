internal import RegistryModel

/// Reads a file to its end: some rows at a time are checked on all cores, then taken in their order.
struct ImportReading {
    var table: ImportTable
    private(set) var rowsRead = 0
    /// Refused rows by the category of their problem.
    private(set) var refusals: [String: Int64] = [:]
    private(set) var linesWithoutCode = 0
    let spool: EntrySpool
    private let checking: EntryChecking
    private var batch: [StatedEntry] = []

    /// Rows that one thread checks at once.
    private static let sliceRows = 256

    /// Prepares to read a file of a catalog, whose entries are put into the table first.
    init(_ catalog: CatalogKey, _ checking: EntryChecking) throws {
        table = ImportTable(catalog)
        self.checking = checking
        spool = try EntrySpool()
    }

    /// Reads all rows.
    mutating func read(
        _ entries: ImportJob.Entries, refused: @escaping (RefusedRow) throws -> Void,
        progress: @escaping (ImportProgress) -> Void
    ) throws {
        batch.reserveCapacity(RegistryLimits.importRowsMax)
        try entries { row in
            rowsRead += 1
            switch row {
            case .success(let entry): batch.append(entry)
            case .failure(let row): try refuse(row, refused)
            }
            if batch.count >= RegistryLimits.importRowsMax {
                try takeBatch(refused)
                progress(ImportProgress(phase: .checking, done: rowsRead))
            }
        }
        try takeBatch(refused)
        try spool.flush()
        progress(ImportProgress(phase: .checking, done: rowsRead, total: rowsRead))
    }

    private mutating func takeBatch(_ refused: (RefusedRow) throws -> Void) throws {
        let (rows, checking) = (batch, checking)
        batch.removeAll(keepingCapacity: true)
        let checked = concurrentMap(count: rows.count, sliceMin: Self.sliceRows) { range in
            range.map { checking.check(rows[$0]) }
        }
        for row in checked {
            switch row {
            case .failure(let row): try refuse(row, refused)
            case .success(let entry):
                let start = try spool.append(entry.json)
                do throws(EntryProblem) {
                    try table.take(entry, start: start)
                } catch {
                    try refuse(
                        RefusedRow(line: entry.line, code: entry.code, problem: error), refused)
                }
            }
        }
    }

    private mutating func refuse(
        _ row: RefusedRow, _ refused: (RefusedRow) throws -> Void
    ) throws {
        refusals[row.problem.category, default: 0] += 1
        if let code = checking.code(row.code) {
            table.mention(code)
        } else {
            linesWithoutCode += 1
        }
        try refused(row)
    }
}
