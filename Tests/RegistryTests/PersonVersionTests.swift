import Foundation
import Identity
import Registry
import RegistryModel
import RegistryStore
import Testing

/// The version of a person is one number, whoever tells it, so that `if_version` refuses rightly.
///
/// Method: after literal decisions and updates the writer, a node that followed, one that is opened
/// afterwards and the archive must tell the same versions; a decision that expects the version of
/// before a departure is refused by a node opened since.
@Suite struct PersonVersionTests {
    @Test func everybodyTellsTheSame() throws {
        try TestRegistry.withDatabase { url in
            try DecisionRegistry.addSource(url)
            let writer = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            let registry = try DecisionRegistry(writer, url, count: 5)
            let reader = try RegistryNode.open(
                databaseURL: url, options: TestRegistry.options("reader", role: .reader))
            defer { reader.close() }
            let (a, b, _) = registry.three
            try registry.decide(.merge(retired: a, survivor: b))
            let before = try version(of: b, writer)
            let move = try registry.decide(.split(b, [registry.record("a")], mayRejoin: false))
            #expect(try version(of: b, writer) == move.position?.sequence)
            var changed = DecisionRegistry.person(0)
            changed[.phone] = "+56 9 1234 5678"
            _ = try TestRegistry.submit(writer, "clinic", "a", changed)
            let (d, e) = (registry.persons[3], registry.persons[4])
            try registry.decide(.merge(retired: d, survivor: e))
            try registry.decide(.retire(registry.record("d"), into: nil))
            let last = try registry.decide(.renumber(registry.record("e"), to: "e2"))
            try registry.wait(for: reader, last)
            let told = try versions(registry.persons, writer)
            #expect(try versions(registry.persons, reader) == told)
            writer.close()
            let again = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            defer { again.close() }
            #expect(try versions(registry.persons, again) == told)
            let refusal = #expect(throws: RegistryError.self) {
                try registry.over(again).decide(
                    .merge(retired: b, survivor: registry.persons[2]), expecting: [b: before])
            }
            #expect(refusal?.code == .conflict)
            var session = try RegistrySession(databaseURL: url)
            let policy = try session.survivorship()
            for (person, version) in told where try again.isCurrent(person) {
                let snapshot = try ArchiveReader.snapshot(
                    of: .person(person), at: .now, policy: policy, &session)
                #expect(snapshot.version == version)
            }
        }
    }

    private func version(of person: EnterpriseIdentifier, _ node: RegistryNode) throws -> Int64 {
        try node.patient(.enterpriseIdentifier(person)).version
    }

    private func versions(
        _ persons: [EnterpriseIdentifier], _ node: RegistryNode
    ) throws -> [EnterpriseIdentifier: Int64] {
        Dictionary(
            uniqueKeysWithValues: try persons.map { ($0, try version(of: $0, node)) })
    }
}

extension RegistryNode {
    /// Whether an identifier answers by itself, not by a survivor.
    fileprivate func isCurrent(_ person: EnterpriseIdentifier) throws -> Bool {
        try patient(.enterpriseIdentifier(person)).replaces == nil
    }
}
