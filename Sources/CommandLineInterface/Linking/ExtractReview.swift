import Extracts

/// Reads extracts once more, for what a report shows of the records in them.
///
/// Records are not kept while they are linked; a second reading costs less than their memory would.
struct ExtractReview {
    private static let batchRowsMax = 8_192

    let paths: [String]
    let columns: ColumnOverrides
    let prefixesIDs: Bool
    /// The record ids in the order of the population.
    let recordIDs: RecordIDs

    /// Refuses what can be read once only.
    static func check(_ paths: [String], for option: String) throws(UsageError) {
        guard !paths.contains("-") else {
            throw UsageError("\(option) reads an extract twice; save standard input to a file")
        }
    }

    /// Calls `body` with every record and its slot, in the order of the population.
    func forEach(_ body: (_ slot: Int, _ row: ExtractRow) -> Void) throws {
        var slot = 0
        for path in paths {
            let prefix = prefixesIDs ? ExtractPopulation.fileName(path) + ":" : ""
            var reader = try ExtractReader(path: path, columns: columns)
            var batch = ExtractBatch()
            while try reader.nextBatch(rowsMax: Self.batchRowsMax, into: &batch) {
                // A row that is not the next record was rejected for its id the first time too.
                for index in batch.rows.indices
                where isRecord(slot, prefix + batch.rows[index].recordID) {
                    body(slot, batch.rows[index])
                    slot += 1
                }
            }
        }
        guard slot == recordIDs.count else {
            throw CommandFailure("an extract changed while it was being linked; run again")
        }
    }

    private func isRecord(_ slot: Int, _ id: String) -> Bool {
        guard slot < recordIDs.count else { return false }
        return recordIDs[UInt32(slot)].utf8.elementsEqual(id.utf8)
    }

    /// The rows in some slots.
    func rows(in slots: Set<Int>) throws -> [Int: ExtractRow] {
        var rows: [Int: ExtractRow] = [:]
        try forEach { slot, row in if slots.contains(slot) { rows[slot] = row } }
        return rows
    }
}
