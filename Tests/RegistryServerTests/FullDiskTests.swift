import FaultTesting
import Foundation
import RegistryClient
import RegistryModel
import RegistryServer
import Testing

/// A node whose journal has no room says so, performs nothing, and goes on when there is room.
///
/// Method: a small file system of its own; mounting takes root, elsewhere the test is skipped.
@Suite(.timeLimit(.minutes(10)), .enabled(if: geteuid() == 0, "mounting takes root"))
struct FullDiskTests {
    @Test func fullDiskStopsAnswersUntilThereIsRoom() throws {
        let disk = try SmallDisk(bytes: 2_500 << 10)
        defer { disk.remove() }
        let path = disk.path
        let filler = path + "/filler"
        try Data(repeating: 1, count: 1_200_000).write(to: URL(filePath: filler))
        let fixture = try ServerFixture { $0.journal.directory = path + "/audit" }
        var reader = try fixture.connect(as: fixture.reader)
        var counts: [RegistryErrorCode: Int] = [:]
        for _ in 0..<90 {
            for _ in 0..<100 { try reader.send("GET patient a:1") }
            for _ in 0..<100 {
                do throws(RegistryConnectionError) {
                    _ = try reader.receive()
                } catch {
                    guard case .refused(let refusal) = error else { throw error }
                    counts[refusal.code, default: 0] += 1
                }
            }
        }
        #expect(counts[.unavailable, default: 0] > 0)
        #expect(try reader.request("PING").count == 0)
        try FileManager.default.removeItem(atPath: filler)
        let deadline = ContinuousClock.now + .seconds(60)
        while !fixture.server.journal.isAvailable {
            try #require(ContinuousClock.now < deadline)
            usleep(10_000)
        }
        #expect(throws: RegistryConnectionError.self) { try reader.request("GET patient a:1") }
        fixture.server.stop()
        let summary = try AuditJournal.verify(
            directory: path + "/audit", keyFile: fixture.directory.journal.keyFile)
        #expect(Int(summary.head.entriesCount) == counts[.notFound, default: 0] + 2)
    }
}
