internal import Extracts
internal import Identity
internal import Linkage
internal import RegistryModel
internal import RegistryStore

/// Reads an extract into chunks of packed rows and copies them into the database.
///
/// Three threads work at once: one takes the file apart, one copies, and the caller's settles the rows
/// between them, in their order.
struct LoadStaging {
    private let databaseURL: String
    private let load: Int64
    private let request: LoadRequest
    private var directory = SourceDirectory()
    /// Local identifiers that belong to a record's past, by source.
    private var formerLocalIDs: [Int32: Set<String>] = [:]
    /// Gathers what tells the model of a registry that is empty; nil where it has one.
    private var firstModel: FirstModel?
    /// Local identifiers of records that were erased.
    private var erasedNames = ErasedNames()
    private var chunk: [UInt8] = []
    /// The packed form of the row at hand.
    private var packed: [UInt8] = []
    private var chunkRows: Int32 = 0
    private var chunks: Int32 = 0
    private var rows: Int64 = 0
    private var rejectedRows: Int64 = 0

    /// Prepares the staging of a job.
    init(databaseURL: String, load: Int64, request: LoadRequest) {
        self.databaseURL = databaseURL
        self.load = load
        self.request = request
    }

    /// Stages all rows and hands the job to the writer.
    ///
    /// `choosesModel` says that the extract may choose the model of a registry that is empty; `encoding` gets
    /// all rows, where somebody wants them encoded.
    mutating func run(
        _ reader: consuming ExtractReader, _ session: inout RegistrySession, choosesModel: Bool,
        encoding: ExtractEncoding?, rejected: (RejectedRow) throws -> Void,
        progress: (LoadProgress) -> Void
    ) throws {
        directory = try session.directory()
        if choosesModel, try session.mayChooseModel() { firstModel = FirstModel(directory) }
        for former in try session.formerLocalIDs() {
            formerLocalIDs[former.source, default: []].insert(former.localID)
        }
        erasedNames = try session.erasedNames()
        let copying = ChunkCopying(databaseURL: databaseURL, load: load)
        do {
            let sinks = ChunkSinks(copying: copying, encoding: encoding)
            try stageAll(ExtractReading(reader), sinks, &session, rejected, progress)
            encoding?.close()
        } catch {
            copying.abandon()
            throw error
        }
        // The last chunks are on their way meanwhile.
        let model = request.model ?? firstModel.take()?.choose()
        try copying.finish()
        if let model {
            let json = String(decoding: try model.json(), as: UTF8.self)
            try session.chooseModel(name: model.name, json: json, actor: request.actor)
        }
        try session.finishStaging(load, chunks: chunks, rows: rows, rejected: rejectedRows)
    }

    private mutating func stageAll(
        _ reading: ExtractReading, _ sinks: ChunkSinks, _ session: inout RegistrySession,
        _ rejected: (RejectedRow) throws -> Void, _ progress: (LoadProgress) -> Void
    ) throws {
        defer { reading.stop() }
        var batch = ExtractBatch()
        while try reading.next(into: &batch) {
            for row in batch.rejected { try reject(row, rejected) }
            for row in batch.rows {
                if let reason = try stage(row, &session) {
                    try reject(
                        RejectedRow(lineNumber: row.lineNumber, reason: reason, bytes: []),
                        rejected)
                }
                if isChunkFull { try flush(to: sinks) }
            }
            progress(
                LoadProgress(
                    phase: .staging, done: reading.bytesRead, total: reading.bytesTotal))
        }
        try flush(to: sinks)
    }

    private mutating func reject(
        _ row: RejectedRow, _ rejected: (RejectedRow) throws -> Void
    ) throws {
        rejectedRows += 1
        if let limit = request.rejectsMax, rejectedRows > limit {
            throw RegistryError(
                .badRequest, "more than \(limit) rows were rejected; nothing was loaded")
        }
        try rejected(row)
    }

    /// Adds a row to the chunk; answers why it cannot be taken.
    private mutating func stage(_ row: ExtractRow, _ session: inout RegistrySession) throws
        -> String?
    {
        guard Source.isCode(row.source) else {
            return row.source.isEmpty
                ? "no source: name it in a column or with --source"
                : "a source's code is lower-case letters, digits and hyphens"
        }
        let source = try self.source(row.source, &session)
        var recordedAt = Int64.min
        if !row.recordedAt.isEmpty {
            guard let time = Timestamp.microseconds(of: row.recordedAt) else {
                return "recorded_at is no ISO 8601 date or time"
            }
            recordedAt = time
        }
        if formerLocalIDs[source.number]?.contains(row.localID) == true {
            return "the source renumbered the record of this local_id; use its new one"
        }
        if erasedNames.contains(source: source.number, localID: row.localID) {
            return "the record of this local_id was erased; padron erase allow lets it come back"
        }
        let person: PersonRecord
        do {
            person = try directory.settledPerson(row.localID, row.person, source.source)
        } catch {
            return error.message
        }
        packed.removeAll(keepingCapacity: true)
        PackedPerson.append(person, to: &packed)
        StagedChunk.append(
            source: source.number, localID: row.localID, recordedAt: recordedAt,
            packed: packed, to: &chunk)
        // A model is learned of patients; providers are matched by the same.
        if source.source.realm == .patient {
            firstModel?.append(packed, source: source.number)
        }
        chunkRows += 1
        rows += 1
        return nil
    }

    private mutating func source(_ code: String, _ session: inout RegistrySession) throws
        -> NumberedSource
    {
        if let known = directory.source(code) { return known }
        guard request.createsSources else {
            throw RegistryError(
                .unknownSource,
                "unknown source \(code); add it with padron source add,"
                    + " or load with --create-sources"
            )
        }
        do {
            _ = try session.add(Source(code: code))
        } catch StoreError.alreadyExists {
            // Another command has made it meanwhile.
        }
        directory = try session.directory()
        guard let made = directory.source(code) else {
            throw RegistryError(.internal, "source \(code) could not be made")
        }
        return made
    }

    private var isChunkFull: Bool {
        chunkRows == RegistryLimits.chunkRowsMax || chunk.count > RegistryLimits.chunkBytesMax
    }

    private mutating func flush(to sinks: ChunkSinks) throws {
        guard chunkRows > 0 else { return }
        sinks.encoding?.append(chunk)
        try sinks.copying.append(StagedChunkRow(chunk: chunks, rows: chunkRows, content: chunk))
        chunks += 1
        chunkRows = 0
        let length = chunk.count
        chunk = []
        chunk.reserveCapacity(length)
    }
}

/// Who takes full chunks.
private struct ChunkSinks {
    var copying: ChunkCopying
    var encoding: ExtractEncoding?
}

extension RegistrySession {
    /// The sources and authorities of now.
    mutating func directory() throws -> SourceDirectory {
        SourceDirectory(sources: try sources(), authorities: try authorityDirectory())
    }
}
