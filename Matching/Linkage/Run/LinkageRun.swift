/// Links a population: copies, blocks, training, weights, thresholds, clusters.
package struct LinkageRun {
    /// Pairs are kept from this weight on while thresholds are not yet known.
    static let keptWeightMin: Float = -6
    /// Pairs kept at most, 16 bytes each; a file in which more are likely has thousands that look alike.
    static let keptPairsMax = 64_000_000

    private let ablation: Ablation
    let population: Population
    let options: LinkageOptions
    /// Records from the first on of which each pair has one.
    let subjects: Int
    private let forecast: ((LinkageForecast) -> Void)?
    private let progress: @Sendable (LinkageProgress) -> Void
    var statistics = LinkageStatistics()

    /// Links a population.
    ///
    /// - Parameters:
    ///   - population: The records.
    ///   - options: How to link them.
    ///   - progress: Called as phases begin, go on and end, by whichever thread is at work.
    ///   - forecast: Takes what is about to be compared, before anything is.
    /// - Returns: Clusters, pairs worth a thought, the model and what was counted.
    package static func run(
        _ population: Population, options: LinkageOptions,
        progress: @Sendable (LinkageProgress) -> Void = { _ in },
        forecast: ((LinkageForecast) -> Void)? = nil
    ) -> LinkageOutcome {
        withoutActuallyEscaping(progress) { progress in
            var run = LinkageRun(
                population: population, options: options, subjects: .max,
                forecast: forecast, progress: progress)
            return run.link()
        }
    }

    private init(
        population: Population, options: LinkageOptions, subjects: Int,
        forecast: ((LinkageForecast) -> Void)?,
        progress: @escaping @Sendable (LinkageProgress) -> Void
    ) {
        ablation = Ablation(without: options.withoutIdeas)
        self.population = ablation.applied(to: population)
        self.options = options
        self.subjects = subjects
        self.forecast = forecast
        self.progress = progress
    }

    /// The pairs of a population that are worth a thought under the model of the options and have one of its
    /// first `subjects` records, in no order, and the records that say the same.
    static func pairs(
        of population: Population, subjects: Int, options: LinkageOptions
    ) -> (pairs: [ScoredPair], copies: [(first: UInt32, copies: [UInt32])]) {
        guard let model = options.model else { preconditionFailure("a model is given") }
        var run = LinkageRun(
            population: population, options: options, subjects: subjects, forecast: nil,
            progress: { _ in })
        let (distinct, blocks) = run.makeBlocks()
        let weights = PairWeights(model, tokens: population.tokens)
        return (run.scored(blocks, members: distinct.members, weights), distinct.copies)
    }

    private func makeBlocks() -> (DistinctRecords, BlockIndex) {
        let distinct = DistinctRecords(population)
        let blocks = BlockIndex(
            population, members: distinct.members, subjects: subjects,
            threads: options.threads, wide: options.wide, without: options.withoutRules,
            progress: fraction(of: .blocking))
        return (distinct, blocks)
    }

    private mutating func link() -> LinkageOutcome {
        statistics.records = population.count
        let (distinct, blocks) = measure(.blocking) { $0.makeBlocks() }
        statistics.distinctRecords = distinct.members.count
        for (rule, found) in zip(BlockingRule.allCases, blocks.rules) {
            statistics.rules.append(
                RuleStatistics(
                    rule: rule.name, pairs: found.pairs, omittedPairs: found.omittedPairs,
                    refinedBlocks: found.refinedBlocks))
        }
        forecast?(
            LinkageForecast(
                population, distinctRecords: distinct.members.count, blocks: blocks,
                options: options))
        var (model, training) = measure(.training) { $0.makeModel(distinct, blocks) }
        let weights = PairWeights(model, tokens: population.tokens)
        var pairs = measure(.scoring) { $0.score(blocks, members: distinct.members, weights) }
        if training != nil {
            ThresholdEstimation.estimate(pairs, records: population.count, into: &model)
        }
        let (clusters, decisions, errors) = measure(.clustering) { [model] in
            $0.cluster(pairs, copies: distinct.copies, weights, model)
        }
        for (index, decision) in decisions.enumerated() { pairs[index].decision = decision }
        for slot in clusters.indices where clusters[slot] == UInt32(slot) {
            statistics.clusters += 1
        }
        let diagnostics =
            options.gathersDiagnostics
            ? LinkageDiagnostics(
                pairs, compared: statistics.comparedPairs, population: population, blocks: blocks,
                model: model) : nil
        pairs.removeAll { $0.weight < Float(model.reviewThreshold) }
        return LinkageOutcome(
            clusters: clusters, pairs: pairs, model: model, training: training,
            errors: errors, statistics: statistics, diagnostics: diagnostics)
    }

    /// Clusters, the decisions on the heaviest pairs, and what is expected of all.
    private func cluster(
        _ pairs: [ScoredPair], copies: [(first: UInt32, copies: [UInt32])],
        _ weights: PairWeights, _ model: LinkageModel
    ) -> (clusters: [UInt32], decisions: [LinkageDecision], errors: ErrorEstimates) {
        let (population, options) = (population, options)
        let (clustered, errors) = Parallel.both(threads: options.threads) {
            var clustering = Clustering(
                population, weights: weights, onePerSource: options.onePerSource,
                keepsApart: options.keepsApart, without: options.withoutIdeas)
            clustering.apply(options.labels)
            clustering.joinCopies(copies, threshold: Float(model.linkThreshold))
            let decisions = clustering.join(pairs, threshold: Float(model.linkThreshold))
            return (clustering.clusters(), decisions)
        } _: {
            ErrorEstimates(pairs, model: model, records: population.count)
        }
        return (clustered.0, clustered.1, errors)
    }

    private mutating func measure<Result>(
        _ phase: LinkagePhase, _ body: (inout LinkageRun) -> Result
    ) -> Result {
        progress(LinkageProgress(phase: phase, fraction: 0))
        let clock = ContinuousClock()
        let start = clock.now
        let result = body(&self)
        let duration = clock.now - start
        statistics.seconds[phase] =
            Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
        progress(LinkageProgress(phase: phase, fraction: 1))
        return result
    }

    /// What tells how far a phase has come.
    func fraction(of phase: LinkagePhase) -> Parallel.Progress {
        let progress = progress
        return { progress(LinkageProgress(phase: phase, fraction: $0)) }
    }

    private func makeModel(
        _ distinct: DistinctRecords, _ blocks: BlockIndex
    ) -> (LinkageModel, TrainingReport?) {
        if let model = options.model, model.fixed.isEmpty { return (model, nil) }
        var initial = LinkageModel(records: population.count)
        if let model = options.model {
            initial.fixed = model.fixed
            initial.restoreFixed(from: model)
        }
        Frequencies.measure(population, into: &initial)
        initial = ablation.applied(to: initial)
        var sample = TrainingSample(
            population, members: distinct.members, copies: distinct.copyCounts, blocks: blocks,
            threads: options.threads)
        sample.candidates = ablation.applied(to: sample.candidates)
        sample.random = ablation.applied(to: sample.random)
        var training = ExpectationMaximisation(
            sample, initial: initial, records: population.count, labels: labelledPatterns(),
            threads: options.threads, without: ablation.hypotheses)
        training.run(isLearning: !options.withoutIdeas.contains(.learning))
        var model = ablation.applied(to: training.model)
        // What was fixed is now as good as learned: the model is used as it is from here on.
        model.fixed = []
        var report = training.report
        if !options.labels.isEmpty {
            report.labelShift = LabelCalibration.shift(weighedLabels(model))
            model.shiftWeights(report.labelShift)
        }
        return (model, report)
    }

    private func labelledPatterns() -> LabelledPatterns {
        var patterns = LabelledPatterns()
        var comparator = PairComparator(tokens: population.tokens, memoryBits: 12)
        population.persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return }
            for label in options.labels {
                patterns.add(
                    comparator.compare(base + Int(label.left), base + Int(label.right)),
                    isSamePerson: label.isSamePerson)
            }
        }
        return patterns
    }

    private func weighedLabels(_ model: LinkageModel) -> [(weight: Float, isSamePerson: Bool)] {
        var scorer = PairScorer(
            tokens: population.tokens, weights: PairWeights(model, tokens: population.tokens),
            memoryBits: 12)
        return population.persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return [] }
            return options.labels.map { label in
                let weight = scorer.score(base + Int(label.left), base + Int(label.right)).weight
                return (weight, label.isSamePerson)
            }
        }
    }
}
