internal import Foundation
internal import RegistryModel
internal import RegistryStore
internal import Synchronization

/// The thread that keeps a node what it is.
///
/// It renews the lease and looks for loads while the node writes, follows the log and watches the
/// writer while it does not.
final class NodeMaintenance: Sendable {
    private let state: NodeState
    private let options: RegistryNodeOptions
    private let committer = CommitterHolder()
    private let saving = SnapshotSaving()
    private let learning = ContentLearning()
    private let expiry = NumberExpiry()
    private let catalogs: CatalogKeeping?
    /// Left once by the maintenance thread and once by each committer.
    private let threads = DispatchGroup()

    /// Prepares the maintenance of a node.
    init(state: NodeState, options: RegistryNodeOptions) {
        self.state = state
        self.options = options
        catalogs = state.catalogs.map {
            CatalogKeeping(databaseURL: state.databaseURL, catalogs: $0)
        }
    }

    /// Takes the lease where it is wanted and free, and starts the thread.
    func start() throws {
        if options.role != .reader {
            let isTaken = try takeLease()
            if !isTaken, options.role == .writer {
                let writer = state.surroundings.withLock { $0.writerAddress }
                throw RegistryError(
                    .notWriter,
                    writer.isEmpty ? "a command is writing" : "the writer is at \(writer)")
            }
        }
        startThread { [self] in run() }
        catalogs?.start()
    }

    /// Hands a submission to the committer; false where this node does not write.
    func submit(_ submission: PendingSubmission) -> Bool {
        guard let committer = committer.current else { return false }
        committer.queue.add(submission)
        return true
    }

    /// Hands a decision to the committer; false where this node does not write.
    func decide(_ decision: PendingDecision) -> Bool {
        guard let committer = committer.current else { return false }
        committer.queue.add(decision)
        return true
    }

    /// Drains the committer and ends both threads.
    func stop() {
        state.isStopping.store(true, ordering: .releasing)
        committer.current?.queue.close(
            RegistryError(.unavailable, "the node is shutting down"))
        threads.wait()
        catalogs?.close()
    }

    private func startThread(_ body: @escaping @Sendable () -> Void) {
        threads.enter()
        let thread = Thread { [threads] in
            body()
            threads.leave()
        }
        thread.stackSize = 8 << 20
        thread.start()
    }

    private var isStopping: Bool { state.isStopping.load(ordering: .acquiring) }

    private func run() {
        defer {
            state.waiters.close()
            state.catalogWaiters.close()
        }
        while !isStopping {
            do {
                var session = try RegistrySession(databaseURL: state.databaseURL)
                try work(&session)
            } catch {
                wakeWaiters()
                // The database is away: look-ups go on from memory, and the next round tries again.
                Thread.sleep(forTimeInterval: 0.2)
            }
        }
    }

    private func work(_ session: inout RegistrySession) throws {
        try session.listenForWork()
        var refreshedAt: Int64 = 0
        var escalatedAt: Int64 = 0
        var keptEpoch: Int64?
        while !isStopping {
            let writer = committer.current
            let now = NodeState.now()
            if now - refreshedAt >= Int64(RegistryLimits.renewIntervalMilliseconds) * 1_000 {
                refreshedAt = now
                try state.refresh(&session)
                if let writer {
                    if keptEpoch != writer.epoch { try session.keepLease(epoch: writer.epoch) }
                    keptEpoch = writer.epoch
                    try keepWriting(writer, &session)
                }
                if learning.begin(state) {
                    startThread { [state, learning] in learning.learn(state) }
                }
                if expiry.begin(state) {
                    startThread { [state, expiry] in expiry.takeAccount(state) }
                }
                if try saving.isDue(state, &session) {
                    startThread { [state] in SnapshotSaving.save(state) }
                }
            }
            if writer != nil,
                now - escalatedAt >= Int64(RegistryLimits.escalateIntervalMilliseconds) * 1_000
            {
                escalatedAt = now
                try session.escalateTasks()
            }
            if writer == nil { try follow(&session) }
            wakeWaiters()
            if try waitForWork(&session), let writer {
                writer.queue.announceLoad()
                writer.queue.announceDecisionRequest()
            }
        }
    }

