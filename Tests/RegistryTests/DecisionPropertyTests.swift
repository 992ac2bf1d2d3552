import SeededTesting
import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import Testing

/// Whatever stewards and sources do, in whatever order, the registry stays whole.
///
/// Method: random sequences of registrations, decisions, undos, lost connections and restarts on a real
/// database. After each step the links are those of a list kept beside it, which follows the moves that
/// outcomes tell; a refused step changes nothing; an operation taken back at once leaves links,
/// constraints, pins and golden records as they were. At the end the links that the log gives when replayed are the links, every
/// identifier ever given out answers, and `verify` finds nothing. A failure names its seed.
@Suite struct DecisionPropertyTests {
    @Test(arguments: DecisionSequence.seeds) func theRegistryStaysWhole(seed: UInt64) throws {
        try TestRegistry.withDatabase { url in
            try DecisionRegistry.addSource(url)
            let sequence = try DecisionSequence(url, seed: seed)
            defer { sequence.registry.node.close() }
            for step in 0..<DecisionSequence.stepsMax {
                try sequence.step()
                #expect(
                    sequence.registry.links() == sequence.expected, "seed \(seed), step \(step)")
                if step % 100 == 99 {
                    #expect(
                        try TestRegistry.findings(in: url) == [], "seed \(seed), step \(step)")
                }
            }
            #expect(try sequence.replayedLinks() == sequence.registry.links(), "seed \(seed)")
            for euid in sequence.issued {
                #expect(sequence.answers(euid), "seed \(seed)")
            }
            // Most steps are refused, or register and update; the rest decide.
            #expect(sequence.decided > DecisionSequence.stepsMax / 6)
            #expect(sequence.refused > 0)
            print("DecisionPropertyTests: seed \(seed), \(sequence.summary)")
        }
    }
}

/// A random history of one small registry.
final class DecisionSequence: DecidingHistory {
    static let seeds = PropertySeeds.seeds(2)
    /// The operations of a seed: 200, or `PADRON_TEST_STEPS`.
    static let stepsMax =
        ProcessInfo.processInfo.environment["PADRON_TEST_STEPS"].flatMap(Int.init) ?? 200
    private static let recordsMax = 40

    private(set) var registry: DecisionRegistry
    /// The person of each record, as the outcomes told.
    private(set) var expected: [EnterpriseIdentifier?] = []
    private(set) var issued: Set<EnterpriseIdentifier> = []
    private(set) var decided = 0
    private(set) var refused = 0
    private var undone = 0
    private var restarts = 0
    private var operations: [Int64] = []
    private var updates = 0
    /// The first local identifier of each record; it goes on answering when the record has another.
    private var names: [String] = []
    var random: SeededGenerator

    init(_ url: String, seed: UInt64) throws {
        random = SeededGenerator(seed: seed)
        let node = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
        registry = try DecisionRegistry(node, url, count: 8)
        expected = registry.persons
        issued = Set(registry.persons)
        names = registry.persons.indices.map(DecisionRegistry.localID)
    }

    var summary: String {
        "\(decided) decisions, \(refused) refused, \(undone) taken back at once, \(updates) updates, "
            + "\(restarts) restarts"
    }

    func step() throws {
        switch Int.random(in: 0..<20, using: &random) {
        case 0: try restart()
        case 1, 2: try register()
        case 3, 4: loseConnectionsSoon()
        case 5, 6: try update()
        default: try decide()
        }
    }

    /// Closes the node and opens it again, after which every person answers as it did.
    private func restart() throws {
        let answers = try answers()
        registry.node.close()
        restarts += 1
        registry = registry.over(
            try RegistryNode.open(databaseURL: registry.url, options: TestRegistry.options()))
        #expect(try self.answers() == answers)
    }

    private func answers() throws -> [EnterpriseIdentifier: PatientAnswer] {
        var answers: [EnterpriseIdentifier: PatientAnswer] = [:]
        for person in Set(expected.compactMap { $0 }) {
            answers[person] = try registry.node.patient(.enterpriseIdentifier(person))
        }
        return answers
    }

    /// What persons are answered with, but for their versions, which only rise.
    private func golden() throws -> [EnterpriseIdentifier: PatientAnswer] {
        try answers().mapValues { answer in
            var answer = answer
            answer.version = 0
            return answer
        }
    }

    /// A source says something new of a record, or now and then of somebody else by mistake.
    private func update() throws {
        let place = Int.random(in: expected.indices, using: &random)
        let isMistaken = Int.random(in: 0..<4, using: &random) == 0
        var person = DecisionRegistry.person(
            isMistaken ? Int.random(in: 0..<Self.recordsMax, using: &random) : place)
        person[.phone] = "+56 9 \(Int.random(in: 1_000_000..<9_999_999, using: &random))"
        let name = names[place]
        let receipt: SubmissionReceipt
        do {
            receipt = try again {
                try TestRegistry.submit(registry.node, "clinic", name, person)
            }
        } catch let error as RegistryError where error.code == .conflict {
            // The record has another local identifier by now.
            return
        }
        updates += 1
        expected[place] = receipt.enterpriseIdentifier
        issued.insert(receipt.enterpriseIdentifier)
    }

    /// Does something until the database has been there for it: what was refused for that changed
    /// nothing.
    private func again<Value>(_ body: () throws -> Value) throws -> Value {
        for _ in 0..<20 {
            do {
                return try body()
            } catch let error as RegistryError where error.code == .unavailable { continue }
        }
        return try body()
    }

