import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Testing

/// What a steward pins stands first in the golden record, goes where its anchor goes, and is taken back
/// exactly.
///
/// Method: a node over a real database; literal persons who have nothing to do with one another, so
/// that decisions alone move records; a node opened anew must answer the same, and the database is
/// proved sound after each test.
@Suite(.timeLimit(.minutes(10))) struct PinTests {
    private func withPersons(_ count: Int, _ body: (DecisionRegistry) throws -> Void) throws {
        try TestRegistry.withNode { node, url in
            let registry = try DecisionRegistry(node, url, count: count)
            try body(registry)
            let reader = try RegistryNode.open(
                databaseURL: url, options: TestRegistry.options("reader", role: .reader))
            defer { reader.close() }
            for person in registry.links().compactMap({ $0 }) {
                let answer = try node.patient(.enterpriseIdentifier(person))
                #expect(try reader.patient(.enterpriseIdentifier(person)) == answer)
            }
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    private func family(_ registry: DecisionRegistry, _ localID: String) throws -> String {
        try registry.node.patient(.identifier(registry.record(localID))).person[.family]
    }

    private func pin(
        _ registry: DecisionRegistry, _ person: EnterpriseIdentifier, _ family: String
    ) throws -> DecisionOutcome {
        try registry.decide(.pin(.person(person), [FieldValue(.family, family)]))
    }

    private func refusal(_ body: () throws -> Void) -> RegistryError? {
        do { try body() } catch { return error as? RegistryError }
        return nil
    }

    @Test func noSourceOverridesAPin() throws {
        try withPersons(1) { registry in
            let person = registry.persons[0]
            let before = try registry.node.patient(.enterpriseIdentifier(person))
            let outcome = try pin(registry, person, "Sotomayor")
            #expect(outcome.pinned.map(\.record.value) == ["a"])
            var changed = DecisionRegistry.person(0)
            changed[.family] = changed[.family] + "x"
            _ = try TestRegistry.submit(registry.node, "clinic", "a", changed)
            let answer = try registry.node.patient(.enterpriseIdentifier(person))
            #expect(answer.person[.family] == "Sotomayor")
            #expect(answer.version > before.version && answer.sourceCount == 1)
            #expect(answer.pins.values.map(\.actor) == ["steward"])
            #expect(answer.pins.values.map(\.operation) == [try #require(outcome.operation)])
            let derivation = try registry.node.derivation(of: .enterpriseIdentifier(person))
            #expect(derivation.person == answer.person)
            let field = try #require(derivation.fields.first { $0.field == .family })
            #expect(field.basis == .pinned && field.rivals == 1 && field.pin != nil)
            try registry.undo(outcome)
            #expect(try family(registry, "a") == changed[.family])
        }
    }

    @Test func aPinTakesNoPartInLookUps() throws {
        try withPersons(1) { registry in
            let number = registry.node.status().persons
            try registry.decide(
                .pin(
                    .person(registry.persons[0]),
                    [
                        FieldValue(.given, "Zoraida"), FieldValue(.family, "Oyarzún"),
                        FieldValue(.birthDate, "1955-07-09"),
                    ]))
            #expect(registry.node.status().persons == number)
            var asked = PersonRecord()
            asked[.given] = "Zoraida"
            asked[.family] = "Oyarzún"
            asked[.birthDate] = "1955-07-09"
            #expect(try registry.node.match(asked, limit: 5, grade: .possible).isEmpty)
        }
    }

    @Test func aLaterPinReplacesAnEarlierAndItsUndoBringsThatBack() throws {
        try withPersons(1) { registry in
            let person = registry.persons[0]
            let first = try pin(registry, person, "Uno")
            let second = try pin(registry, person, "Dos")
            let third = try pin(registry, person, "Tres")
            let stays = try registry.undo(second).stays
            #expect(stays.map(\.operation) == [try #require(third.operation)])
            #expect(try family(registry, "a") == "Tres")
            try registry.undo(third)
            #expect(try family(registry, "a") == "Uno")
            let unpin = try registry.decide(.unpin(.person(person), [.family]))
            #expect(try family(registry, "a") == DecisionRegistry.person(0)[.family])
            try registry.undo(unpin)
            #expect(try family(registry, "a") == "Uno")
            try registry.undo(first)
            #expect(try family(registry, "a") == DecisionRegistry.person(0)[.family])
        }
    }

    @Test func pinsGoWhereTheirAnchorsGo() throws {
        try withPersons(2) { registry in
            let (a, b) = registry.two
            _ = try pin(registry, a, "Uno")
            _ = try pin(registry, b, "Dos")
            let merge = try registry.decide(.merge(retired: a, survivor: b))
            #expect(try family(registry, "a") == "Dos")
            let both = try pin(registry, b, "Tres")
            #expect(try family(registry, "a") == "Tres")
            try registry.undo(both)
            try registry.decide(
                .unmerge(operation: try #require(merge.operation), mayRejoin: false))
            #expect(try family(registry, "a") == "Uno" && family(registry, "b") == "Dos")
        }
    }

    @Test func aWithdrawnAnchorSpeaksForAPersonThatLives() throws {
        try withPersons(2) { registry in
            let (a, b) = registry.two
            try registry.decide(.merge(retired: b, survivor: a))
            _ = try pin(registry, a, "Uno")
            try registry.decide(.retire(registry.record("a"), into: nil))
            #expect(try family(registry, "b") == "Uno")
            #expect(try registry.node.patient(.enterpriseIdentifier(a)).sourceCount == 1)
            let last = try registry.decide(.retire(registry.record("b"), into: nil))
            let answer = try registry.node.patient(.enterpriseIdentifier(a))
            #expect(answer.status == .withdrawn && answer.person == PersonRecord())
            #expect(answer.pins.isEmpty)
            let refused = refusal { _ = try pin(registry, a, "Dos") }
            #expect(
                refused?.message == "the person is withdrawn; nothing is left to pin a value to")
            try registry.undo(last)
            #expect(try family(registry, "b") == "Uno")
        }
    }

    @Test func anEmptyPinSaysThatThereIsNoValue() throws {
        try withPersons(1) { registry in
            var dead = DecisionRegistry.person(0)
            dead[.deceasedDate] = "2020-01-01"
            _ = try TestRegistry.submit(registry.node, "clinic", "a", dead)
            let subject = DecisionSubject.record(registry.record("a"))
            let pin = try registry.decide(.pin(subject, [FieldValue(.deceasedDate, "")]))
            let answer = try registry.node.patient(.identifier(registry.record("a")))
            #expect(!answer.person.has(.deceasedDate))
            try registry.undo(pin)
            let after = try registry.node.patient(.identifier(registry.record("a")))
            #expect(after.person[.deceasedDate] == "2020-01-01")
        }
    }

    @Test func refusalsAreOneLine() throws {
        try withPersons(2) { registry in
            let (a, b) = registry.two
            func refused(_ decision: Decision) -> String {
                refusal { try registry.decide(decision) }?.message ?? "done"
            }
            func pinning(_ field: DemographicField, _ value: String) -> String {
                refused(.pin(.person(a), [FieldValue(field, value)]))
            }
            let noDate = "no date that can be; write YEAR-MONTH-DAY, or less where less is known"
            #expect(pinning(.birthDate, "2023-02-30") == "birth_date is \(noDate)")
            #expect(pinning(.deceasedDate, "yesterday") == "deceased_date is \(noDate)")
            #expect(pinning(.birthDate, "2999-01-01") == "birth_date is a day to come")
            #expect(pinning(.birthOrder, "0") == "birth_order is a number from 1 to 12")
            #expect(pinning(.family, "a\u{1F}b") == "a person has one family")
            #expect(
                pinning(.family, "  ")
                    == "family is blank; leave it empty to say that there is none")
            #expect(refused(.unpin(.person(a), [.given])) == "nothing is pinned in given")
            _ = try pin(registry, a, "Uno")
            #expect(pinning(.family, "Uno") == "that is pinned already")
            let version = try registry.node.patient(.enterpriseIdentifier(a)).version
            try registry.decide(.pin(.person(a), [FieldValue(.sex, "F")]), expecting: [a: version])
            let late = refusal {
                try registry.decide(.unpin(.person(a), [.family]), expecting: [a: version])
            }
            #expect(late?.code == .conflict)
            try registry.decide(.merge(retired: a, survivor: b))
            #expect(pinning(.family, "Dos").hasPrefix("the person is retired"))
        }
    }

    @Test func historyTellsPinsAndShowsThemAsOfThen() throws {
        try withPersons(1) { registry in
            let person = registry.persons[0]
            let first = try pin(registry, person, "Uno")
            let second = try pin(registry, person, "Dos")
            try registry.undo(second)
            var session = try RegistrySession(databaseURL: registry.url)
            let archive = try ArchiveReader.archive(of: .person(person), &session)
            let told = PersonHistory(archive).entries.dropFirst().map { entry in
                switch entry.change {
                case .pinned(let change): "\(change.before) \(change.after)"
                default: "\(entry.change.name)"
                }
            }
            #expect(told == [" Uno", "Uno Dos", "Dos Uno"])
            for (outcome, expected) in [(first, "Uno"), (second, "Dos")] {
                let position = try #require(outcome.position)
                let then = PersonSnapshot(archive, at: .position(position), policy: .standard)
                #expect(then?.golden[.family] == expected)
                #expect(then?.version == position.sequence)
            }
            let now = PersonSnapshot(archive, policy: .standard)
            let answer = try registry.node.patient(.enterpriseIdentifier(person))
            #expect(now?.golden == answer.person && now?.pins == answer.pins)
            let position = try #require(first.position)
            let earlier = LogPosition(epoch: position.epoch, sequence: position.sequence - 1)
            let before = PersonSnapshot(archive, at: .position(earlier), policy: .standard)
            #expect(before?.golden == DecisionRegistry.person(0))
        }
    }

    @Test func whatIsErasedIsPinnedNoLonger() throws {
        try withPersons(1) { registry in
            let person = registry.persons[0]
            _ = try pin(registry, person, "Zwillingsmark")
            _ = try pin(registry, person, "Zwillingsburg")
            var session = try RegistrySession(databaseURL: registry.url)
            let erasure = try ErasureRequest.make(
                of: .person(person), basis: "order 7", actor: "adam", &session)
            try registry.decide(.erase(request: erasure.number))
            let answer = try registry.node.patient(.enterpriseIdentifier(person))
            #expect(answer.status == .erased && answer.pins.isEmpty)
            var connection = try PostgresConnection(DatabaseAddress(registry.url))
            let kept = try connection.query(
                "SELECT count(*), count(value) FROM padron.pinned_value"
            ).single
            #expect(try kept.int64(0) == 2 && kept.int64(1) == 0)
            #expect(try TestRegistry.findings(in: registry.url) == [])
        }
    }

    @Test func aRematchAndAFollowerKeepPins() throws {
        try withPersons(3) { registry in
            let reader = try RegistryNode.open(
                databaseURL: registry.url, options: TestRegistry.options("reader", role: .reader))
            defer { reader.close() }
            let (a, b, _) = registry.three
            try registry.decide(.merge(retired: b, survivor: a))
            let outcome = try pin(registry, a, "Uno")
            try registry.wait(for: reader, outcome)
            #expect(
                try reader.patient(.enterpriseIdentifier(a))
                    == registry.node.patient(.enterpriseIdentifier(a)))
            try Rematches.rematch(registry.url, automatic: 5)
            #expect(try family(registry, "a") == "Uno" && family(registry, "b") == "Uno")
            let path = NSTemporaryDirectory() + "pins-\(UUID().uuidString).ndjson"
            defer { try? FileManager.default.removeItem(atPath: path) }
            var session = try RegistrySession(databaseURL: registry.url)
            _ = try PatientExport(
                PatientExportRequest(subject: .persons, format: .ndjson, path: path)
            ).run(&session) { _, _ in }
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.contains(#""family":"Uno""#) && text.contains(#""basis":"pinned""#))
        }
    }
}
