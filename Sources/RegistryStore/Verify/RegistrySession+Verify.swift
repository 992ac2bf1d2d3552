internal import Identity
internal import PostgresClient
package import RegistryModel

extension RegistrySession {
    /// Proves that the patient side of the database is sound, in one snapshot.
    ///
    /// It checks what `Migrations/README.md` lists as invariants: checksums of migrations, the
    /// log and the numbers by SQL; contents, digests and golden records by the program's own
    /// functions, streamed, so that memory does not grow with the registry.
    package mutating func verify(policy: SurvivorshipPolicy = .standard) throws
        -> VerificationReport
    {
        try snapshot { session in
            var report = VerificationReport()
            for finding in try MigrationRunner.verify(&session.connection) {
                report.findings.append(
                    VerificationFinding(check: "migrations", finding: finding))
            }
            for check in VerificationCheck.all { try session.run(check, &report) }
            try session.verifyVersions(&report)
            try session.verifyGoldenRecords(policy, &report)
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
    private mutating func verifyGoldenRecords(
        _ policy: SurvivorshipPolicy, _ report: inout VerificationReport
    ) throws {
        var person = GoldenRecordCheck()
        var counted = VerificationReport()
        try connection.copyOut(
            """
            SELECT COALESCE(r.euid, g.euid), r.record, r.recorded_at, r.content, g.records,
                g.content
            FROM (SELECT s.euid, s.record, v.recorded_at, v.content FROM padron.source_record s
                JOIN padron.source_record_version v
                    ON v.record = s.record AND v.version = s.version
                WHERE s.state = 0) r
            FULL JOIN padron.golden_record g ON g.euid = r.euid
            ORDER BY 1, 2
            """
        ) { row in
            let euid = try row.int64()
            if euid != person.euid {
                person.finish(policy, &counted)
                person = GoldenRecordCheck(euid: euid)
            }
            if let record = try row.optionalInt64() {
                let recordedAt = try row.unixMicroseconds()
                let content = try row.optionalBytes() ?? []
                person.firstRecord = person.firstRecord ?? record
                person.sources.append(
                    GoldenRecordSource(
                        person: PersonRecord(canonicalJSON: content) ?? PersonRecord(),
                        recordedAt: recordedAt))
            } else {
                try row.skip()
                try row.skip()
            }
            person.storedRecords = try row.optionalInt64()
            person.stored = try row.optionalBytes()
        }
        person.finish(policy, &counted)
        report.records = try connection.query("SELECT count(*) FROM padron.source_record")
            .single.int(0)
        report.goldenRecords = counted.goldenRecords
        report.findings += counted.findings
    }
}

/// One person while golden records are checked.
private struct GoldenRecordCheck {
    var euid: Int64?
    var firstRecord: Int64?
    var sources: [GoldenRecordSource] = []
    var storedRecords: Int64?
    var stored: [UInt8]?

    /// Counts the person, and adds what is wrong with its golden record.
    func finish(_ policy: SurvivorshipPolicy, _ report: inout VerificationReport) {
        guard euid != nil else { return }
        if stored != nil { report.goldenRecords += 1 }
        guard report.findings.count < StoreLimits.findingsMax, let problem = problem(policy) else {
            return
        }
        report.findings.append(VerificationFinding(check: "golden records", finding: problem))
    }

    private func problem(_ policy: SurvivorshipPolicy) -> String? {
        guard let firstRecord else { return "a golden record is of a person without records" }
        let person = "the person of record \(firstRecord)"
        guard sources.count > 1 else {
            return stored == nil ? nil : "\(person) has one record and a golden record beside it"
        }
        guard let stored else {
            return "\(person) has \(sources.count) records and no golden record"
        }
        if storedRecords != Int64(sources.count) {
            return "the golden record of \(person) is not of \(sources.count) records"
        }
        return GoldenRecord.derive(from: sources, policy: policy).json == stored
            ? nil : "the golden record of \(person) is not what its records yield"
    }
}
