import Extracts

/// A file that gives each record a label: the cluster it was put in, or the person it is of.
struct LabelledRecords {
    /// The record ids in the order of the file.
    private(set) var ids: [String] = []
    /// For each record id the number of its label; equal labels have equal numbers.
    private(set) var numbers: [String: UInt32] = [:]

    /// Reads a CSV file with the columns `record_id` and `column`.
    init(path: String, column: String) throws {
        var reader = try DelimitedReader.opened(path: path)
        guard let idColumn = reader.header.firstIndex(of: "record_id"),
            let labelColumn = reader.header.firstIndex(of: column)
        else { throw CommandFailure("\(path): the columns record_id and \(column) are needed") }
        var labels: [String: UInt32] = [:]
        while true {
            switch try reader.next() {
            case .end: return
            case .malformed(let reason):
                throw CommandFailure("\(path): line \(reader.lineNumber): \(reason)")
            case .row:
                guard reader.fieldCount > max(idColumn, labelColumn) else {
                    throw CommandFailure("\(path): line \(reader.lineNumber): a value is missing")
                }
                let id = reader.text(at: idColumn)
                let next = UInt32(labels.count)
                let label = labels[reader.text(at: labelColumn), default: next]
                if label == next { labels[reader.text(at: labelColumn)] = next }
                guard numbers.updateValue(label, forKey: id) == nil else {
                    throw CommandFailure(
                        "\(path): line \(reader.lineNumber): a record stands twice")
                }
                ids.append(id)
            }
        }
    }
}
