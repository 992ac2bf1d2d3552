import Linkage

/// What a run of `padron link` did, for its lines, its JSON and its report.
struct LinkSummary {
    var outcome: LinkageOutcome
    var rejectedRows: Int
    /// The time of reading and of all, in seconds.
    var reading: Double
    var total: Double

    /// Pairs that were compared and put together.
    var links: Int { pairs(.link) }
    /// Pairs that are worth a look.
    var reviews: Int { pairs(.review) }

    private func pairs(_ decision: LinkageDecision) -> Int {
        outcome.pairs.reduce(0) { $0 + ($1.decision == decision ? 1 : 0) }
    }

    /// The steps of the work and how long each took, in seconds.
    var phases: [(name: String, seconds: Double)] {
        [("reading", reading)]
            + LinkagePhase.allCases.map { ($0.rawValue, outcome.statistics.seconds[$0] ?? 0) }
    }

    /// The thresholds with what to expect of them, the heaviest first.
    var thresholds: [(name: String, expected: ErrorEstimates.AtThreshold)] {
        let errors = outcome.errors
        return [
            ("automatic", errors.automatic), ("link", errors.link), ("review", errors.review),
        ]
    }
}

extension LinkSummary {
    /// The lines for a person.
    var lines: [String] {
        let statistics = outcome.statistics
        var lines: [String] = []
        if let training { lines.append("training " + training) }
        if statistics.records > 1 { lines += [blocking] + expectedErrors }
        if let least = statistics.leastKeptWeight {
            lines.append(
                "too many records look alike: pairs below \(Figures.decimal(Double(least), places: 2))"
                    + " bits were left out; more columns would tell records apart")
        }
        lines.append(
            phases.map { "\($0.name) \(Figures.decimal($0.seconds, places: 2)) s" }
                .joined(separator: ", "))
        lines.append(
            Figures.counted(statistics.records, "record")
                + ", \(Figures.grouped(rejectedRows)) rejected,"
                + " \(Figures.counted(statistics.comparedPairs, "pair")) compared,"
                + " \(Figures.counted(statistics.clusters, "person")),"
                + " \(Figures.decimal(total, places: 2)) s")
        return lines
    }

    /// How training ended; nil where the model was given.
    var training: String? {
        guard let training = outcome.training, training.patterns > 0 else { return nil }
        let change = "the last moved fewer pairs for each match than"
        return (training.isConverged ? "converged" : "did not converge")
            + " after \(Figures.counted(training.iterations, "iteration"))"
            + " on \(Figures.counted(training.patterns, "pattern")) of agreement;"
            + " \(change) \(Figures.rate(training.lastChange))"
    }

    /// How many links the blocking rules seem to miss, and what was done about it.
    var blocking: String {
        let statistics = outcome.statistics
        let missed = statistics.missedShare
        let share = missed.map { "blocking misses about \(Figures.rate($0)) of links" }
        guard let rescue = statistics.rescue else {
            return (share ?? "no estimate of what blocking misses") + "; no second look"
        }
        return (share ?? "too few links to tell what blocking misses")
            + "; a second look at \(Figures.counted(rescue.unreached, "record")) without a partner"
            + " compared \(Figures.counted(rescue.comparedPairs, "pair"))"
            + " and found \(Figures.counted(rescue.links, "link"))"
    }

    private var expectedErrors: [String] {
        var table = TextTable(["threshold", "bits", "links", "expected false", "expected missed"])
        for (name, expected) in thresholds {
            table.add([
                name, Figures.decimal(expected.weight, places: 2), Figures.grouped(expected.links),
                Figures.expected(expected.falseLinks), Figures.expected(expected.missedLinks),
            ])
        }
        return table.lines + ["a steward would be asked \(questions)"]
    }

    /// How many pairs of persons a steward would be asked about, were the registry to link by itself.
    var questions: String {
        let tasks = outcome.errors.reviewTasks
        let records = outcome.statistics.records
        guard tasks > 0, records > 0 else { return "nothing" }
        let perThousand = Double(tasks) * 1_000 / Double(records)
        return "\(Figures.counted(tasks, "question")),"
            + " \(Figures.decimal(perThousand, places: 1)) per 1,000 records"
    }
}
