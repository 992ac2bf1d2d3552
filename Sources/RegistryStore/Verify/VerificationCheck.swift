internal import Identity
internal import RegistryModel

/// One query that answers a row of text for each thing that is wrong.
struct VerificationCheck: Sendable {
    var name: String
    var query: String

    /// The checks that the server can make alone.
    static let all = log + records + decisions + erasures + catalogs

    private static let log: [VerificationCheck] = [
        VerificationCheck(
            name: "event sequence",
            query: """
                SELECT 'after event ' || e.sequence || ' comes '
                    || COALESCE(e.next::text, 'nothing')
                FROM (SELECT sequence, lead(sequence) OVER (ORDER BY sequence) AS next
                    FROM padron.event) e, padron.lease l
                WHERE e.next <> e.sequence + 1 OR (e.next IS NULL AND e.sequence <> l.sequence)
                """),
        VerificationCheck(
            name: "event sequence",
            query: """
                SELECT 'the log begins with event ' || COALESCE(min(e.sequence)::text, 'none')
                    || ' and the lease says ' || l.sequence
                FROM padron.lease l LEFT JOIN padron.event e ON true GROUP BY l.sequence
                HAVING COALESCE(min(e.sequence), 1) <> 1
                    OR (count(e.sequence) = 0) <> (l.sequence = 0)
                """),
        VerificationCheck(
            name: "event epochs",
            query: """
                SELECT 'the epoch falls behind event ' || e.sequence
                FROM (SELECT sequence, epoch, lead(epoch) OVER (ORDER BY sequence) AS next
                    FROM padron.event) e, padron.lease l
                WHERE e.next < e.epoch OR e.epoch > l.epoch
                """),
        VerificationCheck(
            name: "event records",
            query: """
                SELECT 'event ' || sequence || ' does not make the records behind those before it'
                FROM (SELECT sequence, record, COALESCE(sum(records) OVER (ORDER BY sequence
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) + 1 AS expected
                    FROM padron.event WHERE records > 0) e
                WHERE record <> expected
                """),
        VerificationCheck(
            name: "event records",
            query: """
                SELECT 'the events make ' || made || ' records, the table holds ' || held
                FROM (SELECT COALESCE(sum(records), 0) AS made FROM padron.event) e,
                    (SELECT count(*) AS held FROM padron.source_record) r
                WHERE made <> held
                """),
    ]

