/// A file that gives each record a label: the cluster it was put in, or the person it is of.
struct LabelledRecords {
    /// The record ids in the order of the file.
    private(set) var ids: [String] = []
    /// For each record id the number of its label; equal labels have equal numbers.
    private(set) var numbers: [String: UInt32] = [:]

    /// Reads a CSV file with the columns `record_id` and `column`.
    init(path: String, column: String) throws {
        var rows = try NamedColumns(path: path, ["record_id", column])
        var labels: [String: UInt32] = [:]
        while try rows.next() {
            let id = rows.text(at: 0)
            let text = rows.text(at: 1)
            let next = UInt32(labels.count)
            let label = labels[text, default: next]
            if label == next { labels[text] = next }
            guard numbers.updateValue(label, forKey: id) == nil else {
                throw rows.failure("a record stands twice")
            }
            ids.append(id)
        }
    }
}
