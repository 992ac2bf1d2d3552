internal import Foundation
internal import RegistryModel
internal import RegistryStore

/// Writes what the index holds while it goes on changing.
///
/// Rows are copied in short turns under the index's lock, between which commits go: so the file holds
/// some rows as they were at its start and some as they became. That is enough, as it is for the fuzzy
/// checkpoints of databases (Gray and Reuter, Transaction Processing, 11.3), since the log's tail from
/// the start on names every record that changed, and a record is taken from it as it stands, not as a
/// difference. Of the records only those are written that were settled at the start; the others come
/// with the tail. Persons are written last, so that all that records name are there.
struct SnapshotWriting {
    private let state: NodeState

    /// Records that are copied in one turn: a fraction of a millisecond.
    private static let turnRecords = 512
    /// Turns of a chunk.
    private static let chunkTurns = 16

    /// Saves what the index of a node holds where that is worth it.
    ///
    /// - Throws: what the database or the disk refuses; the snapshot before is left as it was.
    static func save(_ state: NodeState, in store: SnapshotStore) throws {
        var session = try RegistrySession(databaseURL: state.databaseURL)
        let program = try SnapshotFile.programDigest()
        let lineage = try session.lineage()
        let writing = SnapshotWriting(state: state)
        try store.save(system: lineage.system, database: lineage.database) { file in
            let (start, records, changes) = state.index.read {
                ($0.position, $0.settledRecords, $0.changes)
            }
            try writing.writeRecords(records, &file)
            let persons = try writing.writePersons(&file)
            // All that was read is in the log by now.
            let header = SnapshotHeader(
                program: program, lineage: try session.lineage(), start: start, records: records,
                persons: persons)
            try file.finish(header)
            return changes
        }
    }

    private func writeRecords(_ count: Int, _ file: inout SnapshotFileWriter) throws {
        var chunk = RecordChunk()
        for first in stride(from: 0, to: count, by: Self.turnRecords) {
            let end = min(first + Self.turnRecords, count)
            state.index.read { index in
                for slot in first..<end { index.write(UInt32(slot), to: &chunk) }
            }
            let isFull = (first / Self.turnRecords + 1) % Self.chunkTurns == 0
            if isFull || end == count {
                try file.append(
                    .records, first: end - chunk.count, count: chunk.count, chunk.bytes)
                chunk.removeAll()
            }
        }
    }

    private func writePersons(_ file: inout SnapshotFileWriter) throws -> Int {
        var first = 0
        while true {
            var bytes: [UInt8] = []
            let end = state.index.read { index in
                let end = min(
                    first + Self.turnRecords * Self.chunkTurns, index.persons.count)
                for person in first..<end {
                    withUnsafeBytes(of: index.persons[person]) { bytes.append(contentsOf: $0) }
                }
                return end
            }
            guard end > first else { return first }
            try file.append(.persons, first: first, count: end - first, bytes)
            first = end
        }
    }
}

/// Records as a snapshot holds them: rows as memory holds them, the end of each record's bytes, all
/// bytes.
///
/// The program's digest stands for the layout.
struct RecordChunk {
    private var rows: [RecordRow] = []
    private var ends: [UInt32] = []
    private var contents: [UInt8] = []

    /// The number of records.
    var count: Int { rows.count }

    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        contents.removeAll(keepingCapacity: true)
    }

    /// Adds a record; where it lies in memory is left out.
    mutating func append(_ row: RecordRow, _ bytes: Span<UInt8>) {
        var row = row
        row.content = .none
        row.nextMember = PatientIndex.noSlot
        rows.append(row)
        bytes.withUnsafeBufferPointer { contents.append(contentsOf: $0) }
        ends.append(UInt32(contents.count))
    }

    /// The chunk in one piece.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(
            rows.count * (MemoryLayout<RecordRow>.stride + 4) + contents.count)
        rows.withUnsafeBytes { bytes.append(contentsOf: $0) }
        ends.withUnsafeBytes { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: contents)
        return bytes
    }
}
