import Foundation
import Identity
import Registry
import RegistryModel
import RegistryStore
import Testing

/// One national number of two persons opens one task, however little they have in common.
///
/// Method: a node over a real database, literal persons who share nothing but a valid number, in
/// submissions of their own and in one load, and the queue as a steward reads it.
@Suite(.timeLimit(.minutes(10))) struct SharedNumberTests {
    private static let run = "12345678-5"

    private func person(_ place: Int, _ authority: String = "cl-run") -> PersonRecord {
        var person = DecisionRegistry.person(place)
        person.identifiers.append(LocalIdentifier(authority: authority, value: Self.run))
        return person
    }

    private func withRegistry(_ body: (DecisionRegistry) throws -> Void) throws {
        try TestRegistry.withNode { node, url in
            try body(try DecisionRegistry(node, url, count: 0))
            #expect(try TestRegistry.findings(in: url) == [])
            #expect(try node.status().reviewTasks == RegistrySession.openTasksCount(url))
        }
    }

    private func queue(_ registry: DecisionRegistry) throws -> [QueuedTask] {
        var session = try RegistrySession(databaseURL: registry.url)
        return try session.queue(QueueQuestion(QueueFilter(), limit: 100)).tasks
    }

    private func put(
        _ registry: DecisionRegistry, _ localID: String, _ person: PersonRecord
    ) throws -> SubmissionReceipt {
        try TestRegistry.submit(registry.node, "clinic", localID, person)
    }

    @Test func aNumberIsAskedAboutOnceUntilItIsDecided() throws {
        try withRegistry { registry in
            let first = try put(registry, "a", person(0))
            let second = try put(registry, "b", person(1))
            #expect(first.outcome == .created && second.outcome == .review)
            let task = try #require(try queue(registry).first)
            #expect(task.kind == .identifierConflict && task.reason == .sharedNumber)
            #expect(task.priority == 2 && task.left.record != task.right.record)
            #expect(try put(registry, "c", person(2)).outcome == .created)
            #expect(try queue(registry).count == 1)
            let (a, b) = (first.enterpriseIdentifier, second.enterpriseIdentifier)
            let distinct = try registry.decide(.distinct(.person(a), .person(b)))
            #expect(distinct.tasksClosed == 1 && distinct.tasksOpened == 1)
            // Of the third one nobody has decided, nor was asked while the first two were.
            let next = try #require(try queue(registry).first)
            #expect(next.kind == .identifierConflict && next.reason == .sharedNumber)
            #expect([next.left.record, next.right.record].contains(registry.record("c")))
            let undone = try registry.undo(distinct)
            #expect(undone.tasksClosed == 1 && undone.tasksReopened == 1)
            #expect(try queue(registry).map(\.task) == [task.task])
            try registry.decide(.distinct(.person(a), .person(b)))
            for _ in 0..<2 {
                let open = try #require(try queue(registry).first)
                try registry.decide(
                    .distinct(.record(open.left.record), .record(open.right.record)))
            }
            #expect(try queue(registry).isEmpty)
            var changed = person(1)
            changed[.phone] = "987654321"
            _ = try put(registry, "b", changed)
            #expect(try queue(registry).isEmpty)
        }
    }

    @Test func dataOrAMergeClosesIt() throws {
        try withRegistry { registry in
            let first = try put(registry, "a", person(0))
            let second = try put(registry, "b", person(1))
            var mended = DecisionRegistry.person(1)
            mended.identifiers = [LocalIdentifier(authority: "cl-run", value: "5126663-3")]
            _ = try put(registry, "b", mended)
            #expect(try queue(registry).isEmpty)
            _ = try put(registry, "b", person(1))
            #expect(try queue(registry).count == 1)
            let (a, b) = (first.enterpriseIdentifier, second.enterpriseIdentifier)
            let merge = try registry.decide(.merge(retired: b, survivor: a))
            #expect(try queue(registry).isEmpty)
            try registry.undo(merge)
            #expect(try queue(registry).count == 1)
            try registry.decide(.distinct(.person(a), .person(b)))
            var changed = person(1)
            changed[.phone] = "987654321"
            _ = try put(registry, "b", changed)
            #expect(try queue(registry).isEmpty)
        }
    }

    @Test func aMendedNumberLeavesItsOtherHolders() throws {
        try withRegistry { registry in
            for (place, name) in ["a", "b", "c"].enumerated() {
                _ = try put(registry, name, person(place))
            }
            let asked = try queue(registry)
            #expect(
                asked.map { [$0.left.record.value, $0.right.record.value].sorted() } == [
                    ["a", "b"]
                ])
            var mended = DecisionRegistry.person(1)
            mended.identifiers = [LocalIdentifier(authority: "cl-run", value: "5126663-3")]
            _ = try put(registry, "b", mended)
            let left = try queue(registry)
            #expect(
                left.map { [$0.left.record.value, $0.right.record.value].sorted() } == [["a", "c"]])
            #expect(left.first?.reason == .sharedNumber)
        }
    }

    @Test func bearersOfAnotherPersonsNumberAreNotAskedAbout() throws {
        try withRegistry { registry in
            _ = try put(registry, "a", person(0))
            _ = try put(registry, "b", person(1, "cl-run-shared"))
            #expect(try queue(registry).isEmpty)
        }
    }

    @Test func childrenUnderAGuardiansNumberAreNotAskedAbout() throws {
        try withRegistry { registry in
            func put(_ localID: String, _ place: Int, _ birth: String) throws {
                var person = person(place)
                person[.birthDate] = birth
                let time = Timestamp.microseconds(of: "2024-01-01")
                _ = try TestRegistry.submit(
                    registry.node, "clinic", localID, person, recordedAt: time)
            }
            try put("a", 0, "1984-05-01")
            try put("b", 1, "2015-02-03")
            #expect(try queue(registry).isEmpty)
            // Nor are siblings under one number, who are not each other's guardians.
            try put("d", 3, "2018-07-09")
            #expect(try queue(registry).isEmpty)
            // Another adult is no ward of the first.
            try put("c", 2, "2003-02-03")
            #expect(try queue(registry).map(\.kind) == [.identifierConflict])
        }
    }

    @Test func rowsOfOneLoadAreAskedAboutToo() throws {
        try withRegistry { registry in
            let rows = (0..<3).map { place in
                let person = DecisionRegistry.person(place)
                return "clinic,\(place),\(Self.run),cl-run,\(person[.given]),\(person[.family]),"
                    + person[.birthDate]
            }
            let header =
                "source,local_id,national_id,national_id_authority,given,family,birth_date"
            let path = NSTemporaryDirectory() + "shared-\(UUID().uuidString).csv"
            defer { try? FileManager.default.removeItem(atPath: path) }
            try ([header] + rows).joined(separator: "\n").appending("\n")
                .write(toFile: path, atomically: true, encoding: .utf8)
            _ = try TestRegistry.load(path, into: registry.url)
            #expect(try queue(registry).count == 1)
        }
    }
}
