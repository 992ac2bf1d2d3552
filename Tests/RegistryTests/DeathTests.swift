import Foundation
import Identity
import Registry
import RegistryModel
import RegistryStore
import Testing

/// A death stands by the word of somebody trusted or of two, and who goes on after it is asked about.
///
/// Method: a node over a real database that trusts one source with deaths, two records of one person
/// in two sources, and the queue as a steward reads it.
@Suite(.timeLimit(.minutes(10))) struct DeathTests {
    private static let name = TestRegistry.person(
        [.given: "Aylén", .family: "Huenchullán", .birthDate: "1934-03-17", .sex: "F"],
        run: "12345678-5")

    private struct Scene {
        let node: RegistryNode
        let url: String

        @discardableResult
        func put(
            _ source: String, _ localID: String, death: String = "", at time: String = "2021-01-01",
            as person: PersonRecord = DeathTests.name
        ) throws -> SubmissionReceipt {
            var person = person
            person[.deceasedDate] = death
            return try TestRegistry.submit(
                node, source, localID, person, recordedAt: Timestamp.microseconds(of: time))
        }

        func death(of receipt: SubmissionReceipt) throws -> String {
            try node.patient(.enterpriseIdentifier(receipt.enterpriseIdentifier))
                .person[.deceasedDate]
        }

        func reasons() throws -> [ReviewReason] {
            var session = try RegistrySession(databaseURL: url)
            return try session.queue(QueueQuestion(QueueFilter(), limit: 100)).tasks.map(\.reason)
        }
    }

    private func withScene(trusting: Bool = true, _ body: (Scene) throws -> Void) throws {
        let sources = ["registry", "clinic", "hospital"].map { Source(code: $0) }
        try TestRegistry.withDatabase { url in
            var session = try RegistrySession(databaseURL: url)
            for source in sources { _ = try session.add(source) }
            if trusting {
                var policy = SurvivorshipPolicy.standard
                policy.fieldTrust[.deceasedDate] = [.source("registry")]
                _ = try session.activate(policy, actor: "test")
            }
            let node = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            defer { node.close() }
            try body(Scene(node: node, url: url))
            #expect(try TestRegistry.findings(in: url) == [])
            #expect(try node.status().reviewTasks == RegistrySession.openTasksCount(url))
        }
    }

    @Test func aLoneReportIsAskedAboutAndDoesNotStand() throws {
        try withScene { scene in
            try scene.put("clinic", "1")
            let person = try scene.put("hospital", "1", death: "2020-05-01")
            #expect(try scene.death(of: person) == "")
            #expect(try scene.reasons() == [.loneDeathReport])
            // The civil registry says so too.
            try scene.put("registry", "1", death: "2020-05-02")
            #expect(try scene.death(of: person) == "2020-05-02")
            #expect(!(try scene.reasons().contains(.loneDeathReport)))
            // It takes its word back: the report is doubtful again.
            try scene.put("registry", "1", at: "2021-02-01")
            #expect(try scene.death(of: person) == "")
            #expect(try scene.reasons().contains(.loneDeathReport))
            try scene.put("hospital", "1", at: "2021-03-01")
            #expect(try scene.reasons() == [])
        }
    }

    @Test func twoSourcesAreWitnesses() throws {
        try withScene { scene in
            try scene.put("clinic", "1", death: "2020-05-01", at: "2020-05-03")
            let person = try scene.put("hospital", "1", death: "2020-05-02", at: "2020-05-04")
            #expect(try scene.death(of: person) == "2020-05-02")
            #expect(try scene.reasons() == [])
        }
    }

    @Test func whereNobodyIsTrustedEveryWordStands() throws {
        try withScene(trusting: false) { scene in
            try scene.put("clinic", "1", at: "2020-01-01")
            let person = try scene.put("hospital", "1", death: "2020-05-01", at: "2020-05-02")
            #expect(try scene.death(of: person) == "2020-05-01")
            #expect(try scene.reasons() == [])
        }
    }

    @Test func whoIsSeenAfterHisDeathIsAskedAbout() throws {
        try withScene { scene in
            try scene.put("registry", "1", death: "2020-05-01", at: "2020-05-02")
            // Papers of the first weeks are nothing to ask about.
            try scene.put("clinic", "1", at: "2020-05-20")
            #expect(try scene.reasons() == [])
            let seen = try scene.put("hospital", "1", at: "2020-09-01")
            #expect(seen.outcome == .linked)
            #expect(try scene.reasons() == [.deceasedActivity])
            // The registry was wrong.
            try scene.put("registry", "1", at: "2020-10-01")
            #expect(try scene.death(of: seen) == "")
            #expect(try scene.reasons() == [])
        }
    }

    @Test func whoIsLeftAloneIsNotDoubted() throws {
        try withScene { scene in
            try scene.put("clinic", "1")
            let person = try scene.put("hospital", "1", death: "2020-05-01")
            #expect(try scene.reasons() == [.loneDeathReport])
            let registry = try DecisionRegistry(scene.node, scene.url, count: 0)
            // No other source knows the person then whose word could stand against it.
            for decision: Decision in [
                .retire(LocalIdentifier(authority: "clinic", value: "1"), into: nil),
                .unlink(LocalIdentifier(authority: "clinic", value: "1"), mayRejoin: true),
            ] {
                let outcome = try registry.decide(decision)
                #expect(try outcome.tasksClosed == 1 && scene.reasons() == [])
                try registry.undo(outcome)
                #expect(try scene.reasons() == [.loneDeathReport])
            }
            #expect(try scene.death(of: person) == "")
        }
    }

    /// The same person as a source says it that knows no number of hers.
    private static let unnumbered = TestRegistry.person(
        [.given: "Aylén", .family: "Huenchullán", .birthDate: "1934-03-17", .sex: "F"])

    @Test func aRematchThatPartsThemAnswersIt() throws {
        try withScene { scene in
            let alive = try scene.put("clinic", "1", as: Self.unnumbered)
            let dead = try scene.put("hospital", "1", death: "2020-05-01")
            #expect(alive.enterpriseIdentifier == dead.enterpriseIdentifier)
            #expect(try scene.reasons() == [.loneDeathReport])
            let (_, done) = try Rematches.rematch(scene.url, automatic: 30, review: 29)
            #expect(done.counts.moved == 1 && done.counts.tasksClosed == 1)
            #expect(try scene.reasons() == [])
            try Rematches.undo(done.operation, in: scene.url)
            #expect(try scene.reasons() == [.loneDeathReport])
        }
    }

    @Test func aMergeOfTheDeadAndTheLivingIsAskedAbout() throws {
        try withScene { scene in
            let dead = try scene.put("registry", "1", death: "2020-05-01", at: "2020-05-02")
            func living(
                _ localID: String, _ place: Int, _ time: String, death: String = "",
                source: String = "hospital"
            ) throws -> EnterpriseIdentifier {
                var person = DecisionRegistry.person(place)
                person[.deceasedDate] = death
                return try TestRegistry.submit(
                    scene.node, source, localID, person,
                    recordedAt: Timestamp.microseconds(of: time)
                ).enterpriseIdentifier
            }
            let registry = try DecisionRegistry(scene.node, scene.url, count: 0)
            let survivor = dead.enterpriseIdentifier
            for (place, time) in ["2020-05-20", "2020-09-01"].enumerated() {
                let person = try living("a\(place)", place, time)
                let merge = try registry.decide(.merge(retired: person, survivor: survivor))
                let expected: [ReviewReason] = place == 0 ? [] : [.deceasedActivity]
                #expect(try scene.reasons() == expected && merge.tasksOpened == expected.count)
                try registry.undo(merge)
                #expect(try scene.reasons() == [])
            }
            // A death that one source alone reports, and a person who is known to another.
            let reported = try living("b", 2, "2021-01-01", death: "2020-12-01")
            let known = try living("c", 3, "2019-01-01", source: "clinic")
            try registry.decide(.merge(retired: reported, survivor: known))
            #expect(try scene.reasons() == [.loneDeathReport])
        }
    }

    @Test func aStewardsWordSettlesIt() throws {
        try withScene { scene in
            try scene.put("clinic", "1")
            let person = try scene.put("hospital", "1", death: "2020-05-01")
            let registry = try DecisionRegistry(scene.node, scene.url, count: 0)
            let subject = DecisionSubject.person(person.enterpriseIdentifier)
            let pin = try registry.decide(
                .pin(subject, [FieldValue(.deceasedDate, "2020-05-01")]))
            #expect(pin.tasksClosed == 1)
            #expect(try scene.death(of: person) == "2020-05-01")
            try registry.undo(pin)
            #expect(try scene.reasons() == [.loneDeathReport])
            let accepted = try registry.decide(
                .accept(LocalIdentifier(authority: "hospital", value: "1")))
            #expect(accepted.tasksClosed == 1)
            #expect(try scene.death(of: person) == "")
        }
    }
}
