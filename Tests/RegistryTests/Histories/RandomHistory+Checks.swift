import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import SeededTesting
import Testing

// What must hold whatever has happened.
extension RandomHistory {
    /// What the registry says, but for what only its log knows, one text a line.
    func state(upTo record: Int64 = .max) throws -> [String] {
        try RevertedLoads.state(of: url, upTo: record)
    }

    /// Expects that the registry says what it said before an operation that was taken back.
    func expectNoTrace(of operation: Int64, _ after: [String], _ before: [String]) {
        tally.takenBackAtOnce += 1
        let (now, then) = (Set(after), Set(before))
        let traces =
            then.subtracting(now).sorted().map { "gone: " + $0 }
            + now.subtracting(then).sorted().map { "new: " + $0 }
        #expect(traces == [], "operation \(operation); \(place)")
    }

    /// Reads the records again: none has gone, none has another source, and few are new.
    func readRecords(allowingNew newMax: Int) throws {
        let before = records
        records = try HistoryRecords(&session.connection)
        let known = Set(issued)
        for record in records.rows.keys.sorted() {
            guard let person = records.rows[record]?.person, !known.contains(person) else {
                continue
            }
            if !issued.contains(person) { issued.append(person) }
        }
        #expect(
            (0...newMax).contains(records.rows.count - before.rows.count), "\(place)")
        let numbers = records.rows.keys.sorted()
        #expect(numbers == numbers.indices.map { Int64($0) + 1 }, "\(place)")
        for (record, row) in before.rows {
            #expect(records.rows[record]?.name.authority == row.name.authority, "\(place)")
            if row.state == .erased { #expect(records.rows[record]?.state == .erased, "\(place)") }
        }
    }

    func expectNothingChanged() throws {
        let before = records
        records = try HistoryRecords(&session.connection)
        #expect(records == before, "\(place)")
    }

    func expectUnchanged(_ before: HistoryRecords, but changed: Set<Int64>) {
        for (record, row) in before.rows where !changed.contains(record) {
            #expect(records.rows[record] == row, "record \(record); \(place)")
        }
    }

    /// The writer answers each name with the person whom the database links it to.
    func checkNode() throws {
        let node = try nodes.writer().node
        try catchUp(node)
        for row in records.rows.values where row.state != .erased {
            let answer = try? node.patient(.identifier(row.name))
            #expect(answer?.enterpriseIdentifier == row.person, "\(place)")
        }
        for name in records.former.keys {
            let answer = try? node.patient(.identifier(name))
            let record = records.former[name].flatMap { records.rows[$0] }
            #expect(answer?.enterpriseIdentifier == record?.person, "\(place)")
        }
    }

    private func catchUp(_ node: RegistryNode) throws {
        let sequence = try session.counters().position.sequence
        let deadline = Date(timeIntervalSinceNow: 90)
        while node.status().position.sequence < sequence {
            try #require(Date() < deadline, "the writer is behind its log; \(place)")
            usleep(1_000)
        }
    }

