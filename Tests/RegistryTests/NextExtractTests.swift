import Foundation
import Identity
import RegistryModel
import RegistryStore
import Synchronization
import Testing

@testable import Registry

/// A large extract of new records that is matched with itself and with all that a registry holds, before it is
/// registered, ends as one whose records are looked up one by one.
///
/// Method: a generated extract is taken apart by sources and loaded in two, the second with rows that repeat or
/// change earlier ones of its own and held ones, both ways, after some held records were retired; the end states are
/// compared text by text. An extract of which many rows are of known records is not matched so, and ends exactly the
/// same.
@Suite struct NextExtractTests {
    @Test func bothWaysEndTheSame() throws {
        let (first, next) = try TestRegistry.extracts(persons: 4_000, seed: 31)
        defer { for path in [first, next] { try? FileManager.default.removeItem(atPath: path) } }
        let held = try String(contentsOfFile: first, encoding: .utf8).split(separator: "\n")
        var lines = try String(contentsOfFile: next, encoding: .utf8).split(separator: "\n")
        lines.insert(lines[40], at: 90)
        lines.insert(contentsOf: held[301..<331], at: 200)
        lines.insert(contentsOf: held[101..<201].compactMap(Self.changed), at: 400)
        lines.append(lines[50])
        lines.append(contentsOf: lines[100..<130].compactMap(Self.changed))
        try lines.joined(separator: "\n").write(toFile: next, atomically: true, encoding: .utf8)
        let state = try Self.endState(first, next, matchedMin: 0)
        let other = try Self.endState(first, next, matchedMin: .max)
        func isTask(_ line: String) -> Bool { line.hasPrefix("task ") }
        #expect(state.filter { !isTask($0) } == other.filter { !isTask($0) })
        let tasks = (Set(state.filter(isTask)), Set(other.filter(isTask)))
        let differences = tasks.0.symmetricDifference(tasks.1)
        #expect(tasks.0.count > 20 && differences.count * 10 <= tasks.0.count, "\(differences)")
        #expect(state.count { $0.contains(" 2 2 ") } > 60, "many have a second version")
    }

    @Test func manyRowsOfKnownRecordsHaveTheIndexAsked() throws {
        let (first, next) = try TestRegistry.extracts(persons: 2_000, seed: 32)
        defer { for path in [first, next] { try? FileManager.default.removeItem(atPath: path) } }
        let held = try String(contentsOfFile: first, encoding: .utf8).split(separator: "\n")
        var lines = try String(contentsOfFile: next, encoding: .utf8).split(separator: "\n")
        lines.append(contentsOf: held.dropFirst().prefix(lines.count / 2).compactMap(Self.changed))
        try lines.joined(separator: "\n").write(toFile: next, atomically: true, encoding: .utf8)
        #expect(
            try Self.endState(first, next, matchedMin: 0)
                == Self.endState(first, next, matchedMin: .max))
    }

    @Test func rowsOfKnownRecordsAreCounted() throws {
        let path = try TestRegistry.extract(persons: 300, seed: 33)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try TestRegistry.withDatabase { url in
            _ = try TestRegistry.load(path, into: url)
            // Opened afterwards, so that its index has what the load says is registered.
            let node = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            defer { node.close() }
            func chunk(_ suffixes: [String]) -> [UInt8] {
                var chunk: [UInt8] = []
                for (slot, suffix) in suffixes.enumerated() {
                    let record = node.state.index.read { $0.sourceRecord(UInt32(slot)) }
                    StagedChunk.append(
                        source: record.source, localID: record.localID + suffix,
                        recordedAt: .min, packed: record.content, to: &chunk)
                }
                return chunk
            }
            func bringManyNew(_ suffixes: [String]) -> Bool {
                var rows = ReadRows()
                let isRead = rows.append(ReadChunks([chunk(suffixes)][...], in: node.state.index))
                return isRead && rows.bringManyNew
            }
            #expect(ReadChunks([chunk(["", "", "-new"])][...], in: node.state.index).known == 2)
            #expect(ReadChunks([chunk(["", "", "-new"])][...]).known == 0)
            #expect(bringManyNew(["", "-new", "-new", "-new"]))
            #expect(!bringManyNew(["", "", "-new", "-new", "-new"]))
        }
    }

    /// A row with another year of birth; nil for one without a year of the last century.
    private static func changed(_ line: Substring) -> Substring? {
        line.firstRange(of: /19[0-9][0-9]/).map {
            Substring(line.replacingCharacters(in: $0, with: "1931"))
        }
    }

    private static func endState(
        _ first: String, _ next: String, matchedMin: Int
    ) throws -> [String] {
        try TestRegistry.withDatabase { url in
            _ = try TestRegistry.load(first, into: url)
            try retireSome(in: url)
            let summary = try TestRegistry.load(next, into: url, matchedMin: matchedMin)
            #expect(summary.counts.total == summary.rowsRead)
            #expect(try TestRegistry.findings(in: url) == [])
            return try TestRegistry.endState(of: url)
        }
    }

    /// Retires every fiftieth record.
    private static func retireSome(in url: String) throws {
        let node = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
        defer { node.close() }
        let directory = node.state.surroundings.withLock { $0.directory }
        let records = node.state.index.read { $0.records.count }
        for slot in stride(from: UInt32(0), to: UInt32(records), by: 50) {
            let record = node.state.index.read { $0.sourceRecord(slot) }
            let source = try #require(directory.source(record.source)?.source.code)
            let answer = Promised<DecisionOutcome>()
            node.decide(
                DecisionRequest(
                    .retire(
                        LocalIdentifier(authority: source, value: record.localID), into: nil),
                    actor: "clinic", reason: "test", expectedVersions: [:])
            ) { answer.set($0) }
            _ = try answer.wait().get()
        }
    }
}
