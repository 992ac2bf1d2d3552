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
        var reader = try DelimitedReader.opened(path: path)
        let columns = try ["left_record_id", "right_record_id", "decision"].map { name in
            guard let column = reader.header.firstIndex(of: name) else {
                throw CommandFailure("\(path): the column \(name) is needed")
            }
            return column
        }
        var labels: [PairLabel] = []
        while true {
            switch try reader.next() {
            case .end: return labels
            case .malformed(let reason):
                throw CommandFailure("\(path): line \(reader.lineNumber): \(reason)")
            case .row:
                guard reader.fieldCount == reader.header.count,
                    let left = slots[reader.text(at: columns[0])],
                    let right = slots[reader.text(at: columns[1])], left != right
                else {
                    throw CommandFailure(
                        "\(path): line \(reader.lineNumber): no two records of the extracts")
                }
                let decision = reader.text(at: columns[2]).lowercased()
                // What a steward has not decided is no label.
                if decision == "review" { continue }
                guard same.contains(decision) || different.contains(decision) else {
                    throw CommandFailure(
                        "\(path): line \(reader.lineNumber): the decision is neither same nor"
                            + " different")
                }
                labels.append(
                    PairLabel(left: left, right: right, isSamePerson: same.contains(decision)))
            }
        }
    }
}
