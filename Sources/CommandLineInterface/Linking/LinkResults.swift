import Extracts
import Linkage

/// The files that `padron link` writes.
enum LinkResults {
    /// Writes bytes as a file that appears whole.
    static func write(_ bytes: [UInt8], to path: String) throws {
        var file = try OutputFile(path: path)
        try file.write(bytes.span)
        try file.finish()
    }

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
            writer.append(UInt32(slot), of: ids)
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
            writer.append(pair.left, of: ids)
            writer.append(pair.right, of: ids)
            writer.append(Double(pair.weight), places: 3)
            writer.append(pair.probability, places: 6)
            writer.append(pair.decision.name)
            try writer.endRow()
        }
        try writer.finish()
    }
}
