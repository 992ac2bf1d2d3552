import Foundation
import Identity
import Linkage
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Synchronization
import Testing

/// A rematch does what was told, leaves alone what people decided, and can be taken back.
///
/// Method: a small generated extract in a registry that links hardly anything by itself, so that a lower
/// threshold changes much; links and tasks of the database are compared with plan and forecast.
@Suite(.serialized) struct RematchTests {
    /// Calls a closure with a registry of a few hundred generated persons.
    private func withRegistry(_ body: (String) throws -> Void) throws {
        try Rematches.withCautiousRegistry(persons: 400, body)
    }

    @Test func whatWasToldIsDone() throws {
        try withRegistry { url in
            let before = try Rematches.links(of: url)
            let (plan, done) = try Rematches.rematch(url, automatic: 5)
            let forecast = plan.forecast
            #expect(forecast.joining > 100)
            #expect(done.counts.skipped == 0)
            #expect(done.counts.moved == forecast.moved)
            #expect(done.counts.changes == plan.changes.count)
            var expected = before
            for member in plan.changes.flatMap(\.members) {
                #expect(before[member.record] == member.from)
                expected[member.record] = member.to
            }
            let after = try Rematches.links(of: url)
            #expect(after == expected)
            #expect(Set(before.values).count == forecast.personsBefore)
            #expect(Set(after.values).count == forecast.personsAfter)
            #expect(
                try Rematches.openTasks(of: url)
                    == forecast.tasksOpen - forecast.tasksClosed + forecast.tasksOpened)
            #expect(try TestRegistry.findings(in: url) == [])
            let again = try Rematches.job(url).plan(RematchRequest())
            #expect(again.isEmpty)
        }
    }

    @Test func theSurvivorHasMostRecordsAndThePartsAreNew() throws {
        try withRegistry { url in
            let (joined, _) = try Rematches.rematch(url, automatic: 5)
            for change in joined.changes {
                let records = Dictionary(grouping: change.members, by: \.from)
                for person in change.after {
                    let shares = Dictionary(
                        grouping: change.members.filter { $0.to == person }, by: \.from)
                    guard shares.count > 1, records[person] != nil else { continue }
                    let largest = shares.values.map(\.count).max()
                    #expect(shares[person]?.count == largest)
                }
            }
            let known = Set(try Rematches.links(of: url).values)
            let (parted, _) = try Rematches.rematch(url, automatic: 30)
            #expect(parted.forecast.parting > 50)
            for change in parted.changes {
                for person in change.after where !change.before.contains(person) {
                    #expect(!known.contains(person))
                }
            }
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func takenBackAllIsAsBefore() throws {
        try withRegistry { url in
            let before = try RevertedLoads.state(of: url)
            let (_, done) = try Rematches.rematch(url, automatic: 5)
            #expect(try RevertedLoads.state(of: url) != before)
            let undone = try Rematches.undo(done.operation, in: url)
            #expect(undone.counts.skipped == 0)
            #expect(try RevertedLoads.state(of: url) == before)
            #expect(try TestRegistry.findings(in: url) == [])
            #expect(throws: RegistryError.self) { try Rematches.undo(done.operation, in: url) }
            #expect(throws: RegistryError.self) { try Rematches.undo(undone.operation, in: url) }
            var session = try RegistrySession(DatabaseAddress(url))
            let active = try #require(try session.activeModel())
            let model = try LinkageModel(json: Data(active.json.utf8))
            #expect(model.automaticThreshold == 30)
        }
    }

    @Test func decisionsHold() throws {
        try withRegistry { url in
            let job = Rematches.job(url)
            let model = try Rematches.model(automatic: 5)
            let plan = try job.plan(RematchRequest(model: .named(model)))
            let pairs = plan.changes.filter { $0.before.count == 2 && $0.after.count == 1 }
            let (apart, late) = (try #require(pairs.first), try #require(pairs.dropFirst().first))
            try decide(.distinct(.person(apart.before[0]), .person(apart.before[1])), in: url)
            let told = try job.plan(RematchRequest(model: .named(model)))
            #expect(told.forecast.heldApart == plan.forecast.heldApart + 1)
            #expect(told.changes.count == plan.changes.count - 1)
            // A decision that comes after the plan goes before it all the same.
            try decide(.distinct(.person(late.before[0]), .person(late.before[1])), in: url)
            let done = try job.apply(told, actor: "test", reason: "test")
            #expect(done.counts.skipped == 1)
            let links = try Rematches.links(of: url)
            for change in [apart, late] {
                #expect(change.members.allSatisfy { links[$0.record] == $0.from })
            }
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func whatIsHeldTogetherStaysSo() throws {
        try withRegistry { url in
            let (_, done) = try Rematches.rematch(url, automatic: 5)
            let parting = try Rematches.job(url).plan(
                RematchRequest(model: .named(try Rematches.model(automatic: 30))))
            let change = try #require(parting.changes.first { $0.before.count == 1 })
            let names = try Rematches.job(url).names(of: [change])
            let subjects = change.members.compactMap { names[$0.record] }
            try decide(.confirm(.record(subjects[0]), .record(subjects[1])), in: url)
            let (told, _) = try Rematches.rematch(url, automatic: 30)
            #expect(told.forecast.heldTogether == 1)
            let links = try Rematches.links(of: url)
            #expect(links[change.members[0].record] == links[change.members[1].record])
            #expect(try TestRegistry.findings(in: url) == [])
            // What the later rematch has moved stays where it is, and is told.
            let undone = try Rematches.undo(done.operation, in: url)
            #expect(undone.counts.skipped > 0)
            #expect(!undone.stays.isEmpty)
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func theFeedGoesOnAndReadersFollow() throws {
        try withRegistry { url in
            let writer = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            defer { writer.close() }
            let reader = try RegistryNode.open(
                databaseURL: url, options: TestRegistry.options("reader", role: .reader))
            defer { reader.close() }
            let source = try #require(
                Rematches.job(url).names(of: [
                    RematchChange(members: [
                        RematchMember(record: 1, sequence: 0, from: .random(), to: .random())
                    ])
                ])[1]
            ).authority
            let isDone = Atomic(false)
            let acknowledged = Mutex(0)
            let feed = Thread {
                for place in 0..<2_000 where !isDone.load(ordering: .acquiring) {
                    let receipt = try? TestRegistry.submit(
                        writer, source, "fed-\(place)", DecisionRegistry.person(place))
                    if receipt != nil { acknowledged.withLock { $0 = place + 1 } }
                }
                isDone.store(true, ordering: .releasing)
            }
            feed.start()
            let (plan, done) = try Rematches.rematch(url, automatic: 5)
            let fed = acknowledged.withLock { $0 }
            isDone.store(true, ordering: .releasing)
            #expect(done.counts.moved > 0)
            #expect(done.counts.changes + done.counts.skipped == plan.changes.count)
            for place in 0..<fed {
                let name = LocalIdentifier(authority: source, value: "fed-\(place)")
                _ = try writer.patient(.identifier(name))
            }
            let deadline = Date(timeIntervalSinceNow: 60)
            while reader.status().position < writer.status().position {
                try #require(Date() < deadline, "the reader does not follow")
                Thread.sleep(forTimeInterval: 0.05)
            }
            #expect(reader.status().persons == writer.status().persons)
            #expect(reader.status().reviewTasks == writer.status().reviewTasks)
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func oneAtATime() throws {
        try withRegistry { url in
            let job = Rematches.job(url)
            let plan = try job.plan(
                RematchRequest(model: .named(try Rematches.model(automatic: 5))))
            var session = try RegistrySession(DatabaseAddress(url))
            let json = String(decoding: try plan.model.json(), as: UTF8.self)
            let number = try session.stage(
                plan.changes, plan.tasks, model: ("cl", json), actor: "test", reason: "")
            #expect(throws: RematchJobTestsError.conflict) {
                do {
                    _ = try job.apply(plan, actor: "test", reason: "")
                } catch let error as RegistryError where error.code == .conflict {
                    throw RematchJobTestsError.conflict
                }
            }
            let done = try job.follow(try #require(number))
            #expect(done.counts.moved == plan.forecast.moved)
            #expect(try job.unfinished() == nil)
        }
    }

    private enum RematchJobTestsError: Error { case conflict }

    private func decide(_ decision: Decision, in url: String) throws {
        _ = try DecisionJob(databaseURL: url, node: TestRegistry.options("decide")).run(
            DecisionRequest(decision, actor: "steward", reason: "test"))
    }
}
