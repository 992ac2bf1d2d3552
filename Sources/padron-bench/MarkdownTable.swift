/// A table as Markdown: what a benchmark prints can be pasted into a page.
struct MarkdownTable {
    private var rows: [[String]]

    init(_ header: [String]) {
        // Numbers stand to the right; the first column names the row.
        rows = [header, header.indices.map { $0 == 0 ? "---" : "--:" }]
    }

    mutating func add(_ row: [String]) { rows.append(row) }

    /// The lines, columns as wide as their widest value.
    var lines: [String] {
        let widths = rows[0].indices.map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        return rows.enumerated().map { number, row in
            let cells = row.enumerated().map { column, cell in
                let missing = widths[column] - cell.count
                if number == 1, column > 0 { return String(repeating: "-", count: missing) + cell }
                let fill = String(repeating: number == 1 ? "-" : " ", count: missing)
                return column == 0 ? cell + fill : fill + cell
            }
            return "| " + cells.joined(separator: " | ") + " |"
        }
    }

    /// Prints the table between blank lines.
    func print() {
        Swift.print("")
        for line in lines { Swift.print(line) }
        Swift.print("")
    }
}
