import PostgresClient
import RegistryModel
import RegistryStore
import Testing

/// Damage of every kind is found and named, and a sound database is called so.
///
/// Method: one sound registry, one statement that plants the damage, `verify`.
@Suite struct VerifyTests {
    private static let damages: [(String, SQL)] = [
        ("migrations", "UPDATE padron.schema_migration SET checksum = '' WHERE number = 2"),
        ("event sequence", "UPDATE padron.lease SET sequence = 5"),
        ("event sequence", "DELETE FROM padron.event"),
        ("event epochs", "UPDATE padron.event SET epoch = 9"),
        ("event records", "UPDATE padron.event SET record = 2"),
        ("event records", "UPDATE padron.event SET records = 2"),
        ("record numbers", "UPDATE padron.source_record SET record = 9 WHERE record = 3"),
        ("sources", "DELETE FROM padron.source"),
        ("versions", "DELETE FROM padron.source_record_version WHERE record = 3"),
        ("versions", "UPDATE padron.source_record SET versions = 2 WHERE record = 3"),
        (
            "retired persons",
            "INSERT INTO padron.retired_person VALUES (4, 1, 'replaced', '{3}')"
        ),
        ("withdrawn records", "UPDATE padron.source_record SET state = 1 WHERE record = 3"),
        ("reverted records", "INSERT INTO padron.reverted_record VALUES (3, 1)"),
        ("former local identifiers", "INSERT INTO padron.former_local_id VALUES (1, 'x', 99, 1)"),
        ("link changes", "INSERT INTO padron.link_change VALUES (3, 1, 4, 5)"),
        ("review tasks", "UPDATE padron.review_task SET other_record = 77"),
        (
            "contents",
            "UPDATE padron.source_record_version SET content = '{\"given\":\"E\"}' WHERE record = 3"
        ),
        (
            "golden records",
            "UPDATE padron.golden_record SET content = '{\"given\":\"Eva\"}'"
        ),
        ("golden records", "DELETE FROM padron.golden_record"),
        ("golden records", "UPDATE padron.source_record SET euid = 7 WHERE record = 2"),
        ("golden records", "UPDATE padron.source_record SET euid = 3 WHERE record = 3"),
        ("golden records", "INSERT INTO padron.golden_record VALUES (8, 1, 2, '{}')"),
    ]

    @Test(arguments: damages.indices)
    func damageIsFound(index: Int) throws {
        let (check, statement) = Self.damages[index]
        try TestStore.withSession { session, _ in
            _ = try TestStore.fill(&session)
            #expect(try session.verify().findings == [])
            try session.connection.execute(statement)
            let findings = try session.verify().findings
            #expect(findings.contains { $0.check == check }, "\(findings)")
        }
    }

    private static let damagedPins: [(SQL, String)] = [
        ("UPDATE padron.pinned_value SET record = 77", "record 77 pins family and does not exist"),
        (
            "UPDATE padron.source_record SET state = 3 WHERE record = 3",
            "record 3 pins family and is erased"
        ),
        (
            "UPDATE padron.pinned_value SET value = NULL, ended_sequence = 3",
            "record 3 pins family and says nothing"
        ),
        (
            "UPDATE padron.operation SET kind = 'unpin'",
            "record 3 pins family and operation 1 does not stand for it"
        ),
        (
            "UPDATE padron.operation SET undone_by = 1",
            "record 3 pins family and operation 1 does not stand for it"
        ),
        (
            "UPDATE padron.pinned_value SET record = 2",
            "event 2 does not tell that record 2 pins family"
        ),
        (
            "UPDATE padron.pinned_value SET sequence = 9",
            "event 9 does not tell that record 3 pins family"
        ),
        (
            "UPDATE padron.pinned_value SET ended_sequence = 9",
            "event 9 does not tell that record 3 pins family"
        ),
    ]

    @Test(arguments: damagedPins.indices) func damagedPinsAreFound(index: Int) throws {
        let (statement, finding) = Self.damagedPins[index]
        try TestStore.withSession { session, _ in
            _ = try TestStore.fill(&session)
            try session.connection.executeScript(
                """
                INSERT INTO padron.operation (operation, kind, actor, begun_at)
                    VALUES (1, 'pin', 'steward', now());
                INSERT INTO padron.event (sequence, epoch, occurred_at, operation, records, kind,
                    actor, changed_records) VALUES (2, 1, now(), 1, 0, 7, 'steward', '{3}');
                UPDATE padron.lease SET sequence = 2;
                INSERT INTO padron.pinned_value
                    VALUES (3, 2, NULL, 1, now(), 'family', 'steward', 'Soto')
                """)
            #expect(try session.verify().findings == [])
            try session.connection.execute(statement)
            let findings = try session.verify().findings
            #expect(
                findings.contains(
                    VerificationFinding(check: "pinned values", finding: finding)),
                "\(findings)")
        }
    }

    @Test func brokenConstraintsAreFound() throws {
        try TestStore.withSession { session, _ in
            _ = try TestStore.fill(&session)
            try session.connection.executeScript(
                """
                INSERT INTO padron.operation (operation, kind, actor, begun_at)
                    VALUES (1, 'distinct', 'steward', now());
                INSERT INTO padron.record_constraint VALUES (1, 1, 2, false, 1), (2, 1, 3, false, 1)
                """)
            let findings = try session.verify().findings
            #expect(
                findings == [
                    VerificationFinding(
                        check: "record constraints",
                        finding: "records 1 and 2 must not be one person and are")
                ])
        }
    }
}
