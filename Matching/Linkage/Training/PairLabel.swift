/// What a steward or a file of labels says of two records.
package struct PairLabel: Sendable, Equatable {
    package var left: UInt32
    package var right: UInt32
    package var isSamePerson: Bool

    package init(left: UInt32, right: UInt32, isSamePerson: Bool) {
        self.left = left
        self.right = right
        self.isSamePerson = isSamePerson
    }
}

/// Labelled pairs by their comparison vector.
///
/// A label speaks for the pairs that look like its own: the share of one person among them is what
/// the model believes, as if it had seen ``modelPairs`` of them, together with what the labels say
/// (semi-supervised expectation-maximisation, Larsen and Rubin 2001). So labels need not be a random
/// sample of pairs; stewards see the doubtful ones.
struct LabelledPatterns: Sendable {
    /// How many labels the model's own belief counts for.
    static let modelPairs: Float = 2

    private var counts: [ComparisonVector: SIMD2<Float>] = [:]
    /// Labels in all.
    private(set) var count = 0

    var isEmpty: Bool { counts.isEmpty }

    /// The labelled vectors in a fixed order, with the number of their labels.
    var vectors: [(vector: ComparisonVector, labels: Double)] {
        counts.sorted { $0.key.bits < $1.key.bits }.map { ($0.key, Double($0.value.sum())) }
    }

    mutating func add(_ vector: ComparisonVector, isSamePerson: Bool) {
        counts[vector, default: .zero][isSamePerson ? 0 : 1] += 1
        count += 1
    }

    /// The shares of the hypotheses in a vector, corrected by its labels.
    func corrected(
        _ shares: WeightTable.Lanes, _ vector: ComparisonVector
    ) -> WeightTable.Lanes {
        guard let labels = counts[vector] else { return shares }
        let match = shares[WeightTable.match]
        let corrected =
            (Self.modelPairs * match + labels[0]) / (Self.modelPairs + labels.sum())
        var result = shares * ((1 - corrected) / max(1 - match, 1e-6))
        result[WeightTable.match] = corrected
        return result
    }
}

extension TrainingSample {
    /// This sample with labelled vectors that no rule brought to it.
    func adding(_ labels: LabelledPatterns) -> TrainingSample {
        var counted: [ComparisonVector: Double] = [:]
        for (vector, count) in zip(candidates.vectors, candidates.counts) {
            counted[vector] = count
        }
        for (vector, count) in labels.vectors where counted[vector] == nil {
            counted[vector] = count
        }
        return TrainingSample(
            candidates: PatternHistogram(counted), random: random, pairsTotal: pairsTotal)
    }
}
