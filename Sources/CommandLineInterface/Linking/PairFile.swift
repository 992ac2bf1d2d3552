import Linkage

/// The weighed pairs that `padron link --pairs` wrote.
enum PairFile {
    /// Reads the pairs, records numbered by their place in the truth.
    static func read(_ path: String, truth: LabelledRecords) throws -> [ScoredPair] {
        var slots: [String: UInt32] = [:]
        for (slot, id) in truth.ids.enumerated() { slots[id] = UInt32(slot) }
        var rows = try NamedColumns(
            path: path, ["left_record_id", "right_record_id", "match_weight"])
        var pairs: [ScoredPair] = []
        while try rows.next() {
            guard let left = slots[rows.text(at: 0)], let right = slots[rows.text(at: 1)],
                let weight = Float(rows.text(at: 2)), weight.isFinite
            else { throw rows.failure("no weighed pair of two known records") }
            pairs.append(ScoredPair(left: left, right: right, weight: weight, decision: .review))
        }
        return pairs
    }
}
