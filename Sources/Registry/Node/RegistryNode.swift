package import Linkage
package import RegistryModel
internal import RegistryStore
internal import Synchronization

/// What a node wants to be.
package enum WantedRole: Hashable, Sendable {
    /// Write at once, or fail where another writer lives.
    case writer
    /// Write if nobody does, follow meanwhile, take over when the writer dies.
    case either
    /// Follow and never write.
    case reader
}

/// How a node is opened.
package struct RegistryNodeOptions: Sendable {
    /// Shown in the lease.
    package var nodeName: String
    /// Where clients reach this node; empty for a command that nobody can ask.
    package var advertisedAddress: String
    package var role: WantedRole
    /// The shipped model that a new registry begins with; nil for the generic one, until the first extract
    /// chooses another.
    package var model: String?
    /// A model in place of a shipped one.
    package var linkageModel: LinkageModel?
    /// Where the node keeps a snapshot of its index, which is personal data; nil where it must not.
    package var snapshotFolder: String?
    /// Takes what an operator should read while the node works, one line each, from any thread.
    package var note: @Sendable (String) -> Void = { _ in }
    /// Whether the node answers from the catalogs, and so holds them in memory.
    package var servesCatalogs = false
    /// How the node registers loads.
    package var loads = LoadSettings()

    /// Creates options.
    package init(
        nodeName: String, advertisedAddress: String = "", role: WantedRole = .either,
        model: String? = nil, linkageModel: LinkageModel? = nil, snapshotFolder: String? = nil
    ) {
        self.nodeName = nodeName
        self.advertisedAddress = advertisedAddress
        self.role = role
        self.model = model
        self.linkageModel = linkageModel
        self.snapshotFolder = snapshotFolder
    }

    /// Whether no model was asked for.
    var hasNoModel: Bool { model == nil && linkageModel == nil }

    /// The model that a new registry begins with; nil where there is none of that name.
    var firstModel: LinkageModel? {
        linkageModel ?? ShippedModels.named(model ?? "generic")
    }
}

/// One node of the registry: its index in memory, its place in the log, its writer.
///
/// All methods may be called from any thread. Look-ups answer from memory and never wait for a
/// commit, only for the short moment in which a committed batch enters the index.
package final class RegistryNode: Sendable {
    let state: NodeState
    let archive: ArchiveThread
    private let maintenance: NodeMaintenance

    private init(state: NodeState, maintenance: NodeMaintenance) {
        self.state = state
        self.maintenance = maintenance
        archive = ArchiveThread(databaseURL: state.databaseURL)
    }

    /// Opens a node: migrates the database, reads the index, takes the lease or follows.
    ///
    /// - Throws: what the database refuses; `not-writer` with the writer's address where the lease
    ///   was wanted and another lives.
    package static func open(databaseURL: String, options: RegistryNodeOptions) throws
        -> RegistryNode
    {
        let state = try NodeOpening.read(databaseURL, options)
        let maintenance = NodeMaintenance(state: state, options: options)
        try maintenance.start()
        return RegistryNode(state: state, maintenance: maintenance)
    }

    /// What the node is and how far it has read.
    package func status() -> NodeStatus {
        let role = state.role.withLock { $0 }
        let standbys = state.surroundings.withLock { $0.synchronousStandbyNames }
        return state.index.read { index in
            NodeStatus(
                role: role, position: index.position, records: index.records.count,
                persons: index.livePersons, reviewTasks: index.openTasks,
                synchronousStandbyNames: standbys)
        }
    }

    /// What there is to say of how the node was opened: why its snapshot was not used; nil for nothing.
    package var openingNote: String? { state.opening.withLock { $0.note } }

    /// The day of whose numbers the engine knows which are in use, in days since 1970-01-01.
    package var numbersDay: Int32 { state.numbersDay.withLock { $0 } }

    /// Whether the index was filled from the node's snapshot and the log's tail.
    package var wasOpenedFromSnapshot: Bool { state.opening.withLock { $0.isFromSnapshot } }

    /// Where the writer is asked; empty where nobody can ask it.
    package var writerAddress: String { state.surroundings.withLock { $0.writerAddress } }

    /// The clients, revoked ones included, as of the last second or two.
    package func clients() -> [Client] { state.surroundings.withLock { $0.clients } }

    /// Calls back once the node has read the log up to a position, or after a while.
    ///
    /// The completion is called once, from any thread: at once where the node is that far, or where too
    /// many wait.
    package func whenRead(
        _ position: LogPosition, millisecondsMax: Int, completion: @escaping @Sendable () -> Void
    ) {
        guard state.index.read({ $0.position }) < position else { return completion() }
        state.waiters.add(
            position, until: NodeState.now() + Int64(millisecondsMax) * 1_000, completion)
    }

    /// Registers a source's full current record.
    ///
    /// The completion is called once, on another thread: with the receipt when the record is
    /// durable and can be found, or with the reason why it was not taken; `not-writer` where this
    /// node follows, with the writer's address.
    package func submit(
        _ submission: PatientSubmission, actor: String,
        completion: @escaping @Sendable (Result<SubmissionReceipt, RegistryError>) -> Void
    ) {
        let row: SubmittedRow
        do {
            let directory = state.surroundings.withLock { $0.directory }
            row = try directory.settle(submission, defaultRecordedAt: NodeState.now())
        } catch {
            completion(.failure(error))
            return
        }
        let pending = PendingSubmission(row: row, actor: actor, completion: completion)
        if !maintenance.submit(pending) { completion(.failure(state.notWriter)) }
    }

    /// Carries out a steward's decision, or tells what it would do.
    ///
    /// The completion is called once, on another thread: when the decision is durable, or with the
    /// reason why it was not taken.
    package func decide(
        _ request: DecisionRequest,
        completion: @escaping @Sendable (Result<DecisionOutcome, RegistryError>) -> Void
    ) {
        let problem =
            request.reason.utf8.count > RegistryLimits.reasonBytesMax
            ? "the reason is longer than \(RegistryLimits.reasonBytesMax) bytes"
            : request.reason.utf8.contains(0) ? "the reason holds the character U+0000" : nil
        if let problem { return completion(.failure(RegistryError(.badRequest, problem))) }
        let pending = PendingDecision(request: request, completion: completion)
        if !maintenance.decide(pending) { completion(.failure(state.notWriter)) }
    }

    /// Lets the writer finish what waits, gives the lease up, ends the node's threads, and keeps a
    /// snapshot of the index where it is worth it.
    package func close() {
        maintenance.stop()
        archive.close()
        SnapshotSaving.saveAtStop(state)
    }
}

extension RegistryNode {
    /// Keeps a snapshot of the index now, whatever has changed; nothing where the node keeps none.
    ///
    /// - Throws: what the database or the disk refuses; the last snapshot is as it was then.
    package func saveSnapshot() throws { try SnapshotSaving.saveOrTell(state) }

    /// Learns now how the records that the index holds are written in few bytes, however few they are.
    package func learnContents() { ContentLearning().learn(state) }

    /// Brings a database to the schema of this program, as `open` does too.
    package static func migrate(databaseURL: String) throws {
        try RegistrySession.migrate(databaseURL: databaseURL)
    }
}
