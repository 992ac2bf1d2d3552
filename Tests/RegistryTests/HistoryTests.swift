import Identity
import Registry
import RegistryModel
import RegistryStore
import Testing

/// What the registry remembers is what happened: histories, persons as known once, the queue.
///
/// Method: a node over a real database, literal decisions and updates; a command's way, without an
/// index, must tell the same as the node's.
@Suite struct HistoryTests {
    private func withPersons(_ count: Int, _ body: (DecisionRegistry) throws -> Void) throws {
        try TestRegistry.withNode { node, url in
            try body(try DecisionRegistry(node, url, count: count))
            #expect(try TestRegistry.findings(in: url).isEmpty)
        }
    }

    private func ask(
        _ registry: DecisionRegistry, _ subject: DecisionSubject, asOf: KnownTime? = nil
    ) throws -> HistoryAnswer {
        let question = HistoryQuestion(subject, asOf: asOf)
        let answer = Promised<HistoryAnswer>()
        registry.node.history(question) { answer.set($0) }
        let told = try answer.wait().get()
        var session = try RegistrySession(databaseURL: registry.url)
        let direct = try session.snapshot {
            let policy = try $0.survivorship()
            return try ArchiveReader.answer(question, policy: policy, &$0)
        }
        #expect(direct == told, "a command tells otherwise than the node")
        return told
    }

    private func history(
        _ registry: DecisionRegistry, _ subject: DecisionSubject
    ) throws -> [String] {
        guard case .changes(_, let entries, nil) = try ask(registry, subject) else { return [] }
        return entries.map { "\($0.record.value) \($0.change.name)" }
    }

    private func families(
        _ registry: DecisionRegistry, _ subject: DecisionSubject, _ time: KnownTime
    ) throws -> [String] {
        guard case .snapshot(let person) = try ask(registry, subject, asOf: time) else { return [] }
        return person.records.map { "\($0.name.value) \($0.version.version)" }
    }

