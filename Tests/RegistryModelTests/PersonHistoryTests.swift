import Identity
import RegistryModel
import Testing

/// A person's past is told in order, and known as it was at any moment.
///
/// Method: one archive by hand, of two records of which one was merged into the person, changed,
/// and moved away again; literal expectations.
@Suite struct PersonHistoryTests {
    private static let (old, kept) = (
        EnterpriseIdentifier(bits: 1), EnterpriseIdentifier(bits: 2)
    )

    private static func version(
        _ number: Int32, _ sequence: Int64, _ family: String, recordedAt: Int64 = 0
    ) -> ArchivedVersion {
        var content = PersonRecord()
        content[.family] = family
        return ArchivedVersion(
            version: number, sequence: sequence, recordedAt: recordedAt, content: content)
    }

    private static func move(
        _ sequence: Int64, _ from: EnterpriseIdentifier, _ to: EnterpriseIdentifier,
        _ origin: LinkOrigin
    ) -> LinkMove {
        LinkMove(
            record: 1, sequence: sequence, from: from, to: to, fromOrigin: origin, fromWeight: nil)
    }

    /// The rows of a person and of the one who was merged into it for a while.
    ///
    /// Record 1 founds `old` at event 1, is merged into `kept` at 4 by operation 1, is corrected at
    /// 5, and given back at 7 by operation 2; a late version comes at 6. Record 2 founds `kept` at
    /// 2.
    private static let archive: PersonArchive = {
        var archive = PersonArchive(of: kept)
        var first = ArchivedRecord(
            record: 1, name: LocalIdentifier(authority: "clinic", value: "a"), person: old,
            origin: .founder, weight: nil, version: 2, sequence: 8)
        first.versions = [
            version(1, 1, "Soto", recordedAt: 10), version(2, 5, "Sotto", recordedAt: 20),
            version(3, 6, "Zoto", recordedAt: 15), version(4, 8, "Rojas", recordedAt: 30),
        ]
        first.moves = [move(4, old, kept, .founder), move(7, kept, old, .steward)]
        first.version = 4
        var second = ArchivedRecord(
            record: 2, name: LocalIdentifier(authority: "clinic", value: "b"), person: kept,
            origin: .founder, weight: nil, version: 1, sequence: 2)
        second.versions = [version(1, 2, "Soto", recordedAt: 5)]
        archive.records = [first, second]
        archive.names = [1: first.name, 2: second.name]
        for sequence in Int64(1)...8 {
            archive.events[sequence] = ArchivedEvent(
                position: LogPosition(epoch: 1, sequence: sequence), occurredAt: sequence * 100,
                actor: "test", operation: sequence == 4 ? 1 : sequence == 7 ? 2 : nil)
        }
        archive.operations = [
            1: ArchivedOperation(operation: 1, kind: .merge, reason: "one card", undoneBy: 2),
            2: ArchivedOperation(operation: 2, kind: .undo, reason: "two", undoneBy: nil),
        ]
        let task = ReviewTask(
            task: 9, sequence: 2, kind: .duplicate, record: 2, otherRecord: 1, weight: 4)
        archive.tasks = [ArchivedTask(task: task, closedSequence: 4, resolution: "merge")]
        archive.constraints = [
            ArchivedConstraint(
                constraint: RecordConstraint(1, 2, isMustLink: true), sequence: 4,
                retractedSequence: 7)
        ]
        return archive
    }()

