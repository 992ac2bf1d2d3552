import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Synthesis

/// A registry of its own for a test: a new database, nodes over it, generated extracts.
enum TestRegistry {
    private static let migrated = DatabaseTemplate("migrated") { address in
        try RegistryNode.migrate(databaseURL: address.connectionString)
    }

    /// Calls a closure with the address of a new, migrated database.
    static func withDatabase<Value>(_ body: (String) throws -> Value) throws -> Value {
        try ThrowAwayCluster.withDatabase(from: migrated) { try body($0.connectionString) }
    }

    /// Calls an asynchronous closure with the address of a new, migrated database.
    static func withDatabase<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        try await ThrowAwayCluster.withDatabase(from: migrated) {
            try await body($0.connectionString)
        }
    }

    /// Options of a node that begins with the model of Chile.
    static func options(_ name: String = "test", role: WantedRole = .writer)
        -> RegistryNodeOptions
    {
        var options = RegistryNodeOptions(nodeName: name, role: role, model: "cl")
        // Small extracts have several steps.
        options.loads.stepRowsMax = stepRowsMax
        return options
    }

    /// Rows of one step of a load.
    static let stepRowsMax = 4_096

    /// Calls a closure with a writing node over a new database that knows some sources.
    static func withNode<Value>(
        sources: [Source] = [Source(code: "clinic"), Source(code: "hospital")],
        options: RegistryNodeOptions = options(), _ body: (RegistryNode, String) throws -> Value
    ) throws -> Value {
        try withDatabase { url in
            var session = try RegistrySession(DatabaseAddress(url))
            for source in sources { _ = try session.add(source) }
            let node = try RegistryNode.open(databaseURL: url, options: options)
            defer { node.close() }
            return try body(node, url)
        }
    }

    /// A file with a generated extract of Chile.
    static func extract(persons: Int, seed: UInt64) throws -> String {
        let path = NSTemporaryDirectory() + "registry-\(UUID().uuidString).csv"
        try Data().write(to: URL(fileURLWithPath: path))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? file.close() }
        let synthesizer = PopulationSynthesizer(
            options: SynthesisOptions(persons: persons, locale: .cl, seed: seed))
        _ = try synthesizer.generate(
            extract: { bytes in
                try file.write(contentsOf: bytes.withUnsafeBufferPointer { Data($0) })
            }, truth: { _ in })
        return path
    }

    /// The same in two, each with the records of sources of its own.
    static func extracts(persons: Int, seed: UInt64) throws -> (first: String, next: String) {
        let path = try extract(persons: persons, seed: seed)
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let columns = lines[0].split(separator: ",")
        let column = columns.firstIndex(of: "source") ?? 0
        func source(_ line: Substring) -> Substring {
            line.split(separator: ",", omittingEmptySubsequences: false)[column]
        }
        let sources = Set(lines.dropFirst().map(source)).sorted()
        let firstSources = Set(sources.prefix(sources.count / 2))
        let next = path + ".next.csv"
        for (path, isFirst) in [(path, true), (next, false)] {
            let rows = lines.dropFirst().filter { firstSources.contains(source($0)) == isFirst }
            try (lines.prefix(1) + rows).joined(separator: "\n").write(
                toFile: path, atomically: true, encoding: .utf8)
        }
        return (path, next)
    }

    /// Loads an extract by the code of `padron load`; one of `matchedMin` rows is matched with itself and what
    /// is held before it is registered.
    static func load(
        _ path: String, into url: String, matchedMin: Int = RegistryLimits.extractMatchedMin
    ) throws -> LoadSummary {
        var node = options("load")
        node.loads.extractMatchedMin = matchedMin
        return try LoadJob(
            databaseURL: url,
            request: LoadRequest(path: path, createsSources: true, actor: "test"), node: node
        ).run()
    }

    /// Submits and waits for the answer.
    static func submit(
        _ node: RegistryNode, _ source: String, _ localID: String, _ person: PersonRecord,
        recordedAt: Int64? = nil
    ) throws -> SubmissionReceipt {
        let answer = Promised<SubmissionReceipt>()
        node.submit(
            PatientSubmission(
                source: source, localID: localID, recordedAt: recordedAt, person: person),
            actor: "test"
        ) { answer.set($0) }
        return try answer.wait().get()
    }

    /// A person with the values given, by canonical column name; `run` is a Chilean number.
    static func person(_ values: [DemographicField: String], run: String? = nil) -> PersonRecord {
        var person = PersonRecord()
        for (field, value) in values { person[field] = value }
        if let run {
            person.identifiers.append(LocalIdentifier(authority: "cl-run", value: run))
        }
        return person
    }

    /// What two registries that went through the same must have in common, one text a line.
    ///
    /// Persons stand by their members, so that EUIDs may differ; so do sequence numbers.
    static func endState(of url: String) throws -> [String] {
        var connection = try PostgresConnection(DatabaseAddress(url))
        let rows = try connection.query(
            """
            WITH named AS (
                SELECT r.*, s.code || ':' || r.local_id AS name FROM padron.source_record r
                JOIN padron.source s USING (source)),
            person AS (
                SELECT euid, string_agg(name, ' ' ORDER BY name) AS members
                FROM named GROUP BY euid)
            SELECT 'person ' || members FROM person
            UNION ALL SELECT 'version ' || n.name || ' ' || v.version || ' ' || n.version || ' '
                || v.digest || ' ' || extract(epoch FROM v.recorded_at)
                FROM padron.source_record_version v JOIN named n USING (record)
            UNION ALL SELECT 'withdrawn ' || name FROM named WHERE state <> 0
            UNION ALL SELECT 'golden ' || p.members || ' ' || g.content::text
                FROM padron.golden_record g JOIN person p USING (euid)
            UNION ALL SELECT 'task ' || t.kind || ' ' || l.name || ' ' || r.name || ' '
                || COALESCE(t.weight, 0)
                FROM padron.review_task t JOIN named l ON l.record = t.record
                JOIN named r ON r.record = t.other_record
            """)
        return try rows.map { try $0.text(0) }.sorted()
    }
}

/// An answer that a thread waits for.
///
/// Guarded by its condition.
final class Promised<Value: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private var result: Result<Value, RegistryError>?

    func set(_ result: Result<Value, RegistryError>) {
        condition.lock()
        self.result = result
        condition.signal()
        condition.unlock()
    }

    /// Whether there is an answer.
    var isSet: Bool { condition.withLock { result != nil } }

    func wait() -> Result<Value, RegistryError> {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let result { return result }
            condition.wait()
        }
    }
}

extension TestRegistry {
    /// What `db verify` finds in a registry.
    static func findings(in url: String) throws -> [String] {
        var session = try RegistrySession(DatabaseAddress(url))
        return try session.verify().findings.map(\.description)
    }
}
