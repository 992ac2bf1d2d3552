import Foundation
import Identity
import Registry
import RegistryModel
import RegistryStore
import Testing

// What sources and stewards do.
extension RandomHistory {
    /// A source states a record: a new one, the same again, something new of it, or of somebody
    /// else.
    func submit() throws {
        let source = HistoryPopulation.sources.randomElement(using: &random) ?? ""
        let number = Int.random(in: 0..<HistoryPopulation.personsMax, using: &random)
        var name = LocalIdentifier(authority: source, value: "p\(number)")
        if Int.random(in: 0..<4, using: &random) == 0 { name = anyRecord() }
        let isMistaken = Int.random(in: 0..<6, using: &random) == 0
        let person = HistoryPopulation.person(
            isMistaken ? Int.random(in: 0..<HistoryPopulation.personsMax, using: &random) : number,
            &random)
        let recordedAt: Int64? =
            Int.random(in: 0..<8, using: &random) == 0 ? 1_000_000 * Int64(step) : nil
        let submission = PatientSubmission(
            source: name.authority, localID: name.value, recordedAt: recordedAt, person: person)
        let outcome = try carryOut("put") { way in
            let answer = Promised<SubmissionReceipt>()
            way.node.submit(submission, actor: "feed") { answer.set($0) }
            return try answer.wait().get()
        }
        switch outcome {
        case .done(let receipt):
            let record = records.record(name)
            let before = records
            try readRecords(allowingNew: record == nil ? 1 : 0)
            let stated = try #require(records.record(name), "\(place)")
            #expect(records.rows[stated]?.person == receipt.enterpriseIdentifier, "\(place)")
            expectUnchanged(before, but: [stated])
            #expect(try session.hasPassed(receipt.position), "\(place)")
        case .refused: try expectNothingChanged()
        case .unknown: try readRecords(allowingNew: 1)
        }
    }

    /// A steward decides, over the wire or by a command; now and then takes it back at once.
    func decide(_ decision: Decision) throws {
        let takesBack = Int.random(in: 0..<4, using: &random) == 0
        let before = takesBack ? try state() : []
        guard let outcome = try carryOut(decision, actor: "steward") else { return }
        if case .undo = decision { return }
        guard takesBack, let operation = outcome.operation else { return }
        try takeBackAtOnce(operation, before)
    }

    /// Carries a decision out and compares what it says with what has changed; nil where it was
    /// not, or nobody knows.
    @discardableResult
    func carryOut(_ decision: Decision, actor: String) throws -> DecisionOutcome? {
        let request = DecisionRequest(decision, actor: actor, reason: "test")
        let isCommand = Int.random(in: 0..<5, using: &random) == 0
        let outcome = try carryOut(decision.kind.rawValue, isCommand: isCommand) { way in
            if isCommand {
                return try DecisionJob(
                    databaseURL: way.url, node: TestRegistry.options("decision")
                ).run(request)
            }
            let answer = Promised<DecisionOutcome>()
            way.node.decide(request) { answer.set($0) }
            return try answer.wait().get()
        }
        switch outcome {
        case .done(let outcome):
            let expected = try #require(records.after(outcome), "\(place)")
            try readRecords(allowingNew: 0)
            #expect(
                records.rows.mapValues(\.person) == expected.rows.mapValues(\.person), "\(place)")
            #expect(
                records.rows.mapValues { $0.state == .active }
                    == expected.rows.mapValues { $0.state == .active }, "\(place)")
            return outcome
        case .refused: try expectNothingChanged()
        case .unknown: try readRecords(allowingNew: 0)
        }
        return nil
    }

    /// Takes an operation back that was just done, after which everything is as before it.
    func takeBackAtOnce(_ operation: Int64, _ before: [String]) throws {
        guard try undo(operation) else { return }
        doing += " taken back"
        expectNoTrace(of: operation, try state(), before)
    }

    /// Takes any operation back, as `padron undo` and `padron load revert` do; whether that is
    /// done.
    @discardableResult
    func undo(_ operation: Int64) throws -> Bool {
        let known = try session.operation(operation)
        switch known?.kind {
        case .load?: return try revertLoad(of: operation)
        case .rematch?: return try undoRematch(operation)
        default:
            try carryOut(.undo(operation: operation), actor: "steward")
            // Where the answer was lost it may be done all the same.
            return try known?.undoneBy == nil && session.operation(operation)?.undoneBy != nil
        }
    }

    /// One person asks that a record be erased, or all of a person; another one grants it.
    func erase() throws {
        doing = "request to erase"
        let subject: DecisionSubject =
            Int.random(in: 0..<4, using: &random) == 0 ? .person(anyPerson()) : .record(anyRecord())
        let erasure: Erasure
        do {
            erasure = try ErasureRequest.make(
                of: subject, basis: "order \(step)", actor: "os:adam", &session)
        } catch let error as RegistryError {
            #expect(error.code != .internal, "\(place)")
            return
        }
        try carryOut(.erase(request: erasure.number), actor: "os:eva")
    }

    /// A steward lets a source send an erased record's name again.
    func allowAgain() throws {
        doing = "allow"
        let number = Int.random(in: 0..<HistoryPopulation.personsMax, using: &random)
        for (place, _) in HistoryPopulation.sources.enumerated() {
            try? session.allowErasedName(
                source: Int32(place + 1), localID: "p\(number)", actor: "os:eva", reason: "test")
        }
    }
}

// Whom and what a step is about.
extension RandomHistory: DecidingHistory {
    var stepName: Int { step }

    /// An operation, the latest ones oftener.
    func anyOperation() -> Int64 {
        let last = (try? session.counters().lastOperation) ?? 1
        let first = Bool.random(using: &random) ? max(1, last - 12) : 1
        return Int64.random(in: first...max(first, last), using: &random)
    }

    /// The present name of a record; one that does not exist in an empty registry.
    func anyRecord() -> LocalIdentifier {
        let known = records.rows.filter { $0.value.state != .erased }.keys.sorted()
        return known.randomElement(using: &random).flatMap { records.rows[$0]?.name }
            ?? LocalIdentifier(authority: "clinic", value: "p0")
    }

    /// A person, now and then one that is retired.
    func anyPerson() -> EnterpriseIdentifier {
        let isAny = Int.random(in: 0..<20, using: &random) == 0
        let living = Set(records.rows.values.map(\.person))
        let known = isAny ? issued : issued.filter(living.contains)
        return known.randomElement(using: &random) ?? EnterpriseIdentifier(bits: 7)
    }

    func someRecords(of person: EnterpriseIdentifier) -> [LocalIdentifier] {
        let names = records.rows.filter { $0.value.person == person }.sorted { $0.key < $1.key }
            .map(\.value.name).shuffled(using: &random)
        let count = Int.random(in: 1...max(1, names.count - 1), using: &random)
        return Array(names.prefix(count))
    }
}
