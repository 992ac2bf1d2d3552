import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import SeededTesting
import Testing

/// A random history of one small registry: all that sources, stewards and operators do, on nodes
/// that come and go, with connections cut between any two messages.
final class RandomHistory {
    static let seeds = PropertySeeds.seeds(2)
    /// The steps of a seed: 100, or `PADRON_TEST_STEPS`.
    static let stepsMax =
        ProcessInfo.processInfo.environment["PADRON_TEST_STEPS"].flatMap(Int.init) ?? 100
    /// After as many steps everything is checked.
    static let stepsToCheck = 25

    let url: String
    let seed: UInt64
    let nodes: HistoryNodes
    /// What commands reach the database by.
    let command: ServerRelay
    /// For what is looked at from outside.
    var session: RegistrySession
    var random: SeededGenerator
    var records: HistoryRecords
    /// The identifiers of persons that were ever given out, in the order in which they were: their
    /// bits are random, and a history that is replayed must not depend on them.
    var issued: [EnterpriseIdentifier] = []
    var tally = HistoryTally()
    var log = HistoryLog()
    /// The step at hand, for what a failure says.
    var step = 0
    var doing = "begin"
    /// How many messages each kind of step usually sends.
    private var usualMessages: [String: Int] = [:]

    init(_ url: String, seed: UInt64) throws {
        self.url = url
        self.seed = seed
        random = SeededGenerator(seed: seed)
        session = try RegistrySession(DatabaseAddress(url))
        for code in HistoryPopulation.sources { _ = try session.add(Source(code: code)) }
        nodes = try HistoryNodes(url)
        try nodes.open()
        command = try ServerRelay(of: url, isOfWriter: false)
        records = try HistoryRecords(&session.connection)
    }

    func end() {
        nodes.closeAll()
        command.close()
    }

    /// Where a failure was met.
    var place: Comment {
        "\(doing) in step \(step); replay with PADRON_TEST_SEED=\(seed) PADRON_TEST_STEPS=\(step + 1)"
    }

