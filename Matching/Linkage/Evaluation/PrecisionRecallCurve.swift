/// Precision and recall of weighed pairs for every threshold.
package struct PrecisionRecallCurve: Sendable {
    /// What linking all pairs from one weight on comes to.
    package struct Point: Sendable, Equatable {
        package var weight: Float
        package var accuracy: Accuracy
        /// Pairs from the weight on.
        package var links: Int
    }

    /// Weights of the pairs, heaviest first.
    private let weights: [Float]
    /// For each pair how many are right of those up to it.
    private let rightSoFar: [Int]
    /// Pairs of records of one person, weighed or not.
    package let actualPairs: Int

    /// Holds weighed pairs against the persons of their records.
    package init(_ pairs: [ScoredPair], persons: [UInt32]) {
        let sorted = pairs.map { pair in
            (weight: pair.weight, isRight: persons[Int(pair.left)] == persons[Int(pair.right)])
        }.sorted { $0.weight > $1.weight }
        weights = sorted.map(\.weight)
        var right = 0
        rightSoFar = sorted.map { pair in
            right += pair.isRight ? 1 : 0
            return right
        }
        var sizes: [UInt32: Int] = [:]
        for person in persons { sizes[person, default: 0] += 1 }
        actualPairs = sizes.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    }

    /// What linking all pairs from a weight on comes to.
    package func point(from weight: Float) -> Point {
        var (low, high) = (0, weights.count)
        while low < high {
            let middle = (low + high) / 2
            if weights[middle] >= weight { low = middle + 1 } else { high = middle }
        }
        return point(linking: low, weight: weight)
    }

    private func point(linking count: Int, weight: Float) -> Point {
        let right = count == 0 ? 0 : rightSoFar[count - 1]
        return Point(
            weight: weight,
            accuracy: Accuracy(
                precision: count == 0 ? 1 : Double(right) / Double(count),
                recall: actualPairs == 0 ? 1 : Double(right) / Double(actualPairs)),
            links: count)
    }

    /// The point of the best F1, the heaviest of equally good ones; nil where there are no pairs.
    package var best: Point? {
        var best: Point?
        for index in weights.indices where isLastOfWeight(index) {
            let point = point(linking: index + 1, weight: weights[index])
            if best.map({ point.accuracy.f1 > $0.accuracy.f1 }) ?? true { best = point }
        }
        return best
    }

    /// Points from the heaviest weight to the lightest, evenly drawn where there are too many.
    package func points(atMost limit: Int) -> [Point] {
        let ends = weights.indices.filter(isLastOfWeight)
        let step = max(1, (ends.count + limit - 1) / max(1, limit))
        return ends.indices.filter { $0.isMultiple(of: step) || $0 == ends.count - 1 }.map {
            point(linking: ends[$0] + 1, weight: weights[ends[$0]])
        }
    }

    /// Whether no further pair has the weight; only there can a threshold lie.
    private func isLastOfWeight(_ index: Int) -> Bool {
        index + 1 == weights.count || weights[index + 1] < weights[index]
    }
}
