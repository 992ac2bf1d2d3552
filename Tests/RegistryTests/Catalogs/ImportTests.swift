import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Testing

/// A file becomes a release: what is sound is imported, what is not is refused by line with the reason.
///
/// Method: rows without a file, each test a catalog of its own in a new database; what is said after is
/// read as a node reads it, and `verify` finds nothing.
@Suite(.timeLimit(.minutes(10))) struct ImportTests {
    private let facilities = CatalogKey(.facility, "cl-deis")
    private let services = CatalogKey(.service, "clinic")

    private func parent(_ reference: String, in hierarchy: String = "administrative") -> JSONMember
    {
        JSONMember("parent", .object([TestCatalog.text(hierarchy, reference)]))
    }

    private func lines(_ rows: [RefusedRow]) -> [String] {
        rows.sorted { $0.line < $1.line }.map { "\($0.line) \($0.problem.category)" }
    }

    @Test func brokenRowsAreRefusedByLineAndTheRestImported() throws {
        try TestRegistry.withDatabase { url in
            let outcome = try TestCatalog.take(
                [
                    TestCatalog.row(2, "101100"),
                    TestCatalog.row(3, "10110"),
                    TestCatalog.row(4, "101101", [parent("cl-deis:101100")]),
                    TestCatalog.row(5, "101102", [parent("cl-deis:999999")]),
                    // Falls with its parent, which stands below it in the file.
                    TestCatalog.row(6, "101103", [parent("cl-deis:101104")]),
                    TestCatalog.row(7, "101104", [parent("cl-deis:101102")]),
                    TestCatalog.row(8, "101105", from: "2024-05-01", through: "2024-01-01"),
                    TestCatalog.row(9, "101100"),
                    TestCatalog.row(10, "101106", [TestCatalog.text("level", "I"), parent("x")]),
                    TestCatalog.row(11, "101107", [TestCatalog.text("colour", "red")]),
                    .failure(
                        RefusedRow(
                            line: 12, code: "101108", problem: .wrongWidth(expected: 3, found: 2))),
                    TestCatalog.row(
                        13, "101109",
                        [
                            TestCatalog.text("latitude", "95"),
                            TestCatalog.text("longitude", "0"),
                        ]),
                    TestCatalog.row(
                        14, "101110",
                        [JSONMember("id", .object([TestCatalog.text("fr-finess", "458174839")]))]),
                ], TestCatalog.request(facilities), into: url)
            #expect(
                lines(outcome.refused) == [
                    "3 bad-code", "5 unknown-parent", "6 unknown-parent", "7 unknown-parent",
                    "8 bad-period", "9 duplicate", "10 bad-value", "11 unknown-field",
                    "12 wrong-width", "13 bad-value", "14 bad-identifier",
                ])
            #expect(outcome.report.counts.new == 2)
            #expect(outcome.report.counts.refused == 11)
            #expect(
                try TestCatalog.says(facilities, in: url).keys.sorted() == ["101100", "101101"])
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    @Test func circlesAreRefusedInEachHierarchyAndOnTheirDaysAlone() throws {
        try TestRegistry.withDatabase { url in
            let outcome = try TestCatalog.take(
                [
                    TestCatalog.row(2, "100001", [parent("cl-deis:100002")]),
                    TestCatalog.row(3, "100002", [parent("cl-deis:100003")]),
                    TestCatalog.row(4, "100003", [parent("cl-deis:100001")]),
                    TestCatalog.row(5, "100004", [parent("cl-deis:100004")]),
                    // Each above the other, in hierarchies of their own.
                    TestCatalog.row(6, "100005", [parent("cl-deis:100006", in: "network")]),
                    TestCatalog.row(7, "100006", [parent("cl-deis:100005", in: "legal")]),
                    // Each above the other, in years of their own.
                    TestCatalog.row(
                        8, "100007", through: "2019-12-31", [parent("cl-deis:100008")]),
                    TestCatalog.row(9, "100007", from: "2020-01-01"),
                    TestCatalog.row(10, "100008", through: "2019-12-31"),
                    TestCatalog.row(
                        11, "100008", from: "2020-01-01", [parent("cl-deis:100007")]),
                ], TestCatalog.request(facilities), into: url)
            #expect(lines(outcome.refused) == ["2 cycle", "3 cycle", "4 cycle", "5 cycle"])
            #expect(outcome.report.counts.new == 4)
        }
    }

    @Test func aCircleThroughWhatIsRegisteredIsRefused() throws {
        try TestRegistry.withDatabase { url in
            try TestCatalog.take(
                [
                    TestCatalog.row(2, "100001"),
                    TestCatalog.row(3, "100002", [parent("cl-deis:100001")]),
                    TestCatalog.row(4, "100003", [parent("cl-deis:100002")]),
                ], TestCatalog.request(facilities), into: url)
            let outcome = try TestCatalog.take(
                [TestCatalog.row(2, "100001", [parent("cl-deis:100003")])],
                TestCatalog.request(facilities, scope: .partial), into: url)
            #expect(lines(outcome.refused) == ["2 cycle"])
            #expect(outcome.report.release == nil)
            #expect(outcome.report.changesNothing)
        }
    }

    @Test func parentsOfOtherAuthoritiesAreLookedUp() throws {
        try TestRegistry.withDatabase { url in
            try TestCatalog.take(
                [TestCatalog.row(2, "750712184")],
                TestCatalog.request(CatalogKey(.facility, "fr-finess")), into: url)
            let outcome = try TestCatalog.take(
                [
                    TestCatalog.row(2, "100001", [parent("fr-finess:750712184", in: "legal")]),
                    TestCatalog.row(3, "100002", [parent("fr-finess:630780211", in: "legal")]),
                ], TestCatalog.request(facilities), into: url)
            #expect(lines(outcome.refused) == ["3 unknown-parent"])
        }
    }

    @Test func aParentOfATCIsABeginning() throws {
        try TestRegistry.withDatabase { url in
            let equipment = TestCatalog.text("product", "drug")
            let outcome = try TestCatalog.take(
                [
                    TestCatalog.row(
                        2, "N02BE01", [equipment, TestCatalog.text("parent", "atc:N02BE")]),
                    TestCatalog.row(3, "N02BE", [equipment]),
                    TestCatalog.row(
                        4, "A10", [equipment, TestCatalog.text("parent", "atc:N02BE")]),
                    TestCatalog.row(5, "N02B7", [equipment]),
                    TestCatalog.row(6, "N02BA", [equipment, TestCatalog.text("atc", "N0")]),
                ], TestCatalog.request(CatalogKey(.drug, "atc")), into: url)
            #expect(lines(outcome.refused) == ["4 bad-value", "5 bad-code", "6 bad-identifier"])
        }
    }

    @Test func aStrictImportWithARefusalStoresNothing() throws {
        try TestRegistry.withDatabase { url in
            let rows = [TestCatalog.row(2, "100001"), TestCatalog.row(3, "1")]
            let strict = try TestCatalog.take(
                rows, TestCatalog.request(facilities, isStrict: true), into: url)
            #expect(strict.report.isRefused)
            #expect(strict.report.release == nil)
            let dry = try TestCatalog.take(
                rows, TestCatalog.request(facilities, isDryRun: true), into: url)
            #expect(dry.report.counts.new == 1)
            #expect(dry.report.release == nil)
            #expect(try TestCatalog.states(facilities, in: url) == [])
        }
    }

    @Test func aFullFileClosesWhatItLacksUnlessALineCannotBeRead() throws {
        try TestRegistry.withDatabase { url in
            try TestCatalog.take(
                [
                    TestCatalog.row(2, "100001"), TestCatalog.row(3, "100002"),
                    TestCatalog.row(4, "100003", from: "2025-01-01"),
                    TestCatalog.row(5, "100004", through: "2020-12-31"),
                ], TestCatalog.request(facilities), into: url)
            let unreadable = try TestCatalog.take(
                [
                    TestCatalog.row(2, "100001"),
                    .failure(RefusedRow(line: 3, code: "", problem: .unreadable("no code"))),
                ], TestCatalog.request(facilities, isDryRun: true), into: url)
            #expect(unreadable.report.counts.closed == 0)
            let refused = try TestCatalog.take(
                [TestCatalog.row(2, "100001"), TestCatalog.row(3, "100002", [parent("x:y")])],
                TestCatalog.request(facilities, isDryRun: true), into: url)
            // Named in a row that is refused: nobody says that it is closed.
            #expect(refused.report.counts.closed == 1)
            let outcome = try TestCatalog.take(
                [TestCatalog.row(2, "100001")], TestCatalog.request(facilities), into: url)
            #expect(outcome.report.counts.closed == 2)
            #expect(outcome.report.counts.unchanged == 1)
            let said = try TestCatalog.says(facilities, in: url)
            #expect(said["100002"]?.map(\.period) == [EntryPeriod(from: nil, through: 19_874)])
            #expect(said["100003"]?.map(\.period) == [nil])
            #expect(said["100004"]?.map(\.period) == [EntryPeriod(from: nil, through: 18_627)])
            #expect(try TestRegistry.findings(in: url) == [])
            let again = try TestCatalog.take(
                [TestCatalog.row(2, "100001")], TestCatalog.request(facilities), into: url)
            #expect(again.report.changesNothing)
        }
    }

    @Test func aFileCutShortClosesNothing() throws {
        try TestRegistry.withDatabase { url in
            let rows = (1...4).map { TestCatalog.row($0 + 1, "10000\($0)") }
            let first = try TestCatalog.take(rows, TestCatalog.request(facilities), into: url)
            #expect(!first.report.isOfUnknownAuthority)
            let empty = try TestCatalog.take([], TestCatalog.request(facilities), into: url)
            #expect(empty.report.refusal == .noRows)
            #expect(empty.report.counts.closed == 4)
            #expect(empty.report.release == nil)
            var careful = TestCatalog.request(facilities)
            careful.closedMax = 2
            let cut = try TestCatalog.take(Array(rows.prefix(1)), careful, into: url)
            #expect(cut.report.refusal == .closures)
            #expect(cut.report.release == nil)
            let meant = try TestCatalog.take(Array(rows.prefix(2)), careful, into: url)
            #expect(meant.report.refusal == nil)
            #expect(meant.report.counts.closed == 2)
            let elsewhere = TestCatalog.request(CatalogKey(.facility, "nobody-knows"))
            #expect(try TestCatalog.take(rows, elsewhere, into: url).report.isOfUnknownAuthority)
        }
    }

    @Test func theReportTellsWhatChangesFieldByField() throws {
        try TestRegistry.withDatabase { url in
            try TestCatalog.take(
                [TestCatalog.row(2, "a", [TestCatalog.text("group", "x")])],
                TestCatalog.request(services), into: url)
            let outcome = try TestCatalog.take(
                [
                    TestCatalog.row(
                        2, "a", from: "2024-01-01",
                        [TestCatalog.text("group", "y"), TestCatalog.text("version", "2")]),
                    TestCatalog.row(3, "b"),
                ], TestCatalog.request(services, isDryRun: true), into: url)
            #expect(
                outcome.report.samples == [
                    CodeDifference(
                        code: "a", change: .changed,
                        fields: [
                            FieldDifference(
                                field: "valid_from", before: "", after: "2024-01-01"),
                            FieldDifference(field: "group", before: "x", after: "y"),
                            FieldDifference(field: "version", before: "", after: "2"),
                        ]), CodeDifference(code: "b", change: .new),
                ])
        }
    }

    @Test func theDatabaseItselfRefusesAnOverlap() throws {
        try TestRegistry.withDatabase { url in
            var session = try RegistrySession(databaseURL: url)
            let release = try session.beginRelease(
                of: services, scope: .full, fileName: "", actor: "", reason: "", effectiveDay: 0)
            var rows = EntryRows(release: release.number)
            let content = Array("{}".utf8)
            for (from, through) in [(0, 10), (10, 20)] as [(Int32, Int32)] {
                rows.append(
                    code: "a", period: EntryPeriod(from: from, through: through), entries: 2,
                    position: nil, content: content.span)
            }
            let error = #expect(throws: RegistryError.self) { try session.stage(rows) }
            #expect(error?.code == .conflict)
            #expect(error?.message.contains("one code that are valid on one day") == true)
        }
    }

    @Test func nearnessIsThatOfTheEarth() throws {
        try TestRegistry.withDatabase { url in
            let places = [
                ("100001", "-18.48", "-70.31"), ("100002", "-33.45", "-70.66"),
                ("100003", "-18.50", "-70.30"), ("100004", "0", "180"),
            ]
            let outcome = try TestCatalog.take(
                places.enumerated().map { index, place in
                    TestCatalog.row(
                        index + 2, place.0,
                        [
                            TestCatalog.text("latitude", place.1),
                            TestCatalog.text("longitude", place.2),
                        ])
                }, TestCatalog.request(facilities), into: url)
            var session = try RegistrySession(databaseURL: url)
            let near = try session.nearestEntries(
                to: -18.48, longitude: -70.32, withinKilometres: 5,
                releases: [outcome.report.release ?? 0], limit: 10)
            #expect(near.map(\.code) == ["100001", "100003"])
            #expect(abs((near.first?.kilometres ?? 0) - 1.0546) < 0.001)
            // Across the date line.
            let across = try session.nearestEntries(
                to: 0, longitude: -179.9, withinKilometres: 20,
                releases: [outcome.report.release ?? 0], limit: 10)
            #expect(across.map(\.code) == ["100004"])
            #expect(
                try session.nearestEntries(
                    to: -18.48, longitude: -70.32, withinKilometres: 20_100,
                    releases: [outcome.report.release ?? 0], limit: 2, offset: 2
                ).map(\.code)
                    == ["100002", "100004"])
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }
}
