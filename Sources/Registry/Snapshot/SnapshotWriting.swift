internal import Foundation
internal import Linkage
internal import RegistryModel
internal import RegistryStore
internal import Synchronization

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
    /// How many threads gather records.
    private let threads: Int

    /// Records that are copied in one turn: a fraction of a millisecond.
    private static let turnRecords = 512
    /// Records of a chunk, some turns.
    private static let chunkRecords = 16 * turnRecords

    /// Saves what the index of a node holds where that is worth it; `threads` of them gather records, beside the
    /// caller's, which writes.
    ///
    /// - Throws: what the database or the disk refuses; the snapshot before is left as it was.
    static func save(_ state: NodeState, in store: SnapshotStore, threads: Int) throws {
        var session = try RegistrySession(databaseURL: state.databaseURL)
        let program = try SnapshotFile.programDigest()
        let lineage = try session.lineage()
        let writing = SnapshotWriting(state: state, threads: threads)
        try store.save(system: lineage.system, database: lineage.database) { file in
            let numbersDay = state.numbersDay.withLock { $0 }
            let (start, records, changes) = state.index.read {
                ($0.position, $0.settledRecords, $0.changes)
            }
            let words = try writing.writeRecords(records, &file)
            try file.append(
                .words, first: 0, count: 0, state.index.read { $0.matcher.image(of: words) })
            let farBehind = state.index.read { $0.farBehind }
            let numbers = farBehind.flatMap { [$0.key, UInt32(bitPattern: $0.value)] }
            try file.append(
                .farBehind, first: 0, count: farBehind.count,
                numbers.withUnsafeBytes { Array($0) })
            let (books, lesson) = state.index.read { ($0.books.all, $0.lesson) }
            for book in books {
                try file.append(
                    .book, first: lesson.records, count: lesson.writtenPerMille, book.bytes)
            }
            let persons = try writing.writePersons(&file)
            // All that was read is in the log by now.
            let header = SnapshotHeader(
                program: program, lineage: try session.lineage(), start: start, records: records,
                persons: persons, numbersDay: numbersDay)
            try file.finish(header)
            return changes
        }
    }

    /// Some records as the file takes them.
    private struct Part: Sendable {
        var first: Int
        var count: Int
        var bytes: [UInt8]
    }

    /// Writes records, which other threads gather meanwhile; the engine's words of all of them come back.
    private func writeRecords(
        _ count: Int, _ file: inout SnapshotFileWriter
    ) throws -> ImageWords {
        let words = Mutex(ImageWords())
        let packing = state.index.read { $0.packing }
        let chunks = (count + Self.chunkRecords - 1) / Self.chunkRecords
        try OrderedWork<Part>.run(parts: chunks, threads: threads) { work in
            var chunk = RecordChunk(packing)
            while let number = work.next() {
                let first = number * Self.chunkRecords
                gather(first..<min(first + Self.chunkRecords, count), into: &chunk)
                work.offer(Part(first: first, count: chunk.count, bytes: chunk.bytes), of: number)
                chunk.removeAll()
            }
            words.withLock { $0.formUnion(chunk.words) }
        } take: { part in
            try file.append(.records, first: part.first, count: part.count, part.bytes)
        }
        return words.withLock { $0 }
    }

    /// Copies records out of the index, in turns.
    private func gather(_ records: Range<Int>, into chunk: inout RecordChunk) {
        for first in stride(from: records.lowerBound, to: records.upperBound, by: Self.turnRecords)
        {
            state.index.read { index in
                for slot in first..<min(first + Self.turnRecords, records.upperBound) {
                    index.write(UInt32(slot), to: &chunk)
                }
            }
        }
    }

    private func writePersons(_ file: inout SnapshotFileWriter) throws -> Int {
        var first = 0
        while true {
            var bytes: [UInt8] = []
            let end = state.index.read { index in
                let end = min(first + Self.chunkRecords, index.persons.count)
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

/// Records as a snapshot holds them: rows as memory holds them, the end of each record's bytes, the
/// engine's images, all bytes.
///
/// The program's digest stands for the layout.
struct RecordChunk {
    private var rows: [RecordRow] = []
    private var ends: [UInt32] = []
    private var contents: [UInt8] = []
    /// How records are written that another book wrote in many bytes.
    private let packing: ContentPacking
    /// What the engine made of each record.
    var images: [UInt8] = []
    /// The words of all images so far, those of chunks before too.
    var words = ImageWords()

    /// Creates a part without records.
    init(_ packing: ContentPacking) { self.packing = packing }

    /// The number of records.
    var count: Int { rows.count }

    /// Forgets all but the words.
    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        contents.removeAll(keepingCapacity: true)
        images.removeAll(keepingCapacity: true)
    }

    /// Adds a record and its bytes as the arena wrote them; where it lies in memory is left out.
    mutating func append(_ row: RecordRow, written: Span<UInt8>) {
        written.withUnsafeBufferPointer { contents.append(contentsOf: $0) }
        append(row)
    }

    /// Adds a record and its bytes in plain, which are written anew.
    mutating func append(_ row: RecordRow, text: Span<UInt8>) {
        packing.append(text, to: &contents)
        append(row)
    }

    private mutating func append(_ row: RecordRow) {
        var row = row
        row.content = .none
        row.nextMember = PatientIndex.noSlot
        rows.append(row)
        ends.append(UInt32(contents.count))
    }

    /// The chunk in one piece.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(
            rows.count * (MemoryLayout<RecordRow>.stride + 4) + images.count + contents.count)
        rows.withUnsafeBytes { bytes.append(contentsOf: $0) }
        ends.withUnsafeBytes { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: images)
        bytes.append(contentsOf: contents)
        return bytes
    }
}