    private func wakeWaiters() {
        if !state.waiters.isEmpty {
            state.waiters.wake(state.index.read { $0.position }, now: NodeState.now())
        }
        if !state.catalogWaiters.isEmpty {
            state.catalogWaiters.wake(state.catalogPosition, now: NodeState.now())
        }
    }

    /// Waits until a command has work, or a while, which is short once somebody waits for the log.
    private func waitForWork(_ session: inout RegistrySession) throws -> Bool {
        for _ in 0..<RegistryLimits.followIntervalMilliseconds
            / RegistryLimits.followStepMilliseconds
        {
            if try session.waitForWork(
                timeoutMilliseconds: RegistryLimits.followStepMilliseconds)
            {
                return true
            }
            if !state.waiters.isEmpty || !state.catalogWaiters.isEmpty { break }
        }
        return false
    }

    private func keepWriting(_ writer: Committer, _ session: inout RegistrySession) throws {
        guard try session.renewLease(epoch: writer.epoch) else {
            // Another has taken over, and no write has come by which the committer would learn it.
            try state.refresh(&session)
            if !isStopping { writer.queue.abandon(state.notWriter) }
            return
        }
        // Renewed and not alive, it has no session: the committer finds that it was lost, where it
        // looks for work, and makes a new one.
        if try session.hasLoadWork() || !session.lease().isAlive { writer.queue.announceLoad() }
        if try session.nextDecisionRequest() != nil { writer.queue.announceDecisionRequest() }
        announceGoldenRewrite(to: writer)
    }

    private func follow(_ session: inout RegistrySession) throws {
        do {
            try state.follow(&session)
        } catch is ForeignLog {
            // What was restored does not know what came after its backup; nor must this node.
            state.take(try NodeOpening.read(state.databaseURL, options))
        }
        if options.role != .reader, !isStopping, try !session.lease().isAlive {
            _ = try takeLease()
        }
    }

    /// Takes the lease if no writer lives, catches up with the log, and starts the committer.
    private func takeLease() throws -> Bool {
        var session = try RegistrySession(databaseURL: state.databaseURL)
        // An index that is ahead of its database knows records that this one never had.
        guard try session.hasPassed(state.index.read { $0.position }) else {
            throw RegistryError(
                .unavailable, "the database is not the one that was read; start the node again")
        }
        guard try !session.isReplica(),
            let position = try session.acquireLease(
                holder: options.nodeName, address: options.advertisedAddress)
        else { return false }
        try state.refresh(&session)
        try state.follow(&session)
        let counters = try session.counters()
        let stewards = StewardState(
            constraints: ConstraintTable(try session.standingConstraints()),
            openTasks: OpenTasks(try session.openTasks()))
        state.index.write { index in index.position = position }
        let writer = Committer(
            node: state, session: session,
            numbers: WriterNumbers(
                position: position, lastTask: counters.lastTask,
                lastOperation: counters.lastOperation),
            stewards: stewards,
            ended: { [committer, state] _ in
                committer.current = nil
                state.role.withLock { $0 = .reader }
            })
        committer.current = writer
        state.role.withLock { $0 = .writer }
        state.surroundings.withLock { $0.writerAddress = options.advertisedAddress }
        // A node that was stopped meanwhile has closed the queue of the writer before, or of none.
        if isStopping {
            writer.queue.close(RegistryError(.unavailable, "the node is shutting down"))
        }
        startThread { writer.run() }
        if try loadWaits() { writer.queue.announceLoad() }
        writer.queue.announceDecisionRequest()
        announceGoldenRewrite(to: writer)
        return true
    }

    /// Has the golden records rewritten where policy or authorities have changed since.
    private func announceGoldenRewrite(to writer: Committer) {
        if state.surroundings.withLock({ $0.goldenBasis.isPending }) {
            writer.queue.announceGoldenRewrite()
        }
    }

    private func loadWaits() throws -> Bool {
        var session = try RegistrySession(databaseURL: state.databaseURL)
        return try session.hasLoadWork()
    }
}

/// The committer of a node while it writes.
final class CommitterHolder: Sendable {
    private let held = Mutex<Committer?>(nil)

    /// The committer; nil while the node follows.
    var current: Committer? {
        get { held.withLock { $0 } }
        set { held.withLock { $0 = newValue } }
    }
}
