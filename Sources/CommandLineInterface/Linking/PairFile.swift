import Extracts
import Linkage

/// The weighed pairs that `padron link --pairs` wrote.
enum PairFile {
    /// Reads the pairs, records numbered by their place in the truth.
    static func read(_ path: String, truth: LabelledRecords) throws -> [ScoredPair] {
        var slots: [String: UInt32] = [:]
        for (slot, id) in truth.ids.enumerated() { slots[id] = UInt32(slot) }
        var reader = try DelimitedReader.opened(path: path)
        let columns = try ["left_record_id", "right_record_id", "match_weight"].map { name in
            guard let column = reader.header.firstIndex(of: name) else {
                throw CommandFailure("\(path): the column \(name) is needed")
            }
            return column
        }
        var pairs: [ScoredPair] = []
        while true {
            switch try reader.next() {
            case .end: return pairs
            case .malformed(let reason):
                throw CommandFailure("\(path): line \(reader.lineNumber): \(reason)")
            case .row:
                guard reader.fieldCount == reader.header.count,
                    let left = slots[reader.text(at: columns[0])],
                    let right = slots[reader.text(at: columns[1])],
                    let weight = Float(reader.text(at: columns[2]))
                else {
                    throw CommandFailure(
                        "\(path): line \(reader.lineNumber): no weighed pair of two known records")
                }
                pairs.append(
                    ScoredPair(left: left, right: right, weight: weight, decision: .review))
            }
        }
    }
}
