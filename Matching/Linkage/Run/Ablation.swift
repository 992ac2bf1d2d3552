/// Takes ideas away from what a run works with.
struct Ablation {
    private let ideas: Set<EngineIdea>
    private let merged: [MergedLevel]

    init(without ideas: Set<EngineIdea>) {
        self.ideas = ideas
        merged = EngineIdea.allCases.filter(ideas.contains).flatMap(\.mergedLevels)
    }

    /// Hypotheses that no pair is explained by.
    var hypotheses: Set<Hypothesis> { Set(ideas.compactMap(\.hypothesis)) }

    /// The records without what the ideas see in them.
    func applied(to population: Population) -> Population {
        guard !ideas.isEmpty else { return population }
        var population = population
        population.tokens.forgetRelations(
            nicknames: ideas.contains(.nicknames), phoneticCodes: ideas.contains(.phoneticCodes))
        for slot in population.persons.indices {
            if ideas.contains(.defaultDates) {
                population.persons[slot].traits.hasDefaultDate = false
            }
            if ideas.contains(.streetLikeness) {
                // Half of all bits, at random: alike where the street is equal.
                let street = UInt64(population.persons[slot].street)
                population.persons[slot].streetBigrams = SIMD2(
                    TextHash.mix(street), TextHash.mix(~street))
            }
            if ideas.contains(.newborns) {
                population.persons[slot].traits.isUnnamedNewborn = false
            }
            if ideas.contains(.numberGrades) {
                // What a rule refuses and what is shared counts as what passes; numbers without a rule stay.
                for index in 0..<2 where population.persons[slot].hasDoubtfulIdentifier(index) {
                    population.persons[slot].traits.setGrade(index, .valid)
                }
            }
            if ideas.contains(.furtherSurnames) { population.persons[slot].surnames[2] = 0 }
        }
        return population
    }

    /// The counts without the levels that are told apart no longer.
    func applied(to histogram: PatternHistogram) -> PatternHistogram {
        guard !merged.isEmpty else { return histogram }
        var counts: [ComparisonVector: Double] = [:]
        for (vector, count) in zip(histogram.vectors, histogram.counts) {
            counts[applied(to: vector), default: 0] += count
        }
        return PatternHistogram(counts)
    }

    private func applied(to vector: ComparisonVector) -> ComparisonVector {
        var levels = ComparisonField.allCases.map(vector.level)
        for merge in merged where levels[merge.field.rawValue] == merge.level {
            levels[merge.field.rawValue] = merge.target
        }
        var result = ComparisonVector()
        for (field, level) in zip(ComparisonField.allCases, levels) {
            result.set(field, UInt64(level))
        }
        return result
    }

    /// The model under which merged levels weigh the same.
    func applied(to model: LinkageModel) -> LinkageModel {
        var model = model
        // The last first, since a level may be merged into one that is merged itself.
        for merge in merged.reversed() {
            model.probabilities[merge.field.rawValue][merge.level] =
                model.probabilities[merge.field.rawValue][merge.target]
        }
        if ideas.contains(.commonness) {
            model.givenFrequencies = FrequencyTable()
            model.familyFrequencies = FrequencyTable()
            model.municipalityFrequencies = FrequencyTable()
        }
        return model
    }
}
