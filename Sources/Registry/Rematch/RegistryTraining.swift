internal import Foundation
internal import Linkage

/// Learns the model of a registry from records, without labels.
///
/// Probabilities and thresholds are the engine's (`LinkageRun`). The review threshold is raised further
/// until the registry itself would ask no more than its share: one question for each pair of persons that
/// are not linked by themselves, those included that weigh enough and are kept apart by what they say.
enum RegistryTraining {
    /// Questions for each thousand records: ten, of which one is kept for what the order of arrival adds.
    private static let tasksPerThousandMax = 9
    /// The power of a sample's share with which pairs of persons to be asked about stand in it: less than
    /// 2, since two persons have more pairs of records than one, and a sample needs one of them.
    ///
    /// Measured: 1.70 on samples of a third of generated extracts of 409,000 records.
    private static let questionsExponent = 1.75
    /// The links for each hundred records below which an extract teaches too little: one source's
    /// own file, for example, in which nobody stands twice.
    private static let linksPerHundredMin = 5

    /// The model of a population, and the thresholds that follow from it under a registry's rules; nil where
    /// so few of its records belong together that it teaches none.
    ///
    /// Where the population is a sample, `share` is its part of the whole (0…1): of links of two records the
    /// sample has the square of that, and of pairs of persons that are doubted `questionsExponent`.
    static func model(
        of population: Population, _ rules: RecordRules, share: Double = 1, threads: Int,
        progress: @Sendable (LinkageProgress) -> Void = { _ in }
    ) -> LinkageModel? {
        var options = LinkageOptions()
        options.threads = threads
        let outcome = LinkageRun.run(population, options: options, progress: progress)
        let linksMin = Double(population.count * linksPerHundredMin) * share / 100
        guard Double(outcome.errors.automatic.links) >= linksMin else { return nil }
        var model = outcome.model
        options.model = model
        options.model?.linkThreshold = model.automaticThreshold
        options.keepsApart = { rules.keepApart($0, $1) }
        let linked = LinkageRun.run(population, options: options, progress: progress)
        let scale = pow(share, questionsExponent - 1)
        let tasks = Double(population.count * tasksPerThousandMax) * scale / 1_000
        model.reviewThreshold = reviewThreshold(linked, model, tasksMax: max(1, Int(tasks)))
        return model
    }

    /// The weight down to which stewards can be asked about everything.
    private static func reviewThreshold(
        _ linked: LinkageOutcome, _ model: LinkageModel, tasksMax: Int
    ) -> Double {
        struct PersonPair: Hashable {
            var one: UInt32
            var other: UInt32
        }
        var asked: Set<PersonPair> = []
        for pair in linked.pairs where Double(pair.weight) >= model.reviewThreshold {
            let (left, right) = (linked.clusters[Int(pair.left)], linked.clusters[Int(pair.right)])
            guard left != right else { continue }
            asked.insert(PersonPair(one: min(left, right), other: max(left, right)))
            if asked.count > tasksMax {
                return min(Double(pair.weight.nextUp), model.automaticThreshold)
            }
        }
        return model.reviewThreshold
    }
}