    private func register() throws {
        guard expected.count < Self.recordsMax else { return }
        let name = DecisionRegistry.localID(expected.count)
        let person = DecisionRegistry.person(expected.count)
        let receipt = try again {
            try TestRegistry.submit(registry.node, "clinic", name, person)
        }
        names.append(name)
        expected.append(receipt.enterpriseIdentifier)
        issued.insert(receipt.enterpriseIdentifier)
        registry = registry.adding(receipt.enterpriseIdentifier)
    }

    /// Ends the writer's sessions in a moment, between any two statements of what it does then.
    private func loseConnectionsSoon() {
        let (url, delay) = (registry.url, Double.random(in: 0..<0.012, using: &random))
        Thread.detachNewThread {
            guard var connection = try? PostgresConnection(DatabaseAddress(url)) else { return }
            Thread.sleep(forTimeInterval: delay)
            _ = try? connection.query(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE application_name LIKE 'padron writer %' AND datname = current_database()
                """)
        }
    }

    private func decide() throws {
        let decision =
            Int.random(in: 0..<9, using: &random) == 0
            ? Decision.undo(operation: anyOperation()) : anyDecision()
        let constraints = try standingConstraints()
        let golden = try golden()
        let outcome: DecisionOutcome
        do {
            outcome = try registry.decide(decision)
        } catch let error as RegistryError {
            refused += 1
            #expect(error.code != .internal && !error.message.contains("\n"))
            #expect(try standingConstraints() == constraints && self.golden() == golden)
            return
        }
        decided += 1
        try take(outcome)
        guard Int.random(in: 0..<4, using: &random) == 0, decision.kind != .undo else { return }
        try undoAtOnce(outcome, constraints, golden)
    }

    /// Takes an operation back at once, after which links, constraints, pins and golden records are
    /// those before it.
    private func undoAtOnce(
        _ outcome: DecisionOutcome, _ constraints: [String],
        _ golden: [EnterpriseIdentifier: PatientAnswer]
    ) throws {
        let after = expected
        var before = expected
        for move in outcome.moves { before[try place(move)] = move.from }
        try take(try again { try registry.undo(outcome) })
        undone += 1
        #expect(expected == before && (before != after || outcome.moves.isEmpty))
        #expect(try standingConstraints() == constraints)
        #expect(try self.golden() == golden)
    }

    private func take(_ outcome: DecisionOutcome) throws {
        for move in outcome.moves {
            let place = try place(move)
            #expect(expected[place] == move.from)
            expected[place] = move.to
            issued.insert(move.to)
        }
        operations.append(try #require(outcome.operation))
    }

    private func place(_ move: DecisionOutcome.Move) throws -> Int {
        try #require(
            expected.indices.first { place in
                // A renumbered record is told by its new name, which begins with the old one.
                move.record.value.split(separator: "-").first ?? "" == names[place]
            })
    }

    var stepName: Int { operations.count }

    func anyOperation() -> Int64 { operations.randomElement(using: &random) ?? 1 }

    func anyRecord() -> LocalIdentifier {
        registry.record(DecisionRegistry.localID(Int.random(in: expected.indices, using: &random)))
    }

    /// A person, now and then one that is retired.
    func anyPerson() -> EnterpriseIdentifier {
        let known =
            Int.random(in: 0..<20, using: &random) == 0
            ? issued.sorted() : expected.compactMap { $0 }
        return known.randomElement(using: &random) ?? registry.persons[0]
    }

    func someRecords(of person: EnterpriseIdentifier) -> [LocalIdentifier] {
        let places = expected.indices.filter { expected[$0] == person }.shuffled(using: &random)
        let count = Int.random(in: 1...max(1, places.count - 1), using: &random)
        return places.prefix(count).map { registry.record(DecisionRegistry.localID($0)) }
    }
}

extension DecisionSequence {
    /// The constraints and pins that stand, as text.
    private func standingConstraints() throws -> [String] {
        var connection = try PostgresConnection(DatabaseAddress(registry.url))
        return try connection.query(
            """
            SELECT left_record || ' ' || right_record || ' ' || must_link
            FROM padron.record_constraint WHERE retracted_by IS NULL
            UNION ALL SELECT record || ' ' || field || ' ' || value || ' ' || operation
            FROM padron.pinned_value WHERE ended_sequence IS NULL ORDER BY 1
            """
        ).map { try $0.text(0) }
    }

    /// The links that come out where each record begins with the person it was registered under and
    /// follows the moves of the log in their order.
    func replayedLinks() throws -> [EnterpriseIdentifier?] {
        var connection = try PostgresConnection(DatabaseAddress(registry.url))
        var links: [Int64: EnterpriseIdentifier] = [:]
        let events = try connection.query(
            "SELECT record, euid FROM padron.event WHERE records = 1 ORDER BY sequence")
        for event in events {
            links[try event.int64(0)] = EnterpriseIdentifier(bits: UInt64(try event.int64(1)))
        }
        let moves = try connection.query(
            "SELECT record, from_euid, to_euid FROM padron.link_change ORDER BY sequence")
        for move in moves {
            let record = try move.int64(0)
            #expect(links[record]?.bits == UInt64(try move.int64(1)))
            links[record] = EnterpriseIdentifier(bits: UInt64(try move.int64(2)))
        }
        return links.keys.sorted().map { links[$0] }
    }

    /// Whether an identifier that was given out answers, itself, by its survivor, or as one that was split.
    func answers(_ euid: EnterpriseIdentifier) -> Bool {
        do {
            _ = try registry.node.patient(.enterpriseIdentifier(euid))
            return true
        } catch { return error.code == .ambiguous }
    }
}
