/// The pairs of records that a clustering got wrong.
package struct ClusteringErrors: Sendable {
    /// Two records by their places in the order of the truth.
    package struct Pair: Sendable, Hashable {
        package var left: Int
        package var right: Int
    }

    /// Pairs that are kept of each kind of error; all are counted.
    package static let pairsMax = 20_000

    /// Pairs of two persons in one cluster, as many as are kept.
    package private(set) var falseLinks: [Pair] = []
    /// Pairs of one person in two clusters, as many as are kept.
    package private(set) var missedLinks: [Pair] = []
    package private(set) var falseLinkCount = 0
    package private(set) var missedLinkCount = 0

    /// Compares clusters with persons; both name one group for each record, in the same order.
    package init(clusters: [UInt32], persons: [UInt32]) {
        (falseLinks, falseLinkCount) = Self.split(groups: clusters, by: persons)
        (missedLinks, missedLinkCount) = Self.split(groups: persons, by: clusters)
    }

    /// Pairs within a group whose other label differs.
    private static func split(
        groups: [UInt32], by labels: [UInt32]
    ) -> (pairs: [Pair], count: Int) {
        var members: [UInt32: [Int]] = [:]
        for (index, group) in groups.enumerated() { members[group, default: []].append(index) }
        var pairs: [Pair] = []
        var count = 0
        for records in members.values.sorted(by: { $0[0] < $1[0] }) where records.count > 1 {
            var sizes: [UInt32: Int] = [:]
            for record in records { sizes[labels[record], default: 0] += 1 }
            guard sizes.count > 1 else { continue }
            let equal = sizes.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
            count += records.count * (records.count - 1) / 2 - equal
            for (place, left) in records.enumerated() {
                guard pairs.count < pairsMax else { break }
                for right in records[(place + 1)...]
                where labels[left] != labels[right] && pairs.count < pairsMax {
                    pairs.append(Pair(left: left, right: right))
                }
            }
        }
        return (pairs, count)
    }
}
