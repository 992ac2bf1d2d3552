import Identity
import Registry
import RegistryModel
import Testing

/// Stewards' decisions do what they say, refuse what others forbid, and are taken back exactly.
///
/// Method: a node over a real database; literal persons who have nothing to do with one another, so that
/// decisions alone move records; after each test the database is proved sound.
@Suite struct DecisionTests {
    /// Persons of one record each, `a` to the letter of the count, all of the source `clinic`.
    private func withPersons(
        _ count: Int, _ body: (DecisionRegistry) throws -> Void
    ) throws {
        try TestRegistry.withNode { node, url in
            let registry = try DecisionRegistry(node, url, count: count)
            try body(registry)
            #expect(try TestRegistry.findings(in: url).isEmpty)
        }
    }

    @Test func aMergedPersonAnswersWithItsSurvivor() throws {
        try withPersons(2) { registry in
            let (a, b) = registry.two
            let outcome = try registry.decide(.merge(retired: a, survivor: b))
            #expect(outcome.moves.map(\.record.value) == ["a"])
            #expect(outcome.retired == [RetiredPerson(person: a, survivors: [b])])
            let answer = try registry.node.patient(.enterpriseIdentifier(a))
            #expect(answer.enterpriseIdentifier == b && answer.replaces == a)
            #expect(answer.sourceCount == 2)
        }
    }

    @Test func undoGivesEachRecordBack() throws {
        try withPersons(3) { registry in
            let before = registry.links()
            let (a, b, c) = registry.three
            let first = try registry.decide(.merge(retired: a, survivor: b))
            let second = try registry.decide(.merge(retired: b, survivor: c))
            try registry.undo(second)
            try registry.undo(first)
            #expect(registry.links() == before)
            let answer = try registry.node.patient(.enterpriseIdentifier(a))
            #expect(answer.enterpriseIdentifier == a && answer.replaces == nil)
        }
    }

    @Test func undoLeavesWhatALaterDecisionMoved() throws {
        try withPersons(3) { registry in
            let (a, b, c) = registry.three
            let merge = try registry.decide(.merge(retired: a, survivor: b))
            let onward = try registry.decide(.merge(retired: b, survivor: c))
            let undone = try registry.undo(merge)
            #expect(undone.moves.isEmpty)
            #expect(undone.stays.map(\.record.value) == ["a"])
            #expect(undone.stays.map(\.operation) == [try #require(onward.operation)])
            #expect(registry.person(of: "a") == c)
        }
    }

