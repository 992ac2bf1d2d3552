/// Rows in aligned columns; a column whose cells are all numbers stands to the right.
struct TextTable {
    private var header: [String]
    private var rows: [[String]] = []

    /// Creates a table with column titles.
    init(_ header: [String]) { self.header = header }

    /// Adds a row with a cell for each column.
    mutating func add(_ row: [String]) {
        precondition(row.count == header.count)
        rows.append(row)
    }

    /// The table's lines, without spaces at their ends.
    var lines: [String] {
        let widths = header.indices.map { column in
            ([header] + rows).map { $0[column].count }.max() ?? 0
        }
        let isNumeric = header.indices.map { column in
            !rows.isEmpty && rows.allSatisfy { TextTable.isNumber($0[column]) }
        }
        return ([header] + rows).map { row in
            var line = ""
            for column in row.indices {
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                line += isNumeric[column] ? padding + row[column] : row[column] + padding
                line += "  "
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isNumber || "+-.,%".contains($0)) }
    }
}
