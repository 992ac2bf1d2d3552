import Extracts
import Linkage

/// The files that `padron link` writes.
enum LinkResults {
    /// Writes `record_id,cluster_id`, clusters numbered in the order of their first records.
    static func writeClusters(_ clusters: [UInt32], ids: RecordIDs, to path: String) throws {
        var writer = try DelimitedWriter(path: path, header: ["record_id", "cluster_id"])
        var numbers = [Int](repeating: 0, count: clusters.count)
        var count = 0
        for (slot, cluster) in clusters.enumerated() {
            if numbers[Int(cluster)] == 0 {
                count += 1
                numbers[Int(cluster)] = count
            }
            ids.withBytes(of: UInt32(slot)) { writer.append($0) }
            writer.append(numbers[Int(cluster)])
            try writer.endRow()
        }
        try writer.finish()
    }

    /// Writes the weighed pairs with weight in bits, probability and decision.
    static func writePairs(_ pairs: [ScoredPair], ids: RecordIDs, to path: String) throws {
        var writer = try DelimitedWriter(
            path: path,
            header: [
                "left_record_id", "right_record_id", "match_weight", "match_probability",
                "decision",
            ])
        for pair in pairs {
            ids.withBytes(of: pair.left) { writer.append($0) }
            ids.withBytes(of: pair.right) { writer.append($0) }
            writer.append(Double(pair.weight), places: 3)
            writer.append(pair.probability, places: 6)
            writer.append(pair.decision.name)
            try writer.endRow()
        }
        try writer.finish()
    }
}