    private static let records: [VerificationCheck] = [
        VerificationCheck(
            name: "record numbers",
            query: """
                SELECT 'record ' || record || ' does not follow the one before it'
                FROM (SELECT record, lag(record, 1, 0::bigint) OVER (ORDER BY record) AS before
                    FROM padron.source_record) r
                WHERE record <> before + 1
                """),
        VerificationCheck(
            name: "sources",
            query: """
                SELECT DISTINCT 'records name source ' || r.source || ', which does not exist'
                FROM padron.source_record r LEFT JOIN padron.source s USING (source)
                WHERE s.source IS NULL
                """),
        VerificationCheck(
            name: "versions",
            query: """
                SELECT 'record ' || r.record || ' has versions other than 1 to ' || r.versions
                FROM padron.source_record r LEFT JOIN padron.source_record_version v USING (record)
                GROUP BY r.record
                HAVING count(v.version) <> r.versions OR min(v.version) <> 1
                    OR max(v.version) <> r.versions
                """),
        VerificationCheck(
            name: "versions",
            query: """
                SELECT DISTINCT 'record ' || v.record || ' has versions and no row'
                FROM padron.source_record_version v LEFT JOIN padron.source_record r USING (record)
                WHERE r.record IS NULL
                """),
        VerificationCheck(
            name: "withdrawn records",
            query: """
                SELECT 'record ' || COALESCE(r.record, w.record)
                    || CASE WHEN w.record IS NULL THEN ' is withdrawn by no event'
                        ELSE ' counts and is withdrawn' END
                FROM (SELECT record FROM padron.source_record WHERE state <> 0) r
                FULL JOIN (SELECT record FROM padron.record_withdrawal
                    WHERE ended_sequence IS NULL) w USING (record)
                WHERE r.record IS NULL OR w.record IS NULL
                """),
        VerificationCheck(
            name: "reverted records",
            query: """
                SELECT 'record ' || COALESCE(e.record, t.record)
                    || CASE WHEN e.record IS NULL THEN ' is called reverted and is not'
                        ELSE ' was reverted by event ' || e.sequence || ' in silence' END
                FROM (SELECT DISTINCT c.record, e.sequence
                    FROM padron.event e JOIN padron.operation o USING (operation)
                    CROSS JOIN LATERAL unnest(e.changed_records) AS c (record)
                    WHERE o.kind = 'revert') e
                FULL JOIN padron.reverted_record t USING (record, sequence)
                WHERE e.record IS NULL OR t.record IS NULL
                """),
        VerificationCheck(
            name: "former local identifiers",
            query: """
                SELECT 'a former local identifier of record ' || f.record || ' is not its source''s alone'
                FROM padron.former_local_id f
                LEFT JOIN padron.source_record r ON r.record = f.record
                WHERE r.source IS DISTINCT FROM f.source
                    OR EXISTS (SELECT FROM padron.source_record o
                        WHERE o.source = f.source AND o.local_id = f.local_id)
                """),
        VerificationCheck(
            name: "retired persons",
            query: """
                SELECT 'a person retired by event ' || p.sequence || ' has records'
                FROM padron.retired_person p
                WHERE EXISTS (SELECT FROM padron.source_record r WHERE r.euid = p.euid)
                """),
        VerificationCheck(
            name: "realms",
            query: """
                SELECT 'provider record ' || p.record || ' is of one person with a patient''s'
                FROM padron.source_record p
                WHERE p.source >= \(Realm.firstProviderSource)
                    AND p.euid IN (SELECT r.euid FROM padron.source_record r
                        WHERE r.source < \(Realm.firstProviderSource))
                """),
        VerificationCheck(
            name: "link changes",
            query: """
                SELECT 'record ' || r.record || ' is not linked where its last move ends'
                FROM (SELECT DISTINCT ON (record) record, to_euid FROM padron.link_change
                    ORDER BY record, sequence DESC) c JOIN padron.source_record r USING (record)
                WHERE r.euid <> c.to_euid
                """),
    ]

