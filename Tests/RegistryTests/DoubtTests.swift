import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Testing

/// A task is closed by what answers it and by nothing else, and is open again exactly when that is
/// taken back.
///
/// Method: tasks of known records are put into the queue while no node is open; decisions and their
/// undo, after each the numbers of the open tasks.
@Suite struct DoubtTests {
    /// A registry of four persons with a task between the first two records; or between the next two,
    /// where all three are of the first person.
    private func withTask(
        _ reason: ReviewReason, ofOnePerson isOnePerson: Bool = false,
        _ body: (DecisionRegistry, () throws -> [Int64]) throws -> Void
    ) throws {
        try TestRegistry.withDatabase { url in
            try DecisionRegistry.addSource(url)
            let first = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            let registry = try DecisionRegistry(first, url, count: 4)
            if isOnePerson {
                // Each is held to the first, and nothing is said of the two.
                let (a, b, c) = registry.three
                try registry.decide(.merge(retired: b, survivor: a))
                try registry.decide(.merge(retired: c, survivor: a))
            }
            first.close()
            var session = try RegistrySession(DatabaseAddress(url))
            try session.connection.execute(
                """
                INSERT INTO padron.review_task (task, sequence, kind, record, other_record, reason)
                VALUES (1, 1, 'duplicate', \(isOnePerson ? 3 : 2), \(isOnePerson ? 2 : 1),
                    \(reason.rawValue))
                """)
            let node = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            defer { node.close() }
            var reader = try RegistrySession(DatabaseAddress(url))
            try body(registry.over(node)) {
                let open = try reader.openTasks().map(\.task)
                #expect(node.status().reviewTasks == open.count)
                return open
            }
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func anUnmergeThatIsTakenBackClosesWhatItOpened() throws {
        try withTask(.weight) { registry, open in
            let (a, b) = registry.two
            let merge = try registry.decide(.merge(retired: a, survivor: b))
            #expect(try open() == [])
            try registry.decide(.unlink(registry.record("b"), mayRejoin: true))
            let unmerge = Decision.unmerge(
                operation: try #require(merge.operation), mayRejoin: true)
            for _ in 0..<2 {
                let parted = try registry.decide(unmerge)
                #expect(try parted.tasksReopened == 1 && open() == [1])
                let undone = try registry.undo(parted)
                #expect(try undone.tasksClosed == 1 && open() == [])
            }
        }
    }

    @Test func anUnmergedPairThatIsHeldApartIsNotAskedAbout() throws {
        try withTask(.weight) { registry, open in
            let (a, b) = registry.two
            let merge = try registry.decide(.merge(retired: a, survivor: b))
            let unmerge = try registry.decide(
                .unmerge(operation: try #require(merge.operation), mayRejoin: false))
            #expect(try unmerge.tasksReopened == 0 && open() == [])
            try registry.undo(unmerge)
            try registry.undo(merge)
            #expect(try open() == [1])
        }
    }

    @Test func whatIsSaidOfOthersLeavesTheDoubtWithinAPerson() throws {
        try withTask(.unsupported, ofOnePerson: true) { registry, open in
            let (person, other) = (registry.persons[0], registry.persons[3])
            for decision: Decision in [
                .distinct(.person(person), .person(other)),
                .merge(retired: other, survivor: person),
                .unlink(registry.record("b"), mayRejoin: true),
            ] {
                let outcome = try registry.decide(decision)
                #expect(try open() == [1], "\(decision.kind)")
                try registry.undo(outcome)
                #expect(try open() == [1], "\(decision.kind) taken back")
            }
        }
    }

    @Test func theDoubtWithinAPersonIsAnswered() throws {
        try withTask(.unsupported, ofOnePerson: true) { registry, open in
            let (person, b) = (registry.persons[0], registry.record("b"))
            for decision: Decision in [
                .split(person, [b], mayRejoin: false),
                .confirm(.record(b), .record(registry.record("c"))),
            ] {
                let answer = try registry.decide(decision)
                #expect(try open() == [], "\(decision.kind)")
                try registry.undo(answer)
                #expect(try open() == [1], "\(decision.kind) taken back")
            }
            // Two persons by a steward's word, and one again by another.
            try registry.decide(.unlink(b, mayRejoin: true))
            let joined = try registry.decide(.link(b, to: person))
            #expect(try open() == [])
            try registry.undo(joined)
            #expect(try open() == [1])
        }
    }
}