    @Test func anUnmergedPairIsHeldApart() throws {
        try withPersons(2) { registry in
            let (a, b) = registry.two
            let merge = try registry.decide(.merge(retired: a, survivor: b))
            let operation = try #require(merge.operation)
            let apart = try registry.decide(.unmerge(operation: operation, mayRejoin: false))
            #expect(apart.constraintsAdded == 1 && apart.constraintsRetracted == 1)
            #expect(
                throws: conflict("operation 2 decided otherwise of these records; undo it first")
            ) {
                try registry.decide(.merge(retired: a, survivor: b))
            }
            try registry.undo(apart)
            #expect(registry.person(of: "a") == b)
            try registry.decide(.undo(operation: operation))
            #expect(registry.person(of: "a") == a)
        }
    }

    @Test func aSplitLetsGoOfWhatAMergeHeld() throws {
        try withPersons(3) { registry in
            let (a, b, c) = registry.three
            try registry.decide(.merge(retired: a, survivor: c))
            try registry.decide(.merge(retired: b, survivor: c))
            let before = registry.links()
            let split = try registry.decide(
                .split(c, [registry.record("a"), registry.record("b")], mayRejoin: false))
            let parted = try #require(registry.person(of: "a"))
            #expect(registry.person(of: "b") == parted && ![a, b, c].contains(parted))
            #expect(split.constraintsRetracted == 1 && split.constraintsAdded == 2)
            try registry.undo(split)
            #expect(registry.links() == before)
            #expect(
                try registry.node.patient(.enterpriseIdentifier(parted)).enterpriseIdentifier == c)
            let unlink = try registry.decide(.unlink(registry.record("b"), mayRejoin: true))
            #expect(unlink.constraintsAdded == 0)
            try registry.decide(.link(registry.record("b"), to: c))
            #expect(registry.links() == before)
        }
    }

    @Test func decisionsThatMakeNoSenseAreRefused() throws {
        try withPersons(3) { registry in
            let (a, b, c) = registry.three
            #expect(throws: RegistryError(.badRequest, "a person cannot be merged into itself")) {
                try registry.decide(.merge(retired: a, survivor: a))
            }
            #expect(throws: conflict("the person would be left without records")) {
                try registry.decide(.unlink(registry.record("a"), mayRejoin: false))
            }
            let merge = try registry.decide(.merge(retired: a, survivor: b))
            #expect(throws: conflict("the person is retired; \(b) has its records now")) {
                try registry.decide(.merge(retired: c, survivor: a))
            }
            #expect(throws: RegistryError(.notFound, "there is no operation 99")) {
                try registry.decide(.undo(operation: 99))
            }
            try registry.undo(merge)
            #expect(throws: conflict("operation 1 was taken back by operation 2")) {
                try registry.undo(merge)
            }
            #expect(throws: RegistryError(.notFound, "no such person")) {
                try registry.decide(.merge(retired: EnterpriseIdentifier(bits: 1), survivor: b))
            }
        }
    }

    @Test func distinctPersonsAreNotMerged() throws {
        try withPersons(2) { registry in
            let (a, b) = registry.two
            let distinct = try registry.decide(.distinct(.person(a), .person(b)))
            #expect(
                throws: conflict("operation 1 decided otherwise of these records; undo it first")
            ) {
                try registry.decide(.merge(retired: b, survivor: a))
            }
            #expect(throws: conflict("they are held apart already")) {
                try registry.decide(.distinct(.person(a), .person(b)))
            }
            try registry.undo(distinct)
            try registry.decide(.merge(retired: b, survivor: a))
            #expect(throws: conflict("they are held together already")) {
                try registry.decide(.confirm(.person(a), .person(a)))
            }
        }
    }

    @Test func ofTwoStewardsOneIsRefused() throws {
        try withPersons(2) { registry in
            let (a, b) = registry.two
            let version = try registry.node.patient(.enterpriseIdentifier(a)).version
            try registry.decide(.distinct(.person(a), .person(b)))
            let merge = try registry.decide(.undo(operation: 1))
            #expect(merge.constraintsRetracted == 1)
            _ = try TestRegistry.submit(
                registry.node, "clinic", "a",
                TestRegistry.person([.given: "Aylén", .family: "Otra"]))
            #expect(
                throws: conflict("the person has changed since you looked; look again and decide")
            ) {
                try registry.decide(
                    .merge(retired: a, survivor: b), expecting: [a: version])
            }
        }
    }

    @Test func aPreviewTellsAndDoesNothing() throws {
        try withPersons(2) { registry in
            let (a, b) = registry.two
            let before = registry.links()
            let preview = try registry.preview(.merge(retired: a, survivor: b))
            #expect(preview.operation == nil && preview.moves.count == 1)
            #expect(registry.links() == before)
        }
    }

    @Test func decisionsOutliveTheNode() throws {
        try TestRegistry.withDatabase { url in
            try DecisionRegistry.addSource(url)
            let node = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            let registry = try DecisionRegistry(node, url, count: 3)
            let (a, b, c) = registry.three
            try registry.decide(.distinct(.person(a), .person(b)))
            try registry.decide(.merge(retired: c, survivor: b))
            node.close()
            let again = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            defer { again.close() }
            let reopened = registry.over(again)
            #expect(try again.patient(.enterpriseIdentifier(c)).enterpriseIdentifier == b)
            #expect(
                throws: conflict("operation 1 decided otherwise of these records; undo it first")
            ) {
                try reopened.decide(.merge(retired: a, survivor: b))
            }
            try reopened.decide(.undo(operation: 2))
            #expect(try again.patient(.enterpriseIdentifier(c)).enterpriseIdentifier == c)
        }
    }

    @Test func aCommandDecidesBesideAWriterAndWithoutOne() throws {
        try withPersons(2) { registry in
            let (a, b) = registry.two
            let job = DecisionJob(
                databaseURL: registry.url, node: TestRegistry.options("command"))
            func run(_ decision: Decision, isPreview: Bool = false) throws -> DecisionOutcome {
                try job.run(
                    DecisionRequest(decision, actor: "os:ines", reason: "t", isPreview: isPreview))
            }
            #expect(try run(.merge(retired: a, survivor: b), isPreview: true).operation == nil)
            let merge = try run(.merge(retired: a, survivor: b))
            #expect(merge.retired == [RetiredPerson(person: a, survivors: [b])])
            // The command is answered by the database, a moment before the node takes it.
            try registry.wait(for: registry.node, merge)
            #expect(registry.person(of: "a") == b)
            #expect(throws: conflict("the person is retired; \(b) has its records now")) {
                try run(.merge(retired: a, survivor: b))
            }
            registry.node.close()
            let undo = try run(.undo(operation: try #require(merge.operation)))
            #expect(undo.revived == [a] && undo.moves.count == 1)
        }
    }

    @Test(arguments: [
        Decision.merge(
            retired: EnterpriseIdentifier(bits: 7), survivor: EnterpriseIdentifier(bits: 8)),
        .unmerge(operation: 3, mayRejoin: true), .undo(operation: 4),
        .link(
            LocalIdentifier(authority: "clinic", value: "a:b"), to: EnterpriseIdentifier(bits: 9)),
        .unlink(LocalIdentifier(authority: "clinic", value: "a b"), mayRejoin: false),
        .split(
            EnterpriseIdentifier(bits: 5), [LocalIdentifier(authority: "clinic", value: "é\"")],
            mayRejoin: true),
        .distinct(
            .person(EnterpriseIdentifier(bits: 1)),
            .record(LocalIdentifier(authority: "clinic", value: "1"))),
        .confirm(
            .person(EnterpriseIdentifier(bits: 1)), .person(EnterpriseIdentifier(bits: 2))),
        .pin(
            .person(EnterpriseIdentifier(bits: 1)),
            [FieldValue(.family, "Ñ\""), FieldValue(.phone, "1\u{1F}2"), FieldValue(.sex, "")]),
        .unpin(.record(LocalIdentifier(authority: "clinic", value: "1")), [.family, .phone]),
    ]) func requestsReadAsTheyWereWritten(_ decision: Decision) throws {
        let request = DecisionRequest(
            decision, actor: "ines", reason: "said \"so\"\n",
            expectedVersions: [EnterpriseIdentifier(bits: 3): 12], isPreview: true)
        #expect(DecisionRequest(json: try JSONParser.parse(request.json)) == request)
    }

    @Test func aReaderFollowsDecisions() throws {
        try withPersons(2) { registry in
            let (a, b) = registry.two
            let reader = try RegistryNode.open(
                databaseURL: registry.url, options: TestRegistry.options("reader", role: .reader))
            defer { reader.close() }
            let merge = try registry.decide(.merge(retired: a, survivor: b))
            try registry.wait(for: reader, merge)
            #expect(try reader.patient(.enterpriseIdentifier(a)).enterpriseIdentifier == b)
            try registry.wait(for: reader, try registry.undo(merge))
            #expect(try reader.patient(.enterpriseIdentifier(a)).enterpriseIdentifier == a)
        }
    }

    private func conflict(_ message: String) -> RegistryError { RegistryError(.conflict, message) }
}
