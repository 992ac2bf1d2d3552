import Foundation
import Identity
import Registry
import RegistryModel
import RegistryStore
import Testing

/// A record that its source takes back speaks for nobody, and comes back as it was.
///
/// Method: literal persons on a real database; what every node answers before, between and after; after
/// each test the database is proved sound, and a node opened anew answers as the old one did.
@Suite struct WithdrawalTests {
    private let ana = TestRegistry.person(
        [
            .given: "Rayén Antonia", .family: "Huenchullán", .mothersFamily: "Quispe",
            .birthDate: "1984-03-17", .sex: "F", .phone: "+56 9 8123 4477",
        ], run: "12.345.678-5")

    private func withRegistry(
        _ body: (DecisionRegistry) throws -> Void
    ) throws {
        try TestRegistry.withNode { node, url in
            let registry = try DecisionRegistry(node, url, count: 3)
            let reader = try RegistryNode.open(
                databaseURL: url, options: TestRegistry.options("reader", role: .reader))
            defer { reader.close() }
            try body(registry)
            #expect(try TestRegistry.findings(in: url) == [])
            let names = ["a", "b", "c", "x", "y", "new"]
            func answers(_ node: RegistryNode) -> [PatientAnswer?] {
                names.map { name in
                    var answer = try? node.patient(.identifier(registry.record(name)))
                    // What a person was before a record left it, only the node knows that saw it.
                    answer?.version = 0
                    return answer
                }
            }
            let deadline = Date(timeIntervalSinceNow: 60)
            while reader.status().position < node.status().position {
                try #require(Date() < deadline, "the reader does not follow")
                Thread.sleep(forTimeInterval: 0.02)
            }
            #expect(answers(reader) == answers(node))
            let opened = try RegistryNode.open(
                databaseURL: url, options: TestRegistry.options("opened", role: .reader))
            defer { opened.close() }
            #expect(answers(opened) == answers(node))
            #expect(opened.status().persons == node.status().persons)
        }
    }

    private func retire(
        _ registry: DecisionRegistry, _ localID: String, into other: String? = nil
    ) throws -> DecisionOutcome {
        try registry.decide(
            .retire(registry.record(localID), into: other.map { registry.record($0) }))
    }

