internal import Linkage

/// Learns the model of a registry from records, without labels.
///
/// Probabilities and thresholds are the engine's (`LinkageRun`). The review threshold is raised further
/// until the registry itself would ask no more than its share: one question for each pair of persons that
/// are not linked by themselves, those included that weigh enough and are kept apart by what they say.
enum RegistryTraining {
    /// Questions for each thousand records: ten, of which some are kept for what the order of arrival adds.
    private static let tasksPerThousandMax = 9

    /// The model of a population, and the thresholds that follow from it under a registry's rules.
    static func model(
        of population: Population, _ rules: RecordRules, labels: [PairLabel] = [], threads: Int,
        progress: @Sendable (LinkageProgress) -> Void = { _ in }
    ) -> LinkageModel {
        var options = LinkageOptions()
        options.threads = threads
        var model = LinkageRun.run(population, options: options, progress: progress).model
        options.model = model
        options.model?.linkThreshold = model.automaticThreshold
        options.labels = labels
        options.keepsApart = { rules.keepApart($0, $1) }
        let linked = LinkageRun.run(population, options: options, progress: progress)
        model.reviewThreshold = reviewThreshold(linked, model, records: population.count)
        return model
    }

    /// The weight down to which stewards can be asked about everything.
    private static func reviewThreshold(
        _ linked: LinkageOutcome, _ model: LinkageModel, records: Int
    ) -> Double {
        struct Pair: Hashable {
            var one: UInt32
            var other: UInt32
        }
        let tasksMax = max(1, records * tasksPerThousandMax / 1_000)
        var asked: Set<Pair> = []
        for found in linked.pairs where Double(found.weight) >= model.reviewThreshold {
            let persons = (linked.clusters[Int(found.left)], linked.clusters[Int(found.right)])
            guard persons.0 != persons.1 else { continue }
            asked.insert(Pair(one: min(persons.0, persons.1), other: max(persons.0, persons.1)))
            if asked.count > tasksMax {
                return min(Double(found.weight.nextUp), model.automaticThreshold)
            }
        }
        return model.reviewThreshold
    }
}
