import Extracts
import Identity
import Linkage

/// The records of several extracts, encoded for the engine, with the ids that the user gave them.
struct ExtractPopulation {
    /// Rows for each thread that are encoded at once: enough for the threads to be worth their start,
    /// few enough to be in the cache still.
    private static let threadRowsMax = 2_048
    /// What may be read while a batch is encoded.
    private static let batchesAheadMax = 2

    let population: Population
    /// The record ids in the order of the population.
    let recordIDs: [String]
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
        var intake = Intake(builder: PopulationBuilder(threads: threads))
        let progress = ProgressLine(console: console, unit: "records")
        for path in paths {
            let reader = try ExtractReader(path: path, columns: columns)
            let unrecognised = reader.mapping.unrecognised
            if !unrecognised.isEmpty { unrecognisedColumns.append((path, unrecognised)) }
            var rejects = RejectsWriter(path: rejectsPath ?? RejectsWriter.defaultPath(of: path))
            intake.begin(path, prefix: prefixesIDs ? ExtractPopulation.fileName(path) + ":" : "")
            try reader.forEachBatch(
                rowsMax: ExtractPopulation.threadRowsMax * max(2, threads),
                batchesAhead: threads > 1 ? ExtractPopulation.batchesAheadMax : 0
            ) { batch in
                try intake.take(batch, &rejects)
                progress.update(label: "reading", done: intake.known.count, total: nil)
            }
            rejectedRows += rejects.count
            try rejects.finish()
        }
        progress.finish()
        recordIDs = intake.known.strings
        population = intake.builder.finish()
    }

    private static func fileName(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}

/// Takes the rows of one extract after another whose ids are new.
private struct Intake {
    var builder: PopulationBuilder
    private(set) var known = RecordIDs()
    /// The extracts so far with the numbers of their first records.
    private var extracts: [(path: String, start: Int)] = []
    /// What stands before the ids of the extract.
    private var prefix = ""

    init(builder: PopulationBuilder) { self.builder = builder }

    mutating func begin(_ path: String, prefix: String) {
        extracts.append((path, known.count))
        self.prefix = prefix
    }

    mutating func take(_ batch: ExtractBatch, _ rejects: inout RejectsWriter) throws {
        for row in batch.rejected { try rejects.write(row) }
        var persons: [PersonRecord] = []
        var sources: [String] = []
        persons.reserveCapacity(batch.rows.count)
        sources.reserveCapacity(batch.rows.count)
        // By index, for a loop variable would be a copy with a dozen counted references.
        for index in batch.rows.indices {
            let id = prefix + batch.rows[index].recordID
            if let earlier = known.insert(id) {
                try checkOwn(Int(earlier))
                try rejects.write(
                    RejectedRow(
                        lineNumber: batch.rows[index].lineNumber,
                        reason: "the record id stands twice",
                        bytes: Array(batch.rows[index].recordID.utf8)))
                continue
            }
            persons.append(batch.rows[index].person)
            sources.append(batch.rows[index].source)
        }
        builder.append(persons, sources: sources)
    }

    /// Refuses a record id that is a record's of an earlier extract.
    private func checkOwn(_ record: Int) throws {
        guard let extract = extracts.last(where: { $0.start <= record }),
            let current = extracts.last, extract.start != current.start
        else { return }
        throw CommandFailure(
            "\(current.path): record ids of \(extract.path) stand here too;"
                + " --prefix-ids tells them apart")
    }
}
