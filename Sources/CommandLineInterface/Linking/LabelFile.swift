import Extracts
import Linkage

/// Pairs of records that a steward or a register has decided on.
enum LabelFile {
    private static let same: Set<String> = ["same", "link", "match", "true", "yes", "1"]
    private static let different: Set<String> = [
        "different", "separate", "distinct", "false", "no", "0",
    ]

    /// Reads a CSV file with the columns `left_record_id`, `right_record_id` and `decision`.
    static func read(_ path: String, recordIDs: RecordIDs) throws -> [PairLabel] {
        var slots: [String: UInt32] = [:]
        for slot in 0..<UInt32(recordIDs.count) { slots[recordIDs[slot]] = slot }
        var rows = try NamedColumns(path: path, ["left_record_id", "right_record_id", "decision"])
        var labels: [PairLabel] = []
        while try rows.next() {
            guard let left = slots[rows.text(at: 0)], let right = slots[rows.text(at: 1)],
                left != right
            else { throw rows.failure("no two records of the extracts") }
            let decision = rows.text(at: 2).lowercased()
            // What a steward has not decided is no label.
            if decision == "review" { continue }
            guard same.contains(decision) || different.contains(decision) else {
                throw rows.failure("the decision is neither same nor different")
            }
            labels.append(
                PairLabel(left: left, right: right, isSamePerson: same.contains(decision)))
        }
        return labels
    }
}
