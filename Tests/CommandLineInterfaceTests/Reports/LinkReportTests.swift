@testable import Extracts
import Identity
import Testing

@testable import CommandLineInterface
@testable import Linkage

/// The report of a run says what it is given, whole and safe to open.
///
/// Method: a snapshot of the page of a small, made-up run with hostile values; pages of runs without
/// anything to show.
@Suite struct LinkReportTests {
    private static func row(_ source: String, _ fields: [DemographicField: String]) -> ExtractRow {
        var row = ExtractRow()
        row.source = source
        for (field, value) in fields { row.person[field] = value }
        return row
    }

    private static func profile() -> DataProfile {
        let rows = [
            row("north", [.given: "Ana", .family: "Soto", .birthDate: "1980-02-03"]),
            row("north", [.given: "RN", .family: "Soto", .birthDate: "1900-01-01"]),
            row("<b>south</b>", [.given: "Ana María", .family: "Soto", .sex: "?"]),
        ]
        var builder = PopulationBuilder()
        builder.append(rows.map(\.person), sources: rows.map(\.source))
        let population = builder.finish()
        var profile = DataProfile()
        for (slot, row) in rows.enumerated() { profile.add(row, slot: slot, of: population) }
        return profile
    }

    private static let explanation = MatchExplanation(
        prior: -12.5,
        steps: [
            .init(
                field: .given, left: "<script>Ana</script>", right: "Ana \u{202E}María",
                level: "first equal", weight: 7.25),
            .init(field: .family, left: "Soto", right: "Soto", level: "equal", weight: 9.5),
            .init(field: .birthDate, left: "1980-02-03", right: "", level: "far", weight: -3.75),
        ], relatives: -2, alternative: .sibling, total: -1.5, isVetoed: true)

    private static func report() -> LinkReport {
        var bins: [WeightHistogram.Bin] = []
        for index in -8..<24 {
            var bin = WeightHistogram.Bin(weight: Double(index) / 2)
            if index < -4 { bin.separate = 20 + index } else if index < 2 { bin.review = 2 }
            if index >= 2 { bin.link = index * 10 }
            bin.expectedMatches = index >= 2 ? Double(bin.link) - 0.01 : 0.25
            bins.append(bin)
        }
        var report = empty
        report.records = 3
        report.distinctRecords = 2
        report.rejectedRows = 1
        report.persons = 2
        report.links = 1
        report.comparedPairs = 2
        report.extracts = [.init(path: "a\"><i>.csv", unusedColumns: ["colour", "shape"])]
        report.training = "converged after 9 iterations on 12 patterns of agreement"
        report.phases = [.init(name: "reading", seconds: 0.25), .init(name: "scoring", seconds: 1)]
        report.fields = [
            .init(
                name: "Family name",
                levels: [
                    .init(
                        name: "equal", mProbability: 0.92, uProbability: 0.0048,
                        againstChance: 7.6, againstKin: 0.2, againstSiblings: -0.1),
                    .init(
                        name: "different", mProbability: 0.0014, uProbability: 0.985,
                        againstChance: -9.5, againstKin: -6, againstSiblings: -2),
                ])
        ]
        report.emptyFields = ["Email"]
        report.weights = WeightHistogram(bins: bins, lighterPairs: 123_456)
        report.rules = [.init(rule: "identifier", links: 1, onlyLinks: 1)]
        report.forecast = LinkageForecast(
            records: 3, distinctRecords: 2, seconds: 0.5,
            rules: [
                .init(
                    rule: "identifier", blocks: 1, pairs: 2, newPairs: 2, largestBlock: 2,
                    splitBlocks: 0, omittedPairs: 0)
            ])
        report.clusterSizes = ClusterSizes([0, 0, 2])
        report.profile = profile()
        report.samples = [
            .init(
                title: "Near the link threshold, +1.0 bits",
                pairs: [
                    .init(
                        leftID: "1", rightID: "2'", decision: .review, explanation: explanation)
                ])
        ]
        return report
    }

    /// A run over no records.
    private static var empty: LinkReport {
        LinkReport(
            date: "2026-11-21, 07:00 UTC", extracts: [], records: 0, distinctRecords: 0,
            rejectedRows: 0, persons: 0, links: 0, reviews: 0, comparedPairs: 0, threads: 1,
            modelName: "trained on these records", training: "", phases: [],
            reviewThreshold: -3.17, linkThreshold: 1, automaticThreshold: 6, forecast: nil,
            fields: [], emptyFields: [], weights: WeightHistogram(bins: [], lighterPairs: 0),
            rules: [], clusterSizes: ClusterSizes([]), profile: DataProfile(), samples: [])
    }

    @Test func theSmallRunIsShownWhole() throws {
        try Snapshot.expect(Self.report().html, equals: "link-report.html")
    }

    @Test func hostileValuesAreText() {
        let html = Self.report().html
        for hostile in ["<script", "<i>", "<b>south", "\u{202E}", "title=\"a\""] {
            #expect(!html.contains(hostile), "\(hostile)")
        }
        #expect(html.contains("&lt;script&gt;Ana&lt;/script&gt;"))
        #expect(html.contains("Ana ⟨U+202E⟩María"))
    }

    @Test func anEmptyRunIsAPageToo() {
        let html = Self.empty.html
        #expect(html.contains("There are no records."))
        #expect(html.contains("No pair was heavy enough to be shown."))
        #expect(!html.contains("nan"))
        #expect(!html.contains("inf%"))
    }

    @Test func everyElementIsClosed() {
        var open: [Substring] = []
        let html = Self.report().html
        for match in html.matches(of: /<(\/?)([a-z0-9]+)[^>]*?(\/?)>/) {
            let name = match.2
            if ["meta", "br"].contains(name) || !match.3.isEmpty { continue }
            if match.1.isEmpty { open.append(name) } else { #expect(open.popLast() == name) }
        }
        #expect(open == [])
    }
}
