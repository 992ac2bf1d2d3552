import Foundation
import Glibc
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import SeededTesting
import Synchronization
import Testing

/// A follower takes over from a writer that dies or sleeps, and what was acknowledged stands, once.
///
/// Method: the writer is a process of its own that registers a feed, eight submissions at a time, and
/// a load meanwhile; it writes down each acknowledgement, and kills itself after a random time, or
/// is put to sleep. A node of this process follows it. Afterwards each acknowledged record is there under
/// the identifier that was told, of one event and one version, and `verify` finds nothing.
@Suite(.serialized, .timeLimit(.minutes(10))) struct TakeoverTests {
    @Test(arguments: [UInt64](1...4)) func killedInLoadAndFeed(seed: UInt64) async throws {
        let path = try TestRegistry.extract(persons: 2_000, seed: seed)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await withScene { scene in
            var random = SeededGenerator(seed: seed)
            for round in 0..<5 {
                let delay = Int.random(in: 20...400, using: &random)
                let follower = Follower(scene)
                let folder = scene.folder
                let url = scene.url
                await #expect(processExitsWith: .signal(SIGKILL)) {
                    [
                        folder = folder as String, url = url as String, path = path as String,
                        round = round as Int, delay = delay as Int
                    ] in
                    let scene = TakeoverScene(url: url, folder: folder)
                    let node = try scene.openWriter()
                    Thread.detachNewThread { _ = try? TestRegistry.load(path, into: url) }
                    Thread.detachNewThread {
                        usleep(UInt32(delay) * 1_000)
                        kill(getpid(), SIGKILL)
                    }
                    scene.feed(node, round: round)
                }
                let seconds = try follower.secondsUntilItWrites()
                #expect(seconds < 5, "seed \(seed), round \(round)")
                try scene.check("seed \(seed), round \(round)")
                try follower.close()
            }
            let summary = try TestRegistry.load(path, into: scene.url)
            #expect(summary.counts.total == summary.rowsRead)
            try scene.check("seed \(seed), the end")
        }
    }

    @Test func anOldWriterThatWakesCannotWrite() async throws {
        try await withScene { scene in
            let follower = Follower(scene, putsWriterToSleep: true)
            let folder = scene.folder
            let url = scene.url
            await #expect(processExitsWith: .exitCode(TakeoverScene.deposed)) {
                [folder = folder as String, url = url as String] in
                let scene = TakeoverScene(url: url, folder: folder)
                let node = try scene.openWriter()
                scene.feed(node, round: 0)
                let deadline = Date(timeIntervalSinceNow: 60)
                while node.status().role == .writer, Date() < deadline { usleep(10_000) }
                // It follows its successor, who has registered a record meanwhile.
                let name = LocalIdentifier(authority: "clinic", value: "successor")
                while (try? node.patient(.identifier(name))) == nil, Date() < deadline {
                    usleep(10_000)
                }
                exit(Date() < deadline ? TakeoverScene.deposed : 1)
            }
            #expect(try follower.secondsUntilItWrites() < 30)
            try scene.check("after the sleep")
            try follower.close()
        }
    }

    private func withScene(_ body: (TakeoverScene) async throws -> Void) async throws {
        try await TestRegistry.withDatabase { url in
            var session = try RegistrySession(DatabaseAddress(url))
            _ = try session.add(Source(code: "clinic"))
            let folder = NSTemporaryDirectory() + "takeover-\(UUID().uuidString)"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try await body(TakeoverScene(url: url, folder: folder))
        }
    }
}

/// Where a writer and its follower meet: a database, and a folder of what they tell of themselves.
struct TakeoverScene: Sendable {
    static let deposed: Int32 = 7

    let url: String
    let folder: String

    /// Written by the writer once it writes: its process.
    var processFile: String { folder + "/process" }
    /// A line for each acknowledged submission: local identifier, EUID, epoch and event, as the receipt has them.
    private var acknowledgementsFile: String { folder + "/acknowledged" }

    /// A node that writes, told to the follower.
    func openWriter() throws -> RegistryNode {
        let node = try RegistryNode.open(databaseURL: url, options: TestRegistry.options("old"))
        try Data("\(getpid())".utf8).write(
            to: URL(fileURLWithPath: processFile), options: .atomic)
        return node
    }

