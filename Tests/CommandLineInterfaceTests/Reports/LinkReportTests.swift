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

    /// A run over three records, two of them of one person.
    private static var summary: LinkSummary {
        var summary = empty.summary
        summary.rejectedRows = 1
        summary.reading = 0.25
        summary.outcome.clusters = [0, 0, 2]
        summary.outcome.pairs = [ScoredPair(left: 0, right: 1, weight: 9, decision: .link)]
        summary.outcome.statistics.records = 3
        summary.outcome.statistics.distinctRecords = 2
        summary.outcome.statistics.clusters = 2
        summary.outcome.statistics.comparedPairs = 2
        summary.outcome.statistics.missedShare = 0.0123
        summary.outcome.statistics.rescue = RescueStatistics(
            unreached: 1, pairs: 4, comparedPairs: 2, links: 1)
        summary.outcome.statistics.seconds = [.scoring: 1]
        summary.outcome.training = TrainingReport(
            iterations: 9, isConverged: true, lastChange: 0.00012, patterns: 12)
        summary.outcome.errors.link = .init(
            weight: 1, links: 1, falseLinks: 0.01, missedLinks: 0.25)
        summary.outcome.errors.reviewTasks = 2
        return summary
    }

    private static func report() -> LinkReport {
        var bins: [WeightHistogram.Bin] = []
        for index in -8..<24 {
            var bin = WeightHistogram.Bin(weight: Double(index) / 2)
            if index < -4 { bin.separate = 20 + index } else if index < 2 { bin.review = 2 }
            if index >= 2 { bin.link = index * 10 }
            bins.append(bin)
        }
        var report = empty
        report.summary = summary
        report.extracts = [.init(path: "a\"><i>.csv", unusedColumns: ["colour", "shape"])]
        report.fields = [
            .init(
                name: "Family name",
                levels: [
                    .init(name: "equal", match: 0.92, chance: 0.0048, kin: 0.8, siblings: 0.98),
                    .init(
                        name: "different", match: 0.0014, chance: 0.985, kin: 0.1, siblings: 0.01),
                ])
        ]
        report.emptyFields = ["Email"]
        report.weights = WeightHistogram(bins: bins, lighterPairs: 123_456)
        report.errorCurve = bins.enumerated().map { index, bin in
            .init(
                weight: bin.weight, links: 2_000 - index * 10, falseLinks: Double(32 - index),
                missedLinks: Double(index) / 4)
        }
        report.rules = [.init(rule: "identifier", links: 1, onlyLinks: 1)]
        report.forecast = LinkageForecast(
            records: 3, distinctRecords: 2, seconds: 0.5,
            rules: [
                .init(
                    rule: "identifier", blocks: 1, pairs: 2, newPairs: 2, largestBlock: 2,
                    splitBlocks: 0, omittedPairs: 0)
            ])
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
        func expected(_ weight: Double) -> ErrorEstimates.AtThreshold {
            .init(weight: weight, links: 0, falseLinks: 0, missedLinks: 0)
        }
        let outcome = LinkageOutcome(
            clusters: [], pairs: [], model: LinkageModel(records: 0),
            errors: ErrorEstimates(
                automatic: expected(6), link: expected(1), review: expected(-3.17), reviewTasks: 0),
            statistics: LinkageStatistics())
        return LinkReport(
            date: "2026-11-21, 07:00 UTC",
            summary: LinkSummary(outcome: outcome, rejectedRows: 0, reading: 0, total: 0),
            threads: 1, modelName: "trained on these records")
    }

    @Test func theSmallRunIsShownWhole() throws {
        // The style is the program's own and stands in one place.
        let html = Self.report().html.replacing(ReportStyle.sheet.html, with: "")
        try Snapshot.expect(html, equals: "link-report.html")
    }

    @Test func theRunIsToldInLines() {
        #expect(
            Self.summary.lines == [
                "training converged after 9 iterations on 12 patterns of agreement; the last moved"
                    + " fewer pairs for each match than 0.012 %",
                "blocking misses about 1.2 % of links; a second look at 1 record without a partner"
                    + " compared 2 pairs and found 1 link",
                "threshold   bits  links  expected false  expected missed",
                "automatic   6.00      0             0.0              0.0",
                "link        1.00      1             0.0              0.3",
                "review     -3.17      0             0.0              0.0",
                "a steward would be asked 2 questions, 666.7 per 1,000 records",
                "reading 0.25 s, blocking 0.00 s, training 0.00 s, scoring 1.00 s, clustering 0.00 s",
                "3 records, 1 rejected, 2 pairs compared, 2 persons, 0.00 s",
            ])
        let json = Self.summary.json(nil)
        for part in [
            #""blocking":{"missed_share":0.0123,"second_look":{"records":1,"pairs":4,"#,
            #""link":{"links":1,"false_links":0.01,"missed_links":0.25,"false_link_rate":0.01,"#,
            #""training":{"converged":true,"iterations":9,"last_change":0.00012,"patterns":12,"#,
        ] {
            #expect(json.contains(part), "\(json)")
        }
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
