import Extracts
import Foundation
import Linkage

/// One run of `padron link`, from its arguments to its files.
struct LinkJob {
    private let arguments: ParsedArguments
    private let console: Console
    private let options: LinkageOptions
    private let columns: ColumnOverrides
    private let asked: AskedPair?

    /// Checks the arguments before anything is read.
    init(_ arguments: ParsedArguments, _ console: Console) throws {
        self.arguments = arguments
        self.console = console
        options = try LinkJob.options(arguments)
        columns = try ColumnOverrides(parsing: arguments.value("--columns") ?? "")
        asked = try arguments.value("--explain").map(AskedPair.init)
        let results = ["--output", "--forecast", "--explain", "--report"]
        guard results.contains(where: arguments.has) else {
            throw UsageError("--output CLUSTERS is needed")
        }
        if arguments.operands.count > 1, arguments.has("--rejects") {
            throw UsageError("--rejects takes one extract; each has its own file without it")
        }
        for option in ["--report", "--explain"] where arguments.has(option) {
            try ExtractReview.check(arguments.operands, for: option)
        }
        try OutputPaths.check(
            arguments,
            outputs: ["--output", "--pairs", "--report", "--save-model", "--rejects"],
            inputs: ["--labels"])
        if arguments.has("--json") {
            let files = ["--output", "--pairs", "--report", "--save-model"]
            guard !files.contains(where: { arguments.value($0) == "-" }) else {
                throw UsageError("--json writes to standard output; name a file for the rest")
            }
        }
    }

    private static func options(_ arguments: ParsedArguments) throws -> LinkageOptions {
        var options = LinkageOptions()
        options.threads =
            try arguments.integer("--threads", in: 1...256)
            ?? ProcessInfo.processInfo.activeProcessorCount
        options.onePerSource = arguments.has("--one-per-source")
        options.wide = arguments.has("--wide")
        options.gathersDiagnostics = arguments.has("--report")
        if let name = arguments.value("--model") { options.model = try LinkCommand.model(name) }
        return options
    }

    /// The sources that say of their numbers that they may be another person's.
    private var sharedNumberSources: Set<String> {
        let names = (arguments.value("--shared-numbers") ?? "").split(separator: ",")
        return Set(names.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty })
    }

    /// Does the work.
    func run() throws {
        FreedMemory.keep()
        let clock = ContinuousClock()
        let start = clock.now
        let records = try ExtractPopulation(
            paths: arguments.operands, columns: columns,
            prefixesIDs: arguments.has("--prefix-ids"), rejectsPath: arguments.value("--rejects"),
            sharedNumberSources: sharedNumberSources, threads: options.threads, console: console)
        let reading = clock.now - start
        records.columnNotes.forEach(console.note)
        var options = options
        if let path = arguments.value("--labels") {
            options.labels = try LabelFile.read(path, recordIDs: records.recordIDs)
        }
        let pair = try asked?.slots(in: records.recordIDs)
        if arguments.has("--forecast") {
            return show(LinkageForecast(records.population, options: options))
        }
        var forecast: LinkageForecast?
        let showsForecast = arguments.has("--verbose") || console.showsProgress
        let wantsForecast =
            showsForecast || arguments.has("--json") || arguments.has("--report")
        let outcome = LinkCommand.link(
            records.population, options, console,
            forecast: wantsForecast
                ? {
                    forecast = $0
                    if showsForecast { ForecastText.lines($0).forEach(console.note) }
                } : nil)
        try write(outcome, records)
        let summary = LinkSummary(
            outcome: outcome, rejectedRows: records.rejectedRows, reading: reading.seconds,
            total: (clock.now - start).seconds)
        let review = ExtractReview(
            paths: arguments.operands, columns: columns,
            prefixesIDs: arguments.has("--prefix-ids"), recordIDs: records.recordIDs)
        if let pair {
            try explain(pair, outcome, records.population, review)
        }
        if let path = arguments.value("--report") {
            let report = try LinkReport(
                summary, of: records, review: review, forecast: forecast,
                threads: options.threads, modelName: arguments.value("--model"), date: Date(),
                asked: pair.map { decided($0, outcome) })
            try LinkResults.write([UInt8](report.html.utf8), to: path)
        }
        if arguments.has("--json") { console.print(summary.json(forecast)) }
        console.clearProgress()
        summary.lines.forEach(console.note)
    }

    /// Writes the files that were asked for.
    private func write(_ outcome: LinkageOutcome, _ records: ExtractPopulation) throws {
        if let path = arguments.value("--output") {
            try LinkResults.writeClusters(outcome.clusters, ids: records.recordIDs, to: path)
        }
        if let path = arguments.value("--pairs") {
            try LinkResults.writePairs(outcome.pairs, ids: records.recordIDs, to: path)
        }
        if let path = arguments.value("--save-model") {
            try LinkResults.write([UInt8](try outcome.model.json()), to: path)
        }
    }

    private func show(_ forecast: LinkageForecast) {
        if arguments.has("--json") {
            console.print(ForecastText.json(forecast).text)
        } else {
            ForecastText.lines(forecast).forEach(console.print)
        }
    }

    /// Prints the waterfall of a pair and how it came to be compared, or why it was not.
    private func explain(
        _ pair: (left: UInt32, right: UInt32), _ outcome: LinkageOutcome,
        _ population: Population, _ review: ExtractReview
    ) throws {
        let rows = try review.rows(in: [Int(pair.left), Int(pair.right)])
        guard let left = rows[Int(pair.left)], let right = rows[Int(pair.right)] else { return }
        let explanation = MatchExplanation(
            left: left.person, right: right.person, model: outcome.model)
        let blocking = PairBlocking(
            left: pair.left, right: pair.right, population: population, options: options)
        let lines =
            WaterfallText.lines(explanation)
            + PairText.lines(
                explanation, blocking, isTogether: isTogether(pair, outcome), outcome.model)
        if arguments.has("--json") {
            lines.forEach(console.note)
        } else {
            lines.forEach(console.print)
        }
    }

    private func isTogether(
        _ pair: (left: UInt32, right: UInt32), _ outcome: LinkageOutcome
    ) -> Bool { outcome.clusters[Int(pair.left)] == outcome.clusters[Int(pair.right)] }

    /// A pair with the decision that it ended with.
    private func decided(
        _ pair: (left: UInt32, right: UInt32), _ outcome: LinkageOutcome
    ) -> ScoredPair {
        let kept = outcome.pairs.first {
            ($0.left, $0.right) == (min(pair.left, pair.right), max(pair.left, pair.right))
        }
        return kept
            ?? ScoredPair(
                left: pair.left, right: pair.right, weight: 0,
                decision: isTogether(pair, outcome) ? .link : .separate)
    }
}
