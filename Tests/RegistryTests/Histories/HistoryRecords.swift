import Identity
import PostgresClient
import RegistryModel

/// The source records of a registry with their links, as the database has them.
struct HistoryRecords: Equatable {
    struct Row: Equatable {
        /// The source's code and the local identifier.
        var name: LocalIdentifier
        var person: EnterpriseIdentifier
        var state: RecordState
    }

    /// By the records' numbers.
    var rows: [Int64: Row] = [:]
    /// Former names, by the numbers of their records.
    var former: [LocalIdentifier: Int64] = [:]

    /// Reads them.
    init(_ connection: inout PostgresConnection) throws {
        for row in try connection.query(
            """
            SELECT r.record, s.code, r.local_id, r.euid, r.state FROM padron.source_record r
            JOIN padron.source s USING (source)
            """)
        {
            rows[try row.int64(0)] = Row(
                name: LocalIdentifier(authority: try row.text(1), value: try row.text(2)),
                person: EnterpriseIdentifier(bits: UInt64(try row.int64(3))),
                state: RecordState(rawValue: Int16(try row.int64(4))) ?? .erased)
        }
        for row in try connection.query(
            """
            SELECT s.code, f.local_id, f.record FROM padron.former_local_id f
            JOIN padron.source s USING (source)
            """)
        {
            former[LocalIdentifier(authority: try row.text(0), value: try row.text(1))] =
                try row.int64(2)
        }
    }

    /// The number of the record of a name, present or former.
    func record(_ name: LocalIdentifier) -> Int64? {
        rows.first { $0.value.name == name }?.key ?? former[name]
    }

    /// The record whose name an erasure has just replaced by its number.
    private static func erasedRecord(_ name: LocalIdentifier) -> Int64? {
        name.value.split(separator: "-").last.flatMap { Int64($0) }
    }

    /// The records as they are once a decision is carried out.
    func after(_ outcome: DecisionOutcome) -> HistoryRecords? {
        var records = self
        for move in outcome.moves {
            guard let record = record(move.record), records.rows[record]?.person == move.from else {
                return nil
            }
            records.rows[record]?.person = move.to
        }
        let state: RecordState = outcome.kind == .erase ? .erased : .withdrawn
        for name in outcome.withdrawn {
            guard let record = record(name) ?? Self.erasedRecord(name) else { return nil }
            records.rows[record]?.state = state
        }
        for name in outcome.reinstated {
            guard let record = record(name) else { return nil }
            records.rows[record]?.state = .active
        }
        return records
    }
}
