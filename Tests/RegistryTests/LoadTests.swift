import Foundation
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Testing

/// A load ends the same however it came to its end.
///
/// Method: generated extracts, loaded whole, twice, cut off at every kind of moment and begun
/// again; the end states, read by SQL, are compared text by text.
@Suite struct LoadTests {
    @Test func aLoadTwiceChangesNothing() throws {
        let path = try TestRegistry.extract(persons: 3_000, seed: 7)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try TestRegistry.withDatabase { url in
            let first = try TestRegistry.load(path, into: url)
            #expect(first.counts.total == first.rowsRead)
            #expect(first.counts.linked > 1_000)
            let state = try TestRegistry.endState(of: url)
            let second = try TestRegistry.load(path, into: url)
            #expect(second.counts.unchanged == first.rowsRead)
            #expect(try TestRegistry.endState(of: url) == state)
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func aLoadBesideALivingWriterIsItsWork() throws {
        let path = try TestRegistry.extract(persons: 1_000, seed: 8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try TestRegistry.withNode { node, url in
            let summary = try TestRegistry.load(path, into: url)
            let deadline = Date().addingTimeInterval(60)
            while node.status().records < Int(summary.newRecords), Date() < deadline {
                Thread.sleep(forTimeInterval: 0.01)
            }
            #expect(node.status().records == Int(summary.newRecords))
            #expect(node.status().persons == Int(summary.newPersons))
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }
}
