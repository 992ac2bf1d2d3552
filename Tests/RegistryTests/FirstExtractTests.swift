import Foundation
import Identity
import PostgresClient
import RegistryModel
import RegistryStore
import Synchronization
import Testing

@testable import Registry

/// A first extract that is matched with itself before it is registered ends as one whose records are looked
/// up one by one.
///
/// Method: generated extracts, with rows that repeat or change earlier ones, loaded both ways by a command
/// and by a living writer, the end states compared text by text; the writer then finds what a node finds
/// that is opened afterwards. Records that are retired while the load goes on get no company any more; one that a
/// steward gives a later row's identifier is updated by that row. How many rows are matched is bounded by the
/// machine's memory.
@Suite struct FirstExtractTests {
    @Test func bothWaysEndTheSame() throws {
        let path = try TestRegistry.extract(persons: 3_000, seed: 21)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Self.expectBothWaysEndTheSame(path)
    }

    @Test func rowsThatComeAgainChangeNothingInThat() throws {
        let path = try TestRegistry.extract(persons: 3_000, seed: 22)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        // Equal to an earlier row, in the same step and in a later one; then with another phone number.
        lines.insert(lines[40], at: 90)
        lines.append(lines[50])
        let changed = lines[100..<130].map { Substring(Self.changed(String($0))) }
        let changes = zip(changed, lines[100..<130]).count { $0 != $1 }
        #expect(changes > 10)
        lines.append(contentsOf: changed)
        try lines.joined(separator: "\n").write(
            toFile: path, atomically: true, encoding: .utf8)
        let state = try Self.expectBothWaysEndTheSame(path)
        #expect(state.count { $0.contains(" 2 2 ") } == changes, "so many have a second version")
    }

    /// Persons, versions and golden records are the same; questions, of which a run meets some that an index
    /// does not, and the other way round, but for a few.
    @discardableResult
    private static func expectBothWaysEndTheSame(_ path: String) throws -> [String] {
        let state = try endState(path, matchedMin: 0)
        let other = try endState(path, matchedMin: .max)
        func isTask(_ line: String) -> Bool { line.hasPrefix("task ") }
        #expect(state.filter { !isTask($0) } == other.filter { !isTask($0) })
        let tasks = (Set(state.filter(isTask)), Set(other.filter(isTask)))
        let differences = tasks.0.symmetricDifference(tasks.1)
        #expect(tasks.0.count > 20 && differences.count * 10 <= tasks.0.count, "\(differences)")
        return state
    }

    private static func changed(_ line: String) -> String {
        let year = line.firstRange(of: /19[0-9][0-9]/)
        return year.map { line.replacingCharacters(in: $0, with: "1931") } ?? line
    }

    private static func endState(_ path: String, matchedMin: Int) throws -> [String] {
        try TestRegistry.withDatabase { url in
            let summary = try TestRegistry.load(path, into: url, matchedMin: matchedMin)
            #expect(summary.counts.total == summary.rowsRead)
            #expect(try TestRegistry.findings(in: url) == [])
            return try TestRegistry.endState(of: url)
        }
    }

