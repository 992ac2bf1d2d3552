internal import Identity
internal import RegistryModel
internal import RegistryStore

/// Reads all records of the database on all cores, for an index that is being filled.
///
/// Each thread has a session of its own, all in one exported state of the database, and reads ranges
/// of record numbers.
struct RecordReading: Sendable {
    private let exported: ExportedSnapshot
    private let authorities: AuthorityDirectory
    private let packing: ContentPacking
    private let recordCount: Int64

    private static let rangeRecords: Int64 = 8_192

    /// Calls a closure with all records that a session sees in its `snapshot`, in the order of their
    /// numbers.
    static func forEachBatch(
        _ session: inout RegistrySession, databaseURL: String, _ authorities: AuthorityDirectory,
        _ packing: ContentPacking, _ body: (RecordBatch) throws -> Void
    ) throws {
        let reading = RecordReading(
            exported: try session.exportSnapshot(), authorities: authorities,
            packing: packing, recordCount: try session.lastRecord())
        let ranges = Int((reading.recordCount + rangeRecords - 1) / rangeRecords)
        // The state is theirs only while this session keeps it.
        try OrderedWork.run(parts: ranges) { work in
            var session = try RegistrySession(databaseURL: databaseURL)
            try session.snapshot(of: reading.exported) { session in
                while let range = work.next() {
                    work.offer(try reading.records(ofRange: range, &session), of: range)
                }
            }
        } take: { batch in
            try body(batch)
        }
    }

    private func records(
        ofRange range: Int, _ session: inout RegistrySession
    ) throws -> RecordBatch {
        let first = Int64(range) * Self.rangeRecords + 1
        let end = min(first + Self.rangeRecords, recordCount + 1)
        var batch = RecordBatch(first: UInt32(first - 1), packing)
        var next = first
        try session.readRecords(in: first..<end) { record in
            guard record.record == next else {
                throw StoreError.damaged("record numbers with a gap")
            }
            next += 1
            batch.append(record, authorities)
        }
        guard next == end else { throw StoreError.damaged("record numbers with a gap") }
        return batch
    }
}
