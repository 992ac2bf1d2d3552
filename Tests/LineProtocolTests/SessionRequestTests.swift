import Identity
import LineProtocol
import RegistryModel
import Testing

/// Requests are understood as the command table describes them.
///
/// Method: literal requests, with what they mean or the word that their refusal must name.
@Suite struct SessionRequestTests {
    private func read(_ line: String) throws(RegistryError) -> SessionRequest? {
        var tag: RequestTag?
        let bytes = Array(line.utf8)
        let request = try RequestParser.parse(bytes.span, tag: &tag)
        try CommandTable.command(for: request.verb).check(request)
        return try SessionRequest(request)
    }

    @Test func selectors() throws {
        let run = LocalIdentifier(authority: "cl-run", value: "1:2")
        #expect(try read("GET patient cl-run:1:2")?.body == .patient(.identifier(run)))
        let identifier = EnterpriseIdentifier(bits: 12345)
        let selector = PatientSelector.enterpriseIdentifier(identifier)
        #expect(try read("GET patient euid:\(identifier)")?.body == .patient(selector))
        let request = try read("xref cl-run:1:2 to=a to=b min_position=2:10")
        #expect(request?.body == .crossReferences(run, authorities: ["a", "b"]))
        #expect(request?.minimumPosition == LogPosition(epoch: 2, sequence: 10))
    }

