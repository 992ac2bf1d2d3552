internal import Identity
internal import PostgresClient
internal import RegistryModel

extension RegistrySession {
    /// Proves that the database is sound, in one snapshot.
    ///
    /// It checks what `Migrations/README.md` lists as invariants: checksums of migrations, the
    /// log and the numbers by SQL; contents, digests and golden records by the program's own
    /// functions, streamed, so that memory does not grow with the registry.
    /// Golden records are held against the policy in force.
    package mutating func verify() throws -> VerificationReport {
        try snapshot { session in
            var report = VerificationReport()
            for finding in try MigrationRunner.verify(&session.connection) {
                report.findings.append(
                    VerificationFinding(check: "migrations", finding: finding))
            }
            for check in VerificationCheck.all { try session.run(check, &report) }
            try session.verifyVersions(&report)
            try session.verifyGoldenRecords(&report)
            try session.verifyEntries(&report)
            report.events = try session.connection.query("SELECT count(*) FROM padron.event")
                .single.int(0)
            return report
        }
    }

    private mutating func run(_ check: VerificationCheck, _ report: inout VerificationReport)
        throws
    {
        let rows = try connection.query(
            SQL(unsafeSQL: check.query + " LIMIT \(StoreLimits.findingsMax)"))
        for row in rows {
            report.findings.append(
                VerificationFinding(check: check.name, finding: try row.text(0)))
        }
    }

    /// Every content is canonical and has the digest that stands beside it.
    private mutating func verifyVersions(_ report: inout VerificationReport) throws {
        var found: [VerificationFinding] = []
        report.versions = try connection.copyOut(
            "SELECT record, version, uuid_send(digest), content FROM padron.source_record_version"
        ) { row in
            let record = try row.int64()
            let version = try row.int64()
            let digest = try row.optionalBytes() ?? []
            let content = try row.optionalBytes() ?? []
            guard found.count < StoreLimits.findingsMax else { return }
            let problem: String? =
                if ContentDigest(of: content).bytes != digest {
                    "is not what its digest says"
                } else if PersonRecord(canonicalJSON: content)?.json != content {
                    "is no canonical patient"
                } else {
                    nil
                }
            guard let problem else { return }
            found.append(
                VerificationFinding(
                    check: "contents", finding: "record \(record) version \(version) \(problem)"))
        }
        report.findings += found
    }

    /// Persons of several records that count have the golden record that survivorship yields, others none.
    private mutating func verifyGoldenRecords(_ report: inout VerificationReport) throws {
        let isPending = try goldenBasis().isPending
        let policy = try survivorship()
        var pins: [Int64: [PinnedValue]] = [:]
        for (person, pinned) in try standingPinsByPerson() { pins[Int64(person.bits)] = pinned }
        var person = GoldenRecordCheck()
        var counted = GoldenRecordTally()
        try connection.copyOut(
            """
            SELECT COALESCE(r.euid, g.euid), r.record, r.source, r.recorded_at, r.content,
                g.records, g.content
            FROM (SELECT s.euid, s.record, s.source, v.recorded_at, v.content
                FROM padron.source_record s JOIN padron.source_record_version v
                    ON v.record = s.record AND v.version = s.version
                WHERE s.state = 0) r
            FULL JOIN padron.golden_record g ON g.euid = r.euid
            ORDER BY 1, 2
            """
        ) { row in
            let euid = try row.int64()
            if euid != person.euid {
                person.finish(policy, &counted)
                person = GoldenRecordCheck(euid: euid, pins: PersonPins(pins[euid] ?? []))
            }
            if let record = try row.optionalInt64() {
                let source = Int32(truncatingIfNeeded: try row.int64())
                let recordedAt = try row.unixMicroseconds()
                let content = try row.optionalBytes() ?? []
                person.firstRecord = person.firstRecord ?? record
                person.sources.append(
                    GoldenRecordSource(
                        person: PersonRecord(canonicalJSON: content) ?? PersonRecord(),
                        recordedAt: recordedAt, record: record, source: source))
            } else {
                for _ in 0..<3 { try row.skip() }
            }
            person.storedRecords = try row.optionalInt64()
            person.stored = try row.optionalBytes()
        }
        person.finish(policy, &counted)
        report.records = try connection.query("SELECT count(*) FROM padron.source_record")
            .single.int(0)
        report.goldenRecords = counted.goldenRecords
        report.findings += counted.findings
        if isPending, counted.differing > 0 {
            report.findings.append(
                VerificationFinding(
                    check: "golden records",
                    finding:
                        "\(counted.differing) follow an earlier policy or authority; the writer"
                        + " rewrites them while a server or a load runs"))
        } else {
            report.findings += counted.differences
        }
    }
}

/// What the check of golden records has met so far.
private struct GoldenRecordTally {
    var goldenRecords = 0
    var findings: [VerificationFinding] = []
    /// Golden records that are not what their records yield.
    var differing = 0
    var differences: [VerificationFinding] = []
}

/// One person while golden records are checked.
private struct GoldenRecordCheck {
    var euid: Int64?
    var pins = PersonPins.none
    var firstRecord: Int64?
    var sources: [GoldenRecordSource] = []
    var storedRecords: Int64?
    var stored: [UInt8]?

    /// Counts the person, and adds what is wrong with its golden record.
    func finish(_ policy: Survivorship, _ tally: inout GoldenRecordTally) {
        guard euid != nil else { return }
        if stored != nil { tally.goldenRecords += 1 }
        if let problem {
            guard tally.findings.count < StoreLimits.findingsMax else { return }
            tally.findings.append(
                VerificationFinding(check: "golden records", finding: problem))
        } else if let stored, let firstRecord,
            GoldenRecord.derive(from: sources, pins: pins, policy: policy).json != stored
        {
            tally.differing += 1
            guard tally.differences.count < StoreLimits.findingsMax else { return }
            let finding =
                "the golden record of the person of record \(firstRecord) is not what its records"
                + " yield"
            tally.differences.append(
                VerificationFinding(check: "golden records", finding: finding))
        }
    }

    private var problem: String? {
        guard let firstRecord else { return "a golden record is of a person without records" }
        let person = "the person of record \(firstRecord)"
        guard sources.count > 1 else {
            return stored == nil ? nil : "\(person) has one record and a golden record beside it"
        }
        guard stored != nil else {
            return "\(person) has \(sources.count) records and no golden record"
        }
        return storedRecords == Int64(sources.count)
            ? nil : "the golden record of \(person) is not of \(sources.count) records"
    }
}
