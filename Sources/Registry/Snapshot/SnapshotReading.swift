internal import Foundation
internal import Identity
internal import RegistryModel
internal import RegistryStore

/// Fills an empty index from a snapshot that fits the database.
struct SnapshotReading {
    private let file: SnapshotFile

    /// Opens the snapshot of a database; nil where there is none.
    ///
    /// - Throws: ``SnapshotUnfit`` where it is of another program or another history, or too old to be
    ///   of use.
    init?(
        _ store: SnapshotStore, _ lineage: DatabaseLineage, _ session: inout RegistrySession
    ) throws {
        let path = store.path(system: lineage.system, database: lineage.database)
        guard let file = try SnapshotFile(path: path) else { return nil }
        self.file = file
        let header = file.header
        guard header.program == (try SnapshotFile.programDigest()) else {
            throw SnapshotUnfit("it is another program's")
        }
        guard try session.continues(header.lineage), header.records <= (try session.lastRecord())
        else { throw SnapshotUnfit("it is of another history than the database") }
        guard try !session.hasErased(after: header.start.sequence) else {
            throw SnapshotUnfit("something was erased since")
        }
        let tail = try session.lastRecord() - Int64(header.records)
        guard tail <= Int64(max(header.records / 4, RegistryLimits.snapshotTailMax)) else {
            throw SnapshotUnfit("the registry has grown by more than a quarter since")
        }
    }

    /// Where the log is to be followed from.
    var start: LogPosition { file.header.start }

    /// The records and the persons that it holds.
    var counts: (records: Int, persons: Int) { (file.header.records, file.header.persons) }

    /// Calls closures with all persons, then with all records, in order.
    ///
    /// - Throws: ``SnapshotUnfit`` where a part is not what was written.
    func read(
        _ authorities: AuthorityDirectory,
        persons takePersons: ([PersonRow]) -> Void, records takeRecords: (RecordBatch) -> Void
    ) throws {
        var personCount = 0
        for chunk in file.header.chunks where chunk.kind == .persons {
            guard chunk.first == personCount else { throw Self.damaged }
            let rows = try Self.rows(
                try file.bytes(of: chunk), 0, count: chunk.count, of: PersonRow.self)
            personCount += rows.count
            takePersons(rows)
        }
        let chunks = file.header.chunks.filter { $0.kind == .records }
        let (persons, file) = (personCount, file)
        var recordCount = 0
        try OrderedWork<RecordBatch>.run(parts: chunks.count) { work in
            while let part = work.next() {
                let bytes = try file.bytes(of: chunks[part])
                work.offer(
                    try Self.batch(bytes, chunks[part], persons: persons, authorities), of: part)
            }
        } take: { batch in
            guard Int(batch.first) == recordCount else { throw Self.damaged }
            recordCount += batch.rows.count
            takeRecords(batch)
        }
        guard recordCount == file.header.records, personCount == file.header.persons else {
            throw Self.damaged
        }
    }

    private static var damaged: SnapshotUnfit { SnapshotUnfit("a part of it is missing") }

    private static func rows<Row: BitwiseCopyable>(
        _ bytes: [UInt8], _ start: Int, count: Int, of type: Row.Type
    ) throws -> [Row] {
        let stride = MemoryLayout<Row>.stride
        guard count >= 0, count <= (bytes.count - start) / stride else { throw damaged }
        return bytes.withUnsafeBytes { buffer in
            (0..<count).map {
                buffer.loadUnaligned(fromByteOffset: start + $0 * stride, as: Row.self)
            }
        }
    }

    private static func batch(
        _ bytes: [UInt8], _ chunk: SnapshotChunk, persons: Int, _ authorities: AuthorityDirectory
    ) throws -> RecordBatch {
        let rows = try rows(bytes, 0, count: chunk.count, of: RecordRow.self)
        let endsStart = chunk.count * MemoryLayout<RecordRow>.stride
        let ends = try Self.rows(bytes, endsStart, count: chunk.count, of: UInt32.self)
        let contents = bytes[(endsStart + 4 * chunk.count)...]
        guard Int(ends.last ?? 0) == contents.count, rows.allSatisfy({ $0.person < persons })
        else { throw damaged }
        var batch = RecordBatch(first: UInt32(chunk.first))
        var start = 0
        let span = contents.span
        for (row, end) in zip(rows, ends) {
            guard start <= end, batch.append(row, span.extracting(start..<Int(end)), authorities)
            else { throw damaged }
            start = Int(end)
        }
        return batch
    }
}
