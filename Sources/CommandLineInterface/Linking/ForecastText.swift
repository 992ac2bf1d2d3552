import Linkage
import RegistryModel

/// A forecast as a table and as JSON.
enum ForecastText {
    /// The most characters of a rule's name in the table.
    private static let nameMax = 36

    /// The table of rules and what they come to.
    static func lines(_ forecast: LinkageForecast) -> [String] {
        var table = TextTable([
            "blocking rule", "blocks", "pairs", "new pairs", "largest", "split", "left out",
        ])
        for rule in forecast.rules where rule.pairs > 0 || rule.omittedPairs > 0 {
            table.add([
                shortened(rule.rule), Figures.grouped(rule.blocks), Figures.grouped(rule.pairs),
                Figures.grouped(rule.newPairs), Figures.grouped(rule.largestBlock),
                Figures.grouped(rule.splitBlocks), Figures.grouped(rule.omittedPairs),
            ])
        }
        let copies = forecast.records - forecast.distinctRecords
        return table.lines + [
            "forecast: \(Figures.counted(forecast.records, "record")),"
                + " \(Figures.grouped(copies)) of them exact copies;"
                + " about \(Figures.grouped(forecast.expectedPairs)) pairs to compare,"
                + " \(Figures.time(forecast.seconds)) from here"
        ]
    }

    /// A rule's name as far as a terminal has room for it.
    private static func shortened(_ name: String) -> String {
        name.count <= nameMax ? name : name.prefix(nameMax - 1) + "…"
    }

    /// The forecast as JSON.
    static func json(_ forecast: LinkageForecast) -> JSONValue {
        let rules = forecast.rules.map { rule -> JSONValue in
            .object([
                JSONMember("rule", .string(rule.rule)), .count("blocks", rule.blocks),
                .count("pairs", rule.pairs), .count("new_pairs", rule.newPairs),
                .count("largest_block", rule.largestBlock),
                .count("split_blocks", rule.splitBlocks),
                .count("omitted_pairs", rule.omittedPairs),
            ])
        }
        return .object([
            .count("records", forecast.records),
            .count("distinct_records", forecast.distinctRecords),
            .count("expected_pairs", forecast.expectedPairs),
            .rounded("expected_seconds", forecast.seconds, places: 3),
            JSONMember("rules", .array(rules)),
        ])
    }
}
