import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Testing

/// The review queue: why a task is there, by when, who has it, and what closes it.
///
/// Method: a node over a real database with sources of two territories, literal records that are
/// doubted for a known reason, and the queue as a steward reads it; terms pass by setting them back.
@Suite struct ReviewQueueTests {
    private static let strict = Source(
        code: "strict", defaultAuthority: "cl-run", territory: "arica",
        rules: SourceRules(badIdentifiers: .quarantine))

    private let ana = TestRegistry.person(
        [.given: "Ana", .family: "Huenchullán", .birthDate: "1984-03-17", .sex: "F"])

    private func withQueue(_ body: (DecisionRegistry) throws -> Void) throws {
        let clinic = Source(code: "clinic", territory: "iquique")
        try TestRegistry.withNode(sources: [clinic, Self.strict]) { node, url in
            try body(try DecisionRegistry(node, url, count: 0))
            #expect(try TestRegistry.findings(in: url).isEmpty)
            let again = try RegistrySession.openTasksCount(url)
            #expect(node.status().reviewTasks == again)
        }
    }

    private func queue(
        _ registry: DecisionRegistry, _ filter: QueueFilter = QueueFilter()
    ) throws -> [QueuedTask] {
        var session = try RegistrySession(databaseURL: registry.url)
        return try session.queue(QueueQuestion(filter, limit: 100)).tasks
    }

    private func stated(_ run: String) -> PersonRecord {
        var person = ana
        person.identifiers.append(LocalIdentifier(authority: "cl-run", value: run))
        return person
    }

    @Test func aMendedRecordClosesItsTask() throws {
        try withQueue { registry in
            let bad = try TestRegistry.submit(
                registry.node, "strict", "7", stated("12345678-4"))
            #expect(bad.outcome == .review)
            let task = try #require(try queue(registry).first)
            #expect(task.kind == .identifierConflict && task.reason == .badIdentifier)
            #expect(task.territory == "arica" && task.assignee == "" && task.priority == 1)
            #expect(task.dueAt == ReviewSchedule.due(1, from: task.openedAt))
            _ = try TestRegistry.submit(registry.node, "strict", "7", stated("12345678-5"))
            #expect(try queue(registry).isEmpty)
            // It is no longer kept from joining.
            let other = try TestRegistry.submit(
                registry.node, "clinic", "7", stated("12345678-5"))
            #expect(other.enterpriseIdentifier == bad.enterpriseIdentifier)
        }
    }

    @Test func aStewardAcceptsARecordAsItIs() throws {
        try withQueue { registry in
            let bad = try TestRegistry.submit(
                registry.node, "strict", "7", stated("12345678-4"))
            let record = LocalIdentifier(authority: "strict", value: "7")
            let accept = try registry.decide(.accept(record))
            #expect(accept.tasksClosed == 1 && accept.moves.isEmpty)
            #expect(try queue(registry).isEmpty)
            let refusal = #expect(throws: RegistryError.self) {
                try registry.decide(.accept(record))
            }
            #expect(refusal?.code == .conflict)
            let undo = try registry.undo(accept)
            #expect(undo.tasksReopened == 1)
            #expect(try queue(registry).map(\.reason) == [.badIdentifier])
            _ = bad
        }
    }

    @Test func anOverlayIsUrgentAndCanBeAccepted() throws {
        try withQueue { registry in
            _ = try TestRegistry.submit(registry.node, "clinic", "a", DecisionRegistry.person(1))
            _ = try TestRegistry.submit(registry.node, "clinic", "a", DecisionRegistry.person(5))
            let task = try #require(try queue(registry).first)
            #expect(task.kind == .overlay && task.reason == .contradiction && task.priority == 3)
            #expect(task.territory == "iquique")
            try registry.decide(.accept(registry.record("a")))
            #expect(try queue(registry).isEmpty)
        }
    }

    @Test func tasksAreCountedAssignedAndEscalated() throws {
        try withQueue { registry in
            for (source, id) in [("strict", "1"), ("strict", "2"), ("clinic", "3")] {
                var person = DecisionRegistry.person(Int(id) ?? 0)
                person.identifiers = [LocalIdentifier(authority: "cl-run", value: "1234567\(id)-0")]
                _ = try TestRegistry.submit(registry.node, source, id, person)
            }
            _ = try TestRegistry.submit(registry.node, "clinic", "3", DecisionRegistry.person(9))
            var session = try RegistrySession(databaseURL: registry.url)
            let tasks = try queue(registry).map(\.task)
            #expect(tasks.count == 3)
            let given = try session.assign(TaskAssignment(tasks: [tasks[1]], assignee: "ines"))
            #expect(given.map(\.assignee) == ["ines"])
            #expect(try queue(registry, QueueFilter(assignee: "ines")).map(\.task) == [tasks[1]])
            #expect(try queue(registry, QueueFilter(assignee: "")).count == 2)
            #expect(try queue(registry, QueueFilter(territory: "arica")).count == 2)
            let counts = try session.queueSummary(QueueFilter(), by: .territory).counts
            #expect(counts.map(\.group) == ["arica", "iquique"])
            #expect(counts.map(\.open) == [2, 1] && counts.map(\.unassigned) == [1, 1])
            var refusal: RegistryError?
            do {
                _ = try session.assign(TaskAssignment(tasks: [tasks[0], 999], assignee: "eva"))
            } catch let error as RegistryError {
                refusal = error
            }
            #expect(refusal?.code == .notFound)
            #expect(try queue(registry, QueueFilter(assignee: "eva")).isEmpty)
            _ = try session.assign(TaskAssignment(tasks: [tasks[2]], dueAt: 0))
            #expect(try queue(registry, QueueFilter(isOverdue: true)).map(\.task) == [tasks[2]])
            #expect(try session.escalateTasks() == 1)
            let raised = try #require(try queue(registry).first { $0.task == tasks[2] })
            #expect(raised.priority == 2 && raised.escalations == 1)
            #expect(try session.escalateTasks() == 0)
        }
    }
}

extension RegistrySession {
    /// How many tasks are open in a database.
    static func openTasksCount(_ url: String) throws -> Int {
        var session = try RegistrySession(databaseURL: url)
        return try session.openTasks().count
    }
}
