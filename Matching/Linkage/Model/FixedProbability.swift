/// A field, or one level of a field, whose probabilities training leaves as they are.
package struct FixedProbability: Hashable, Sendable {
    package var field: ComparisonField
    /// The level; nil for all levels of the field.
    package var level: Int?

    package init(_ field: ComparisonField, level: Int? = nil) {
        self.field = field
        self.level = level
    }

    /// The mark in a model file: `birth_date`, or `given: initial`.
    var mark: String {
        level.map { "\(field.name): \(field.levelNames[$0])" } ?? field.name
    }

    /// Reads a mark; nil where it names no field or level.
    init?(mark: String) {
        let field = ComparisonField.allCases.first {
            mark == $0.name || mark.hasPrefix($0.name + ": ")
        }
        guard let field else { return nil }
        self.field = field
        guard mark != field.name else { return }
        let name = mark.dropFirst(field.name.count + 2)
        guard let level = field.levelNames.firstIndex(where: { $0 == name }), level > 0 else {
            return nil
        }
        self.level = level
    }
}

extension LinkageModel {
    /// Takes the fixed probabilities of another model and fits the rest of each distribution to them.
    mutating func restoreFixed(from other: LinkageModel) {
        guard !other.fixed.isEmpty else { return }
        for field in ComparisonField.allCases {
            let isWhole = other.fixed.contains(FixedProbability(field))
            for distribution in PriorProbabilities.distributions(field) {
                let kept = distribution.filter {
                    isWhole || other.fixed.contains(FixedProbability(field, level: $0))
                }
                guard !kept.isEmpty else { continue }
                for hypothesis in Hypothesis.allCases {
                    restore(field, kept, of: distribution, hypothesis, from: other)
                }
            }
        }
    }

    private mutating func restore(
        _ field: ComparisonField, _ kept: [Int], of distribution: [Int],
        _ hypothesis: Hypothesis, from other: LinkageModel
    ) {
        let free = distribution.filter { !kept.contains($0) }
        let fixedSum = kept.reduce(0) { $0 + other.probability(field, level: $1, hypothesis) }
        let freeSum = free.reduce(0) { $0 + probability(field, level: $1, hypothesis) }
        let scale = freeSum > 0 ? max(0, 1 - fixedSum) / freeSum : 0
        for level in free {
            probabilities[field.rawValue][level][hypothesis.rawValue] *= scale
        }
        for level in kept {
            probabilities[field.rawValue][level][hypothesis.rawValue] =
                other.probability(field, level: level, hypothesis)
        }
    }
}