    /// Everything: the database is sound, all nodes and one that is opened now answer the same, the
    /// feed tells each event once, links replayed from the log are the links, and the past is what
    /// it was.
    func checkAll() throws {
        doing = "check after \(doing)"
        let findings = try session.verify().findings.map(\.description)
        #expect(findings == [], "\(place)")
        try nodes.catchUp(to: session.counters().position.sequence)
        let fresh = try RegistryNode.open(
            databaseURL: url, options: TestRegistry.options("fresh", role: .reader))
        defer { fresh.close() }
        let expected = answers(of: fresh)
        for node in nodes.all {
            let told = answers(of: node)
            #expect(told.count == expected.count, "\(place)")
            for (one, other) in zip(told, expected) where one != other {
                Issue.record("a node answers \(one), a fresh one \(other); \(place)")
                break
            }
        }
        try checkFeed(nodes.writer().node)
        #expect(try replayedLinks() == records.rows.mapValues(\.person), "\(place)")
        try checkPast()
        for euid in issued { #expect(answers(euid, fresh), "\(euid); \(place)") }
    }

    /// Whether an identifier that was given out answers: itself, by its survivor, or as one that
    /// was split.
    private func answers(_ euid: EnterpriseIdentifier, _ node: RegistryNode) -> Bool {
        do {
            _ = try node.patient(.enterpriseIdentifier(euid))
            return true
        } catch { return error.code == .ambiguous }
    }

    /// What a node answers to everything that can be asked of it.
    private func answers(of node: RegistryNode) -> [String] {
        var told: [String] = []
        func tell(_ question: String, _ answer: Result<PatientAnswer, RegistryError>) {
            switch answer {
            case .success(let patient):
                var writer = JSONWriter()
                patient.write(to: &writer)
                told.append("\(question): \(writer.text)")
            case .failure(let error): told.append("\(question): \(error.code) \(error.message)")
            }
        }
        for euid in issued.sorted() {
            tell(
                "\(euid)",
                Result { () throws(RegistryError) in
                    try node.patient(.enterpriseIdentifier(euid))
                })
        }
        let names = records.rows.values.map(\.name) + records.former.keys
        for name in names.sorted(by: { ($0.authority, $0.value) < ($1.authority, $1.value) }) {
            tell(
                "\(name)",
                Result { () throws(RegistryError) in
                    try node.patient(.identifier(name))
                })
            let others = try? node.crossReferences(of: name, to: [])
            told.append("\(name): \((others ?? []).map { "\($0)" }.sorted())")
        }
        for number in 0..<HistoryPopulation.personsMax {
            var asked = SeededGenerator(seed: UInt64(number))
            let person = HistoryPopulation.person(number, &asked)
            let found = (try? node.match(person, limit: 5, grade: .possible)) ?? []
            let weights = found.map { "\($0.patient.enterpriseIdentifier) \($0.weight)" }
            told.append("match \(number): \(weights.sorted())")
        }
        let status = node.status()
        return told + [
            "\(status.records) \(status.persons) \(status.reviewTasks) \(status.position.sequence)"
        ]
    }

    /// The feed from its beginning: no gap, no repetition, and what was told before is told again.
    private func checkFeed(_ node: RegistryNode) throws {
        var (told, since): ([FeedEvent], LogPosition) = ([], .origin)
        while true {
            let answer = Promised<FeedPage>()
            let limit = Int.random(in: 1...200, using: &random)
            node.feed(FeedQuestion(since: since, limit: limit)) { answer.set($0) }
            let page = try answer.wait().get()
            if page.events.isEmpty { break }
            told += page.events
            since = page.next
        }
        #expect(told.map(\.position.sequence) == (0..<told.count).map { Int64($0) + 1 }, "\(place)")
        #expect(Int64(told.count) == node.status().position.sequence, "\(place)")
        #expect(Array(told.prefix(log.told.count)) == log.told, "\(place)")
        log.told = told
    }

    /// The links that come out where each record begins with the person it was registered under and
    /// follows the moves of the log in their order.
    private func replayedLinks() throws -> [Int64: EnterpriseIdentifier] {
        var links: [Int64: EnterpriseIdentifier] = [:]
        let moves = try session.connection.query(
            "SELECT record, from_euid, to_euid FROM padron.link_change ORDER BY sequence, record"
        ).map { row in
            (
                record: try row.int64(0),
                from: EnterpriseIdentifier(bits: UInt64(try row.int64(1))),
                to: EnterpriseIdentifier(bits: UInt64(try row.int64(2)))
            )
        }
        for (record, row) in records.rows {
            links[record] = moves.first { $0.record == record }?.from ?? row.person
        }
        for move in moves {
            #expect(links[move.record] == move.from, "record \(move.record); \(place)")
            links[move.record] = move.to
        }
        return links
    }

    /// Persons as they were known at earlier checks are known so still; some of now are remembered.
    private func checkPast() throws {
        let policy = try session.survivorship()
        for known in log.known {
            let archive = try ArchiveReader.archive(of: .person(known.person), &session)
            guard !archive.records.contains(where: \.isErased) else { continue }
            let snapshot = PersonSnapshot(archive, at: .position(known.position), policy: policy)
            #expect(snapshot.map { HistoryLog.Known($0, known.position) } == known, "\(place)")
        }
        let position = try session.counters().position
        for _ in 0..<3 {
            let archive = try? ArchiveReader.archive(of: .person(anyPerson()), &session)
            guard let archive, let snapshot = PersonSnapshot(archive, policy: policy),
                !snapshot.records.isEmpty
            else { continue }
            log.known.append(HistoryLog.Known(snapshot, position))
        }
    }
}

/// What was told of the past at earlier checks.
struct HistoryLog {
    /// A person as it was once known.
    struct Known: Equatable {
        var person: EnterpriseIdentifier
        var position: LogPosition
        var status: PersonStatus
        var golden: String
        var records: [String]

        init(_ snapshot: PersonSnapshot, _ position: LogPosition) {
            person = snapshot.person
            self.position = position
            status = snapshot.status
            golden = String(decoding: snapshot.golden.json, as: UTF8.self)
            records = snapshot.records.map { record in
                "\(record.record) version \(record.version.version) \(record.isWithdrawn)"
                    + " \(record.link.origin) \(record.link.weight ?? 0)"
            }
        }
    }

    var told: [FeedEvent] = []
    var known: [Known] = []
}
