import Linkage
import RegistryModel

extension LinkSummary {
    /// The run as one JSON object, with its forecast.
    func json(_ forecast: LinkageForecast?) -> String {
        let statistics = outcome.statistics
        var members: [JSONMember] = [
            .count("records", statistics.records), .count("rejected", rejectedRows),
            .count("distinct_records", statistics.distinctRecords),
            .count("compared_pairs", statistics.comparedPairs),
            .count("persons", statistics.clusters), .count("links", links),
            .count("review_pairs", reviews),
            .object(
                "thresholds",
                thresholds.map { .rounded($0.name, $0.expected.weight, places: 3) }),
            .object(
                "expected_errors",
                thresholds.map { .object($0.name, Self.members(of: $0.expected)) }
                    + [.count("review_tasks", outcome.errors.reviewTasks)]),
            blockingMember,
        ]
        if let training = outcome.training {
            members.append(.object("training", Self.members(of: training)))
        }
        if let least = statistics.leastKeptWeight {
            members.append(.rounded("least_kept_weight", Double(least), places: 2))
        }
        members.append(
            .object(
                "seconds",
                (phases + [("total", total)]).map { .rounded($0.name, $0.seconds, places: 3) }))
        if let forecast { members.append(JSONMember("forecast", ForecastText.json(forecast))) }
        return JSONValue.object(members).text
    }

    private static func members(of expected: ErrorEstimates.AtThreshold) -> [JSONMember] {
        [
            .count("links", expected.links),
            .rounded("false_links", expected.falseLinks, places: 3),
            .rounded("missed_links", expected.missedLinks, places: 3),
            .rounded("false_link_rate", expected.falseLinkRate, places: 6),
            .rounded("recall", expected.recall, places: 6),
        ]
    }

    private static func members(of training: TrainingReport) -> [JSONMember] {
        [
            JSONMember("converged", .boolean(training.isConverged)),
            .count("iterations", training.iterations),
            .rounded("last_change", training.lastChange, places: 8),
            .count("patterns", training.patterns),
            .rounded("expected_matches", training.expectedMatches, places: 1),
            .count("labels", training.labels),
            .rounded("label_shift", training.labelShift, places: 3),
        ]
    }

    private var blockingMember: JSONMember {
        let missed = outcome.statistics.missedShare
        var members = [
            JSONMember("missed_share", missed.map { .rounded($0, places: 6) } ?? .null)
        ]
        if let rescue = outcome.statistics.rescue {
            members.append(
                .object(
                    "second_look",
                    [
                        .count("records", rescue.unreached), .count("pairs", rescue.pairs),
                        .count("compared_pairs", rescue.comparedPairs),
                        .count("links", rescue.links),
                    ]))
        }
        return .object("blocking", members)
    }
}
