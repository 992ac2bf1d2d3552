import Dispatch
import Foundation
import PostgresClient
import Synchronization
import Testing

/// The private server is there while somebody uses it, and recovers from whatever was killed.
///
/// Method: real clusters in temporary homes, all but one without fsync, which takes seconds on a busy disk;
/// the server's processes killed as `kill -9` does.
@Suite(.serialized) struct PrivateClusterTests {
    /// A home that is stopped and removed at the end.
    private func withHome(
        _ name: String = "home", isDurable: Bool = false, _ body: (PrivateCluster) throws -> Void
    ) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "padron-cluster-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        let cluster = PrivateCluster(
            home: folder.appending(path: name).path, isDurable: isDurable)
        defer {
            try? cluster.stop()
            try? FileManager.default.removeItem(at: folder)
        }
        try body(cluster)
    }

    private func answer(_ address: DatabaseAddress) throws -> Int {
        var connection = try PostgresConnection(address)
        return try connection.query("SELECT 6 * 7").single.int(0)
    }

    @Test func theLastUserStopsTheServer() throws {
        try withHome(isDurable: true) { (cluster) throws in
            #expect(try cluster.status().version == nil)
            let first = try cluster.join()
            let second = try cluster.join()
            #expect(try first.use(answer) == 42)
            #expect(try cluster.status().process != nil)
            #expect(try second.use(answer) == 42)
            #expect(try cluster.status().process == nil)
        }
    }

    @Test func aPinnedServerRunsUntilItIsStopped() throws {
        try withHome { (cluster) throws in
            try cluster.start()
            #expect(try cluster.join().use(answer) == 42)
            #expect(try cluster.status().process != nil)
            #expect(try cluster.status().isPinned)
            try cluster.stop()
            #expect(try cluster.status().process == nil)
        }
    }

    @Test func manyAtOnceShareOneServer() throws {
        try withHome { (cluster) throws in
            let answers = Mutex<[String]>([])
            DispatchQueue.concurrentPerform(iterations: 4) { _ in
                do {
                    let value = try cluster.join().use { try answer($0) }
                    answers.withLock { $0.append("\(value)") }
                } catch {
                    answers.withLock { $0.append("\(error)") }
                }
            }
            #expect(answers.withLock { $0 } == ["42", "42", "42", "42"])
            #expect(try cluster.status().process == nil)
        }
    }

    @Test func aKilledServerIsStartedAgain() throws {
        try withHome { (cluster) throws in
            let lease = try cluster.join()
            let process = try #require(try cluster.status().process)
            kill(process, SIGKILL)
            #expect(try cluster.join().use(answer) == 42)
            #expect(try lease.use(answer) == 42)
        }
    }

    @Test func aLeaseLetGoOfLeaves() throws {
        try withHome { (cluster) throws in
            do {
                let lease = try cluster.join()
                #expect(try answer(lease.address) == 42)
                #expect(try cluster.status().isInUse)
            }
            #expect(try cluster.status().process == nil)
        }
    }

    @Test func aKilledCommandNeitherKeepsTheServerNorStopsIt() throws {
        try withHome { (cluster) throws in
            try cluster.start()
            // A command that holds its place, as far as the kernel can tell, until it is killed.
            let command = Process()
            command.executableURL = URL(filePath: "/usr/bin/flock")
            command.arguments = [
                "--shared", "--no-fork", cluster.home + "/users.lock", "sleep", "60",
            ]
            try command.run()
            defer { if command.isRunning { kill(command.processIdentifier, SIGKILL) } }
            for _ in 0..<6_000 where try !cluster.status().isInUse { usleep(10_000) }
            try cluster.stop()
            #expect(try cluster.join().use(answer) == 42)
            #expect(try cluster.status().process != nil, "in use by the other command")
            kill(command.processIdentifier, SIGKILL)
            command.waitUntilExit()
            #expect(try cluster.status().process != nil)
            #expect(try cluster.join().use(answer) == 42)
            #expect(try cluster.status().process == nil, "stopped by the next command to leave")
        }
    }

    @Test func anUnfinishedClusterIsMadeAgain() throws {
        try withHome { (cluster) throws in
            let remains = cluster.home + "/postgresql/data.initialising-1-1"
            try FileManager.default.createDirectory(
                atPath: remains, withIntermediateDirectories: true)
            try "15".write(toFile: remains + "/PG_VERSION", atomically: true, encoding: .utf8)
            #expect(try cluster.join().use(answer) == 42)
            #expect(!FileManager.default.fileExists(atPath: remains))
        }
    }

    @Test func aLongLogIsCutWhileTheServerRuns() throws {
        try withHome { (cluster) throws in
            try cluster.start()
            let log = cluster.home + "/log/server.log"
            let handle = try #require(FileHandle(forWritingAtPath: log))
            try handle.truncate(atOffset: UInt64(PostgresLimits.logBytesMax) + 1)
            try handle.close()
            #expect(try cluster.join().use(answer) == 42)
            let size = try FileManager.default.attributesOfItem(atPath: log)[.size] as? Int
            #expect(try #require(size) < 10_000)
            #expect(FileManager.default.fileExists(atPath: log + ".1"))
        }
    }

    @Test func homesWithSpacesAndLongNamesWork() throws {
        let long = "a home with spaces " + String(repeating: "and a long name ", count: 6)
        try withHome(long.trimmingCharacters(in: .whitespaces)) { (cluster) throws in
            #expect(try cluster.join().use(answer) == 42)
        }
    }

    @Test(.enabled(if: geteuid() == 0)) func aHomeOutOfReachIsRefused() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "padron-closed-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let cluster = PrivateCluster(home: folder.path + "/home")
        let error = #expect(throws: ClusterError.self) { try cluster.join() }
        #expect(error?.description.contains("cannot enter") == true)
    }
}
