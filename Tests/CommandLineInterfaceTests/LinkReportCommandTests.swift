import Foundation
import Testing

/// `padron link` forecasts, explains and reports; `padron evaluate` tells errors by kind.
///
/// Method: the built program on a small generated population.
@Suite struct LinkReportCommandTests {
    @Test func runsCanBeForecastExplainedAndReported() throws {
        let folder = try TemporaryFolder()
        let (extract, truth) = (folder.path("e.csv"), folder.path("t.csv"))
        _ = try ProgramRun(
            ["synth", "--persons", "400", "--output", extract, "--truth", truth], in: folder)
        var run = try ProgramRun(["link", extract, "--forecast"], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("pairs to compare"))
        #expect(run.output.contains("blocking rule"))
        run = try ProgramRun(["link", extract, "--forecast", "--json"], in: folder)
        #expect(run.output.hasPrefix("{\"records\":"))
        #expect(run.output.contains("\"expected_pairs\":"))

        let (clusters, pairs) = (folder.path("c.csv"), folder.path("p.csv"))
        let page = folder.path("r.html")
        run = try ProgramRun(
            [
                "link", extract, "--output", clusters, "--pairs", pairs, "--report", page, "--json",
            ], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("\"forecast\":{\"records\":"))
        let html = try String(contentsOfFile: page, encoding: .utf8)
        #expect(html.contains("Contains personal data."))
        #expect(html.contains("</html>"))
        #expect(!html.contains("<script"))

        let text = try String(contentsOfFile: pairs, encoding: .utf8)
        let first = try #require(text.split(separator: "\n").dropFirst().first).split(
            separator: ",")
        run = try ProgramRun(
            ["link", extract, "--explain", "\(first[0]),\(first[1])"], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("match weight"))
        #expect(run.output.contains("brought together by: "))

        run = try ProgramRun(
            [
                "evaluate", "--clusters", clusters, "--truth", truth, "--pairs", pairs,
                "--extract", extract, "--report", folder.path("v.html"), "--thresholds", "0,6",
            ], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("best"))
        #expect(run.output.contains("recall"))
        #expect(FileManager.default.fileExists(atPath: folder.path("v.html")))
        run = try ProgramRun(
            ["evaluate", "--clusters", clusters, "--truth", truth, "--json"], in: folder)
        #expect(run.output.hasPrefix("{\"pairwise\":{\"f1\":"))
    }

    @Test(arguments: [
        (["link", "e.csv"], "--output CLUSTERS is needed"),
        (["link", "-", "--report", "r.html"], "--report reads an extract twice"),
        (["link", "e.csv", "--explain", "one"], "--explain takes two record ids: LEFT,RIGHT"),
        (["link", "e.csv", "--output", "-", "--json"], "--json writes to standard output"),
    ])
    func wrongUsageIsNamed(arguments: [String], message: String) throws {
        let folder = try TemporaryFolder()
        let run = try ProgramRun(arguments, in: folder)
        #expect(run.status == 2)
        #expect(run.errors.contains(message), "\(run.errors)")
    }
}
