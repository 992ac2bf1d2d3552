import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel

/// Extracts that are loaded and taken back, and what a registry is without them.
enum RevertedLoads {
    private static let header =
        "source,local_id,given,family,mothers_family,birth_date,sex,id.cl-run,phone,address,municipality"

    /// A file with lines of an extract, whose last columns may be left out.
    static func extract(_ lines: [String]) throws -> String {
        let path = NSTemporaryDirectory() + "reverted-\(UUID().uuidString).csv"
        let columns = header.split(separator: ",").count
        let rows = lines.map { line in
            line + String(repeating: ",", count: columns - 1 - line.count { $0 == "," })
        }
        try Data(([header] + rows).joined(separator: "\n").utf8)
            .write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Loads lines.
    @discardableResult
    static func load(_ lines: [String], into url: String) throws -> LoadSummary {
        let path = try extract(lines)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try TestRegistry.load(path, into: url)
    }

    /// Takes a load back by the code of `padron load revert`.
    @discardableResult
    static func revert(_ load: Int64, in url: String) throws -> LoadRevertSummary {
        let job = job(load, in: url)
        let preview = try job.preview()
        let summary = try job.run(actor: "test", reason: "test")
        guard preview.counts.total == summary.counts.total else {
            throw RegistryError(.internal, "the preview told otherwise")
        }
        return summary
    }

    static func job(_ load: Int64, in url: String) -> LoadRevertJob {
        LoadRevertJob(databaseURL: url, load: load, node: TestRegistry.options("revert"))
    }

    /// What a registry says, but for the records behind a number: persons, current versions, golden
    /// records and open tasks, one text a line.
    static func state(of url: String, upTo record: Int64 = .max) throws -> [String] {
        var connection = try PostgresConnection(DatabaseAddress(url))
        return try connection.query(
            """
            SELECT 'record ' || r.record || ' ' || r.local_id || ' ' || r.euid || ' ' || r.state
                || CASE r.state WHEN 0 THEN v.digest::text ELSE '' END
                || ' ' || r.link_origin || ' ' || COALESCE(r.link_weight, 0)
                FROM padron.source_record r
                JOIN padron.source_record_version v USING (record, version)
                WHERE r.record <= \(record)
            UNION ALL SELECT 'golden ' || euid || ' ' || records || ' ' || content::text
                FROM padron.golden_record g
                WHERE EXISTS (SELECT FROM padron.source_record r WHERE r.euid = g.euid
                    AND r.record <= \(record))
            UNION ALL SELECT 'constraint ' || left_record || ' ' || right_record || ' ' || must_link
                FROM padron.record_constraint
                WHERE retracted_by IS NULL AND right_record <= \(record)
            UNION ALL SELECT 'pinned ' || record || ' ' || field || ' ' || value || ' ' || operation
                FROM padron.pinned_value WHERE ended_sequence IS NULL
            UNION ALL SELECT 'restricted ' || record FROM padron.record_restriction
                WHERE ended_sequence IS NULL
            UNION ALL SELECT 'former ' || record || ' ' || local_id FROM padron.former_local_id
            UNION ALL SELECT 'task ' || kind || ' ' || record || ' ' || other_record
                FROM padron.review_task WHERE closed_sequence IS NULL
            """
        ).map { try $0.text(0) }.sorted()
    }

    /// The number of the last record.
    static func lastRecord(of url: String) throws -> Int64 {
        var connection = try PostgresConnection(DatabaseAddress(url))
        return try connection.query(
            "SELECT COALESCE(max(record), 0) FROM padron.source_record"
        ).single.int64(0)
    }
}
