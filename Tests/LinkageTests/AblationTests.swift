import Identity
import Testing

@testable import Linkage

/// An idea that is left out is gone, and nothing else is.
///
/// Method: runs over one small population without ideas and rules; their models and counts tell.
@Suite struct AblationTests {
    private let records = LinkageRunTests.population(households: 100).map(\.record)

    private func link(without ideas: Set<EngineIdea>) -> LinkageOutcome {
        LinkageRunTests.link(records) { $0.withoutIdeas = ideas }
    }

    @Test func nothingLeftOutChangesNothing() {
        let usual = LinkageRunTests.link(records)
        let same = link(without: [])
        #expect(same.clusters == usual.clusters && same.model == usual.model)
    }

    @Test func hypothesesExplainNoPair() {
        let model = link(without: [.twins, .kin]).model
        #expect(model.priors[Hypothesis.twin.rawValue] == 0)
        #expect(model.priors[Hypothesis.kin.rawValue] == 0)
        #expect(model.priors[Hypothesis.sibling.rawValue] > 0)
    }

    @Test(arguments: EngineIdea.allCases) func mergedLevelsWeighTheSame(idea: EngineIdea) {
        let model = link(without: [idea]).model
        for merge in idea.mergedLevels {
            #expect(
                model.probabilities[merge.field.rawValue][merge.level]
                    == model.probabilities[merge.field.rawValue][merge.target])
        }
    }

    @Test func commonnessIsForgotten() {
        #expect(link(without: [.commonness]).model.familyFrequencies.shares.isEmpty)
        #expect(!link(without: []).model.familyFrequencies.shares.isEmpty)
    }

    @Test func rulesBringNothingTogether() {
        let outcome = LinkageRunTests.link(records) { $0.withoutRules = [.phone, .familyDate] }
        for (rule, found) in zip(BlockingRule.allCases, outcome.statistics.rules) {
            let isLeftOut = rule == .phone || rule == .familyDate
            #expect(!isLeftOut || found.pairs == 0)
        }
        #expect(outcome.statistics.rules.contains { $0.pairs > 0 })
    }
}
