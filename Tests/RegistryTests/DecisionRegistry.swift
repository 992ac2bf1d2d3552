import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Testing

/// A registry of a few persons of one record each, for decisions.
struct DecisionRegistry {
    let node: RegistryNode
    let url: String
    /// The persons in the order of their records `a`, `b`, ….
    let persons: [EnterpriseIdentifier]

    /// Registers persons who have nothing in common.
    init(_ node: RegistryNode, _ url: String, count: Int) throws {
        self.node = node
        self.url = url
        persons = try (0..<count).map { place in
            try TestRegistry.submit(
                node, "clinic", Self.localID(place), Self.person(place)
            ).enterpriseIdentifier
        }
    }

    init(_ node: RegistryNode, _ url: String, _ persons: [EnterpriseIdentifier]) {
        self.node = node
        self.url = url
        self.persons = persons
    }

    /// The first two persons.
    var two: (EnterpriseIdentifier, EnterpriseIdentifier) { (persons[0], persons[1]) }

    /// The first three persons.
    var three: (EnterpriseIdentifier, EnterpriseIdentifier, EnterpriseIdentifier) {
        (persons[0], persons[1], persons[2])
    }

    /// The same registry as another node has it.
    func over(_ node: RegistryNode) -> DecisionRegistry { DecisionRegistry(node, url, persons) }

    /// The same registry with one more person.
    func adding(_ person: EnterpriseIdentifier) -> DecisionRegistry {
        DecisionRegistry(node, url, persons + [person])
    }

    /// Adds the source of the records.
    static func addSource(_ url: String) throws {
        var session = try RegistrySession(DatabaseAddress(url))
        _ = try session.add(Source(code: "clinic"))
    }

    /// The local identifier of the record at a place.
    static func localID(_ place: Int) -> String {
        place < 26 ? String(UnicodeScalar(UInt8(97 + place))) : "r\(place)"
    }

    /// A person who shares nothing with those of other places.
    static func person(_ place: Int) -> PersonRecord {
        let names = ["Aylén", "Bruno", "Clementina", "Dagoberto", "Eulalia", "Fermín", "Griselda"]
        let families = [
            "Quispe", "Huenchullán", "Zapata", "Ñancupil", "Urrutia", "Mamani", "Lobos",
        ]
        return TestRegistry.person([
            .given: names[place % 7] + " " + names[place / 7 % 7],
            .family: families[place * 3 % 7] + String(place),
            .birthDate: "19\(10 + place * 37 % 90)-0\(1 + place % 9)-1\(place % 10)",
        ])
    }

    /// The record of a local identifier.
    func record(_ localID: String) -> LocalIdentifier {
        LocalIdentifier(authority: "clinic", value: localID)
    }

    /// Takes a decision and waits until it is durable.
    @discardableResult
    func decide(
        _ decision: Decision, expecting versions: [EnterpriseIdentifier: Int64] = [:],
        isPreview: Bool = false
    ) throws -> DecisionOutcome {
        let answer = Promised<DecisionOutcome>()
        node.decide(
            DecisionRequest(
                decision, actor: "steward", reason: "test", expectedVersions: versions,
                isPreview: isPreview)
        ) { answer.set($0) }
        return try answer.wait().get()
    }

    /// What a decision would do.
    func preview(_ decision: Decision) throws -> DecisionOutcome {
        try decide(decision, isPreview: true)
    }

    /// Takes an operation back.
    @discardableResult
    func undo(_ outcome: DecisionOutcome) throws -> DecisionOutcome {
        try decide(.undo(operation: try #require(outcome.operation)))
    }

    /// The person of a record.
    func person(of localID: String) -> EnterpriseIdentifier? {
        try? node.patient(.identifier(record(localID))).enterpriseIdentifier
    }

    /// The person of each record.
    func links() -> [EnterpriseIdentifier?] {
        persons.indices.map { person(of: Self.localID($0)) }
    }

    /// Waits until a node has read as far as an outcome.
    func wait(for reader: RegistryNode, _ outcome: DecisionOutcome) throws {
        let position = try #require(outcome.position)
        let deadline = Date(timeIntervalSinceNow: 60)
        while reader.status().position < position {
            try #require(Date() < deadline, "the reader does not follow")
            Thread.sleep(forTimeInterval: 0.02)
        }
    }
}
