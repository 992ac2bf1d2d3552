import Extracts
import Identity
import Linkage

/// The records of several extracts, encoded for the engine, with the ids that the user gave them.
struct ExtractPopulation {
    /// What is read at once, so that encoding keeps all cores busy and memory stays bounded.
    private static let batchRowsMax = 32_768

    let population: Population
    private(set) var recordIDs: [String] = []
    private(set) var rejectedRows = 0
    /// Columns that no field was recognised in, by extract.
    private(set) var unrecognisedColumns: [(path: String, columns: [String])] = []

    /// Reads extracts.
    ///
    /// A row whose record id stands in an earlier extract ends the reading, unless ids are
    /// prefixed with their file's name; one that stands earlier in its own extract is rejected.
    init(
        paths: [String], columns: ColumnOverrides, prefixesIDs: Bool, rejectsPath: String?,
        threads: Int, console: Console
    ) throws {
        var builder = PopulationBuilder(threads: threads)
        var extractOfID: [String: Int] = [:]
        let progress = ProgressLine(console: console, unit: "records")
        for (number, path) in paths.enumerated() {
            var reader = try ExtractReader(path: path, columns: columns)
            let unrecognised = reader.mapping.unrecognised
            if !unrecognised.isEmpty { unrecognisedColumns.append((path, unrecognised)) }
            var rejects = RejectsWriter(path: rejectsPath ?? RejectsWriter.defaultPath(of: path))
            let prefix = prefixesIDs ? ExtractPopulation.fileName(path) + ":" : ""
            while let batch = try reader.nextBatch(rowsMax: ExtractPopulation.batchRowsMax) {
                for row in batch.rejected {
                    try rejects.write(row)
                    rejectedRows += 1
                }
                var persons: [PersonRecord] = []
                var sources: [String] = []
                for row in batch.rows {
                    let id = prefix + row.recordID
                    if let earlier = extractOfID.updateValue(number, forKey: id) {
                        guard earlier == number else {
                            throw CommandFailure(
                                "\(path): record ids of \(paths[earlier]) stand here too;"
                                    + " --prefix-ids tells them apart")
                        }
                        try rejects.write(
                            RejectedRow(
                                lineNumber: row.lineNumber, reason: "the record id stands twice",
                                bytes: Array(row.recordID.utf8)))
                        rejectedRows += 1
                        continue
                    }
                    recordIDs.append(id)
                    persons.append(row.person)
                    sources.append(row.source)
                }
                builder.append(persons, sources: sources)
                progress.update(label: "reading", done: recordIDs.count, total: nil)
            }
            try rejects.finish()
        }
        progress.finish()
        population = builder.finish()
    }

    private static func fileName(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
