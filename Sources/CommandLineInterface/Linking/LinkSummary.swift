import Linkage
import RegistryModel

/// What a run did, in a few lines and as JSON.
struct LinkSummary {
    var outcome: LinkageOutcome
    var rejectedRows: Int
    /// The time of reading and of all, in seconds.
    var reading: Double
    var total: Double

    /// The lines for a person.
    var lines: [String] {
        var lines: [String] = []
        let statistics = outcome.statistics
        if let training = outcome.training {
            let end = training.isConverged ? "converged" : "did not converge"
            lines.append(
                "training \(end) after \(training.iterations) iterations"
                    + " on \(Figures.grouped(training.patterns)) patterns")
        }
        let model = outcome.model
        lines.append(
            "thresholds in bits: link \(Figures.decimal(model.linkThreshold, places: 2)),"
                + " automatic \(Figures.decimal(model.automaticThreshold, places: 2)),"
                + " review \(Figures.decimal(model.reviewThreshold, places: 2))")
        let phases = [("reading", reading)] + self.phases
        lines.append(
            phases.map { "\($0.0) \(Figures.decimal($0.1, places: 2)) s" }.joined(separator: ", "))
        lines.append(
            Figures.counted(statistics.records, "record")
                + ", \(Figures.grouped(rejectedRows)) rejected,"
                + " \(Figures.grouped(statistics.comparedPairs)) pairs compared,"
                + " \(Figures.grouped(statistics.clusters)) persons,"
                + " \(Figures.decimal(total, places: 2)) s")
        return lines
    }

    private var phases: [(String, Double)] {
        LinkagePhase.allCases.map { ($0.rawValue, outcome.statistics.seconds[$0] ?? 0) }
    }

    /// The same as one JSON object, with the forecast.
    func json(_ forecast: LinkageForecast?) -> String {
        let statistics = outcome.statistics
        func count(_ key: String, _ value: Int) -> JSONMember {
            JSONMember(key, .integer(Int64(value)))
        }
        func seconds(_ key: String, _ value: Double) -> JSONMember {
            JSONMember(key, .rounded(value, places: 3))
        }
        let links = outcome.pairs.filter { $0.decision == .link }.count
        var members = [
            count("records", statistics.records), count("rejected", rejectedRows),
            count("distinct_records", statistics.distinctRecords),
            count("compared_pairs", statistics.comparedPairs),
            count("persons", statistics.clusters), count("links", links),
            count("review_pairs", outcome.pairs.filter { $0.decision == .review }.count),
        ]
        members.append(
            JSONMember(
                "thresholds",
                .object([
                    seconds("link", outcome.model.linkThreshold),
                    seconds("automatic", outcome.model.automaticThreshold),
                    seconds("review", outcome.model.reviewThreshold),
                ])))
        if let training = outcome.training {
            members.append(
                JSONMember(
                    "training",
                    .object([
                        JSONMember("converged", .boolean(training.isConverged)),
                        count("iterations", training.iterations),
                        count("patterns", training.patterns),
                    ])))
        }
        members.append(
            JSONMember(
                "seconds",
                .object(
                    [seconds("reading", reading)] + phases.map { seconds($0.0, $0.1) }
                        + [seconds("total", total)])))
        if let forecast { members.append(JSONMember("forecast", ForecastText.json(forecast))) }
        return JSONValue.object(members).text
    }
}
