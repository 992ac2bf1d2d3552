/// How many clusters there are of each size.
package struct ClusterSizes: Sendable, Equatable {
    /// Clusters by the number of their records, smallest first.
    package private(set) var counts: [(size: Int, clusters: Int)] = []

    /// Counts clusters, each named for every record by the slot of one of its records.
    package init(_ clusters: [UInt32]) {
        var sizes = [UInt32](repeating: 0, count: clusters.count)
        for cluster in clusters { sizes[Int(cluster)] += 1 }
        var bySize: [Int: Int] = [:]
        for size in sizes where size > 0 { bySize[Int(size), default: 0] += 1 }
        counts = bySize.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The records of the largest cluster.
    package var largest: Int { counts.last?.size ?? 0 }

    package static func == (left: ClusterSizes, right: ClusterSizes) -> Bool {
        left.counts.elementsEqual(right.counts, by: ==)
    }
}