    @Test func person() throws {
        let request = try read(
            #"PUT patient source=north local_id=7 given="Ana María" phone=1 phone=2 national_id=9 "#
                + #"national_id_authority=cl-run id.passport-chl=P1 national_id=8 "#
                + #"{"family":"Soto","email":["a@b","c@d"],"recorded_at":"1970-01-01T01:00:00+01:00"}"#
        )
        guard case .submit(let submission) = try #require(request).body else {
            Issue.record("not a submission")
            return
        }
        #expect(submission.source == "north" && submission.localID == "7")
        #expect(submission.recordedAt == 0)
        #expect(submission.person[.given] == "Ana María")
        #expect(submission.person[.family] == "Soto")
        #expect(submission.person.values(of: .phone) == ["1", "2"])
        #expect(submission.person.values(of: .email) == ["a@b", "c@d"])
        let expected = [
            LocalIdentifier(authority: "passport-chl", value: "P1"),
            LocalIdentifier(authority: "cl-run", value: "9"),
            LocalIdentifier(authority: "", value: "8"),
        ]
        #expect(submission.person.identifiers == expected)
    }

    @Test func questionsOfCatalogs() throws {
        let code = EntryReference(authority: "cl-fonasa", code: "01:01")
        #expect(
            try read("GET service cl-fonasa:01:01 at=2024-03-01")?.body
                == .entry(EntryQuestion(.service, code, day: 19_783)))
        var search = EntrySearch(.facility, limit: 5)
        search.text = "hospital arica"
        search.codePrefix = "10"
        search.conditions = [.init(field: "level", value: "III-1")]
        search.services = [code]
        search.places = [EntryReference(authority: "cl-deis-comuna", code: "15101")]
        search.ancestors = [.init(hierarchy: "network", entry: code)]
        search.openMinute = 630
        search.after = SearchPlace(rank: 1234.5, authority: "cl-deis", code: "1:2")
        try search.setNearness(near: "-18.48,-70.31", within: "5")
        #expect(
            try read(
                #"FIND facility text="hospital arica" code=10 level=III-1 service=cl-fonasa:01:01 "#
                    + "place=cl-deis-comuna:15101 parent.network=cl-fonasa:01:01 open=10:30 "
                    + "near=-18.48,-70.31 within=5 limit=5 after=1234.5:cl-deis:1:2 "
                    + "min_position=2:10")?.body == .find(search))
    }

    @Test func questionsOfThePast() throws {
        let record = DecisionSubject.record(LocalIdentifier(authority: "clinic", value: "a:1"))
        let position = LogPosition(epoch: 3, sequence: 81)
        #expect(
            try read("QUEUE kind=overlay limit=5 after=7")?.body
                == .queue(QueueQuestion(QueueFilter(kind: .overlay), limit: 5, after: 7)))
        #expect(try read("queue")?.body == .queue(QueueQuestion(limit: 100)))
        #expect(
            try read("HISTORY clinic:a:1 after=3:81 limit=9")?.body
                == .history(HistoryQuestion(record, limit: 9, after: 81)))
        #expect(
            try read("SHOW clinic:a:1")?.body
                == .history(HistoryQuestion(record, asOf: .now, limit: 100)))
        for (text, time) in [
            ("3:81", KnownTime.position(position)), ("now", .now),
            ("1970-01-02", .time(2 * 86_400_000_000 - 1)),
            ("1970-01-01T00:00:01Z", .time(1_000_000)),
        ] {
            #expect(
                try read("HISTORY clinic:a:1 as_of=\(text)")?.body
                    == .history(HistoryQuestion(record, asOf: time, limit: 100)))
        }
        #expect(
            try read("WATCH since=3:81 wait=60")?.body
                == .watch(FeedQuestion(since: position, limit: 100, waitSeconds: 60)))
    }

    @Test func decisions() throws {
        let (a, b) = (EnterpriseIdentifier(bits: 12345), EnterpriseIdentifier(bits: 99))
        let record = LocalIdentifier(authority: "clinic", value: "a:1")
        func decision(_ line: String) throws -> DecisionRequest? {
            guard case .decide(let request) = try read(line)?.body else { return nil }
            return request
        }
        let merge = try #require(
            try decision("MERGE \(a) into=euid:\(b) reason=\"one card\" if_version=\(a):7"))
        #expect(merge.decision == .merge(retired: a, survivor: b))
        #expect(merge.reason == "one card" && merge.expectedVersions == [a: 7])
        #expect(!merge.isPreview)
        #expect(try read("UNDO 7 reason=x")?.isWrite == true)
        for (line, expected) in [
            ("UNMERGE 12 reason=x", Decision.unmerge(operation: 12, mayRejoin: false)),
            ("UNMERGE 12 reason=x rejoin=yes", .unmerge(operation: 12, mayRejoin: true)),
            ("LINK clinic:a:1 to=\(a) reason=x", .link(record, to: a)),
            ("UNLINK clinic:a:1 reason=x", .unlink(record, mayRejoin: false)),
            ("SPLIT \(a) record=clinic:a:1 reason=x", .split(a, [record], mayRejoin: false)),
            ("DISTINCT \(a) clinic:a:1 reason=x", .distinct(.person(a), .record(record))),
            ("CONFIRM euid:\(a) \(b) reason=x", .confirm(.person(a), .person(b))),
            (
                "PIN \(a) family=Soto phone=1 phone=2 deceased_date=\"\" reason=x",
                .pin(
                    .person(a),
                    [
                        FieldValue(.family, "Soto"), FieldValue(.phone, "1\u{1F}2"),
                        FieldValue(.deceasedDate, ""),
                    ])
            ),
            (
                "UNPIN clinic:a:1 field=family field=sex reason=x",
                .unpin(.record(record), [.family, .sex])
            ),
            ("UNDO 3 reason=x", .undo(operation: 3)),
            (
                "RETIRE patient source=clinic local_id=a:1 reason=x",
                .retire(record, into: nil)
            ),
            (
                "RETIRE patient source=clinic local_id=b into=a:1 reason=x",
                .retire(LocalIdentifier(authority: "clinic", value: "b"), into: record)
            ),
            (
                "RENUMBER patient source=clinic local_id=a:1 to=b reason=x",
                .renumber(record, to: "b")
            ),
        ] { #expect(try decision(line)?.decision == expected) }
        #expect(
            try decision("RENUMBER provider source=a local_id=b to=c reason=x")?.realm == .provider)
        #expect(try read("UNDO 7 reason=x preview=yes")?.isWrite == false)
    }

    @Test func sourceAndLocalIDInTheObject() throws {
        let request = try read(#"PUT patient {"source":"north","local_id":"7","given":"Ana"}"#)
        guard case .submit(let submission) = try #require(request).body else {
            Issue.record("not a submission")
            return
        }
        #expect(submission.source == "north" && submission.localID == "7")
    }

    @Test func matchDefaults() throws {
        guard case .match(let question) = try #require(try read("MATCH given=Ana")).body else {
            Issue.record("not a question")
            return
        }
        #expect(question.limit == 10 && question.grade == .possible)
    }

    @Test(arguments: [
        ("GET patient", "GET KIND AUTHORITY:VALUE"), ("GET patient a:1 b:2", "too many"),
        ("GET person a:1", "patient"), ("GET patient 1", "AUTHORITY"), ("GET patient A:1", "lower"),
        ("GET patient a:", "value"), ("GET patient a:1 shape=round", "shape"),
        ("GET patient a:1 min_position=x", "min_position"),
        ("GET patient a:1 min_position=1:1 min_position=1:1", "min_position"),
        ("GET min_position=1:1 patient a:1", "come first"), ("GET patient a:1 {}", "object"),
        ("HELLO 2", "version 1"), ("XREF euid:000000000001YN", "XREF takes"),
        ("AUTH purpose=x", "token"),
        ("AUTH token=x purpose=A", "purpose"),
        ("MATCH limit=5", "MATCH needs"), ("MATCH given=a limit=0", "limit"),
        ("MATCH given=a limit=101", "limit"), ("MATCH given=a grade=x", "grade"),
        ("MATCH given=a given=b", "given"), ("MATCH given=a id.=b", "id."),
        ("MATCH given=a id.-=b id.a.b=c", "authority"),
        ("MATCH national_id_authority=a given=b", "national_id"),
        ("PUT patient local_id=1", "source"), ("PUT patient source=a local_id=", "local_id"),
        ("PUT patient source=A local_id=1", "source"),
        ("PUT patient source=a local_id=1 recorded_at=yesterday", "recorded_at"),
        (#"PUT patient source=a local_id=1 {"source":"b"}"#, "source"),
        (#"PUT patient source=a local_id=1 given=x {"given":"b"}"#, "given"),
        (#"PUT patient source=a local_id=1 {"shape":"b"}"#, "shape"), ("STATS x", "too many"),
    ])
    func refusals(line: String, word: String) {
        do throws(RegistryError) {
            _ = try read(line)
            Issue.record("not refused: \(line)")
        } catch {
            #expect(error.code == .badRequest)
            #expect(error.message.contains(word), "\(error.message)")
        }
    }

    @Test func wrongCheckCharactersAreTold() {
        #expect(throws: RegistryError(.invalidIdentifier, "the EUID's check characters are wrong"))
        {
            try read("GET patient euid:00000000000000")
        }
    }

    @Test func longValuesAreRefusedNotCut() {
        let long = String(repeating: "x", count: PersonRecord.valueBytesMax + 1)
        for line in ["MATCH given=\(long)", "MATCH {\"given\":\"\(long)\"}"] {
            #expect(throws: RegistryError(.badRequest, "given is longer than 16384 bytes")) {
                try read(line)
            }
        }
    }

    @Test func namesInArgumentsAndInTheObject() throws {
        func person(_ line: String) throws -> PersonRecord? {
            guard case .match(let question) = try read(line)?.body else { return nil }
            return question.person
        }
        let flat = try person(
            "MATCH social_given=Alex former_family=Rojas former_given=Ana")
        #expect(
            flat?.names == [
                FurtherName(use: .social, given: "Alex"),
                FurtherName(use: .former, given: "Ana", family: "Rojas"),
            ])
        let both = try person(
            #"MATCH social_given=Alex {"names":[{"use":"alias","given":"Chica"}]}"#)
        #expect(both?.names.map(\.use) == [.alias, .social])
        for (line, message) in [
            (
                #"MATCH social_given=A {"names":[{"use":"social","given":"B"}]}"#,
                "social_given stands as an argument and in the object"
            ),
            (
                "MATCH {\"names\":["
                    + Array(repeating: #"{"use":"alias","given":"B"}"#, count: 33)
                    .joined(separator: ",") + "]}",
                "names has at most 32 names"
            ),
        ] {
            let error = #expect(throws: RegistryError.self) { _ = try person(line) }
            #expect(error?.message == message)
        }
    }
}
