import Foundation
import Identity
import PostgresClient
import RegistryModel
import RegistryStore
import SeededTesting
import Testing

@testable import Registry

/// A load whose steps overlap ends as if everything had been done one after the other.
///
/// Method: while extracts are loaded, stewards decide, sources submit, and connections are cut, at random
/// moments. Then the log tells the order in which records came and decisions were made; the same,
/// record by record and without any load, in a registry of its own must give the same end state; where the extract was
/// matched beforehand, but for a few persons and questions.
@Suite(.serialized, .timeLimit(.minutes(10))) struct InterleavedLoadTests {
    @Test(arguments: PropertySeeds.few)
    func decisionsAndSubmissionsOvertake(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let path = try TestRegistry.extract(persons: 9_000, seed: 21)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try TestRegistry.withNode { node, url in
            let load = Background { try TestRegistry.load(path, into: url) }
            var decided: [Int64: MadeDecision] = [:]
            var submitted = 0
            while !load.isDone {
                if Int.random(in: 0..<40, using: &random) == 0 {
                    submitted += 1
                    _ = try TestRegistry.submit(
                        node, "clinic", "live-\(submitted)", DecisionRegistry.person(submitted))
                }
                let known = node.status().records
                if known > 100 {
                    let made = try MadeDecision.random(
                        among: known, Bool.random(using: &random) ? .merge : .unlink, url, &random)
                    if let position = try made.make(node, url) { decided[position] = made }
                }
                usleep(UInt32.random(in: 0..<60_000, using: &random))
            }
            let summary = try load.wait()
            #expect(summary.counts.total == summary.rowsRead)
            #expect(try TestRegistry.findings(in: url) == [])
            let state = try TestRegistry.endState(of: url)
            let expected = try replay(url, decided)
            #expect(state == expected, "seed \(seed), \(decided.count) decisions")
        }
    }

    /// Others bring records of the persons that the rows are of, change them, and retire and unlink those that are
    /// held, while an extract is matched beforehand and later.
    @Test(arguments: PropertySeeds.few)
    func othersWriteBesideAnExtractMatchedBeforehand(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let path = try TestRegistry.extract(persons: 9_000, seed: 26)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var options = TestRegistry.options()
        options.loads.extractMatchedMin = 0
        try TestRegistry.withNode(options: options) { node, url in
            let load = Background { try TestRegistry.load(path, into: url) }
            var decided: [Int64: MadeDecision] = [:]
            var twins = 0
            var rows: [SubmittedRow] = []
            while !load.isDone {
                if rows.isEmpty { rows = try Self.stagedRows(in: url) }
                let known = node.status().records
                let turn = Int.random(in: 0..<10, using: &random)
                if turn < 7, let row = rows.randomElement(using: &random) {
                    // Of a row that comes later, or has come. Some say now that they are of another one.
                    let number =
                        turn < 4 || twins == 0 ? twins : Int.random(in: 0..<twins, using: &random)
                    _ = try TestRegistry.submit(node, "clinic", "twin-\(number)", row.person)
                    twins = max(twins, number + 1)
                } else if known > 100 {
                    let made = try MadeDecision.random(
                        among: known, turn < 9 ? .unlink : .retire, url, &random)
                    if let position = try made.make(node, url) { decided[position] = made }
                }
                usleep(UInt32.random(in: 0..<20_000, using: &random))
            }
            let summary = try load.wait()
            #expect(summary.counts.total == summary.rowsRead)
            #expect(try TestRegistry.findings(in: url) == [])
            let (state, expected) = try (TestRegistry.endState(of: url), replay(url, decided))
            func lines(_ kind: String, of state: [String]) -> Set<String> {
                Set(state.lazy.filter { $0.hasPrefix(kind) })
            }
            let said = "seed \(seed), \(twins) twins, \(decided.count) decisions"
            #expect(twins > 10 && decided.count > 2, "\(said)")
            for (kind, differencesMax) in [("version ", 0), ("withdrawn ", 0), ("person ", 6)] {
                let (one, other) = (lines(kind, of: state), lines(kind, of: expected))
                let differences = one.symmetricDifference(other)
                #expect(differences.count <= differencesMax, "\(said): \(differences)")
            }
            let (one, other) = (lines("task ", of: state), lines("task ", of: expected))
            #expect(one.symmetricDifference(other).count * 10 <= one.count, "\(said)")
        }
    }

    /// The rows of the first load; none as long as it is being staged.
    private static func stagedRows(in url: String) throws -> [SubmittedRow] {
        var session = try RegistrySession(DatabaseAddress(url))
        guard let load = try session.nextStagedLoad() else { return [] }
        return try session.loadChunks(load.load, from: 0, rowsMax: 1 << 20).flatMap {
            StagedChunk.rows($0, recordedAtWhenUnknown: 0) ?? []
        }
    }

    @Test func twoLoadsAtOnce() throws {
        let lines = try ExtractLines(persons: 5_000, seed: 31)
        let half = lines.rows.count / 2
        let paths = try [
            lines.write(lines.rows[..<half]), lines.write(lines.rows[half...]),
        ]
        defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
        try TestRegistry.withNode { _, url in
            let loads = paths.map { path in Background { try TestRegistry.load(path, into: url) } }
            for load in loads {
                let summary = try load.wait()
                #expect(summary.counts.total == summary.rowsRead)
            }
            #expect(try TestRegistry.findings(in: url) == [])
            #expect(try TestRegistry.endState(of: url) == replay(url, [:]))
        }
    }

    /// A step is drafted and prepared while those ahead bring the records that its rows repeat and change.
    @Test func rowsOfOneRecordInNeighbouringSteps() throws {
        let lines = try ExtractLines(persons: 9_000, seed: 23)
        let step = TestRegistry.stepRowsMax
        func repeated(_ range: Range<Int>) -> [String] {
            lines.rows[range].enumerated().map { place, row in
                place % 3 == 0 ? row : row.replacingOccurrences(of: "FONASA", with: "ISAPRE")
            }
        }
        let half = step / 2
        let parts = [
            lines.rows[..<step], repeated(0..<half) + lines.rows[step..<step + half],
            lines.rows[(step + half)..<(step * 5 / 2)],
            // Of two steps before.
            repeated(step..<step + half) + lines.rows[(step * 5 / 2)...],
        ].map(Array.init)
        let expected = try TestRegistry.withDatabase { url in
            for part in parts {
                let path = try lines.write(part[...])
                defer { try? FileManager.default.removeItem(atPath: path) }
                _ = try TestRegistry.load(path, into: url)
            }
            return try TestRegistry.endState(of: url)
        }
        let whole = try lines.write(Array(parts.joined())[...])
        defer { try? FileManager.default.removeItem(atPath: whole) }
        try TestRegistry.withDatabase { url in
            let summary = try TestRegistry.load(whole, into: url)
            #expect(summary.counts.updated > 200 && summary.counts.unchanged > 500)
            #expect(try TestRegistry.endState(of: url) == expected)
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    /// Persons of many records, numbers that people share, and rows that ask again what is asked already: what a
    /// batch knows of them must be what each row by itself would find.
    @Test func manyRowsOfOnePersonAndOneNumber() throws {
        let lines = try ExtractLines(persons: 2_500, seed: 24)
        let columns = lines.header.split(separator: ",").map(String.init)
        let place = try (
            local: #require(columns.firstIndex(of: "local_id")),
            number: #require(columns.firstIndex(of: "national_id")),
            authority: #require(columns.firstIndex(of: "national_id_authority"))
        )
        func numbered(_ row: String, _ number: String, _ localID: String? = nil) -> String {
            var values = row.components(separatedBy: ",")
            values[place.number] = number
            values[place.authority] = number.isEmpty ? "" : "cl-run"
            if let localID { values[place.local] = localID }
            return values.joined(separator: ",")
        }
        var rows = lines.rows
        for row in rows.indices where row % 5 == 0 {
            rows[row] = numbered(rows[row], row % 10 == 0 ? "12345678-5" : "9876543-3")
        }
        // One who comes again and again, now and then under another number or under none.
        for turn in 0..<150 {
            let number = turn % 50 == 49 ? "5126663-3" : turn % 7 == 6 ? "" : "11222333-9"
            rows.insert(numbered(lines.rows[1], number, "again-\(turn)"), at: turn * 17)
        }
        let path = try lines.write(rows[...])
        defer { try? FileManager.default.removeItem(atPath: path) }
        try TestRegistry.withNode { _, url in
            let summary = try TestRegistry.load(path, into: url)
            #expect(summary.counts.review > 10)
            let state = try TestRegistry.endState(of: url)
            #expect(state.contains { $0.hasPrefix("person") && $0.count { $0 == " " } > 100 })
            #expect(try state == replay(url, [:]))
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    /// The end state of a load whose connections nobody cut.
    private static let uncut = Result {
        let path = try TestRegistry.extract(persons: 6_000, seed: 22)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try TestRegistry.withDatabase { url in
            _ = try TestRegistry.load(path, into: url)
            return try TestRegistry.endState(of: url)
        }
    }

    @Test(arguments: PropertySeeds.few)
    func connectionsAreCut(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let expected = try Self.uncut.get()
        let path = try TestRegistry.extract(persons: 6_000, seed: 22)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try TestRegistry.withNode { _, url in
            var admin = try PostgresConnection(DatabaseAddress(url))
            // Cut while it is the writer itself, the job ends and says that it is to be run again.
            let load = Background {
                for _ in 0..<6 {
                    do {
                        return try TestRegistry.load(path, into: url)
                    } catch let error as RegistryError where error.code == .unavailable {}
                }
                return try TestRegistry.load(path, into: url)
            }
            var cuts = 0
            while !load.isDone, cuts < 6 {
                usleep(UInt32.random(in: 0..<120_000, using: &random))
                let cut = try admin.query(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE application_name LIKE 'padron writer%' AND datname = current_database()
                        AND state = 'active'
                    """)
                cuts += cut.map { _ in 1 }.count
            }
            let summary = try load.wait()
            #expect(summary.counts.total == summary.rowsRead)
            #expect(try TestRegistry.endState(of: url) == expected, "seed \(seed), \(cuts) cuts")
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    /// The end state of a registry to which each record came alone, in the order of another's log.
    private func replay(_ url: String, _ decided: [Int64: MadeDecision]) throws -> [String] {
        var connection = try PostgresConnection(DatabaseAddress(url))
        let events = try connection.query(
            "SELECT sequence FROM padron.event ORDER BY sequence"
        ).map { try $0.int64(0) }
        let rows = try connection.query(
            """
            SELECT r.record, s.code, r.local_id,
                (extract(epoch FROM v.recorded_at) * 1000000)::bigint, v.content::text, v.sequence
            FROM padron.source_record r JOIN padron.source s USING (source)
            JOIN padron.source_record_version v USING (record)
            ORDER BY r.record
            """
        ).map { row in
            (
                sequence: try row.int64(5),
                submission: PatientSubmission(
                    source: try row.text(1), localID: try row.text(2),
                    recordedAt: try row.int64(3),
                    person: try PersonRecord(json: JSONParser.parse(try row.text(4))))
            )
        }
        let rowsOfEvents = Dictionary(grouping: rows, by: \.sequence)
        let sources = Set(rows.map(\.submission.source)).sorted().map { Source(code: $0) }
        return try TestRegistry.withNode(sources: sources) { node, url in
            for event in events {
                if let decision = decided[event] {
                    #expect(try decision.make(node, url) != nil)
                } else if let rows = rowsOfEvents[event] {
                    try TestRegistry.submitAll(node, rows.map(\.submission))
                }
            }
            #expect(try TestRegistry.findings(in: url) == [])
            return try TestRegistry.endState(of: url)
        }
    }
}

/// The rows of a generated extract that say when they were recorded, to be put together anew.
private struct ExtractLines {
    let header: String
    let rows: [String]

    init(persons: Int, seed: UInt64) throws {
        let path = try TestRegistry.extract(persons: persons, seed: seed)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        header = String(lines[0])
        let place = header.split(separator: ",").firstIndex(of: "recorded_at") ?? 0
        rows = lines.dropFirst().map(String.init).filter { line in
            let values = line.split(separator: ",", omittingEmptySubsequences: false)
            return !line.contains("\"") && !values[place].isEmpty
        }
    }

    /// Writes an extract of some rows, and answers its path.
    func write(_ rows: ArraySlice<String>) throws -> String {
        let path = NSTemporaryDirectory() + "registry-\(UUID().uuidString).csv"
        let text = ([header] + rows).joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }
}

/// A decision by the names of the records that it is about, so that another registry can take it.
private enum MadeDecision: Sendable {
    /// The person of the first record becomes one with that of the second.
    case merge(LocalIdentifier, LocalIdentifier)
    /// A record leaves its person.
    case unlink(LocalIdentifier)
    /// A record's source has it no more.
    case retire(LocalIdentifier)

    enum Kind { case merge, unlink, retire }

    /// A decision about records that a registry has, by their numbers.
    static func random(
        among records: Int, _ kind: Kind, _ url: String, _ random: inout SeededGenerator
    ) throws -> MadeDecision {
        var connection = try PostgresConnection(DatabaseAddress(url))
        let numbers = (0..<2).map { _ in Int64.random(in: 1...Int64(records), using: &random) }
        let names = try numbers.map { number in
            let row = try connection.query(
                """
                SELECT s.code, r.local_id FROM padron.source_record r
                JOIN padron.source s USING (source) WHERE r.record = \(number)
                """
            ).single
            return LocalIdentifier(authority: try row.text(0), value: try row.text(1))
        }
        return switch kind {
        case .merge: .merge(names[0], names[1])
        case .unlink: .unlink(names[0])
        case .retire: .retire(names[0])
        }
    }

    /// Makes the decision; answers its place in the log, nil where it was refused.
    func make(_ node: RegistryNode, _ url: String) throws -> Int64? {
        let decision: Decision
        switch self {
        case .merge(let one, let other):
            let retired = try node.patient(.identifier(one)).enterpriseIdentifier
            let survivor = try node.patient(.identifier(other)).enterpriseIdentifier
            decision = .merge(retired: retired, survivor: survivor)
        case .unlink(let record): decision = .unlink(record, mayRejoin: false)
        case .retire(let record): decision = .retire(record, into: nil)
        }
        let answer = Promised<DecisionOutcome>()
        node.decide(
            DecisionRequest(decision, actor: "steward", reason: "test", expectedVersions: [:])
        ) { answer.set($0) }
        guard case .success(let outcome) = answer.wait() else { return nil }
        return outcome.position?.sequence
    }
}

extension TestRegistry {
    /// Submits in order and waits until all are durable.
    fileprivate static func submitAll(
        _ node: RegistryNode, _ submissions: some Collection<PatientSubmission>
    ) throws {
        var answers: [Promised<SubmissionReceipt>] = []
        for submission in submissions {
            let answer = Promised<SubmissionReceipt>()
            node.submit(submission, actor: "test") { answer.set($0) }
            answers.append(answer)
        }
        for answer in answers { _ = try answer.wait().get() }
    }
}
