package import Extracts
internal import Foundation
internal import Identity
internal import RegistryModel
internal import RegistryStore
internal import Synchronization

/// Loads an extract: stages it in the database, then has it registered by whoever writes.
///
/// Staging decides the chunks, and registering follows them in order, each chunk with its job's
/// step in one transaction. So a load killed anywhere and begun again ends as if nothing had
/// happened: a job that was still staging is staged anew, any other goes on behind its last chunk.
package struct LoadJob {
    private let databaseURL: String
    private let request: LoadRequest
    private var node: RegistryNodeOptions
    private let stagedExtracts = StagedExtracts()

    /// Prepares a load; `node` is how the command writes itself where no writer lives.
    package init(databaseURL: String, request: LoadRequest, node: RegistryNodeOptions) {
        self.databaseURL = databaseURL
        self.request = request
        self.node = node
        self.node.loads.stagedExtracts = stagedExtracts
    }

    /// Runs the load to its end; `recognised` is told what each column of the extract means.
    ///
    /// - Throws: `ExtractError` for a file that cannot be read, `unknown-source`, and `bad-request`
    ///   for too many rejected rows, before anything is registered.
    package func run(
        recognised: (ColumnMapping) -> Void = { _ in },
        rejected: (RejectedRow) throws -> Void = { _ in },
        progress: (LoadProgress) -> Void = { _ in }
    ) throws -> LoadSummary {
        try RegistryError.advising("load the same extract again to go on") {
            try finish(recognised, rejected, progress)
        }
    }

    private func finish(
        _ recognised: (ColumnMapping) -> Void, _ rejected: (RejectedRow) throws -> Void,
        _ progress: (LoadProgress) -> Void
    ) throws -> LoadSummary {
        let reader = try ExtractReader(
            path: request.path, columns: request.columns, defaultSource: request.source)
        recognised(reader.mapping)
        try RegistrySession.migrate(databaseURL: databaseURL)
        var session = try RegistrySession(databaseURL: databaseURL)
        if let model = request.model, try session.hasRecords(),
            try MatchingInForce.read(&session)?.model != model
        {
            throw RegistryError(
                .badRequest,
                "the registry has records already; padron rematch --model changes its model")
        }
        // A registry that has records takes seconds to open: it is while the extract is staged.
        let opening =
            try session.hasRecords() && !session.lease().isAlive
            ? WriterOpening(databaseURL: databaseURL, options: node) : nil
        let load: Load
        do {
            load = try stage(reader, &session, rejected, progress)
        } catch {
            opening?.abandon()
            throw error
        }
        let done = try follow(load.load, &session, try opening?.writer(), progress)
        return LoadSummary(
            load: done.load, rowsRead: done.rowsStaged + done.rowsRejected,
            rejected: done.rowsRejected, counts: done.counts, isResumed: load.state != .staging,
            registeredBefore: load.counts.total)
    }

    /// Stages the extract, unless it is staged already; the load as it was before.
    private func stage(
        _ reader: consuming ExtractReader, _ session: inout RegistrySession,
        _ rejected: (RejectedRow) throws -> Void, _ progress: (LoadProgress) -> Void
    ) throws -> Load {
        let load = try session.beginLoad(
            extractName: request.path, digest: try digest(), actor: request.actor)
        guard load.state == .staging else {
            try session.endStaging()
            return load
        }
        // A first extract is matched with itself before it is registered (``ExtractMatching``).
        let encoding =
            try !session.hasRecords() && !session.lease().isAlive ? ExtractEncoding() : nil
        do {
            var staging = LoadStaging(
                databaseURL: databaseURL, load: load.load, request: request)
            try staging.run(
                reader, &session, choosesModel: node.hasNoModel && request.model == nil,
                encoding: encoding, rejected: rejected, progress: progress)
            if let extract = encoding?.finish() { stagedExtracts.keep(extract, of: load.load) }
        } catch {
            encoding?.close()
            try? session.abandonLoad(load.load)
            throw error
        }
        return load
    }

    /// Watches the job until it is done, and does it where nobody else writes; `opened` is the node by
    /// which the command writes where it is open already.
    private func follow(
        _ number: Int64, _ session: inout RegistrySession, _ opened: RegistryNode?,
        _ progress: (LoadProgress) -> Void
    ) throws -> Load {
        var analysis: TableAnalysis?
        defer { analysis?.wait() }
        var writer = opened
        defer { writer?.close() }
        while true {
            let load = try session.load(number)
            progress(
                LoadProgress(
                    phase: .registering, done: Int(load.counts.total),
                    total: Int(load.rowsStaged)))
            switch load.state {
            case .done:
                if load.rowsStaged >= RegistryLimits.analyzedRowsMin {
                    analysis = TableAnalysis(databaseURL: databaseURL)
                }
                return load
            case .failed, .reverting, .reverted:
                throw RegistryError(
                    .internal, "load \(number) failed: \(load.failure ?? "it was reverted")")
            case .staging, .staged, .registering: break
            }
            if let failure = writer?.state.loadFailure.withLock({ $0 }) {
                throw RegistryError(
                    .unavailable, "load \(number) stopped: \(failure); run it again to go on")
            }
            if writer?.status().role != .writer, try !session.lease().isAlive {
                writer?.close()
                writer = try RegistryNode.openWriter(databaseURL: databaseURL, options: node)
            }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    /// What tells this load from others: the file's content, its columns and its source.
    private func digest() throws -> String {
        guard request.path != "-" else { return "standard-input-\(UUID().uuidString)" }
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: request.path))
        defer { try? file.close() }
        var digests: [UInt8] = Array("\(request.source)\u{1F}\(request.columns)".utf8)
        while let part = try file.read(upToCount: 16 << 20), !part.isEmpty {
            let blocks = concurrentSlices(count: part.count, sliceMin: 1 << 20) { block in
                ContentDigest(of: Array(part[block])).bytes
            }
            digests += blocks.joined()
        }
        let digest = ContentDigest(of: digests).bytes
        return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