    private static let decisions: [VerificationCheck] = [
        VerificationCheck(
            name: "record constraints",
            query: """
                SELECT 'records ' || left_record || ' and ' || right_record
                    || CASE WHEN must_link THEN ' must be one person and are two'
                        ELSE ' must not be one person and are' END
                FROM padron.record_constraint c
                JOIN padron.source_record l ON l.record = c.left_record
                JOIN padron.source_record r ON r.record = c.right_record
                WHERE retracted_by IS NULL AND (l.euid = r.euid) <> must_link
                """),
        VerificationCheck(
            name: "review tasks",
            query: """
                SELECT 'task ' || task || ' names a record that does not exist'
                FROM padron.review_task t
                WHERE (SELECT count(*) FROM padron.source_record r
                    WHERE r.record IN (t.record, t.other_record))
                    < CASE WHEN t.record = t.other_record THEN 1 ELSE 2 END
                """),
        VerificationCheck(
            name: "pinned values",
            query: """
                SELECT 'record ' || p.record || ' pins ' || p.field || ' and '
                    || CASE WHEN r.record IS NULL THEN 'does not exist'
                        WHEN p.ended_sequence IS NULL AND r.state = 3 THEN 'is erased'
                        WHEN p.value IS NULL AND r.state <> 3 THEN 'says nothing'
                        ELSE 'operation ' || p.operation || ' does not stand for it' END
                FROM padron.pinned_value p
                LEFT JOIN padron.source_record r USING (record)
                LEFT JOIN padron.operation o USING (operation)
                WHERE r.record IS NULL OR (p.ended_sequence IS NULL AND r.state = 3)
                    OR (p.value IS NULL) <> (r.state = 3) OR o.kind IS DISTINCT FROM 'pin'
                    OR (p.ended_sequence IS NULL AND o.undone_by IS NOT NULL)
                """),
        VerificationCheck(
            name: "pinned values",
            query: """
                SELECT 'event ' || c.sequence || ' does not tell that record ' || p.record
                    || ' pins ' || p.field
                FROM padron.pinned_value p
                CROSS JOIN LATERAL (VALUES (p.sequence), (p.ended_sequence)) AS c (sequence)
                LEFT JOIN padron.event e ON e.sequence = c.sequence
                WHERE c.sequence IS NOT NULL
                    AND (e.sequence IS NULL OR NOT e.changed_records @> ARRAY[p.record])
                """),
        VerificationCheck(
            name: "loads",
            query: """
                SELECT 'load ' || load || ' is done and its counts or chunks do not add up'
                FROM padron.load l
                WHERE state = 'done' AND (rows_done <> rows_staged OR chunks_done <> chunks
                    OR EXISTS (SELECT FROM padron.load_chunk c WHERE c.load = l.load))
                """),
        VerificationCheck(
            name: "rematches",
            query: """
                SELECT 'rematch ' || rematch || ' is done and has a plan left'
                FROM padron.rematch r
                WHERE state = 'done'
                    AND (EXISTS (SELECT FROM padron.rematch_member m WHERE m.rematch = r.rematch)
                    OR EXISTS (SELECT FROM padron.rematch_task t WHERE t.rematch = r.rematch))
                """),
        VerificationCheck(
            name: "table constraints",
            query: """
                SELECT conrelid::regclass || '.' || conname || ' is not validated'
                FROM pg_constraint WHERE connamespace = 'padron'::regnamespace AND NOT convalidated
                """),
    ]

    /// That nothing is left of what was erased, in any column that ever held it.
    private static let erasures: [VerificationCheck] = [
        VerificationCheck(
            name: "erasures",
            query: """
                SELECT 'erased record ' || r.record || ' still says something'
                FROM padron.source_record r
                WHERE r.state = 3 AND (r.local_id <> 'erased-' || r.record
                    OR EXISTS (SELECT FROM padron.source_record_version v
                        WHERE v.record = r.record AND v.content::text <> '{}')
                    OR EXISTS (SELECT FROM padron.former_local_id f WHERE f.record = r.record))
                """),
        VerificationCheck(
            name: "erasures",
            query: """
                SELECT 'record ' || COALESCE(r.record, e.record)
                    || CASE WHEN e.record IS NULL THEN ' is erased by no erasure'
                        ELSE ' was erased and is there' END
                FROM (SELECT record FROM padron.source_record WHERE state = 3) r
                FULL JOIN (SELECT unnest(records) AS record FROM padron.erasure
                    WHERE state = 'done') e USING (record)
                WHERE r.record IS NULL OR e.record IS NULL
                """),
        VerificationCheck(
            name: "erasures",
            query: """
                SELECT 'erasure ' || e.erasure || ' has no event that tells it'
                FROM padron.erasure e
                WHERE e.state = 'done' AND NOT EXISTS (SELECT FROM padron.event v
                    WHERE v.operation = e.operation AND v.kind = 9
                        AND v.changed_records @> e.records)
                """),
        VerificationCheck(
            name: "erasures",
            query: """
                SELECT DISTINCT 'erased names are of erasure ' || n.erasure || ', which is not done'
                FROM padron.erased_local_id n
                LEFT JOIN padron.erasure e ON e.erasure = n.erasure AND e.state = 'done'
                WHERE n.erasure <> 0 AND e.erasure IS NULL
                """),
        VerificationCheck(
            name: "erasures",
            query: """
                SELECT 'request ' || d.request || ' of a command is older than an erasure'
                FROM padron.decision_request d
                WHERE d.state <> 'waiting' AND d.made_at < (SELECT max(decided_at)
                    FROM padron.erasure WHERE state = 'done') - interval '10 minutes'
                """),
    ]
}
