import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Testing

/// A release becomes live and is taken back in one event, and never in the way of another.
///
/// Method: two imports at once, one after the other and into each other's references; with and without
/// a living writer; `verify` finds nothing, and every damage that is planted.
@Suite(.timeLimit(.minutes(10))) struct ReleaseTests {
    private let facilities = CatalogKey(.facility, "cl-deis")

    private func refusal(_ body: () throws -> Void) -> RegistryError? {
        #expect(throws: RegistryError.self) { try body() }
    }

    @Test func ofTwoImportsAtOnceTheSecondIsRefused() throws {
        try TestRegistry.withDatabase { url in
            var stagedMeanwhile: ImportReport?
            let rows = [TestCatalog.row(2, "100001")]
            let job = ReleaseJob(databaseURL: url)
            try ImportJob(databaseURL: url, request: TestCatalog.request(facilities)).run(
                entries: { body in for row in rows { try body(row) } },
                afterwards: { first in
                    // The first is staged and its command lives, so the second leaves it alone.
                    let second = try TestCatalog.take(
                        [TestCatalog.row(2, "100002")], TestCatalog.request(facilities), into: url)
                    #expect(second.report.abandoned == [])
                    #expect(second.operation != nil)
                    stagedMeanwhile = first
                    let release = try #require(first.release)
                    let error = refusal {
                        _ = try job.activate(release, actor: "test", reason: "")
                    }
                    #expect(error?.code == .conflict)
                })
            #expect(stagedMeanwhile != nil)
            #expect(try TestCatalog.says(facilities, in: url).keys.sorted() == ["100002"])
            // Its command is gone now, and so is what it staged.
            let third = try TestCatalog.take(
                rows, TestCatalog.request(facilities, scope: .partial), into: url)
            #expect(third.report.abandoned == [stagedMeanwhile?.release].compactMap { $0 })
            #expect(
                try TestCatalog.states(facilities, in: url) == [.live, .live, .abandoned])
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func aRevertWaitsForWhatStandsOnTheRelease() throws {
        try TestRegistry.withDatabase { url in
            let job = ReleaseJob(databaseURL: url)
            let first = try TestCatalog.take(
                [TestCatalog.row(2, "100001"), TestCatalog.row(3, "100002")],
                TestCatalog.request(facilities), into: url)
            let second = try TestCatalog.take(
                [TestCatalog.row(2, "100003")], TestCatalog.request(facilities, scope: .partial),
                into: url)
            let provider = try TestCatalog.take(
                [
                    TestCatalog.row(
                        2, "17",
                        [
                            JSONMember(
                                "affiliation",
                                .array([
                                    .object([TestCatalog.text("facility", "cl-deis:100003")])
                                ]))
                        ])
                ].map(Self.withoutName), TestCatalog.request(CatalogKey(.provider, "rnpi")),
                into: url)
            let (one, two, three) = (
                try #require(first.report.release), try #require(second.report.release),
                try #require(provider.report.release)
            )
            let order = refusal { _ = try job.revert(one, actor: "test", reason: "") }
            #expect(order?.message.hasSuffix("take back first: \(two)") == true)
            let preview = try job.preview(revertOf: two)
            #expect(preview.dependents.map(\.vanishing) == ["100003"])
            #expect(preview.dependents.map(\.field) == ["affiliation.facility"])
            let dependent = refusal { _ = try job.revert(two, actor: "test", reason: "") }
            #expect(dependent?.message.contains("--preview lists them") == true)
            for release in [three, two, one] {
                _ = try job.revert(release, actor: "test", reason: "")
            }
            #expect(try TestCatalog.says(facilities, in: url).isEmpty)
            #expect(try TestRegistry.findings(in: url) == [])
            let twice = refusal { _ = try job.revert(one, actor: "test", reason: "") }
            #expect(twice?.code == .conflict)
        }
    }

    /// Providers have no name: who they are stands elsewhere.
    private static func withoutName(
        _ row: Result<StatedEntry, RefusedRow>
    ) -> Result<StatedEntry, RefusedRow> {
        row.map { entry in
            var entry = entry
            entry.members.removeAll { $0.key == "name" }
            return entry
        }
    }

    @Test func aLivingWriterActivatesAndAnUndoTakesBack() throws {
        try TestRegistry.withNode { node, url in
            let outcome = try TestCatalog.take(
                [TestCatalog.row(2, "100001")], TestCatalog.request(facilities), into: url)
            let operation = try #require(outcome.operation)
            #expect(node.status().role == .writer)
            #expect(node.status().position.sequence == 1)
            let undone = try DecisionJob(
                databaseURL: url, node: TestRegistry.options("undo")
            ).run(DecisionRequest(.undo(operation: operation), actor: "test", reason: "wrong file"))
            #expect(undone.release == outcome.report.release)
            #expect(try TestCatalog.states(facilities, in: url) == [.reverted])
            // The writer goes on as before.
            _ = try TestRegistry.submit(
                node, "clinic", "1", TestRegistry.person([.given: "Ana", .family: "Soto"]))
            #expect(node.status().position.sequence == 3)
            var session = try RegistrySession(databaseURL: url)
            #expect(try session.releases(changedAfter: 1).map(\.number) == [undone.release])
            #expect(try session.releases(changedAfter: 2) == [])
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    private static let damages: [(String, SQL)] = [
        ("releases", "UPDATE padron.operation SET kind = 'load'"),
        ("releases", "UPDATE padron.operation SET undone_by = operation"),
        ("releases", "UPDATE padron.event SET kind = 7"),
        ("releases", "UPDATE padron.catalog_release SET new_codes = 7 WHERE release = 1"),
        ("releases", "UPDATE padron.catalog_release SET parent = NULL"),
        ("releases", "UPDATE padron.catalog_release SET state = 'reverted' WHERE release = 2"),
        ("releases", "DELETE FROM padron.catalog_entry WHERE code = '100001'"),
        ("entries", "UPDATE padron.catalog_entry SET release = 9 WHERE code = '100001'"),
        ("entries", "UPDATE padron.catalog_entry SET entries = 2 WHERE code = '100001'"),
        (
            "entry contents",
            "UPDATE padron.catalog_entry SET content = content || ' ' WHERE code = '100001'"
        ),
        (
            "entry contents",
            "UPDATE padron.catalog_entry SET position = padron.cube(ARRAY[1.0, 0, 0])"
        ),
    ]

    @Test(arguments: damages.indices) func damageIsFound(index: Int) throws {
        let (check, statement) = Self.damages[index]
        try TestRegistry.withDatabase { url in
            for code in ["100001", "100002"] {
                try TestCatalog.take(
                    [TestCatalog.row(2, code)], TestCatalog.request(facilities, scope: .partial),
                    into: url)
            }
            #expect(try TestRegistry.findings(in: url) == [])
            var session = try RegistrySession(databaseURL: url)
            try session.connection.execute(statement)
            let findings = try session.verify().findings
            #expect(findings.contains { $0.check == check }, "\(findings)")
        }
    }

    @Test func aBackupHasCatalogsAndWhatTheirTablesNeed() throws {
        let path = NSTemporaryDirectory() + "catalogs-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try TestRegistry.withDatabase { url in
            try TestCatalog.take(
                [
                    TestCatalog.row(
                        2, "100001",
                        [TestCatalog.text("latitude", "1"), TestCatalog.text("longitude", "2")]),
                    TestCatalog.row(3, "100002", from: "2024-01-01"),
                ], TestCatalog.request(facilities), into: url)
            let archive = DatabaseArchive(path: path)
            _ = try RegistryBackup.write(
                DatabaseAddress(url), to: archive, jobs: 1, progress: { _ in })
            let before = try TestCatalog.says(facilities, in: url)
            try ThrowAwayCluster.withDatabase { address in
                _ = try RegistryBackup.restore(archive, into: address, jobs: 1, whileWaiting: {})
                let restored = address.connectionString
                #expect(try TestCatalog.says(facilities, in: restored) == before)
                #expect(try TestRegistry.findings(in: restored) == [])
                let outcome = try TestCatalog.take(
                    [TestCatalog.row(2, "100001")], TestCatalog.request(facilities),
                    into: restored)
                #expect(outcome.report.counts.closed == 1)
            }
        }
    }
}
