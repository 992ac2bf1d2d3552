/// A table of a page: a caption, headings, rows.
///
/// One of the class `stacked` has more columns than a phone has room for; there each row is a block
/// of its own, in which every cell says which column it is of.
struct ReportTable {
    /// A column.
    struct Column {
        var title: String
        var isNumeric: Bool

        /// A column whose cells stand to the left.
        static func text(_ title: String) -> Column { Column(title: title, isNumeric: false) }
        /// A column whose cells stand to the right.
        static func number(_ title: String) -> Column { Column(title: title, isNumeric: true) }
    }

    private let caption: Markup
    private let columns: [Column]
    private let classes: String
    private let isStacked: Bool
    private var rows: [Markup] = []

    init(_ caption: Markup, classes: String = "", _ columns: [Column]) {
        self.caption = caption
        self.columns = columns
        self.classes = classes
        isStacked = classes == "stacked"
    }

    /// Adds a row with a cell for each column, the first being its heading.
    mutating func add(_ cells: [Markup], classes: String = "") {
        precondition(cells.count == columns.count, "a row has a cell for each column")
        var row: Markup = classes.isEmpty ? "<tr>" : "<tr class=\"\(classes)\">"
        for (index, (cell, column)) in zip(cells, columns).enumerated() {
            let kind: Markup = column.isNumeric ? " class=\"n\"" : ""
            let label: Markup = isStacked ? " data-label=\"\(column.title)\"" : ""
            row +=
                index == 0
                ? "<th scope=\"row\"\(kind)>\(cell)</th>" : "<td\(kind)\(label)>\(cell)</td>"
        }
        row += "</tr>\n"
        rows.append(row)
    }

    /// The table, which scrolls by itself where the page is too narrow for it.
    var markup: Markup {
        let heads = columns.map { column -> Markup in
            column.isNumeric
                ? "<th scope=\"col\" class=\"n\">\(column.title)</th>"
                : "<th scope=\"col\">\(column.title)</th>"
        }
        return """
            <div class="scroll" tabindex="0"><table class="\(classes)">
            <caption><span>\(caption)</span></caption>
            <thead><tr>\(heads)</tr></thead>
            <tbody>
            \(rows)</tbody>
            </table></div>
            """
    }
}