    /// Registers new persons, eight at a time, until a submission is refused.
    func feed(_ node: RegistryNode, round: Int) {
        let file = open(acknowledgementsFile, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        let isRefused = Atomic(false)
        let slots = DispatchSemaphore(value: 8)
        var number = 0
        while !isRefused.load(ordering: .acquiring) {
            slots.wait()
            number += 1
            let localID = "\(round)-\(number)"
            node.submit(
                PatientSubmission(
                    source: "clinic", localID: localID,
                    person: DecisionRegistry.person(round * 100_000 + number)), actor: "feed"
            ) { result in
                switch result {
                case .success(let receipt):
                    let line = Array(
                        "\(localID) \(receipt.enterpriseIdentifier) \(receipt.position)\n".utf8)
                    _ = write(file, line, line.count)
                case .failure:
                    isRefused.store(true, ordering: .releasing)
                }
                slots.signal()
            }
        }
        for _ in 0..<8 { slots.wait() }
        for _ in 0..<8 { slots.signal() }
    }

    /// Compares what was acknowledged with what stands.
    func check(_ comment: String) throws {
        let text = (try? String(contentsOfFile: acknowledgementsFile, encoding: .utf8)) ?? ""
        let lines = Set(text.split(separator: "\n").map(String.init))
        var connection = try PostgresConnection(DatabaseAddress(url))
        var standing: Set<String> = []
        for row in try connection.query(
            """
            SELECT r.local_id, e.euid, e.epoch,
                (SELECT count(*) FROM padron.event o
                WHERE r.record >= o.record AND r.record < o.record + o.records), r.versions
            FROM padron.source_record r JOIN padron.source s USING (source)
            JOIN padron.event e ON e.record = r.record AND e.actor = 'feed'
            WHERE s.code = 'clinic'
            """)
        {
            let person = EnterpriseIdentifier(bits: UInt64(try row.int64(1)))
            standing.insert("\(try row.text(0)) \(person) \(try row.text(2))")
            #expect(try row.int64(3) == 1 && row.int64(4) == 1, "\(comment): registered twice")
        }
        let told = Set(lines.compactMap { $0.split(separator: ":").first.map(String.init) })
        #expect(told.subtracting(standing).isEmpty, "\(comment): acknowledged and lost")
        #expect(told.count == lines.count, "\(comment): acknowledged twice")
        #expect(try TestRegistry.findings(in: url) == [], "\(comment)")
    }
}

/// A node of this process that follows the writer of a scene and takes over from it.
final class Follower: Sendable {
    private let scene: TakeoverScene
    private let finished = DispatchSemaphore(value: 0)
    private let result = Mutex<Result<RegistryNode, any Error>?>(nil)
    private let seconds = Mutex(Double.infinity)
    private let stalled = Mutex(0.0)

    /// Follows once the writer of the scene writes, in a thread of its own.
    init(_ scene: TakeoverScene, putsWriterToSleep: Bool = false) {
        self.scene = scene
        Thread.detachNewThread { [self] in
            let outcome = Result { try follow(putsWriterToSleep: putsWriterToSleep) }
            result.withLock { $0 = outcome }
            finished.signal()
        }
    }

    private func follow(putsWriterToSleep: Bool) throws -> RegistryNode {
        let deadline = Date(timeIntervalSinceNow: 180)
        func wait(until isDone: () -> Bool) throws {
            while !isDone() {
                try #require(Date() < deadline, "nobody takes over")
                let asleep = Date()
                usleep(2_000)
                // What a sleep lasts longer is what the machine gave to others.
                let late = -asleep.timeIntervalSinceNow - 0.002
                stalled.withLock { $0 += max(0, late) }
            }
        }
        var process: pid_t?
        try wait {
            let text = try? String(contentsOfFile: scene.processFile, encoding: .utf8)
            process = text.flatMap { pid_t($0) }
            return process != nil
        }
        let writer = try #require(process)
        let node = try RegistryNode.open(
            databaseURL: scene.url, options: TestRegistry.options("follower", role: .either))
        if putsWriterToSleep {
            usleep(100_000)
            kill(writer, SIGSTOP)
        } else {
            try wait { kill(writer, 0) != 0 || isZombie(writer) }
        }
        let begun = Date()
        stalled.withLock { $0 = 0 }
        try wait { node.status().role == .writer }
        seconds.withLock { $0 = -begun.timeIntervalSinceNow - stalled.withLock { $0 } }
        if putsWriterToSleep {
            _ = try TestRegistry.submit(
                node, "clinic", "successor", DecisionRegistry.person(900_001))
            kill(writer, SIGCONT)
        }
        try FileManager.default.removeItem(atPath: scene.processFile)
        return node
    }

    private func isZombie(_ process: pid_t) -> Bool {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        return text.split(separator: ")").last?.hasPrefix(" Z") ?? true
    }

    /// How long it took from the writer's end until this node wrote, without the time in which the
    /// machine let none of its threads run.
    func secondsUntilItWrites() throws -> Double {
        finished.wait()
        finished.signal()
        _ = try result.withLock { $0 }?.get()
        return seconds.withLock { $0 }
    }

    /// Closes the node, so that the next round begins without a writer.
    func close() throws { try result.withLock { $0 }?.get().close() }
}