    @Test func whatIsRetiredMeanwhileIsNotOffered() throws {
        let path = try TestRegistry.extract(persons: 9_000, seed: 24)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try TestRegistry.withDatabase { url in
            var options = TestRegistry.options()
            options.loads.extractMatchedMin = 0
            let node = try RegistryNode.open(databaseURL: url, options: options)
            defer { node.close() }
            let load = Background { try TestRegistry.load(path, into: url) }
            while node.status().records < 4_000, !load.isDone { usleep(1_000) }
            let retired = try Self.retireLoners(among: 4_000, of: node)
            #expect(retired.count > 100)
            let summary = try load.wait()
            #expect(summary.counts.total == summary.rowsRead && summary.newRecords > 12_000)
            let companies = node.state.index.read { index in
                retired.map { index.members(of: index.records[Int($0)].person).count }
            }
            #expect(companies.allSatisfy { $0 == 1 })
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func aRowOfARenumberedRecordIsNotNew() throws {
        let path = try TestRegistry.extract(persons: 9_000, seed: 25)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let moved = try Self.moveLastRowOfFirstSource(path)
        try TestRegistry.withDatabase { url in
            var options = TestRegistry.options()
            options.loads.extractMatchedMin = 0
            let node = try RegistryNode.open(databaseURL: url, options: options)
            defer { node.close() }
            let load = Background { try TestRegistry.load(path, into: url) }
            while node.status().records < 1_000, !load.isDone { usleep(1_000) }
            let answer = Promised<DecisionOutcome>()
            node.decide(
                DecisionRequest(
                    .renumber(
                        LocalIdentifier(authority: moved.source, value: moved.first),
                        to: moved.last),
                    actor: "clinic", reason: "test", expectedVersions: [:])
            ) { answer.set($0) }
            guard case .success = answer.wait() else {
                Issue.record("the record was not renumbered")
                return
            }
            let summary = try load.wait()
            #expect(summary.counts.total == summary.rowsRead)
            #expect(summary.newRecords == summary.rowsRead - 1 && summary.counts.updated == 1)
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    /// Moves the last row of the source of the first row to the end of an extract; that source, and the local
    /// identifiers of the two rows.
    private static func moveLastRowOfFirstSource(
        _ path: String
    ) throws -> (source: String, first: String, last: String) {
        var lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let rows = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let source = try #require(rows[0].firstIndex(of: "source"))
        let localID = try #require(rows[0].firstIndex(of: "local_id"))
        let last = try #require(rows.lastIndex { $0[source] == rows[1][source] })
        lines.append(lines.remove(at: last))
        try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        return (String(rows[1][source]), String(rows[1][localID]), String(rows[last][localID]))
    }

    @Test func asManyRowsAsAQuarterOfTheMemoryHolds() {
        #expect(RegistryLimits.extractRowsMax(ofMemory: 128 << 30) == 16_777_216)
        #expect(RegistryLimits.extractRowsMax(ofMemory: 64 << 30) == (16 << 30) / 1_200)
        #expect(RegistryLimits.extractRowsMax(ofMemory: 4 << 30) == (1 << 30) / 1_200)
        #expect(RegistryLimits.extractRowsMax(ofMemory: 1 << 20) == 218)
        #expect(MachineMemory.limit("536870912\n") == 536_870_912)
        #expect(MachineMemory.limit("max\n") == nil)
        #expect(
            MachineMemory.limitFiles(ofGroups: "4:memory:/old\n0::/a.slice/b.service\n") == [
                "/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/a.slice/b.service/memory.max",
                "/sys/fs/cgroup/a.slice/memory.max",
            ])
        #expect(MachineMemory.limitFiles(ofGroups: "") == ["/sys/fs/cgroup/memory.max"])
    }

    @Test func theDatabaseKnowsWhatALargeLoadHasBrought() throws {
        let path = try TestRegistry.extract(persons: 6_000, seed: 27)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try TestRegistry.withDatabase { url in
            let summary = try TestRegistry.load(path, into: url)
            #expect(summary.rowsRead >= RegistryLimits.analyzedRowsMin)
            var connection = try PostgresConnection(DatabaseAddress(url))
            let analyzed = try connection.query(
                """
                SELECT count(DISTINCT tablename) FROM pg_stats WHERE schemaname = 'padron'
                    AND tablename IN ('source_record', 'source_record_version', 'golden_record')
                """
            ).single.int64(0)
            #expect(analyzed == 3)
        }
    }

    @Test func aSnapshotIsTheSameByAnyNumberOfThreads() throws {
        let path = try TestRegistry.extract(persons: 6_000, seed: 26)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try TestRegistry.withDatabase { url in
            let summary = try TestRegistry.load(path, into: url)
            #expect(summary.newRecords > 8_192, "there are several parts")
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
                "padron-\(UUID().uuidString)"
            ).path
            defer { try? FileManager.default.removeItem(atPath: folder) }
            var options = TestRegistry.options()
            options.snapshotFolder = folder
            let node = try RegistryNode.open(databaseURL: url, options: options)
            defer { node.close() }
            let digests = try [1, 3].map { threads in
                try SnapshotSaving.saveOrTell(node.state, threads: threads)
                let names = try FileManager.default.contentsOfDirectory(atPath: folder)
                let file = try #require(try SnapshotFile(path: "\(folder)/\(names[0])"))
                return file.header.chunks.map(\.digest)
            }
            #expect(digests[0].count > 4 && digests[0] == digests[1])
        }
    }

    /// Retires every tenth record that is alone, and answers their slots.
    private static func retireLoners(among count: Int, of node: RegistryNode) throws -> [UInt32] {
        var retired: [UInt32] = []
        for slot in stride(from: UInt32(0), to: UInt32(count), by: 10) {
            let (isAlone, record) = node.state.index.read { index in
                (
                    index.onlyMember(of: index.records[Int(slot)].person) != nil,
                    index.sourceRecord(slot)
                )
            }
            let directory = node.state.surroundings.withLock { $0.directory }
            guard isAlone, let source = directory.source(record.source)?.source.code else {
                continue
            }
            let answer = Promised<DecisionOutcome>()
            node.decide(
                DecisionRequest(
                    .retire(
                        LocalIdentifier(authority: source, value: record.localID), into: nil),
                    actor: "clinic", reason: "test", expectedVersions: [:])
            ) { answer.set($0) }
            guard case .success = answer.wait() else { continue }
            // A step that was under way may have given it company before.
            let isLeftAlone = node.state.index.read { index in
                index.members(of: index.records[Int(slot)].person).count == 1
            }
            if isLeftAlone { retired.append(slot) }
        }
        return retired
    }

    @Test func aLivingWriterFindsWhatItTookLate() throws {
        let path = try TestRegistry.extract(persons: 2_000, seed: 23)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let expected = try Self.endState(path, matchedMin: .max)
        try TestRegistry.withDatabase { url in
            var options = TestRegistry.options()
            options.loads.extractMatchedMin = 0
            let node = try RegistryNode.open(databaseURL: url, options: options)
            defer { node.close() }
            let summary = try TestRegistry.load(path, into: url)
            #expect(try TestRegistry.endState(of: url) == expected)
            let later = try RegistryNode.open(
                databaseURL: url, options: TestRegistry.options("later", role: .reader))
            defer { later.close() }
            #expect(later.status().records == Int(summary.newRecords))
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            #expect(lines.count > 1_000)
            for record in stride(from: 1, to: Int64(summary.newRecords), by: 37) {
                let person = later.state.index.read { $0.content(of: UInt32(record - 1)) }
                let found = try node.match(person, limit: 10, grade: .possible)
                let expected = try later.match(person, limit: 10, grade: .possible)
                #expect(found.map(\.weight) == expected.map(\.weight) && !found.isEmpty)
            }
        }
    }
}
