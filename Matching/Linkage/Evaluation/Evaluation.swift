/// Precision, recall and their harmonic mean.
package struct Accuracy: Sendable, Equatable {
    package var precision: Double
    package var recall: Double

    /// The harmonic mean of precision and recall.
    package var f1: Double {
        precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
    }

    package init(precision: Double, recall: Double) {
        self.precision = precision
        self.recall = recall
    }
}

/// How well clusters agree with known persons.
package struct Evaluation: Sendable, Equatable {
    /// Over pairs of records in one cluster and of one person.
    package private(set) var pairwise: Accuracy
    /// B-cubed (Bagga and Baldwin 1998): over records, the share of each one's cluster and person.
    package private(set) var bCubed: Accuracy
    package private(set) var records: Int
    package private(set) var clusters: Int
    package private(set) var persons: Int
    package private(set) var largestCluster: Int
    /// Persons whose records make up one cluster, with no other's among them.
    package private(set) var exactPersons = 0
    /// Persons whose records lie in several clusters.
    package private(set) var splitPersons = 0
    /// Clusters with records of several persons.
    package private(set) var mixedClusters = 0

    /// Compares clusters with persons; both name one group for each record, in the same order.
    package init(clusters: [UInt32], persons: [UInt32]) {
        precondition(clusters.count == persons.count, "each record has a cluster and a person")
        var both: [UInt64: Int] = [:]
        var byCluster: [UInt32: Int] = [:]
        var byPerson: [UInt32: Int] = [:]
        for (cluster, person) in zip(clusters, persons) {
            both[UInt64(cluster) &<< 32 | UInt64(person), default: 0] += 1
            byCluster[cluster, default: 0] += 1
            byPerson[person, default: 0] += 1
        }
        func pairs(_ counts: some Sequence<Int>) -> Double {
            Double(counts.reduce(0) { $0 + $1 * ($1 - 1) / 2 })
        }
        func ratio(_ part: Double, _ whole: Double) -> Double { whole == 0 ? 1 : part / whole }
        let found = pairs(both.values)
        pairwise = Accuracy(
            precision: ratio(found, pairs(byCluster.values)),
            recall: ratio(found, pairs(byPerson.values)))
        var precision = 0.0
        var recall = 0.0
        var clustersOfPerson: [UInt32: Int] = [:]
        var personsOfCluster: [UInt32: Int] = [:]
        // Summed in a fixed order, since a sum of floats depends on it.
        for (key, count) in both.sorted(by: { $0.key < $1.key }) {
            let (cluster, person) = (UInt32(key &>> 32), UInt32(truncatingIfNeeded: key))
            let square = Double(count * count)
            precision += square / Double(byCluster[cluster] ?? 1)
            recall += square / Double(byPerson[person] ?? 1)
            if byCluster[cluster] == count, byPerson[person] == count { exactPersons += 1 }
            clustersOfPerson[person, default: 0] += 1
            personsOfCluster[cluster, default: 0] += 1
        }
        splitPersons = clustersOfPerson.values.reduce(0) { $0 + ($1 > 1 ? 1 : 0) }
        mixedClusters = personsOfCluster.values.reduce(0) { $0 + ($1 > 1 ? 1 : 0) }
        let total = Double(clusters.count)
        bCubed = Accuracy(precision: ratio(precision, total), recall: ratio(recall, total))
        records = clusters.count
        self.clusters = byCluster.count
        self.persons = byPerson.count
        largestCluster = byCluster.values.max() ?? 0
    }

    /// Precision and recall of scored pairs, if all from each threshold on were linked.
    package static func atThresholds(
        _ thresholds: [Float], pairs: [ScoredPair], persons: [UInt32]
    ) -> [Accuracy] {
        var byPerson: [UInt32: Int] = [:]
        for person in persons { byPerson[person, default: 0] += 1 }
        let actual = byPerson.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
        return thresholds.map { threshold in
            var linked = 0
            var right = 0
            for pair in pairs where pair.weight >= threshold {
                linked += 1
                if persons[Int(pair.left)] == persons[Int(pair.right)] { right += 1 }
            }
            return Accuracy(
                precision: linked == 0 ? 1 : Double(right) / Double(linked),
                recall: actual == 0 ? 1 : Double(right) / Double(actual))
        }
    }
}