    @Test func aMergeTakenBackIsTold() throws {
        try withPersons(2) { registry in
            let (a, b) = registry.two
            let merge = try registry.decide(.merge(retired: a, survivor: b))
            let retired = try history(registry, .person(a))
            #expect(retired == ["a registered", "a moved", "a held-together"])
            var changed = DecisionRegistry.person(0)
            changed[.phone] = "+56 9 1234 5678"
            _ = try TestRegistry.submit(registry.node, "clinic", "a", changed)
            try registry.undo(merge)
            #expect(
                try history(registry, .person(b)) == [
                    "a registered", "b registered", "a moved", "b held-together", "a updated",
                    "a moved", "b released",
                ])
            #expect(
                try history(registry, .record(registry.record("a"))) == [
                    "a registered", "a moved", "a held-together", "a updated", "a moved",
                    "a released",
                ])
            let (origin, end) = (try #require(merge.position), registry.node.status().position)
            let before = LogPosition(epoch: origin.epoch, sequence: origin.sequence - 1)
            #expect(try families(registry, .person(b), .position(before)) == ["b 1"])
            #expect(try families(registry, .person(b), .position(origin)) == ["a 1", "b 1"])
            let updated = LogPosition(epoch: end.epoch, sequence: end.sequence - 1)
            #expect(try families(registry, .person(b), .position(updated)) == ["a 2", "b 1"])
            #expect(try families(registry, .person(a), .position(updated)) == [])
            #expect(try families(registry, .person(a), .now) == ["a 2"])
            #expect(try families(registry, .person(b), .now) == ["b 1"])
        }
    }

    @Test func whatASourceTakesBackIsTold() throws {
        try withPersons(2) { registry in
            let (a, b) = registry.two
            let retire = try registry.decide(.retire(registry.record("a"), into: nil))
            #expect(try history(registry, .person(a)) == ["a registered", "a withdrawn"])
            guard case .snapshot(let gone) = try ask(registry, .person(a), asOf: .now) else {
                return
            }
            #expect(gone.status == .withdrawn && gone.golden == PersonRecord())
            #expect(gone.version == retire.position?.sequence)
            try registry.undo(retire)
            #expect(try history(registry, .person(a)).last == "a reinstated")
            try registry.decide(.renumber(registry.record("b"), to: "b2"))
            #expect(
                try history(registry, .record(registry.record("b"))) == [
                    "b2 registered", "b2 renumbered",
                ])
            #expect(try families(registry, .person(b), .now) == ["b2 1"])
        }
    }

    @Test func aLoadTakenBackIsTold() throws {
        let lines = [
            "clinic,2,Bruno,Ñancupil,Lobos,1961-05-04,M,",
            "clinic,2,Bruno Elías,Ñancupil,Lobos,1961-05-04,M,",
        ]
        try TestRegistry.withDatabase { url in
            for line in lines { try RevertedLoads.load([line], into: url) }
            try RevertedLoads.revert(2, in: url)
            var session = try RegistrySession(databaseURL: url)
            let subject = DecisionSubject.record(LocalIdentifier(authority: "clinic", value: "2"))
            let archive = try ArchiveReader.archive(of: subject, &session)
            let policy = try session.survivorship()
            let told = PersonHistory(archive).entries.map { entry in
                "\(entry.change.name) \(entry.operation?.kind.rawValue ?? "")"
            }
            #expect(told == ["registered load", "updated load", "restored revert"])
            let given = try [Int64(1), 2, 3].map { sequence in
                let time = KnownTime.position(LogPosition(epoch: 1, sequence: sequence))
                let person = PersonSnapshot(archive, at: time, policy: policy)
                return try #require(person).golden[.given]
            }
            #expect(given == ["Bruno", "Bruno Elías", "Bruno"])
            let now = try #require(PersonSnapshot(archive, policy: policy))
            #expect(now.records[0].version.version == 1)
        }
    }

    @Test func whatNobodyKnowsIsRefused() throws {
        try withPersons(1) { registry in
            func refusal(_ subject: DecisionSubject, _ time: KnownTime? = nil) -> RegistryError? {
                #expect(throws: RegistryError.self) {
                    try ask(registry, subject, asOf: time)
                }
            }
            let nobody = EnterpriseIdentifier(bits: 7)
            #expect(
                refusal(.person(nobody))
                    == RegistryError(
                        .notFound, "no such person; look at the 14 characters again"))
            #expect(refusal(.record(registry.record("z")))?.code == .notFound)
            let elsewhere = LocalIdentifier(authority: "nowhere", value: "a")
            #expect(refusal(.record(elsewhere))?.code == .unknownSource)
            let origin = KnownTime.position(LogPosition(epoch: 0, sequence: 0))
            #expect(refusal(.person(registry.persons[0]), origin)?.code == .notFound)
        }
    }

    @Test func theQueueIsPagedFromTheMostUrgent() throws {
        let path = try TestRegistry.extract(persons: 1_200, seed: 5)
        try TestRegistry.withDatabase { url in
            _ = try TestRegistry.load(path, into: url)
            var session = try RegistrySession(databaseURL: url)
            let whole = try session.queue(QueueQuestion(limit: 1_000))
            try #require(whole.tasks.count >= 4, "the extract makes too few doubts")
            #expect(whole.next == nil)
            #expect(whole.tasks.count == whole.counts.values.reduce(0, +))
            let order = whole.tasks.map { [Double($0.priority), $0.weight ?? -.infinity] }
            #expect(order == order.sorted { $1.lexicographicallyPrecedes($0) })
            var (paged, after): ([QueuedTask], Int64?) = ([], nil)
            repeat {
                let page = try session.queue(QueueQuestion(limit: 3, after: after))
                paged += page.tasks
                after = page.next
            } while after != nil
            #expect(paged == whole.tasks)
            let none = try session.queue(
                QueueQuestion(QueueFilter(kind: .identifierConflict), limit: 5))
            #expect(none.tasks.allSatisfy { $0.kind == .identifierConflict })
            #expect(none.counts == whole.counts)
        }
    }
}
