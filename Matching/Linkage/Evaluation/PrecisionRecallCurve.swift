/// Precision and recall of weighed pairs for every threshold.
///
/// Exact copies of a record are joined without being weighed. They are linked at every threshold,
/// and a weighed pair stands for the pairs of all copies of its records.
package struct PrecisionRecallCurve: Sendable {
    /// What linking all pairs from one weight on comes to.
    package struct Point: Sendable, Equatable {
        package var weight: Float
        package var accuracy: Accuracy
        /// Pairs from the weight on, those of copies included.
        package var links: Int
    }

    /// Weights of the pairs, heaviest first.
    private let weights: [Float]
    /// How many pairs of records are linked, and rightly so, before each weighed pair and at the end.
    private let linksSoFar: [Int]
    private let rightSoFar: [Int]
    /// Pairs of records of one person, weighed or not.
    package let actualPairs: Int

    /// Holds weighed pairs against the persons of their records; clusters tell what was joined without
    /// being weighed.
    package init(_ pairs: [ScoredPair], persons: [UInt32], clusters: [UInt32] = []) {
        let copies = CopyGroups(pairs, persons: persons, clusters: clusters)
        var (links, right) = copies.pairsWithin
        var (linksSoFar, rightSoFar) = ([links], [right])
        let sorted = pairs.sorted { $0.weight > $1.weight }
        for pair in sorted {
            let between = copies.pairs(between: pair.left, and: pair.right)
            links += between.all
            right += between.right
            linksSoFar.append(links)
            rightSoFar.append(right)
        }
        weights = sorted.map(\.weight)
        self.linksSoFar = linksSoFar
        self.rightSoFar = rightSoFar
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
        let (links, right) = (linksSoFar[count], rightSoFar[count])
        return Point(
            weight: weight,
            accuracy: Accuracy(
                precision: links == 0 ? 1 : Double(right) / Double(links),
                recall: actualPairs == 0 ? 1 : Double(right) / Double(actualPairs)),
            links: links)
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

/// Records that were joined to another without being weighed, which are its copies.
private struct CopyGroups {
    /// The records of each person in a group, by the record that stands for the group.
    private var counts: [UInt32: [UInt32: Int]] = [:]
    private let persons: [UInt32]

    /// Finds the records of clusters that are in no weighed pair, and puts each with its cluster's first
    /// record that is in one, or else with the first of all.
    init(_ pairs: [ScoredPair], persons: [UInt32], clusters: [UInt32]) {
        self.persons = persons
        var isWeighed = [Bool](repeating: false, count: clusters.count)
        if !clusters.isEmpty {
            for pair in pairs {
                isWeighed[Int(pair.left)] = true
                isWeighed[Int(pair.right)] = true
            }
        }
        var first: [UInt32: UInt32] = [:]
        for wanted in [true, false] {
            for (record, cluster) in clusters.enumerated()
            where isWeighed[record] == wanted && first[cluster] == nil {
                first[cluster] = UInt32(record)
            }
        }
        for (record, cluster) in clusters.enumerated() where !isWeighed[record] {
            guard let original = first[cluster], original != UInt32(record) else { continue }
            counts[original, default: [persons[Int(original)]: 1]][persons[record], default: 0] += 1
        }
    }

    /// Pairs of records within the groups, and how many of these are of one person.
    var pairsWithin: (all: Int, right: Int) {
        counts.values.reduce((0, 0)) { sum, group in
            let size = group.values.reduce(0, +)
            let right = group.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
            return (sum.0 + size * (size - 1) / 2, sum.1 + right)
        }
    }

    /// Pairs between the groups of two records, and how many of these are of one person.
    func pairs(between left: UInt32, and right: UInt32) -> (all: Int, right: Int) {
        let (first, second) = (counts[left], counts[right])
        if first == nil, second == nil {
            return (1, persons[Int(left)] == persons[Int(right)] ? 1 : 0)
        }
        let one = first ?? [persons[Int(left)]: 1]
        let other = second ?? [persons[Int(right)]: 1]
        return (
            one.values.reduce(0, +) * other.values.reduce(0, +),
            one.reduce(0) { $0 + $1.value * (other[$1.key] ?? 0) }
        )
    }
}