    @Test func aWithdrawnPersonAnswersWithoutDemographics() throws {
        try withRegistry { registry in
            let outcome = try retire(registry, "a")
            #expect(outcome.withdrawn == [registry.record("a")])
            let answer = try registry.node.patient(.enterpriseIdentifier(registry.persons[0]))
            #expect(answer.status == .withdrawn)
            #expect(answer.person == PersonRecord())
            #expect(answer.sourceCount == 0)
            #expect(registry.node.status().persons == 2)
            #expect(throws: RegistryError(.conflict, "the record is withdrawn already")) {
                _ = try retire(registry, "a")
            }
            let back = try registry.undo(outcome)
            #expect(back.reinstated == [registry.record("a")])
            let again = try registry.node.patient(.enterpriseIdentifier(registry.persons[0]))
            #expect(again.status == .active)
            #expect(again.person == DecisionRegistry.person(0))
        }
    }

    @Test func goldenRecordAndNumbersForgetAWithdrawnRecord() throws {
        try withRegistry { registry in
            let node = registry.node
            let first = try TestRegistry.submit(node, "clinic", "x", ana)
            var other = ana
            other.identifiers.append(
                LocalIdentifier(authority: "passport-arg", value: "AAB123456"))
            let second = try TestRegistry.submit(node, "hospital", "y", other)
            try #require(first.enterpriseIdentifier == second.enterpriseIdentifier)
            let passport = PatientSelector.identifier(other.identifiers[1])
            #expect(try node.patient(passport).sourceCount == 2)
            let outcome = try registry.decide(
                .retire(LocalIdentifier(authority: "hospital", value: "y"), into: nil))
            #expect(throws: RegistryError.self) { _ = try node.patient(passport) }
            let golden = try node.patient(.enterpriseIdentifier(first.enterpriseIdentifier))
            #expect(golden.person == ana && golden.sourceCount == 1)
            try registry.undo(outcome)
            #expect(try node.patient(passport).sourceCount == 2)
        }
    }

    @Test func matchingDoesNotFindAWithdrawnRecord() throws {
        try withRegistry { registry in
            let node = registry.node
            let first = try TestRegistry.submit(node, "clinic", "x", ana)
            _ = try retire(registry, "x")
            #expect(try node.match(ana, limit: 5, grade: .probable).isEmpty)
            let second = try TestRegistry.submit(node, "hospital", "y", ana)
            #expect(second.outcome == .created)
            #expect(second.enterpriseIdentifier != first.enterpriseIdentifier)
            // Stated again, it finds the person who has come meanwhile.
            let back = try TestRegistry.submit(node, "clinic", "x", ana)
            #expect(back.outcome == .updated)
            #expect(back.enterpriseIdentifier == second.enterpriseIdentifier)
            let old = try node.patient(.enterpriseIdentifier(first.enterpriseIdentifier))
            #expect(old.replaces == first.enterpriseIdentifier && old.sourceCount == 2)
        }
    }

    @Test func anotherPersonUnderAWithdrawnIdentifierIsAskedAbout() throws {
        try withRegistry { registry in
            _ = try retire(registry, "a")
            let tasks = registry.node.status().reviewTasks
            let back = try TestRegistry.submit(registry.node, "clinic", "a", ana)
            #expect(back.outcome == .updated)
            #expect(back.enterpriseIdentifier == registry.persons[0])
            #expect(registry.node.status().reviewTasks == tasks + 1)
        }
    }

    @Test func aMergedRecordMovesIsHeldAndNoLongerCounts() throws {
        try withRegistry { registry in
            let (first, second) = registry.two
            let outcome = try retire(registry, "a", into: "b")
            #expect(registry.person(of: "a") == second)
            let answer = try registry.node.patient(.enterpriseIdentifier(first))
            #expect(answer.enterpriseIdentifier == second && answer.replaces == first)
            #expect(answer.sourceCount == 1 && answer.person == DecisionRegistry.person(1))
            #expect(throws: RegistryError.self) {
                try registry.decide(.unmerge(operation: 1, mayRejoin: false))
            }
            try registry.undo(outcome)
            #expect(registry.person(of: "a") == first)
            let again = try registry.node.patient(.enterpriseIdentifier(first))
            #expect(again.person == DecisionRegistry.person(0))
        }
    }

    @Test func aRecordOfAPersonHeldApartIsNotMerged() throws {
        try withRegistry { registry in
            let (first, second) = registry.two
            try registry.decide(.distinct(.person(first), .person(second)))
            #expect(throws: RegistryError.self) { _ = try retire(registry, "a", into: "b") }
            #expect(registry.person(of: "a") == first)
        }
    }

    @Test func aRenumberedRecordAnswersUnderBothIdentifiers() throws {
        try withRegistry { registry in
            let node = registry.node
            let outcome = try registry.decide(.renumber(registry.record("a"), to: "new"))
            #expect(registry.person(of: "new") == registry.persons[0])
            #expect(registry.person(of: "a") == registry.persons[0])
            let refusal = #expect(throws: RegistryError.self) {
                _ = try TestRegistry.submit(node, "clinic", "a", ana)
            }
            #expect(refusal?.code == .conflict)
            let update = try TestRegistry.submit(node, "clinic", "new", DecisionRegistry.person(0))
            #expect(update.outcome == .unchanged)
            for taken in ["b", "a"] {
                #expect(throws: RegistryError.self) {
                    try registry.decide(.renumber(registry.record("c"), to: taken))
                }
            }
            try registry.undo(outcome)
            #expect(registry.person(of: "new") == nil)
            #expect(registry.person(of: "a") == registry.persons[0])
            try registry.decide(.renumber(registry.record("a"), to: "new"))
            let twice = try registry.decide(.renumber(registry.record("new"), to: "y"))
            #expect(registry.person(of: "a") == registry.persons[0])
            #expect(registry.person(of: "y") == registry.persons[0])
            #expect(throws: RegistryError.self) {
                try registry.decide(.undo(operation: twice.operation.map { $0 - 1 } ?? 0))
            }
        }
    }
}
