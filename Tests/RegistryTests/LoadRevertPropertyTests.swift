import SeededTesting
import Foundation
import Identity
import Registry
import RegistryModel
import Testing

/// Whatever is loaded, said, decided and taken back, the registry stays whole.
///
/// Method: random histories of small loads over one population, so that records repeat, change, meet and
/// part; between them single submissions, withdrawals and stewards' decisions. Now and then a load is taken
/// back at once, after which all other records must be as they were before it; others are taken back at the
/// end, in random order. After each step `verify` finds nothing. A failure names its seed.
@Suite(.serialized) struct LoadRevertPropertyTests {
    @Test(arguments: LoadRevertHistory.seeds) func theRegistryStaysWhole(seed: UInt64) throws {
        try TestRegistry.withNode { node, url in
            var history = LoadRevertHistory(node, url, seed: seed)
            for step in 0..<LoadRevertHistory.stepsMax {
                try history.step()
                #expect(try TestRegistry.findings(in: url) == [], "seed \(seed), step \(step)")
            }
            try history.takeAllBack()
            #expect(try TestRegistry.findings(in: url) == [], "seed \(seed)")
            let reopened = try RegistryNode.open(
                databaseURL: url, options: TestRegistry.options("reader", role: .reader))
            defer { reopened.close() }
            #expect(reopened.status().persons == node.status().persons, "seed \(seed)")
            #expect(reopened.status().reviewTasks == node.status().reviewTasks, "seed \(seed)")
            print("LoadRevertPropertyTests: seed \(seed), \(history.summary)")
        }
    }
}

/// A random history of one registry of a small population.
struct LoadRevertHistory {
    static let seeds = PropertySeeds.seeds(3)
    static let stepsMax = 40
    private static let personsMax = 24

    private let node: RegistryNode
    private let url: String
    private let registry: DecisionRegistry?
    private var random: SeededGenerator
    private var loads: [Int64] = []
    private var operations: [Int64] = []
    private var restored: Int64 = 0
    private var returned: Int64 = 0
    private var stayed: Int64 = 0

    init(_ node: RegistryNode, _ url: String, seed: UInt64) {
        self.node = node
        self.url = url
        registry = try? DecisionRegistry(node, url, count: 2)
        random = SeededGenerator(seed: seed)
    }

    var summary: String {
        "\(loads.count) loads kept, \(operations.count) operations, \(restored) restored, "
            + "\(returned) returned, \(stayed) stayed"
    }

    mutating func step() throws {
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1: try loadAndTakeBack()
        case 2, 3: loads.append(try RevertedLoads.load(lines(), into: url).load)
        case 4: try submit()
        case 5: if Bool.random(using: &random) { try takeBackOne() }
        default: decide()
        }
    }

    /// A load that is taken back at once changes nothing but its own new records.
    private mutating func loadAndTakeBack() throws {
        let last = try RevertedLoads.lastRecord(of: url)
        let before = try RevertedLoads.state(of: url, upTo: last)
        let load = try RevertedLoads.load(lines(), into: url)
        let counts = try RevertedLoads.revert(load.load, in: url).counts
        count(counts)
        #expect(counts.stayed == 0)
        #expect(try RevertedLoads.state(of: url, upTo: last) == before)
    }

    private mutating func takeBackOne() throws {
        guard let load = loads.randomElement(using: &random) else { return }
        loads.removeAll { $0 == load }
        count(try RevertedLoads.revert(load, in: url).counts)
    }

    mutating func takeAllBack() throws {
        while !loads.isEmpty { try takeBackOne() }
    }

    private mutating func count(_ counts: LoadRevertCounts) {
        restored += counts.restored
        returned += counts.returned
        stayed += counts.stayed
    }

    private mutating func submit() throws {
        let person = Int.random(in: 0..<Self.personsMax, using: &random)
        _ = try TestRegistry.submit(
            node, "clinic", "p\(person)",
            TestRegistry.person([
                .given: given(person), .family: family(person), .birthDate: birthDate(person),
            ]))
    }

    private mutating func decide() {
        let names = (0..<3).map { _ in
            LocalIdentifier(
                authority: Bool.random(using: &random) ? "clinic" : "hospital",
                value: "p\(Int.random(in: 0..<Self.personsMax, using: &random))")
        }
        let decision: Decision =
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1: .retire(names[0], into: Bool.random(using: &random) ? names[1] : nil)
            case 2: .unlink(names[0], mayRejoin: Bool.random(using: &random))
            case 3: .confirm(.record(names[0]), .record(names[1]))
            case 4: .distinct(.record(names[0]), .record(names[1]))
            default: .undo(operation: operations.randomElement(using: &random) ?? 1)
            }
        // What the registry refuses changes nothing, as the checks after the step tell.
        guard let outcome = try? registry?.decide(decision), let operation = outcome.operation
        else { return }
        operations.append(operation)
    }

    private mutating func lines() -> [String] {
        let people = (0..<Self.personsMax).shuffled(using: &random)
            .prefix(Int.random(in: 1...12, using: &random))
        return people.map { person in
            let source = Bool.random(using: &random) ? "clinic" : "hospital"
            let number = Bool.random(using: &random) ? String(10_000_000 + person) : ""
            return "\(source),p\(person),\(given(person)),\(family(person)),Quispe,"
                + "\(birthDate(person)),F,\(number.isEmpty ? "" : Self.withCheckDigit(number))"
        }
    }

    /// Now and then without its second word, or somebody else's.
    private mutating func given(_ person: Int) -> String {
        let names = ["Aylén Rosa", "Clementina Flor", "Eulalia Inés", "Griselda Luz"]
        let name = names[(person + Int.random(in: 0..<8, using: &random) / 7) % 4]
        return Bool.random(using: &random) ? name : String(name.prefix { $0 != " " })
    }

    private mutating func family(_ person: Int) -> String {
        ["Huenchullán", "Zapata", "Ñancupil"][person % 3]
    }

    private mutating func birthDate(_ person: Int) -> String {
        let day = 10 + (Int.random(in: 0..<6, using: &random) == 0 ? 1 : 0)
        return "19\(50 + person)-0\(1 + person % 9)-\(day)"
    }

    /// A Chilean number with its check digit, by modulus 11.
    private static func withCheckDigit(_ number: String) -> String {
        var sum = 0
        for (place, digit) in number.reversed().enumerated() {
            sum += (digit.wholeNumberValue ?? 0) * (2 + place % 6)
        }
        let rest = 11 - sum % 11
        return number + "-" + (rest == 11 ? "0" : rest == 10 ? "K" : String(rest))
    }
}
