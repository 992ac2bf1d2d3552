import Extracts
import Identity
import Linkage

/// The records of several extracts, encoded for the engine, with the ids that the user gave them.
struct ExtractPopulation {
    let population: Population
    /// The record ids in the order of the population.
    let recordIDs: RecordIDs
    private(set) var rejectedRows = 0
    /// Columns that no field was recognised in, by extract.
    private(set) var unrecognisedColumns: [(path: String, columns: [String])] = []
    /// What the user is told of how the columns were understood.
    private(set) var columnNotes: [String] = []

    /// Reads extracts.
    ///
    /// A row whose record id stands in an earlier extract ends the reading, unless ids are
    /// prefixed with their file's name; one that stands earlier in its own extract is rejected.
    init(
        paths: [String], columns: ColumnOverrides, prefixesIDs: Bool, rejectsPath: String?,
        sharedNumberSources: Set<String> = [], threads: Int, console: Console
    ) throws {
        var builder = PopulationBuilder(
            threads: threads, sharedNumberSources: sharedNumberSources)
        var intake = Intake()
        let progress = ProgressLine(console: console, unit: "records")
        for path in paths {
            let reader = try ExtractReader(path: path, columns: columns)
            let unrecognised = reader.mapping.unrecognised
            if !unrecognised.isEmpty { unrecognisedColumns.append((path, unrecognised)) }
            columnNotes += reader.mapping.notes(path: path)
            var rejects = RejectsWriter(path: rejectsPath ?? RejectsWriter.defaultPath(of: path))
            let prefix = prefixesIDs ? ExtractPopulation.fileName(path) + ":" : ""
            intake.begin(path, prefix: prefix, bytesTotal: reader.bytesTotal)
            var takers = builder.takeEncoders(forThreads: threads)
            try reader.forEachPiece(takers: &takers, idPrefix: prefix) { piece in
                try intake.take(piece, into: &builder, &rejects)
                progress.update(
                    label: "reading", done: builder.count, total: intake.expectedRecords)
            }
            builder.giveBack(takers)
            rejectedRows += rejects.count
            try rejects.finish()
        }
        progress.finish()
        intake.known.freeze()
        recordIDs = intake.known
        population = builder.finish()
        for source in sharedNumberSources.sorted()
        where !population.sourceNames.contains(source) {
            throw CommandFailure("--shared-numbers: no record is of the source \(source)")
        }
    }

    static func fileName(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}

extension RecordEncoder: RecordTaker {
    mutating func take(_ person: PersonRecord) { append(person) }
}

/// Takes the rows of one extract after another whose ids are new.
private struct Intake {
    var known = RecordIDs()
    /// The records that the extracts so far will have, by what was read of the last one.
    private(set) var expectedRecords: Int?
    /// The extracts so far with the numbers of their first records.
    private var extracts: [(path: String, start: Int)] = []
    /// What stands before the ids of the extract.
    private var prefix = ""
    private var bytesTotal: Int?

    mutating func begin(_ path: String, prefix: String, bytesTotal: Int?) {
        extracts.append((path, known.count))
        self.prefix = prefix
        self.bytesTotal = bytesTotal
        expectedRecords = nil
    }

    mutating func take(
        _ piece: ExtractPiece<EncodedPiece>, into builder: inout PopulationBuilder,
        _ rejects: inout RejectsWriter
    ) throws {
        expect(piece.count, afterBytes: piece.bytesRead, &builder)
        var rejected = piece.rejected
        var excluded: [Int] = []
        for row in 0..<piece.count {
            guard let earlier = known.insert(row, of: piece) else { continue }
            try checkOwn(Int(earlier))
            excluded.append(row)
            rejected.append(
                RejectedRow(
                    lineNumber: piece.lineNumber(of: row), reason: "the record id stands twice",
                    bytes: Array(piece.recordID(of: row).utf8.dropFirst(prefix.utf8.count))))
        }
        if !excluded.isEmpty { rejected.sort { $0.lineNumber < $1.lineNumber } }
        for row in rejected { try rejects.write(row) }
        builder.append(
            piece.taken, sourceNumbers: piece.sources, names: piece.sourceNames,
            excluding: excluded)
    }

    /// Makes room for all records of the extract once it has shown how long its rows are.
    private mutating func expect(
        _ rows: Int, afterBytes bytesRead: Int, _ builder: inout PopulationBuilder
    ) {
        guard let bytesTotal, bytesRead > 0 else { return }
        let first = extracts.last?.start ?? 0
        let share = Double(bytesTotal) / Double(bytesRead)
        let expected = first + Int(Double(known.count + rows - first) * max(1, share))
        if expectedRecords == nil || known.count + rows > builder.capacity {
            // A little more, for rows are not all of one length; memory not written to costs none.
            builder.reserveCapacity(expected + expected / 32 + rows)
            known.reserveCapacity(expected + expected / 32 + rows)
        }
        expectedRecords = expected
    }

    /// Refuses a record id that is a record's of an earlier extract.
    private func checkOwn(_ record: Int) throws {
        guard let extract = extracts.last(where: { $0.start <= record }),
            let current = extracts.last, extract.start != current.start
        else { return }
        let hint =
            prefix.isEmpty ? "--prefix-ids tells them apart" : "give each file a name of its own"
        throw CommandFailure(
            "\(current.path): record ids of \(extract.path) stand here too; \(hint)")
    }
}