    @Test func everyChangeInOrder() {
        let history = PersonHistory(Self.archive)
        let told = history.entries.map { "\($0.position.sequence) \($0.change.name)" }
        #expect(
            told == [
                "1 registered", "2 registered", "2 task-opened", "4 moved", "4 held-together",
                "4 task-closed", "5 updated", "6 late", "7 moved", "7 released",
            ])
        let merge = history.entries[3]
        #expect(merge.operation?.kind == .merge && merge.operation?.undoneBy == 2)
        #expect(merge.record.value == "a")
        guard case .updated(let version, let changes) = history.entries[6].change else {
            Issue.record("not an update")
            return
        }
        #expect(version.version == 2)
        #expect(changes == [FieldChange(field: "family", before: "Soto", after: "Sotto")])
    }

    @Test func entriesAsJSON() {
        let entries = PersonHistory(Self.archive).entries
        var writer = JSONWriter()
        entries[3].write(to: &writer, withValues: true)
        #expect(
            writer.text
                == #"{"position":"1:4","at":"1970-01-01T00:00:00.000400Z","actor":"test","#
                + #""change":"moved","record":"clinic:a","from":"\#(Self.old)","to":"\#(Self.kept)","#
                + #""operation":{"operation":1,"kind":"merge","reason":"one card","undone_by":2}}"#)
        writer.removeAll()
        entries[6].write(to: &writer, withValues: false)
        #expect(writer.text.hasSuffix(#""fields":[{"field":"family"}]}"#))
        #expect(!writer.text.contains("Sotto"))
    }

    @Test func aPageNeverCutsAnEvent() {
        let history = PersonHistory(Self.archive)
        guard case .changes(_, let first, let next) = HistoryAnswer(history, limit: 4, after: 0)
        else { return }
        #expect(first.map(\.position.sequence) == [1, 2, 2, 4, 4, 4])
        #expect(next == LogPosition(epoch: 1, sequence: 4))
        guard case .changes(_, let rest, let end) = HistoryAnswer(history, limit: 99, after: 4)
        else { return }
        #expect(rest.map(\.position.sequence) == [5, 6, 7, 7] && end == nil)
    }

    @Test func aWithdrawnRecordIsLinkedAndDoesNotCount() throws {
        var archive = Self.archive
        archive.records[1].withdrawals = [ArchivedWithdrawal(sequence: 5, endedSequence: 6)]
        let told = PersonHistory(archive).entries.filter { $0.record.value == "b" }
            .map { "\($0.position.sequence) \($0.change.name)" }
        #expect(told.contains("5 withdrawn") && told.contains("6 reinstated"))
        for (sequence, isWithdrawn) in [(Int64(4), false), (5, true), (6, false)] {
            let time = KnownTime.position(LogPosition(epoch: 1, sequence: sequence))
            let person = try #require(PersonSnapshot(archive, at: time, policy: .standard))
            #expect(person.records.map(\.isWithdrawn) == [false, isWithdrawn])
        }
        archive.records[1].withdrawals = [ArchivedWithdrawal(sequence: 8, endedSequence: nil)]
        archive.records[1].sequence = 8
        let now = try #require(PersonSnapshot(archive, policy: .standard))
        #expect(now.version == 8 && now.golden == PersonRecord())
    }

    /// Of versions that were all taken back with their loads, the last one to be is the one it keeps.
    @Test func betweenTwoReverts() {
        var record = Self.archive.records[0]
        record.versions = [
            Self.version(1, 1, "Soto", recordedAt: 10), Self.version(2, 5, "Sotto", recordedAt: 20),
        ]
        record.versions[0].voidedSequence = 8
        record.versions[1].voidedSequence = 7
        record.withdrawals = [ArchivedWithdrawal(sequence: 8, endedSequence: nil)]
        let told = (0...9).map { record.version(at: $0)?.version }
        #expect(told == [nil, 1, 1, 1, 1, 2, 2, 1, 1, 1])
        #expect(record.isWithdrawn(at: 8))
    }

    @Test func knownAsItWas() throws {
        func families(_ time: KnownTime) throws -> [String] {
            let snapshot = try #require(
                PersonSnapshot(Self.archive, at: time, policy: .standard))
            return snapshot.records.map { $0.version.content[.family] }
        }
        func at(_ sequence: Int64) -> KnownTime {
            .position(LogPosition(epoch: 1, sequence: sequence))
        }
        #expect(PersonSnapshot(Self.archive, at: at(1), policy: .standard) == nil)
        #expect(try families(at(3)) == ["Soto"])
        #expect(try families(at(4)) == ["Soto", "Soto"])
        #expect(try families(at(6)) == ["Sotto", "Soto"])
        #expect(try families(at(7)) == ["Soto"])
        #expect(try families(.now) == ["Soto"])
        #expect(try families(.time(650)) == ["Sotto", "Soto"])
        let merged = try #require(
            PersonSnapshot(Self.archive, at: at(5), policy: .standard))
        #expect(merged.version == 5)
        #expect(merged.golden[.family] == "Sotto")
        #expect(merged.records[0].link.origin == .steward)
    }
}
