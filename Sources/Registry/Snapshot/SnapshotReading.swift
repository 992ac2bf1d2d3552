internal import Foundation
internal import Identity
internal import Linkage
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

    /// The day of whose numbers the engine's images tell which are in use.
    var numbersDay: Int32 { file.header.numbersDay }

    /// Fills an empty index.
    ///
    /// - Throws: ``SnapshotUnfit`` where a part is not what was written.
    func fill(_ index: Guarded<PatientIndex>) throws {
        let header = file.header
        index.write { $0.reserve(records: header.records, persons: header.persons) }
        for chunk in header.chunks where chunk.kind == .book {
            guard let book = Codebook(bytes: try file.bytes(of: chunk)) else { throw Self.damaged }
            let lesson = ContentLesson(records: chunk.first, writtenPerMille: chunk.count)
            index.write { $0.write(by: book, lesson) }
        }
        try fillPersons(index)
        guard let words = header.chunks.first(where: { $0.kind == .words }) else {
            throw Self.damaged
        }
        let image = try file.bytes(of: words)
        let filling = index.write {
            $0.matcher.beginFilling(records: header.records, words: image)
        }
        guard let filling else { throw Self.damaged }
        try fillRecords(index, filling)
        try fillFarBehind(index)
    }

    private func fillFarBehind(_ index: Guarded<PatientIndex>) throws {
        for chunk in file.header.chunks where chunk.kind == .farBehind {
            let pairs = try Self.rows(
                try file.bytes(of: chunk), 0, count: chunk.count, of: SIMD2<UInt32>.self)
            let farBehind = Dictionary(
                pairs.map { ($0[0], Int32(bitPattern: $0[1])) }, uniquingKeysWith: { $1 })
            index.write { $0.take(farBehind: farBehind) }
        }
    }

    private func fillPersons(_ index: Guarded<PatientIndex>) throws {
        var count = 0
        for chunk in file.header.chunks where chunk.kind == .persons {
            guard chunk.first == count else { throw Self.damaged }
            let rows = try Self.rows(
                try file.bytes(of: chunk), 0, count: chunk.count, of: PersonRow.self)
            count += rows.count
            index.write { $0.append(rows) }
        }
        guard count == file.header.persons else { throw Self.damaged }
    }

    private func fillRecords(_ index: Guarded<PatientIndex>, _ filling: ImageFilling) throws {
        let chunks = file.header.chunks.filter { $0.kind == .records }
        let (authorities, books) = index.read { ($0.authorities, $0.books) }
        let chunkReading = RecordChunkReading(
            file: file, books: books, authorities: authorities, filling: filling)
        let threads = ProcessInfo.processInfo.activeProcessorCount
        var recordCount = 0
        var waiting: [ImageKeys] = []
        var waitingCount = 0
        func enter() {
            index.write { $0.matcher.enter(waiting, threads: threads) }
            waiting = []
            waitingCount = 0
        }
        try OrderedWork<(RecordBatch, ImageKeys)>.run(parts: chunks.count) { work in
            while let part = work.next() {
                work.offer(try chunkReading.read(chunks[part]), of: part)
            }
        } take: { batch, keys in
            guard Int(batch.first) == recordCount else { throw Self.damaged }
            recordCount += batch.rows.count
            index.write { $0.append(batch) }
            waiting.append(keys)
            waitingCount += batch.rows.count
            if waitingCount >= Self.roundRecords { enter() }
        }
        enter()
        guard recordCount == file.header.records else { throw Self.damaged }
    }

    /// Records whose keys are entered at once, some 180 bytes for each until then.
    ///
    /// The more, the less often is all that was entered written again.
    private static let roundRecords = 1 << 21

    fileprivate static var damaged: SnapshotUnfit { SnapshotUnfit("a part of it is missing") }

    fileprivate static func rows<Row: BitwiseCopyable>(
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
}

/// Reads chunks of records on any number of threads.
private struct RecordChunkReading: Sendable {
    let file: SnapshotFile
    let books: ContentBooks
    let authorities: AuthorityDirectory
    let filling: ImageFilling

    /// The records of a chunk, of which the engine has taken all but the keys.
    func read(_ chunk: SnapshotChunk) throws -> (RecordBatch, ImageKeys) {
        let bytes = try file.bytes(of: chunk)
        let rows = try SnapshotReading.rows(bytes, 0, count: chunk.count, of: RecordRow.self)
        let endsStart = chunk.count * MemoryLayout<RecordRow>.stride
        let ends = try SnapshotReading.rows(bytes, endsStart, count: chunk.count, of: UInt32.self)
        let imagesStart = endsStart + 4 * chunk.count
        let contentsStart = imagesStart + OnlineIndex.imageBytes * chunk.count
        guard contentsStart + Int(ends.last ?? 0) == bytes.count,
            rows.allSatisfy({ $0.person < file.header.persons }),
            let slot = UInt32(exactly: chunk.first),
            let keys = filling.take(
                bytes.span.extracting(imagesStart..<contentsStart), slot: slot)
        else { throw SnapshotReading.damaged }
        var batch = RecordBatch(first: slot, .none, encodes: false)
        var start = contentsStart
        try bytes.withUnsafeBufferPointer { bytes in
            for (row, end) in zip(rows, ends) {
                let end = contentsStart + Int(end)
                guard start <= end, end <= bytes.count else { throw SnapshotReading.damaged }
                let written = UnsafeBufferPointer(rebasing: bytes[start..<end])
                let isRead = books.withText(of: written) { text in
                    batch.append(row, text, written: written, authorities)
                }
                guard isRead == true else { throw SnapshotReading.damaged }
                start = end
            }
        }
        return (batch, keys)
    }
}