    /// Does one thing, and looks at what it made of the registry.
    func takeStep() throws {
        // Of a seed's steps each is random in its own right, so that it is replayed where one before
        // it came out otherwise, by the time that something took.
        random = SeededGenerator(seed: seed << 32 | UInt64(step))
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<24: try submit()
        case 24..<60: try decide(anyDecision())
        case 60..<72: try undo(anyOperation())
        case 72..<80: try load()
        case 80..<84: try rematch()
        case 84..<87: try erase()
        case 87: try allowAgain()
        case 88..<91: try restart(writer: true)
        case 91: try restart(writer: false)
        case 92..<95: if nodes.followers < HistoryNodes.followersMax { try nodes.open() }
        case 95..<97: try takeOver()
        default: try keepSnapshot()
        }
        try checkNode()
        step += 1
    }

    // MARK: - Faults

    /// Who carries something out.
    struct Way: Sendable {
        let node: RegistryNode
        /// The database for a command's own sessions.
        let url: String
    }

    /// What came of something that was tried.
    enum Outcome<Value> {
        case done(Value)
        /// Refused for good; nothing has changed.
        case refused(RegistryError)
        /// Nobody knows: the database was lost on the way.
        case unknown
    }

    /// Carries something out on a thread of its own, while connections may be cut and writers be
    /// replaced.
    func carryOut<Value: Sendable>(
        _ name: String, isCommand: Bool = false,
        _ body: @escaping @Sendable (Way) throws -> Value
    ) throws -> Outcome<Value> {
        doing = name
        let (node, writerRelay) = try nodes.writer()
        let relay = isCommand && Bool.random(using: &random) ? command : writerRelay
        let usual = usualMessages[name, default: 40]
        let isFaulty = Int.random(in: 0..<3, using: &random) == 0
        let cut = ServerRelay.Cut(
            messages: Int.random(in: 0...usual + 1, using: &random),
            isWhole: relay === writerRelay && Int.random(in: 0..<4, using: &random) == 0)
        relay.arm(isFaulty ? cut : nil)
        let way = Way(node: node, url: command.url)
        let answer = HistoryAnswerBox<Value>()
        Thread.detachNewThread { answer.set(Result { try body(way) }) }
        let deadline = Date(timeIntervalSinceNow: 90)
        while answer.value == nil {
            if writerRelay.isIsolated { try nodes.takeOver() }
            try #require(Date() < deadline, "no answer; \(place)")
            usleep(300)
        }
        // What a command that was cut off has sent last is carried out all the same, before anything else.
        if isCommand { try command.waitUntilUnused() }
        let (messages, wasCut) = relay.disarm()
        if writerRelay.isIsolated { try nodes.takeOver() }
        if wasCut { tally.cuts += 1 } else { usualMessages[name] = messages }
        tally.done[name, default: 0] += 1
        switch answer.value {
        case .success(let value)?: return .done(value)
        case .failure(let error as RegistryError)?:
            try #require(error.code != .internal && !error.message.contains("\n"), "\(place)")
            if error.code != .unavailable, error.code != .notWriter {
                tally.refused += 1
                return .refused(error)
            }
        case .failure(StoreError.alreadyExists)?:
            // The session of a command that was cut off has not ended yet.
            break
        case .failure(let error)?:
            try #require(wasCut, "\(error); \(place)")
        case nil: break
        }
        tally.unknown += 1
        try endWhatIsUnderWay()
        return .unknown
    }

    /// Has what a command left behind come to its end.
    func endWhatIsUnderWay() throws {
        let job = Rematches.job(url)
        let deadline = Date(timeIntervalSinceNow: 90)
        while true {
            _ = try nodes.writer()
            if let rematch = try job.unfinished() { _ = try job.follow(rematch.rematch) }
            let waiting = try session.connection.query(
                """
                SELECT (SELECT count(*) FROM padron.load
                        WHERE state IN ('staged', 'registering', 'reverting'))
                    + (SELECT count(*) FROM padron.decision_request WHERE state = 'waiting')
                """
            ).single.int(0)
            if waiting == 0 { return }
            try #require(Date() < deadline, "something is never done; \(place)")
            usleep(5_000)
        }
    }

    private func restart(writer: Bool) throws {
        doing = "restart"
        try nodes.closeOne(writer: writer)
    }

    /// A node keeps a snapshot, from which the next one is opened.
    private func keepSnapshot() throws {
        doing = "snapshot"
        try nodes.all.randomElement(using: &random)?.saveSnapshot()
    }

    private func takeOver() throws {
        doing = "takeover"
        let (old, relay) = try nodes.writer()
        relay.isolate()
        try nodes.takeOver()
        // The old writer has its database back, and must find that it writes no more.
        let answer = Promised<SubmissionReceipt>()
        old.submit(
            PatientSubmission(
                source: "clinic", localID: "of the old writer",
                person: HistoryPopulation.person(0, &random)), actor: "feed"
        ) { answer.set($0) }
        // Where nobody had taken over yet it may write again; no other answer leaves a trace.
        switch answer.wait() {
        case .success(let receipt):
            #expect(try session.hasPassed(receipt.position), "\(place)")
        case .failure(let refusal):
            #expect([.notWriter, .unavailable].contains(refusal.code), "\(place)")
        }
        try readRecords(allowingNew: 1)
    }
}

/// What a thread answers; `@unchecked Sendable` because the answer is reached under the lock alone.
final class HistoryAnswerBox<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var stored: Result<Value, any Error>?

    var value: Result<Value, any Error>? { lock.withLock { stored } }

    func set(_ value: Result<Value, any Error>) { lock.withLock { stored = value } }
}

/// How much of what a history held.
struct HistoryTally {
    var done: [String: Int] = [:]
    var refused = 0
    var unknown = 0
    var cuts = 0
    var takenBackAtOnce = 0

    func summary(of nodes: HistoryNodes) -> String {
        let kinds = done.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        return kinds.joined(separator: ", ")
            + "; \(refused) refused, \(unknown) unknown, \(cuts) cuts, \(nodes.takeovers) takeovers, "
            + "\(nodes.openedFromSnapshots) opened from snapshots, "
            + "\(takenBackAtOnce) taken back at once"
    }
}
